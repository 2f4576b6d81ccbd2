//! What goes wrong at a desk: two tabs, a key pressed twice, a server whose plug is pulled, a page that
//! was frozen. Each is shown, and nobody is called twice.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{
    api::Api,
    browser::{Browser, F2},
    free_port,
    server::Server,
    wait_until, walk,
};

/// The window of the clerk; it serves queue M.
const WINDOW: &str = "20";

struct Desk {
    server: Server,
    kiosk: Api,
    office: Api,
    clerk: (String, String),
    taken: u32,
}

impl Desk {
    fn open() -> Self {
        let mut server = Server::prepared(&[]);
        server.keep_http_at(free_port());
        server.start();
        let clerk = "2101".to_owned();
        let password = server.command(&["staff", "add", "--no", &clerk, "--window", WINDOW]);
        let (kiosk, office) = (server.api("kiosk", "kiosk-1"), server.api("office", "office-1"));
        Self { server, kiosk, office, clerk: (clerk, password), taken: 0 }
    }

    /// A browser in which the clerk has signed in; the first one goes on duty.
    fn tab(&self, is_first: bool) -> Option<Browser> {
        let browser = Browser::open(1366, 768)?;
        browser.sign_in(&self.server.http, &self.clerk.0, &self.clerk.1);
        browser.go(&format!("{}/desk?window={WINDOW}", self.server.http));
        if is_first {
            browser.wait_for("#k-F2", "上岗");
            browser.press(F2);
        }
        browser.wait_for("#k-F2", "叫号");
        Some(browser)
    }

    fn take(&mut self) -> String {
        self.taken += 1;
        let (status, answer) = self.kiosk.issue("M", &format!("t{}", self.taken)).unwrap();
        assert_eq!(status, 201, "{answer}");
        answer["ticket"]["no"].as_str().unwrap().to_owned()
    }

    fn waiting(&self) -> u64 {
        let (_, board) = self.office.get("/board").unwrap();
        let queue = board["queues"].as_array().unwrap().iter().find(|queue| queue["id"] == "M");
        queue.unwrap()["waiting"].as_u64().unwrap()
    }

    #[track_caller]
    fn wait_for_waiting(&self, wanted: u64) {
        wait_until("so many wait", Duration::from_secs(20), || match self.waiting() {
            found if found == wanted => Ok(()),
            found => Err(found.to_string()),
        });
    }
}

#[test]
fn two_tabs_and_a_key_pressed_twice_call_one_person() {
    let mut desk = Desk::open();
    let Some(one) = desk.tab(true) else { return };
    let Some(other) = desk.tab(false) else { return };
    let first = desk.take();
    for _ in 0..3 {
        desk.take();
    }
    for browser in [&one, &other] {
        browser.wait_for("#k-F2:not([disabled])", &first);
    }
    // Two presses of each, as fast as a driver can, in both tabs at once.
    std::thread::scope(|scope| {
        for browser in [&one, &other] {
            scope.spawn(|| browser.press_twice(F2));
            scope.spawn(|| browser.press_twice(F2));
        }
    });
    for browser in [&one, &other] {
        browser.wait_for("#now", &first);
    }
    desk.wait_for_waiting(3);
    assert_eq!(one.complaints(), Vec::<String>::new());
}

#[test]
fn a_server_whose_plug_is_pulled_is_told_and_nothing_is_done_twice_when_it_is_back() {
    let mut desk = Desk::open();
    let Some(browser) = desk.tab(true) else { return };
    let first = desk.take();
    let second = desk.take();
    browser.wait_for("#k-F2:not([disabled])", &first);
    desk.server.kill();
    browser.press(F2);
    browser.wait_for("#said", "没有回音");
    wait_until("the page says that it is not true any more", Duration::from_secs(20), || {
        let shown = browser.run(
            "var bands = document.querySelectorAll('.stale.on'), i;
             for (i = 0; i < bands.length; i++) { if (bands[i].offsetHeight > 0) { return true; } }
             return false;",
        );
        if shown == true { Ok(()) } else { Err(browser.text("body")) }
    });
    desk.server.start();
    wait_until("the page follows again", Duration::from_secs(30), || {
        let stale = browser.run("return !!document.querySelector('.stale.on');");
        if stale == false { Ok(()) } else { Err(browser.text("body")) }
    });
    // Either the key was asked for again in time and has called the first, or nobody was called.
    let waiting = desk.waiting();
    browser.wait_for("#now", if waiting == 2 { "空闲" } else { &first });
    if waiting == 2 {
        browser.wait_for("#k-F2:not([disabled])", &first);
        browser.press(F2);
        browser.wait_for("#now", &first);
        desk.wait_for_waiting(1);
    }
    assert!(!browser.text("#now").contains(&second), "{}", browser.text("#now"));
}

