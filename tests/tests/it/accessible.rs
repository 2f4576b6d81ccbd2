//! Everybody can use the pages: axe-core, another's checker, finds nothing on any of them.

use std::{fs, path::Path, thread, time::Duration};

use serde_json::{Value, json};
use tests::{
    browser::{Browser, F2},
    demo::Demo,
    oracles, walk,
};

/// The crowd needs so long, in the world, until something stands everywhere.
const FILLING: Duration = Duration::from_secs(12);

/// What the law and the standards ask: WCAG 2.1 A and AA, and what axe-core calls best.
const ASKED: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']";

#[test]
fn a_checker_of_accessibility_finds_nothing_on_any_page() {
    let checker = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../target/oracles/npm/node_modules/axe-core/axe.min.js");
    let Some(_node) = oracles::node() else { return };
    let checker = fs::read_to_string(checker).expect("axe-core is installed with the oracles");
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
    found.extend(check(&browser, &checker, &browser.at()));
    let (admin, password) = demo.sign_in("room");
    browser.sign_in(&demo.http, &admin, &password);
    let mut pages = 0;
    walk::every_page(&browser, &demo.http, |url| {
        pages += 1;
        found.extend(check(&browser, &checker, url));
    });
    for (page, path) in [("accounts", "/accounts"), ("audit", "/office/audit")] {
        let (person, password) = demo.sign_in(page);
        browser.sign_in(&demo.http, &person, &password);
        for path in [path, "/password"] {
            let url = format!("{}{path}", demo.http);
            browser.go(&url);
            browser.wait_for("h1", "");
            found.extend(check(&browser, &checker, &url));
        }
    }
    assert!(pages >= 30, "only {pages} pages were met");
    assert!(found.is_empty(), "{} findings on {pages} pages:\n{}", found.len(), found.join("\n"));
    demo.close();
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
