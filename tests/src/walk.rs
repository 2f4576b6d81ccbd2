//! A walk over every page there is: from each address in the server's own table of pages to whatever a
//! link leads to, so that a new page is met without being named.

use std::{
    collections::{BTreeSet, VecDeque},
    fs,
};

use serde_json::Value;

use crate::{browser::Browser, root};

/// Pages of one walk at most: one for each path and panel.
const PAGES_MAX: usize = 200;

/// Addresses that hold no page: a file of the pages, a picture, what a script asks.
const NO_PAGES: [&str; 3] = ["/web/{file}", "/still", "/t/{token}"];

/// What nobody finds, and what has been asked in a way that is not understood: their pages must do too.
const TROUBLES: [&str; 2] = ["/nowhere", "/office/report?length=never"];

/// A walk that several people share: what one has met, the next passes by.
#[derive(Default)]
pub struct Walk {
    seen: BTreeSet<String>,
    met: BTreeSet<String>,
}

impl Walk {
    /// Opens every page that whoever is signed in may see, and shows each to `see` by its address.
    pub fn every_page(&mut self, browser: &Browser, base: &str, mut see: impl FnMut(&str)) {
        let mut to_see: VecDeque<String> = doors().into();
        to_see.extend(TROUBLES.map(ToOwned::to_owned));
        while let Some(path) = to_see.pop_front() {
            if self.met.len() == PAGES_MAX || self.seen.contains(&kind(&path)) {
                continue;
            }
            let url = format!("{base}{path}");
            browser.go(&url);
            browser.wait_for("body", "");
            // Whoever may not see a page is led to their own.
            let at = browser.at().strip_prefix(base).unwrap_or_default().to_owned();
            if !is_same_place(&at, &path) || !self.seen.insert(kind(&path)) {
                continue;
            }
            self.met.insert(path.split('?').next().unwrap_or_default().to_owned());
            see(&url);
            let links = browser.run(
                "return Array.prototype.map.call(document.querySelectorAll('a[href^=\"/\"]'), \
                 function (link) { return link.getAttribute('href'); });",
            );
            for link in links.as_array().into_iter().flatten().filter_map(Value::as_str) {
                if is_page(link) && !self.seen.contains(&kind(link)) {
                    to_see.push_back(link.to_owned());
                }
            }
        }
    }

    /// Pages of the table that nobody met.
    #[must_use]
    pub fn not_met(&self) -> Vec<String> {
        doors().into_iter().filter(|door| !self.met.contains(door)).collect()
    }

    /// How many pages were met, a path with different panels counted for each.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.seen.len()
    }
}

/// Opens every page that whoever is signed in may see, and shows each to `see` by its address.
pub fn every_page(browser: &Browser, base: &str, see: impl FnMut(&str)) {
    Walk::default().every_page(browser, base, see);
}

/// Each address of the server's table of pages that a browser can open.
///
/// # Panics
/// If the table is not where it was.
#[must_use]
pub fn doors() -> Vec<String> {
    let table = fs::read_to_string(root().join("queue-server/src/pages.rs"));
    let table = table.expect("the table of pages");
    let routes = table.split(".route(\"").skip(1);
    let opened = routes.filter(|route| {
        route
            .split_once('"')
            .is_some_and(|(_, does)| does.trim_start_matches(", ").starts_with("get("))
    });
    let paths = opened.filter_map(|route| route.split('"').next());
    let pages = paths.filter(|path| is_page(path) && !NO_PAGES.contains(path) && *path != "/");
    pages.map(ToOwned::to_owned).collect()
}

/// Files are no pages.
fn is_page(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    !path.rsplit('/').next().unwrap_or_default().contains('.')
}

fn is_same_place(at: &str, asked: &str) -> bool {
    let place = |path: &str| path.split(['?', '#']).next().unwrap_or_default().to_owned();
    place(at) == place(asked)
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
