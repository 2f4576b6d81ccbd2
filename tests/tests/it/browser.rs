//! Debian's Chromium walks desk, board, office, device room and a citizen's telephone.

use std::time::Duration;

use tests::{
    browser::{Browser, F2},
    demo::Demo,
    server::Server,
    wait_until,
};

const F4: &str = "\u{e034}";
const F8: &str = "\u{e038}";
const F1: &str = "\u{e031}";
const F7: &str = "\u{e037}";
const F9: &str = "\u{e039}";
const F10: &str = "\u{e03a}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

fn browser() -> Option<Browser> {
    let browser = Browser::open(1366, 768);
    if browser.is_none() {
        eprintln!("Chromium is not installed; tests/run installs it");
    }
    browser
}

#[test]
fn a_clerk_serves_by_keyboard_and_the_board_and_the_office_know_it() {
    let Some(browser) = browser() else { return };
    let demo = Demo::open(&["--no-crowd", "--speed", "60", "--start", "2026-11-23 09:00"]);
    let (clerk, password) = demo.sign_in("desk");
    browser.sign_in(&demo.http, &clerk, &password);
    browser.wait_for("#k-F2", "上岗");
    browser.press(F2);
    browser.wait_for("#k-F2", "无人等候");
    keys_explain_themselves(&browser);
    let (_, first) = issue(&demo, "first");
    let (_, second) = issue(&demo, "second");
    browser.wait_for("#waiting", &first);
    browser.wait_for("#waiting", &second);
    browser.press(F2);
    browser.wait_for("#now", &first);
    browser.wait_for("#now", "为什么叫这位");
    browser.press(F4);
    browser.wait_for("#now", "办理中");
    papers_by_keyboard(&browser);
    a_key_that_bounces_says_nothing_more(&browser);
    browser.wait_for("#past", "已办结");
    browser.press(F2);
    browser.wait_for("#now", &second);
    sends_by_keyboard(&browser, &second);
    assert_eq!(browser.complaints(), Vec::<String>::new(), "the desk's scripts complain");

    let (manager, password) = demo.sign_in("office");
    browser.sign_in(&demo.http, &manager, &password);
    browser.wait_for("#board", "最近叫号");
    browser.go(&format!("{}/office", demo.http));
    browser.wait_for("#office", "办结");
    let served = browser.text(".stat:nth-child(2) .val");
    assert!(served.starts_with('1'), "one was served: {served}");
    assert!(browser.run("return document.querySelectorAll('svg[role=img]').length;") == 2);
    assert_eq!(browser.complaints(), Vec::<String>::new(), "board or office complain");
    demo.close();
}

#[test]
fn a_key_under_a_finger_stays_while_the_page_changes_and_does_what_it_says() {
    let Some(browser) = browser() else { return };
    let demo = Demo::open(&["--no-crowd", "--speed", "1", "--start", "2026-11-23 09:00"]);
    let (clerk, password) = demo.sign_in("desk");
    browser.sign_in(&demo.http, &clerk, &password);
    browser.wait_for("#k-F2", "上岗");
    browser.press(F2);
    browser.wait_for("#k-F2", "无人等候");
    let (_, first) = issue(&demo, "first");
    browser.wait_for("#k-F2:not([disabled])", &first);
    browser.touch("#k-F2");
    let (_, second) = issue(&demo, "second");
    browser.wait_for("#waiting", &second);
    browser.let_go();
    browser.wait_for("#now", &first);
    // Afterwards the key follows the hall again.
    browser.wait_for("#k-F2", &second);
    demo.close();
}

#[test]
fn keys_pressed_in_the_device_room_work_and_the_strip_shows_what_its_bytes_say() {
    let Some(browser) = browser() else { return };
    let demo = Demo::open(&["--no-crowd", "--speed", "1", "--start", "2026-11-23 09:00"]);
    let (clerk, password) = demo.sign_in("desk");
    browser.sign_in(&demo.http, &clerk, &password);
    browser.wait_for("#k-F2", "上岗");
    browser.press(F2);
    browser.wait_for("#k-F2", "无人等候");
    let (_, no) = issue(&demo, "one");
    let (admin, password) = demo.sign_in("room");
    browser.sign_in(&demo.http, &admin, &password);
    browser.go(&format!("{}/room", demo.http));
    browser.wait_for("#win-1 .led", "热情为您服务");
    press(&browser, "pad-1", "call_next");
    browser.wait_for("#win-1 .led", &no);
    press(&browser, "pad-1", "start");
    browser.wait_for("#win-1 .led", "正在办理");
    press(&browser, "pad-1", "finish");
    wait_until("the evaluator asks", Duration::from_secs(10), || {
        let asks = browser.run("return !!document.querySelector('#win-1 .asking');");
        if asks == true { Ok(()) } else { Err("it does not ask".to_owned()) }
    });
    press(&browser, "evaluator-1", "5");
    browser.go(&format!("{}/office", demo.http));
    browser.wait_for(".levels li:first-child", "1");
    demo.close();
}

