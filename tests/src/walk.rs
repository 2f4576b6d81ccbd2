//! A walk from the doors of a hall's pages to every page that a link leads to, so that a new page is
//! met without being named.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use crate::browser::Browser;

/// Where the walk begins.
const DOORS: [&str; 6] = ["/desk", "/board", "/guide", "/office", "/room", "/room/check"];

/// Pages of one walk at most: one for each path and panel.
const PAGES_MAX: usize = 120;

/// Opens every page that whoever is signed in may see, and shows each to `see` by its address.
pub fn every_page(browser: &Browser, base: &str, mut see: impl FnMut(&str)) {
    let mut to_see: VecDeque<String> = DOORS.iter().map(ToString::to_string).collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(path) = to_see.pop_front() {
        if seen.len() == PAGES_MAX || !seen.insert(kind(&path)) {
            continue;
        }
        let url = format!("{base}{path}");
        browser.go(&url);
        browser.wait_for("body", "");
        see(&url);
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
}

/// Files are no pages.
fn is_page(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    !path.rsplit('/').next().unwrap_or_default().contains('.')
}

/// Pages with the same path and the same words in the query are of one kind: thirty items look
/// alike.
#[must_use]
pub fn kind(link: &str) -> String {
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
