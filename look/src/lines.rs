//! Breaking a text into lines: where a line may end by the rules of Unicode (UAX #14), tightened for
//! Chinese, and which of those places make the lines even.
//!
//! No line begins with ，。、）》 or ends with （《, no word, number or price is torn, and "5 位" and
//! "A 零 一 二" stay together. Among the possible breaks those after a mark or a word are preferred,
//! so that a title of two lines leaves no character alone.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};

/// A paragraph longer than this many lines is filled line by line, without weighing them all.
const EVEN_LINES_MAX: usize = 6;
/// What a break between two characters of a word costs; an empty line would cost 1.
const INSIDE: f32 = 0.3;
/// What it costs to leave a single character or two alone on a line.
const ALONE: f32 = 0.5;

/// Breaks a text into lines no wider than `room`, given each character's advance.
///
/// Line feeds always break. Blanks at a break belong to no line. A word wider than `room` is
/// broken anywhere, because nothing is ever cut off.
#[must_use]
pub fn break_lines(text: &str, room: f32, mut advance: impl FnMut(char) -> f32) -> Vec<&str> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let pieces = pieces(paragraph, room, &mut advance);
        let filled = fill(&pieces, room);
        let ends = if filled.len() > 1 && filled.len() <= EVEN_LINES_MAX {
            even(&pieces, room, filled.len())
        } else {
            filled
        };
        let mut from = 0;
        for end in ends {
            let to = end.checked_sub(1).map_or(0, |last| pieces[last].range.end);
            lines.push(paragraph[from..to].trim_matches(' '));
            from = to;
        }
    }
    lines
}

/// A part of the text that is never broken, with the blanks behind it.
struct Piece {
    range: Range<usize>,
    /// Without the blanks behind it.
    wide: f32,
    /// With them.
    advance: f32,
    characters: usize,
    /// It ends with a mark or a blank, or stands before one that opens: a good place to break.
    ends_well: bool,
}

fn pieces(text: &str, room: f32, advance: &mut impl FnMut(char) -> f32) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for to in ends(text) {
        let mut start = from;
        let mut wide = 0.0;
        for (at, c) in text[from..to].char_indices() {
            let step = advance(c);
            if c != ' ' && wide + step > room && from + at > start {
                pieces.push(piece(text, start..from + at, advance));
                start = from + at;
                wide = 0.0;
            }
            wide += step;
        }
        pieces.push(piece(text, start..to, advance));
        from = to;
    }
    pieces
}

fn piece(text: &str, range: Range<usize>, advance: &mut impl FnMut(char) -> f32) -> Piece {
    let words = &text[range.clone()];
    let seen = words.trim_end_matches(' ');
    let mut wide = |part: &str| part.chars().map(&mut *advance).sum::<f32>();
    let last = words.chars().next_back().unwrap_or(' ');
    let next = text[range.end..].chars().next().unwrap_or(' ');
    Piece {
        wide: wide(seen),
        advance: wide(words),
        characters: seen.chars().count(),
        ends_well: !is_hanzi(last) || "（《“‘(".contains(next),
        range,
    }
}

/// Where a line may end, in bytes; the end of the text is the last.
fn ends(text: &str) -> Vec<usize> {
    let marked = with_chinese_quotes(text);
    linebreaks(&marked)
        .filter(|&(at, kind)| {
            at == text.len() || kind == BreakOpportunity::Mandatory || may_end(text, at)
        })
        .map(|(at, _)| at)
        .collect()
}

/// The quotes of Chinese are brackets; the rules of Unicode take them for quotes of any language and
/// allow no break beside them. The stand-ins are as long in bytes.
fn with_chinese_quotes(text: &str) -> String {
    if !text.contains(is_hanzi) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '“' | '‘' => '（',
            '”' | '’' => '）',
            other => other,
        })
        .collect()
}

/// What Chinese forbids besides: a dash or a wave at the head of a line, and tearing a range, or a number
/// from what it counts.
fn may_end(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let Some(next) = after.chars().next() else { return true };
    if "—～~·…".contains(next) || (next == '/' && !before.ends_with(' ')) {
        return false;
    }
    // A range of times or minutes is whole.
    if before.ends_with(['—', '–', '～', '~']) && next.is_ascii_digit() {
        return false;
    }
    let Some(counted) = before.strip_suffix(' ').and_then(|before| before.chars().next_back())
    else {
        return true;
    };
    let spelled = is_numeral(counted) && is_numeral(next);
    let number = counted.is_ascii_digit() && is_hanzi(next);
    let letter = counted.is_ascii_uppercase() && is_numeral(next);
    !(spelled || number || letter)
}

/// A digit of a number that is said one by one.
fn is_numeral(c: char) -> bool {
    // 零 〇 一 二 三 四 五 六 七 八 九 十, by their code points.
    "\u{96f6}\u{3007}\u{4e00}\u{4e8c}\u{4e09}\u{56db}\u{4e94}\u{516d}\u{4e03}\u{516b}\u{4e5d}\u{5341}".contains(c)
}

/// A Chinese character; marks are none.
fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Fills each line as far as it goes. Answers after how many pieces each line ends.
fn fill(pieces: &[Piece], room: f32) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut wide = 0.0;
    for (n, piece) in pieces.iter().enumerate() {
        if n > 0 && wide + piece.wide > room {
            ends.push(n);
            wide = 0.0;
        }
        wide += piece.advance;
    }
    ends.push(pieces.len());
    ends
}

/// The same number of lines, as even as the places allow.
fn even(pieces: &[Piece], room: f32, count: usize) -> Vec<usize> {
    let all: f32 = pieces.iter().map(|piece| piece.advance).sum();
    let mean = (all / count as f32).max(1.0);
    // costs[line][n]: the least cost of the first n pieces on so many lines, and where the last
    // of them begins.
    let mut costs = vec![vec![(f32::INFINITY, 0); pieces.len() + 1]; count + 1];
    costs[0][0] = (0.0, 0);
    for line in 1..=count {
        for end in 1..=pieces.len() {
            let mut wide = 0.0;
            let mut characters = 0;
            for begin in (0..end).rev() {
                let last = begin + 1 == end;
                wide += if last { pieces[begin].wide } else { pieces[begin].advance };
                characters += pieces[begin].characters;
                if wide > room {
                    break;
                }
                let off = (wide - mean) / room;
                let mut cost = costs[line - 1][begin].0 + off * off;
                if end < pieces.len() && !pieces[end - 1].ends_well {
                    cost += INSIDE;
                }
                if characters <= 2 {
                    cost += ALONE;
                }
                if cost < costs[line][end].0 {
                    costs[line][end] = (cost, begin);
                }
            }
        }
    }
    let mut ends = Vec::new();
    let mut end = pieces.len();
    for line in (1..=count).rev() {
        ends.push(end);
        end = costs[line][end].1;
    }
    ends.reverse();
    ends
}

#[cfg(test)]
mod tests;
