//! Hands that have a keyboard and no mouse, and eyes that watch every page they meet: nothing is cut,
//! and whatever has the focus is in sight and marked.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt::Write,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::browser::Browser;

/// Keys by the names on their caps.
const CAPS: &[(&str, &str)] = &[
    ("Enter", "\u{e007}"),
    ("Esc", "\u{e00c}"),
    ("Tab", "\u{e004}"),
    ("Space", " "),
    ("Home", "\u{e011}"),
    ("Left", "\u{e012}"),
    ("Up", "\u{e013}"),
    ("Right", "\u{e014}"),
    ("Down", "\u{e015}"),
    ("Delete", "\u{e017}"),
    ("F1", "\u{e031}"),
    ("F2", "\u{e032}"),
    ("F3", "\u{e033}"),
    ("F4", "\u{e034}"),
    ("F6", "\u{e036}"),
    ("F7", "\u{e037}"),
    ("F8", "\u{e038}"),
    ("F9", "\u{e039}"),
    ("F10", "\u{e03a}"),
];

/// Keys held while another is pressed.
const HELD: &[(&str, &str)] =
    &[("Alt+", "\u{e00a}"), ("Shift+", "\u{e008}"), ("Ctrl+", "\u{e009}")];

/// Ctrl A, and Ctrl let go: the next letter takes the place of all.
const HOLD_ALL: &str = "\u{e009}a\u{e000}";

/// So often Tab is pressed until what is wanted must have had the focus.
const TABS_MAX: usize = 250;

/// A list is gone through so far.
const CHOICES_MAX: usize = 80;

/// A page answers a key within this.
const ANSWER_MAX: Duration = Duration::from_secs(20);

/// The window's sizes at which a page must do.
pub type Sizes = &'static [(u32, u32)];

/// A keyboard before a browser.
pub struct Hands<'a> {
    /// What it is typed into.
    pub browser: &'a Browser,
    sizes: Sizes,
    at_size: RefCell<usize>,
    found: RefCell<BTreeSet<String>>,
}

impl<'a> Hands<'a> {
    /// Sits down before a browser whose pages must do at these sizes, and begins at the first.
    #[must_use]
    pub fn at(browser: &'a Browser, sizes: Sizes) -> Self {
        let hands =
            Self { browser, sizes, at_size: RefCell::new(0), found: RefCell::new(BTreeSet::new()) };
        hands.take_size(0);
        hands
    }

    /// What the eyes found wrong so far.
    #[must_use]
    pub fn found(&self) -> Vec<String> {
        self.found.borrow().iter().cloned().collect()
    }

    /// Goes on at the next size.
    pub fn next_size(&self) {
        let next = (*self.at_size.borrow() + 1) % self.sizes.len();
        *self.at_size.borrow_mut() = next;
        self.take_size(next);
    }

    /// Presses a key by its cap: `F2`, `Alt+P`, `3`.
    ///
    /// # Panics
    /// If there is no such key.
    pub fn press(&self, cap: &str) {
        let mut rest = cap;
        let mut held = Vec::new();
        while let Some((name, key)) = HELD.iter().find(|(name, _)| rest.starts_with(name)) {
            held.push(*key);
            rest = &rest[name.len()..];
        }
        let known = CAPS.iter().find(|(name, _)| *name == rest).map(|(_, key)| *key);
        let letter = Some(rest).filter(|rest| rest.chars().count() == 1);
        let key = known.or(letter).unwrap_or_else(|| panic!("no key is called {cap:?}"));
        self.browser.chord(&held, key);
    }

    /// Types where the focus is, in place of what stands there.
    pub fn write(&self, text: &str) {
        self.browser.type_here(&format!("{HOLD_ALL}{text}"));
    }

