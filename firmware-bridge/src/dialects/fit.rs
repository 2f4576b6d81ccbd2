//! A text on a strip that is too short for it: the number is always left.

/// The text as it fits that many half-width characters; 0: as it is.
#[must_use]
pub fn to_cells(text: &str, cells: u8) -> String {
    if cells == 0 || width(text) <= usize::from(cells) {
        return text.to_owned();
    }
    let close: String = text.split_whitespace().collect();
    if width(&close) <= usize::from(cells) {
        return close;
    }
    let words = || text.split_whitespace();
    let has_number = |word: &&str| word.bytes().any(|byte| byte.is_ascii_digit());
    let word = words().find(has_number).or_else(|| words().next()).unwrap_or_default();
    let mut left = usize::from(cells);
    let fits = |character: &char| {
        let wide = cells_of(*character);
        let room = wide <= left;
        left = left.saturating_sub(wide);
        room
    };
    word.chars().take_while(fits).collect()
}

fn width(text: &str) -> usize {
    text.chars().map(cells_of).sum()
}

const fn cells_of(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

#[cfg(test)]
mod tests;