#[test]
fn every_device_of_the_demo_is_there_also_those_without_a_window() {
    let Some(browser) = browser() else { return };
    // A display that is not there: the windows cannot be opened, and their programs go on without.
    let demo = Demo::open_on(":987", &["--no-crowd", "--speed", "20"]);
    let (office, password) = demo.sign_in("board");
    browser.sign_in(&demo.http, &office, &password);
    browser.go(&format!("{}/board", demo.http));
    browser.wait_for("#b-devices", "89/89");
    browser.go(&format!("{}/room", demo.http));
    for device in ["2号取号机", "3号取号机", "大厅屏 2"] {
        browser.wait_for("#bigs", device);
    }
    let without = || browser.text("#bigs").matches("没有开窗口").count();
    wait_until("six run without a window", Duration::from_secs(20), || {
        if without() == 6 { Ok(()) } else { Err(browser.text("#bigs")) }
    });
    let said = demo.said().join("\n");
    assert!(said.contains("已改为没有窗口照常运行"), "{said}");
    assert!(said.contains("--open kiosk-2"), "{said}");
    demo.close();
}

#[test]
fn a_citizen_follows_and_evaluates_on_a_telephone() {
    let Some(browser) = browser() else { return };
    let server = Server::county();
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    let (_, answer) = kiosk.issue("A", "taken").unwrap();
    let follow = answer["slip"]["follow_url"].as_str().unwrap().to_owned();
    let page = follow.replace("http://hall.test", &server.http);
    assert!(page.contains("/t/"), "{follow}");
    browser.go(&page);
    browser.wait_for("#phone", "等候中");
    desk.window("1", "call-next", "call").unwrap();
    browser.wait_for("#phone", "1 号窗口");
    for order in ["start", "finish"] {
        desk.window("1", order, order).unwrap();
    }
    browser.wait_for("#phone", "请评价这次服务");
    browser.click("button[value=dissatisfied]");
    browser.wait_for("#phone", "请选择原因");
    browser.click("input[name=long_wait]");
    browser.click(".reasons button");
    browser.wait_for("#phone", "感谢您的评价");
    let (_, tally) = server.api("office", "office-1").get("/tally").unwrap();
    assert_eq!(tally["evaluations"], serde_json::json!([0, 1, 0, 0, 0]), "{tally}");
    assert_eq!(browser.complaints(), Vec::<String>::new(), "the telephone's page complains");
}

#[test]
fn a_stranger_sees_nothing_and_a_wrong_password_is_told_in_words() {
    let Some(browser) = browser() else { return };
    let server = Server::county();
    for page in ["board", "office", "room", "desk"] {
        browser.go(&format!("{}/{page}", server.http));
        assert!(browser.at().ends_with("/signin"), "{page}: a stranger is led to the sign-in");
    }
    browser.sign_in(&server.http, "9001", "wrong password");
    browser.wait_for("#error", "不对");
    browser.go(&format!("{}/t/0000000000000", server.http));
    browser.wait_for("#phone", "没有这张号");
}

/// Help, a refusal that names the right key, and a pause with 去向, by keyboard and without
/// scrolling.
fn keys_explain_themselves(browser: &Browser) {
    browser.press(F1);
    browser.wait_for("#help:not([hidden])", "叫下一位");
    browser.press(ESCAPE);
    browser.press(F8);
    browser.wait_for("#said", "请先按 叫号 F2");
    browser.press(F10);
    browser.wait_for("#pauses:not([hidden])", "去向");
    fits(browser, "pauses");
    browser.press("2");
    browser.wait_for("#now", "已停");
    browser.press(F2);
    browser.wait_for("#now", "空闲");
}

