//! Everybody can use the pages: axe-core, another's checker, finds nothing on any of them.
//!
//! It walks from the doors to every page that a link leads to, so that a new page is met without
//! being named here.

use std::{
    collections::{BTreeSet, VecDeque},
    fs,
    path::Path,
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use tests::{
    browser::{Browser, F2},
    demo::Demo,
    oracles,
};

/// Where the walk begins.
const DOORS: [&str; 6] = ["/desk", "/board", "/guide", "/office", "/room", "/room/check"];

/// Pages of one walk at most: one for each path and panel.
const PAGES_MAX: usize = 120;

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
    let mut found = check(&browser, &checker, &format!("{}/signin", demo.http));
    browser.sign_in(&demo.http, &clerk, &password);
    browser.wait_for("#k-F2", "");
    browser.press(F2);
    thread::sleep(FILLING);
    browser.press(F2);
    found.extend(check(&browser, &checker, &format!("{}/desk", demo.http)));
    let (admin, password) = demo.sign_in("room");
    browser.sign_in(&demo.http, &admin, &password);
    let (pages, more) = walk(&browser, &checker, &demo.http);
    found.extend(more);
    assert!(pages >= DOORS.len() + 10, "only {pages} pages were met");
    assert!(found.is_empty(), "{} findings on {pages} pages:\n{}", found.len(), found.join("\n"));
    demo.close();
}

/// How many pages were met, and what was found on them.
fn walk(browser: &Browser, checker: &str, base: &str) -> (usize, Vec<String>) {
    let mut to_see: VecDeque<String> = DOORS.iter().map(ToString::to_string).collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut found = Vec::new();
    while let Some(path) = to_see.pop_front() {
        if seen.len() == PAGES_MAX || !seen.insert(kind(&path)) {
            continue;
        }
        found.extend(check(browser, checker, &format!("{base}{path}")));
        let links = browser.run(
            "return Array.prototype.map.call(document.querySelectorAll('a[href^=\"/\"]'), \
             function (link) { return link.getAttribute('href'); });",
        );
        for link in links.as_array().into_iter().flatten().filter_map(Value::as_str) {
            if is_page(link) && !seen.contains(&kind(link)) {
                to_see.push_back(link.to_owned());
            }
        }
    }
    (seen.len(), found)
}

/// Files are no pages.
fn is_page(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    !path.rsplit('/').next().unwrap_or_default().contains('.')
}

/// Pages with the same path and the same words in the query are of one kind: thirty items look alike.
fn kind(link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let word = |pair: &str| match pair.split_once('=') {
        Some(("do", panel)) => format!("do={panel}"),
        Some((key, _)) => key.to_owned(),
        None => pair.to_owned(),
    };
    let words: BTreeSet<String> = query.split('&').map(word).collect();
    let numbers = |part: &str| if part.parse::<u32>().is_ok() { "N" } else { part }.to_owned();
    let path: Vec<String> = path.split('/').map(numbers).collect();
    format!("{}?{}", path.join("/"), words.into_iter().collect::<Vec<_>>().join("&"))
}

/// What the checker finds on a page, a line each.
fn check(browser: &Browser, checker: &str, url: &str) -> Vec<String> {
    browser.go(url);
    browser.wait_for("body", "");
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
