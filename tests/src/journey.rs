//! Journeys: what people do at a keyboard and must see, as tables that anybody can read.
//!
//! ```text
//! 叫号                    what the row is, as the hall calls it
//!   comes A          | 等候 1 人
//!   F2               | {1}; 为什么叫这位
//! ```
//!
//! Left what hands do, right what must be seen then (`;` between, `!` before what must be gone). Keys
//! go by their caps; `to WORDS` presses Tab until the focus says so, `choose WORDS` goes down a list,
//! `"WORDS"` is typed, `until WORDS: KEY` presses a key until the words are seen. What happens around
//! the hands is one of [`Around`]'s words.

use std::time::{Duration, Instant};

use crate::hands::{Hands, says};

/// A row of the table: a name, and steps under it.
#[derive(Debug)]
pub struct Row {
    /// As the hall calls it.
    pub name: String,
    /// What is done and seen.
    pub steps: Vec<Step>,
}

/// One line under a row.
#[derive(Debug)]
pub struct Step {
    /// What hands do, or what happens around them.
    pub does: String,
    /// What must be seen then.
    pub sees: Vec<String>,
}

/// What happens in the hall while somebody sits at the keyboard.
pub trait Around {
    /// Makes it happen, by its word and what follows; false if this is no word of it.
    fn happen(&mut self, word: &str, of: &str) -> bool;
    /// Fills in what only the hall knows, like the number somebody took.
    fn fill(&self, words: &str) -> String;
}

/// Reads a table.
#[must_use]
pub fn read(table: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if line.starts_with(' ') {
            let (does, sees) = line.split_once(" |").unwrap_or((line, ""));
            let sees = sees.split("; ").map(str::trim).filter(|words| !words.is_empty());
            let step =
                Step { does: does.trim().to_owned(), sees: sees.map(ToOwned::to_owned).collect() };
            if let Some(row) = rows.last_mut() {
                row.steps.push(step);
            }
        } else {
            rows.push(Row { name: line.trim().to_owned(), steps: Vec::new() });
        }
    }
    rows
}

/// A key is pressed again for so long, where the hall must first let some time pass.
const AGAIN_MAX: Duration = Duration::from_secs(20);

/// A pause between two such presses: a hand's, and longer than what counts as one press.
const AGAIN_AFTER: Duration = Duration::from_millis(1200);

/// Walks the rows one after the other, each at the next size.
///
/// # Panics
/// At the first step that does not lead where the table says.
pub fn walk(rows: &[Row], hands: &Hands, around: &mut impl Around) {
    for row in rows {
        let begun = Instant::now();
        for step in &row.steps {
            take(&step.does, hands, around);
            for words in &step.sees {
                let words = around.fill(words);
                if let Err(shown) = hands.see(&words) {
                    let found = hands.found().join("\n");
                    let shown = shown.replace('\n', " ");
                    panic!(
                        "{}: after `{}` {words:?} is not so:\n{shown}\n{found}",
                        row.name, step.does
                    );
                }
            }
            hands.look();
        }
        eprintln!("{:>6} ms  {}", begun.elapsed().as_millis(), row.name);
        hands.next_size();
    }
}

fn take(does: &str, hands: &Hands, around: &mut impl Around) {
    let (word, of) = does.split_once(' ').unwrap_or((does, ""));
    if let Some(text) = does.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        hands.write(&around.fill(text));
    } else if word == "to" {
        hands.tab_to(&around.fill(of));
    } else if word == "choose" {
        hands.choose(of);
    } else if word == "window" {
        hands.browser.newest_window();
    } else if word == "until" {
        let (words, key) = of.split_once(": ").unwrap_or((of, ""));
        press_until(&around.fill(words), key, hands);
    } else if !around.happen(word, of) {
        does.split(' ').for_each(|cap| hands.press(cap));
    }
}

fn press_until(words: &str, key: &str, hands: &Hands) {
    let until = Instant::now() + AGAIN_MAX;
    while !says(&hands.browser.text("body"), words) && Instant::now() < until {
        key.split(' ').for_each(|cap| hands.press(cap));
        std::thread::sleep(AGAIN_AFTER);
    }
}
