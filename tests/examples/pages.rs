//! Pictures of the pages of a hall with a crowd: `pages FOLDER`. Part of `tests/pictures`.

use std::{path::Path, thread, time::Duration};

use tests::{
    browser::{Browser, F2},
    demo::Demo,
};

const F4: &str = "\u{e034}";

/// A crowd needs so long, in the world, to fill the hall at this pace.
const FILLING: Duration = Duration::from_secs(40);

fn main() {
    let folder = std::env::args().nth(1).expect("pages FOLDER");
    let folder = Path::new(&folder);
    let browser = Browser::open(1366, 768).expect("Chromium and its driver are installed");
    let demo = Demo::open(&["--speed", "120", "--start", "2026-11-23 08:40"]);
    let (clerk, password) = demo.sign_in("desk");
    browser.go(&format!("{}/signin", demo.http));
    browser.picture(&folder.join("signin.png"));
    browser.sign_in(&demo.http, &clerk, &password);
    browser.wait_for("#k-F2", "上岗");
    browser.press(F2);
    thread::sleep(FILLING);
    browser.press(F2);
    browser.wait_for("#now", "为什么");
    browser.press(F4);
    browser.wait_for("#now", "办理中");
    thread::sleep(Duration::from_secs(1));
    browser.picture(&folder.join("desk.png"));
    drop(browser);
    let browser = Browser::open(1366, 1000).expect("Chromium and its driver are installed");
    let (admin, password) = demo.sign_in("room");
    browser.sign_in(&demo.http, &admin, &password);
    for (page, part) in [("board", "#board"), ("office", "#office"), ("room", "#win-1")] {
        browser.go(&format!("{}/{page}", demo.http));
        browser.wait_for(part, "");
        thread::sleep(Duration::from_secs(2));
        browser.picture(&folder.join(format!("{page}.png")));
    }
    let (guide, password) = demo.sign_in("guide");
    browser.sign_in(&demo.http, &guide, &password);
    browser.go(&format!("{}/guide?do=take&item=M01", demo.http));
    browser.wait_for("#facts", "前面等候");
    thread::sleep(Duration::from_secs(2));
    browser.picture(&folder.join("guide-desk.png"));
    demo.close();
}