#[test]
fn a_frozen_page_shows_the_truth_when_it_wakes_and_its_old_key_calls_nobody_else() {
    let mut desk = Desk::open();
    let Some(asleep) = desk.tab(true) else { return };
    let Some(awake) = desk.tab(false) else { return };
    let first = desk.take();
    let second = desk.take();
    asleep.wait_for("#k-F2:not([disabled])", &first);
    asleep.cdp("Page.setWebLifecycleState", &json!({ "state": "frozen" }));
    awake.wait_for("#k-F2:not([disabled])", &first);
    awake.press(F2);
    awake.wait_for("#now", &first);
    asleep.cdp("Page.setWebLifecycleState", &json!({ "state": "active" }));
    asleep.press(F2);
    asleep.wait_for("#now", &first);
    desk.wait_for_waiting(1);
    assert!(!asleep.text("#now").contains(&second));
}

/// The sizes that must do: an office's usual screen, a large one, and a tablet held level.
const SIZES: [(u32, u32); 3] = [(1366, 768), (1920, 1080), (1024, 768)];

#[test]
fn no_page_is_cut_and_every_key_of_a_keyboard_walk_is_seen_at_three_sizes() {
    let Some(browser) = Browser::open(1366, 768) else { return };
    let server = Server::county();
    let password = server.command(&["staff", "add", "--no", "9000", "--role", "admin"]);
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    for queue in ["A", "A", "B", "C", "M"] {
        kiosk.issue(queue, &format!("{queue}{}", free_port())).unwrap();
    }
    desk.window("1", "call-next", "call").unwrap();
    browser.sign_in(&server.http, "9000", &password);
    let mut wrong = Vec::new();
    for (width, height) in SIZES {
        browser.size(width, height);
        walk::every_page(&browser, &server.http, |url| {
            if let Some(cut) = browser.run(CUT).as_str() {
                wrong.push(format!("{width}x{height} {url}: {cut}"));
            }
            if width == SIZES[0].0 {
                let unseen = browser.tab_walk();
                wrong.extend(unseen.into_iter().map(|what| format!("{url}: {what}")));
            }
        });
    }
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}

/// How much wider than the window a page is, and what makes it so.
const CUT: &str = "
    var wide = document.documentElement.scrollWidth, room = window.innerWidth, i, all, box;
    if (wide <= room + 1) { return null; }
    all = document.body.querySelectorAll('*');
    for (i = all.length - 1; i >= 0; i--) {
        box = all[i].getBoundingClientRect();
        if (box.right > room + 1) {
            return wide + ' px of ' + room + ': ' + all[i].tagName + '.' + all[i].className;
        }
    }
    return wide + ' px of ' + room;";

/// What scripts do not do for whoever has none: each page is there, and a form does what it says.
#[test]
fn without_scripts_people_sign_in_read_the_office_and_follow_their_ticket() {
    let Some(browser) = Browser::open(1366, 768) else { return };
    let server = Server::county();
    let password = server.command(&["staff", "add", "--no", "9001", "--role", "office"]);
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    let (_, answer) = kiosk.issue("A", "taken").unwrap();
    let follow = answer["slip"]["follow_url"].as_str().unwrap();
    let follow = follow.replace("http://hall.test", &server.http);
    browser.cdp("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.sign_in(&server.http, "9001", &password);
    let source = |path: &str| {
        browser.go(&format!("{}{path}", server.http));
        browser.source()
    };
    for (path, words) in [
        ("/office", "办结"),
        ("/office/report", "制表人"),
        ("/office/evaluations", "评价"),
        ("/office/tasks", "差评"),
        ("/office/matters", "办不成事"),
        ("/office/inspection", "巡查"),
        ("/board", "等候"),
    ] {
        let told = source(path);
        assert!(told.contains(words), "{path} without scripts: {told:.400}");
    }
    browser.go(&follow);
    assert!(browser.source().contains("等候中"));
    for order in ["call-next", "start", "finish"] {
        desk.window("1", order, order).unwrap();
    }
    browser.go(&follow);
    browser.click("button[value=satisfied]");
    let office = server.api("office", "office-1");
    wait_until("the evaluation came", Duration::from_secs(10), || {
        let (_, tally) = office.get("/tally")?;
        let wanted: Value = json!([0, 0, 0, 1, 0]);
        if tally["evaluations"] == wanted { Ok(()) } else { Err(tally["evaluations"].to_string()) }
    });
}