    /// Presses Tab until the focus is on what says these words; every stop on the way is looked at.
    ///
    /// # Panics
    /// If the focus never comes there.
    pub fn tab_to(&self, words: &str) {
        let mut met = Vec::new();
        for _ in 0..TABS_MAX {
            self.press("Tab");
            let stop = self.focused();
            self.look_at_focus();
            if says(&stop, words) {
                return;
            }
            met.push(stop);
        }
        panic!("Tab never comes to {words:?}; it met {met:#?}");
    }

    /// Goes down a list, or along buttons of which one is chosen, until these words are chosen.
    ///
    /// # Panics
    /// If they never are.
    pub fn choose(&self, words: &str) {
        let mut met = Vec::new();
        for _ in 0..CHOICES_MAX {
            let chosen = self.chosen();
            if says(&chosen, words) {
                self.look_at_focus();
                return;
            }
            met.push(chosen);
            self.press("Down");
        }
        panic!("{words:?} is never chosen; there are {met:#?}");
    }

    /// Waits until the page shows these words, or, after `!`, until it does not; then looks at the page at
    /// every size.
    ///
    /// # Errors
    /// What it shows instead.
    pub fn see(&self, words: &str) -> Result<(), String> {
        let (is_wanted, words) =
            words.strip_prefix('!').map_or((true, words), |rest| (false, rest));
        let until = Instant::now() + ANSWER_MAX;
        loop {
            let shown = self.browser.text("body");
            if says(&shown, words) == is_wanted {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(shown);
            }
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    /// Looks at the page at every size, and comes back to the present one.
    pub fn look(&self) {
        for (width, height) in self.sizes {
            self.browser.size(*width, *height);
            self.note(&format!("{width}x{height}"), "'again'");
        }
        self.take_size(*self.at_size.borrow());
    }

    fn take_size(&self, at: usize) {
        if let Some((width, height)) = self.sizes.get(at) {
            self.browser.size(*width, *height);
        }
    }

    /// What is wrong with where the focus is now.
    fn look_at_focus(&self) {
        let at = *self.at_size.borrow();
        let (width, height) = self.sizes.get(at).copied().unwrap_or_default();
        self.note(&format!("{width}x{height}"), "true");
    }

    fn note(&self, size: &str, focus: &str) {
        let eyes = include_str!("eyes.js");
        let told = self.browser.run(&format!("return {eyes}({focus});"));
        let path = self.browser.run("return location.pathname + location.search;");
        for wrong in told.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let page = path.as_str().unwrap_or_default();
            let mut line = String::new();
            write!(line, "{page} {size}: {wrong}").ok();
            self.found.borrow_mut().insert(line);
        }
    }

    /// All that is said of what has the focus: its words, its label, what it holds.
    fn focused(&self) -> String {
        let told = self.browser.run(
            "var at = document.activeElement, said = [], i;
             if (!at || at === document.body) { return ''; }
             if (at.labels) { for (i = 0; i < at.labels.length; i++) { said.push(at.labels[i].innerText); } }
             said.push(at.tagName === 'SELECT' ? '' : at.innerText, at.getAttribute('aria-label'), at.placeholder, at.tagName === 'BUTTON' ? '' : at.name, at.id);
             return said.join(' ').replace(/\\s+/g, ' ');",
        );
        told.as_str().unwrap_or_default().to_owned()
    }

    fn chosen(&self) -> String {
        let told = self.browser.run(
            "var at = document.activeElement;
             if (at.tagName === 'SELECT') { return at.selectedIndex < 0 ? '' : at.options[at.selectedIndex].text; }
             return at.parentNode.innerText;",
        );
        told.as_str().unwrap_or_default().to_owned()
    }
}

/// True if these words are among what is told, or, after `=`, are all of it. Spaces count for nothing:
/// they are made of layout.
#[must_use]
pub fn says(told: &str, words: &str) -> bool {
    let close = |text: &str| text.split_whitespace().collect::<String>();
    match words.strip_prefix('=') {
        Some(words) => close(told) == close(words),
        None => close(told).contains(&close(words)),
    }
}
