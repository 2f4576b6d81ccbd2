//! Pictures of the pages of a running demo: `pages HTTP NO PASSWORD ADMIN PASSWORD FOLDER`.

use std::{path::Path, thread, time::Duration};

use tests::browser::Browser;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let (base, folder) = (&words[1], Path::new(&words[6]));
    let browser = Browser::open(1366, 768).expect("Chromium and its driver are installed");
    browser.go(&format!("{base}/signin"));
    browser.picture(&folder.join("signin.png"));
    browser.sign_in(base, &words[2], &words[3]);
    browser.wait_for("h2", "");
    thread::sleep(Duration::from_secs(1));
    browser.picture(&folder.join("desk-closed.png"));
    browser.press(tests::browser::F2);
    thread::sleep(Duration::from_secs(2));
    browser.press(tests::browser::F2);
    thread::sleep(Duration::from_secs(2));
    browser.press("\u{e034}");
    thread::sleep(Duration::from_secs(2));
    browser.picture(&folder.join("desk.png"));
    println!("{:?}", browser.complaints());
    let browser = Browser::open(1366, 900).expect("Chromium and its driver are installed");
    browser.sign_in(base, &words[4], &words[5]);
    for page in ["board", "office", "room"] {
        browser.go(&format!("{base}/{page}"));
        thread::sleep(Duration::from_secs(2));
        browser.picture(&folder.join(format!("{page}.png")));
        println!("{page} {:?}", browser.complaints());
    }
}
