//! Everybody can use the pages: axe-core, another's checker, finds nothing on any of them.

use std::{fs, thread, time::Duration};

use serde_json::{Value, json};
use tests::{
    api::Api,
    browser::{Browser, F2},
    demo::Demo,
    oracles, root,
    server::Server,
    walk::{self, Walk},
};

/// The crowd needs so long, in the world, until something stands everywhere.
const FILLING: Duration = Duration::from_secs(12);

/// What the law and the standards ask: WCAG 2.1 A and AA, and what axe-core calls best.
const ASKED: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']";

/// A hall full of people: every page there is, by whoever may see it, in Chinese.
#[test]
fn a_checker_of_accessibility_finds_nothing_on_any_page() {
    let Some(checker) = checker() else { return };
    let Some(browser) = Browser::open(1366, 768) else { return };
    let demo = Demo::open(&["--speed", "120", "--start", "2026-11-23 08:50"]);
    let (clerk, password) = demo.sign_in("desk");
    let signin = format!("{}/signin", demo.http);
    browser.go(&signin);
    let mut found = check(&browser, &checker, &signin);
    browser.sign_in(&demo.http, &clerk, &password);
    browser.wait_for("#k-F2", "");
    browser.press(F2);
    thread::sleep(FILLING);
    browser.press(F2);
    browser.wait_for("#now", "");
    // Something to be seen to, so that its page is there.
    let ask = |role: &str, path: &str, what: Value| {
        let secret = demo.command(&["token", "add", "--role", role, "--name", role]);
        let (status, answer) = Api::new(&demo.http, &secret).post(path, &what).unwrap();
        assert_eq!(status, 201, "{answer}");
    };
    ask("kiosk", "/matters", json!({ "request_id": "m", "reasons": ["sent_around"] }));
    ask("guide", "/visits", json!({ "request_id": "v", "reason": "other" }));
    let mut walk = Walk::default();
    let mut look = |page: &str| {
        let (person, password) = demo.sign_in(page);
        browser.sign_in(&demo.http, &person, &password);
        walk.every_page(&browser, &demo.http, |url| found.extend(check(&browser, &checker, url)));
    };
    for page in ["desk", "room", "board", "guide", "accounts", "audit"] {
        look(page);
    }
    assert_eq!(walk.not_met(), Vec::<String>::new(), "nobody of the hall may see these pages");
    assert!(walk.pages() >= 60, "only {} pages were met", walk.pages());
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    demo.close();
}

/// A hall where nobody has come yet, and the page of somebody's own ticket, in English.
#[test]
fn a_checker_of_accessibility_finds_nothing_in_an_empty_hall_in_english() {
    let Some(checker) = checker() else { return };
    let Some(browser) = Browser::open(1366, 768) else { return };
    let server = Server::county();
    let password = server.command(&["staff", "add", "--no", "9000", "--role", "admin"]);
    browser.go(&format!("{}/signin", server.http));
    browser.click("form[action='/language'] button");
    browser.wait_for(".form", "Sign in");
    let mut found = check(&browser, &checker, &browser.at());
    browser.sign_in(&server.http, "9000", "wrong password");
    browser.wait_for("#error", "");
    found.extend(check(&browser, &checker, &browser.at()));
    browser.sign_in(&server.http, "9000", &password);
    walk::every_page(&browser, &server.http, |url| {
        found.extend(check(&browser, &checker, url));
    });
    let (_, answer) = server.api("kiosk", "kiosk-1").issue("A", "taken").unwrap();
    let follow = answer["slip"]["follow_url"].as_str().unwrap();
    browser.go(&follow.replace("http://hall.test", &server.http));
    browser.wait_for("#phone", "");
    found.extend(check(&browser, &checker, "//hall/t/"));
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

/// The checker's own script; none where Node's libraries are not installed.
fn checker() -> Option<String> {
    let _node = oracles::node()?;
    let script = root().join("target/oracles/npm/node_modules/axe-core/axe.min.js");
    Some(fs::read_to_string(script).expect("axe-core is installed with the oracles"))
}

/// What the checker finds on a page, a line each.
fn check(browser: &Browser, checker: &str, url: &str) -> Vec<String> {
    let script = format!(
        "{checker}; return axe.run(document, {{ runOnly: {ASKED} }}).then(function (told) {{ \
         return told.violations.map(function (each) {{ return {{ rule: each.id, why: each.help, \
         where: each.nodes.slice(0, 3).map(function (node) {{ return node.target.join(' ') + ' ' + \
         node.failureSummary.split('\\n')[1]; }}) }}; }}); }});"
    );
    let told = browser.run(&script);
    let page = url.split_once("//").map_or(url, |(_, rest)| rest);
    let page = page.find('/').map_or(page, |at| &page[at..]);
    let line =
        |each: &Value| format!("{page}: {} {}: {}", each["rule"], each["why"], each["where"]);
    match told.as_array() {
        Some(all) => all.iter().map(line).collect(),
        None => vec![format!("{page}: the checker did not answer: {}", json!(told))],
    }
}
