//! The running text turns pages; it does not slide, because one drawn frame costs 41 ms in software.

/// Where a sentence ends.
const ENDS: &str = "。！？.!?";

/// Where a page may end inside a sentence that does not fit.
const STOPS: &str = "，。；：、！？,.;:!? 　";

/// The texts cut into pages of at most `room` Chinese characters (two Latin letters count as one),
/// each ending with a sentence where one ends in its last three quarters, or else after a stop in its
/// second half.
pub fn pages(texts: &[String], room: usize) -> Vec<String> {
    texts.iter().flat_map(|text| cut(text, room.max(1) * 2)).collect()
}

fn cut(text: &str, room: usize) -> Vec<String> {
    let mut pages = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let fits = fitting_bytes(rest, room);
        let end = if fits == rest.len() { fits } else { page_end(&rest[..fits]).unwrap_or(fits) };
        pages.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    pages
}

/// How many bytes of the text fit into so many half widths; at least one character.
fn fitting_bytes(text: &str, room: usize) -> usize {
    let mut taken = 0;
    for (at, char) in text.char_indices() {
        taken += if char.is_ascii() { 1 } else { 2 };
        if taken > room && at > 0 {
            return at;
        }
    }
    text.len()
}

fn page_end(page: &str) -> Option<usize> {
    let after = |marks: &str| {
        let (at, mark) = page.char_indices().rev().find(|(_, char)| marks.contains(*char))?;
        Some(at + mark.len_utf8())
    };
    let sentence = after(ENDS).filter(|end| end * 4 > page.len());
    sentence.or_else(|| after(STOPS).filter(|end| end * 2 > page.len()))
}
