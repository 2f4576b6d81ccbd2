//! The running text turns pages; it does not slide, because one drawn frame costs 41 ms in software.

/// Where a page may end without breaking a sentence.
const STOPS: &str = "，。；：、！？,.;:!? 　";

/// The texts cut into pages of at most `room` Chinese characters (two Latin letters count as one),
/// each ending after a stop where there is one in its second half.
pub fn pages(texts: &[String], room: usize) -> Vec<String> {
    texts.iter().flat_map(|text| cut(text, room.max(1) * 2)).collect()
}

fn cut(text: &str, room: usize) -> Vec<String> {
    let mut pages = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let fits = fitting_bytes(rest, room);
        let end = if fits == rest.len() { fits } else { last_stop(&rest[..fits]).unwrap_or(fits) };
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

fn last_stop(page: &str) -> Option<usize> {
    let (at, stop) = page.char_indices().rev().find(|(_, char)| STOPS.contains(*char))?;
    let end = at + stop.len_utf8();
    (end * 2 > page.len()).then_some(end)
}
