//! Quotes that were not closed: what stands behind one is read as part of a single cell, and rows
//! vanish without a word.

use super::{super::problem::Problem, FOLLOWING, separators_of_a_row};

/// The most line breaks in one cell that nobody asks about: short lists are written so.
const BREAKS_MAX: usize = 3;

/// A row in which a quote was not closed.
pub struct Swallowed {
    /// Where the row begins in the text.
    pub start: usize,
    /// What to tell of it.
    pub problem: Problem,
}

/// Where the reader stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    CellBegins,
    Plain,
    Quoted,
    /// Behind a quote in a quoted cell: it ends the cell, or two stand for one.
    QuoteSeen,
}

/// The first row in which a quote is not closed: it is open at the end of the file, or its cell holds
/// whole rows. A cell of many lines that are no rows is a warning.
pub fn swallowed(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<Swallowed> {
    let (mut state, mut line, mut row) = (State::CellBegins, 1, 0);
    // Where the quoted cell begins, and its line.
    let mut opened = (0, 1);
    for (at, letter) in text.char_indices() {
        let was = state;
        state = match (was, letter) {
            (State::CellBegins, '"') => {
                opened = (at + 1, line);
                State::Quoted
            }
            (State::Quoted, '"') => State::QuoteSeen,
            (State::Quoted, _) | (State::QuoteSeen, '"') => State::Quoted,
            (State::CellBegins | State::Plain | State::QuoteSeen, ',') => State::CellBegins,
            (State::CellBegins | State::Plain | State::QuoteSeen, '\n' | '\r') => State::CellBegins,
            (State::CellBegins | State::Plain | State::QuoteSeen, _) => State::Plain,
        };
        if was == State::QuoteSeen && state != State::Quoted {
            let cell = &text[opened.0..at];
            let breaks = cell.matches('\n').count();
            let problem = || {
                let problem = Problem::new(file, Some(opened.1), "cell_of_lines");
                problem.with("n", breaks + 1)
            };
            if holds_rows(cell) {
                return Some(Swallowed { start: row, problem: problem().hiding(FOLLOWING) });
            }
            if breaks > BREAKS_MAX {
                problems.push(problem().warning());
            }
        }
        if letter == '\n' {
            line += 1;
        }
        if state == State::CellBegins && letter != ',' {
            row = at + 1;
        }
    }
    (state == State::Quoted).then(|| Swallowed {
        start: row,
        problem: Problem::new(file, Some(opened.1), "open_quote").hiding(FOLLOWING),
    })
}

/// True if a line behind the first is parted as a row is.
fn holds_rows(cell: &str) -> bool {
    cell.lines().skip(1).any(|line| line.matches(',').count() >= separators_of_a_row())
}
