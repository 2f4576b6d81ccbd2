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
    let word = number_word(text).or_else(|| text.split_whitespace().next()).unwrap_or_default();
    let mut left = usize::from(cells);
    let fits = |character: &char| {
        let wide = cells_of(*character);
        let room = wide <= left;
        left = left.saturating_sub(wide);
        room
    };
    word.chars().take_while(fits).collect()
}

/// The number for a display that knows no Chinese: "请 A023 号" is "A023"; none without a number.
#[must_use]
pub fn number(text: &str) -> Option<String> {
    let word = number_word(text)?;
    let number: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    (!number.is_empty()).then_some(number)
}

/// How many half-width characters a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.chars().map(cells_of).sum()
}

fn number_word(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// A Chinese character takes two cells.
#[must_use]
pub const fn cells_of(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

#[cfg(test)]
mod tests;