/// 办结 pressed four times within a second: what was done stays said.
fn a_key_that_bounces_says_nothing_more(browser: &Browser) {
    let begun = browser.run(
        "[0, 150, 400, 800].forEach(function (after) { setTimeout(function () {
            document.body.dispatchEvent(new KeyboardEvent('keydown',
                { key: 'F8', bubbles: true, cancelable: true }));
            document.body.setAttribute('data-bounced', String(after)); }, after); });
         return true;",
    );
    assert!(begun == true, "the key is pressed");
    wait_until("the key has bounced", Duration::from_secs(10), || {
        let last = browser.run("return document.body.getAttribute('data-bounced');");
        if last == "800" { Ok(()) } else { Err(last.to_string()) }
    });
    browser.wait_for("#said", "办结");
    let said = browser.run("return document.getElementById('said').className;");
    assert_eq!(said, "said yes", "a success is not talked over: {}", browser.text("#said"));
}

/// Each panel stands on the screen without scrolling, and its digits press its keys.
fn papers_by_keyboard(browser: &Browser) {
    for (digit, said) in [("2", "受理"), ("1", "告知"), ("3", "不予受理")] {
        open_papers(browser);
        fits(browser, "papers");
        assert_eq!(
            browser.text("#papers [data-order=accept] kbd"),
            "2",
            "the clocks leave the buttons alone"
        );
        if digit == "1" {
            let written = browser
                .run("return !!(document.getElementById('missing-other').value = '复印件');");
            assert!(written == true, "what is missing is written down");
        }
        if digit == "3" {
            browser.click("[data-decline]");
        }
        browser.press(digit);
        browser.wait_for("#said", said);
        browser.wait_for("#said", "小票打印机");
        browser.wait_for("#said", "已打出");
        let refused = browser.run("return document.getElementById('said').className;");
        assert_eq!(refused, "said yes", "{digit} did what it says");
    }
}

fn open_papers(browser: &Browser) {
    let taken = browser.run(
        "return !document.body.dispatchEvent(new KeyboardEvent('keydown',
            { key: 'p', altKey: true, bubbles: true, cancelable: true }));",
    );
    assert!(taken == true, "Alt P is the desk's own key");
    browser.wait_for("#papers:not([hidden])", "一次性告知");
}

/// 挂起 and 回呼, then 转移 with Enter alone.
fn sends_by_keyboard(browser: &Browser, no: &str) {
    // The page may know of an order before its own answer has come; keys wait for the answer.
    browser.wait_for("#said", no);
    browser.wait_for("#k-F4:not([disabled])", "开始");
    browser.press(F4);
    browser.wait_for("#said", "开始办理");
    browser.wait_for("#k-F7:not([disabled])", "挂起");
    browser.press(F7);
    browser.wait_for("#said", "已挂起");
    browser.wait_for("#held", no);
    browser.wait_for("#k-F7:not([disabled])", "回呼");
    browser.press(F7);
    browser.wait_for("#now", no);
    browser.wait_for("#k-F9:not([disabled])", "转移");
    browser.press(F9);
    browser.wait_for("#sends:not([hidden])", "转出");
    fits(browser, "sends");
    browser.press("E");
    browser.press(ENTER);
    browser.wait_for("#now", "空闲");
}

fn fits(browser: &Browser, panel: &str) {
    let script = format!(
        "var panel = document.getElementById('{panel}').getBoundingClientRect();
         return panel.bottom <= window.innerHeight;"
    );
    assert!(browser.run(&script) == true, "{panel} is on the screen without scrolling");
}

fn press(browser: &Browser, device: &str, key: &str) {
    let form =
        format!("input[name=device][value={device}] ~ input[name=key][value=\"{key}\"] ~ button");
    browser.click(&form);
}

/// A ticket for the queue that window 1 serves first, taken through the API.
fn issue(demo: &Demo, request: &str) -> (u64, String) {
    let secret = demo.folder.path().join("data/demo/crowd-kiosk.token");
    let secret = std::fs::read_to_string(secret).unwrap();
    let api = tests::api::Api::new(&demo.http, secret.trim());
    let (status, answer) = api.issue("A", request).unwrap();
    assert_eq!(status, 201, "{answer}");
    let no = answer["ticket"]["no"].as_str().unwrap().to_owned();
    (answer["ticket"]["id"].as_u64().unwrap(), no)
}
