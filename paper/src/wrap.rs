//! Breaking Chinese text into lines by columns, without losing a character.

use crate::charset::{columns, width};

/// Breaks a text into lines of at most `limit` columns.
///
/// A Chinese character takes two columns and may stand anywhere, but closing marks never begin a
/// line and opening marks never end one; a word or number in ASCII stays whole if it fits a line.
/// Nothing is ever cut off.
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(2);
    text.split('\n').flat_map(|line| wrap_line(line, limit)).collect()
}

/// Breaks a text like [`wrap`], but makes the lines of one paragraph about equally long.
///
/// For words that stand in the middle: a title must not leave one character alone on its last line.
pub fn wrap_evenly(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(2);
    let even = |line: &str| {
        let lines = wrap_line(line, limit);
        let count = lines.len();
        let least = width(line).div_ceil(count).max(2);
        (least..limit)
            .map(|narrower| wrap_line(line, narrower))
            .find(|narrower| narrower.len() == count)
            .unwrap_or(lines)
    };
    text.split('\n').flat_map(even).collect()
}

fn wrap_line(line: &str, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut now = String::new();
    for piece in pieces(line, limit) {
        if width(&now) + width(piece.trim_end()) > limit {
            lines.push(now.trim_end().to_owned());
            now = piece.trim_start().to_owned();
        } else {
            now.push_str(&piece);
        }
    }
    if !now.trim_end().is_empty() || lines.is_empty() {
        lines.push(now.trim_end().to_owned());
    }
    lines
}

/// Splits a line into the pieces that must not be broken, each at most `limit` wide.
fn pieces(line: &str, limit: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last: Option<char> = None;
    for c in line.chars() {
        let joins = last
            .is_some_and(|last| is_closing(c) || is_opening(last) || (is_word(last) && is_word(c)));
        match pieces.last_mut() {
            Some(piece) if joins && width(piece) + columns(c) <= limit => piece.push(c),
            Some(_) | None => pieces.push(c.to_string()),
        }
        last = Some(c);
    }
    pieces
}

fn is_word(c: char) -> bool {
    c.is_ascii_graphic()
}

fn is_closing(c: char) -> bool {
    "，。、；：？！）】》〉」』”’％…—·".contains(c) || ",.;:?!)]}%".contains(c)
}

fn is_opening(c: char) -> bool {
    "（【《〈「『“‘".contains(c) || "([{".contains(c)
}

#[cfg(test)]
mod tests;
