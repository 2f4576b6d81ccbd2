//! The guide desk in Debian's Chromium, by keyboard: a call for help, an elder's number, a number
//! that was passed, the server away, and a booking of the next day.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{
    api::Api,
    browser::{Browser, ENTER, F2},
    server::Server,
    wait_until,
};

const F3: &str = "\u{e033}";
const F4: &str = "\u{e034}";
const F10: &str = "\u{e03a}";

/// A number that no document has.
const DOCUMENT: &str = "331023195001011234";

#[test]
fn a_guide_helps_takes_finds_and_checks_in_by_keyboard() {
    let Some(browser) = Browser::open(1366, 768) else {
        eprintln!("Chromium is not installed; tests/run installs it");
        return;
    };
    let mut server = Server::with(&["--speed", "20"]);
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    let password = server.command(&["staff", "add", "--no", "9002", "--role", "guide"]);
    browser.sign_in(&server.http, "9002", &password);
    browser.wait_for("#helps", "没有人求助");

    help_is_answered(&browser, &kiosk);
    let no = an_elder_gets_one_number(&browser, &kiosk);
    assert_eq!(browser.complaints(), Vec::<String>::new(), "the page's scripts complain");
    is_passed(&desk, &no);
    waits_again(&browser, &no);

    let booking = json!({ "request_id": "b", "queue": "H", "day": "2026-11-24", "from": "09:30",
        "document": DOCUMENT, "channel": "phone" });
    let (status, booked) = kiosk.post("/bookings", &booking).unwrap();
    assert_eq!(status, 201, "{booked}");
    server.kill();
    browser.wait_for("#stale.on", "连接断了");
    let off = browser.run("return document.querySelector('#panel [data-order]').disabled;");
    assert!(off == true, "what needs the server is turned off");

    server.begin_at("2026-11-24 09:05");
    server.start();
    browser.go(&format!("{}/guide", server.http));
    browser.press(F4);
    browser.write("#find", DOCUMENT);
    browser.press(ENTER);
    browser.wait_for(".booked", "09:30—");
    assert!(!browser.at().contains(DOCUMENT), "no document is in an address");
    browser.click("#take-only");
    browser.wait_for("#panel", "预约取号成功");
    browser.wait_for("#recent", "H001");
}

fn help_is_answered(browser: &Browser, kiosk: &Api) {
    // It answers without words.
    kiosk.post("/help", &json!({ "request_id": "h", "place": "1号取号机" })).ok();
    browser.wait_for("#helps", "1号取号机");
    browser.press(F10);
    browser.wait_for("#helps", "工号 9002 已前往");
    assert_eq!(kiosk.get("/help").unwrap().1, json!({ "waits": false }));
    browser.press(F10);
    browser.wait_for("#helps", "没有人求助");
}

fn an_elder_gets_one_number(browser: &Browser, kiosk: &Api) -> String {
    browser.press(F2);
    browser.write("#find", "M01");
    browser.wait_for("#found .rows", "M");
    browser.press(ENTER);
    browser.wait_for("#facts", "前面等候");
    let _elder = browser.run("document.querySelector('input[value=elderly]').click();");
    // Two presses at once, as a hand that does not trust the first.
    let _twice = browser.run("var b = document.querySelector('#take'); b.click(); b.click();");
    browser.wait_for("#panel", "取号成功");
    browser.wait_for("#slip", "绿色通道");
    let no = browser.text(".number .no");
    let (status, found) = kiosk.post("/tickets/find", &json!({ "no": no })).unwrap();
    assert_eq!((status, &found["tickets"][0]["no"]), (200, &json!(no)), "{found}");
    let (status, none) = kiosk.post("/tickets/find", &json!({ "no": "M002" })).unwrap();
    assert_eq!(status, 404, "one form is one number: {none}");
    no
}

/// Called three times, and nobody comes.
fn is_passed(desk: &Api, no: &str) {
    desk.sign_on("20");
    let (_, called) = desk.window("20", "call-next", "c").unwrap();
    assert_eq!(called["ticket"]["no"], no, "{called}");
    let mut tries = 0;
    let mut done = |what: &str| {
        wait_until(what, Duration::from_secs(30), || {
            tries += 1;
            let told: (u16, Value) = desk.window("20", what, &format!("{what}-{tries}")).unwrap();
            if told.0 == 200 { Ok(()) } else { Err(told.1.to_string()) }
        });
    };
    for what in ["recall", "recall", "no-show"] {
        done(what);
    }
}

fn waits_again(browser: &Browser, no: &str) {
    browser.press(F3);
    browser.write("#find", "Z999");
    browser.press(ENTER);
    browser.wait_for("#said", "没有这张号票");
    browser.write("#find", "\u{e009}a\u{e000}");
    browser.write("#find", no);
    browser.press(ENTER);
    browser.wait_for(".number", "已过号");
    browser.click("[data-order=reactivate]");
    browser.wait_for("#said", "请再按一次");
    browser.click("[data-order=reactivate]");
    browser.wait_for("#slip", "过号激活");
    browser.wait_for(".number", "等候中");
}
