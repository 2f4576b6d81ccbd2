//! Pictures of every page of a hall with a crowd, in both languages, on the screens people have:
//! `every_page FOLDER`. Part of `tests/pictures --all`.

use std::{fs, path::Path, thread, time::Duration};

use tests::{
    browser::{Browser, F2},
    demo::Demo,
    walk::{self, Walk},
};

/// A crowd needs so long, in the world, to fill the hall at this pace.
const FILLING: Duration = Duration::from_secs(60);

/// An office's old screen, a new one, a tablet.
const SCREENS: [(u32, u32); 3] = [(1366, 768), (1920, 1080), (800, 1280)];

/// Whose pages are looked at: a clerk's first, then those of whoever sees most of the rest.
const PEOPLE: [&str; 4] = ["desk", "room", "accounts", "audit"];

fn main() {
    let folder = std::env::args().nth(1).expect("every_page FOLDER");
    let folder = Path::new(&folder);
    let demo = Demo::open(&["--speed", "120", "--start", "2026-11-23 08:40"]);
    let (clerk, clerks) = demo.sign_in("desk");
    {
        let browser = Browser::open(1366, 768).expect("Chromium and its driver are installed");
        browser.sign_in(&demo.http, &clerk, &clerks);
        browser.wait_for("#k-F2", "");
        browser.press(F2);
        thread::sleep(FILLING);
        browser.press(F2);
    }
    for (width, height) in SCREENS {
        for language in ["zh-CN", "en"] {
            let folder = folder.join(format!("{width}x{height}")).join(language);
            fs::create_dir_all(&folder).expect("a folder for pictures");
            let browser =
                Browser::open(width, height).expect("Chromium and its driver are installed");
            browser.go(&format!("{}/signin", demo.http));
            if language == "en" {
                browser.click("form[action='/language'] button");
                browser.wait_for(".form", "Sign in");
            }
            browser.picture(&folder.join("signin.png"));
            let mut walk = Walk::default();
            for page in PEOPLE {
                let (person, password) = demo.sign_in(page);
                browser.sign_in(&demo.http, &person, &password);
                walk.every_page(&browser, &demo.http, |url| {
                    // What came with the page is there; what its scripts ask for comes a moment later.
                    thread::sleep(Duration::from_millis(500));
                    let name = walk::kind(url.trim_start_matches(demo.http.as_str()));
                    let name = name.trim_matches(['/', '?']).replace(['/', '?', '&', '='], "-");
                    browser.picture(&folder.join(format!("{name}.png")));
                });
            }
        }
    }
    demo.close();
}
