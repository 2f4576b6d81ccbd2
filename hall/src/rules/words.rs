//! What somebody says in own words: no number of a person or a telephone stays in it.

use alloc::{string::String, vec::Vec};

use crate::limits::{MOBILE_DIGITS, OWN_WORDS_DIGITS_MAX, TELEPHONE_DIGITS};

/// Numbers as they are said: 零 to 九, and 幺 and 两 of telephones.
const SPOKEN: [char; 14] =
    ['零', '〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '幺', '两', '壹'];

/// True of more digits than a name of something has, or of so many spoken one behind another.
pub(super) fn holds_number(words: &str) -> bool {
    let digits = words.chars().filter(|each| each.is_numeric()).count();
    digits > OWN_WORDS_DIGITS_MAX || longest_spoken(words) > OWN_WORDS_DIGITS_MAX
}

fn longest_spoken(words: &str) -> usize {
    let (mut longest, mut run) = (0_usize, 0_usize);
    for each in words.chars() {
        run = if SPOKEN.contains(&each) { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// The same words; where they hold a number, each of its digits is a star.
pub(super) fn without_numbers(words: &str) -> String {
    let hides = holds_number(words);
    let plain = words.chars().filter(|each| !turns_lines(*each));
    plain
        .map(|each| {
            let is_digit = each.is_numeric() || SPOKEN.contains(&each);
            if hides && is_digit { '*' } else { each }
        })
        .collect()
}

/// What somebody of the hall wrote: days and hours stay, digits as many as a telephone has are stars,
/// also with blanks or dashes between them.
pub(super) fn without_telephones(words: &str) -> String {
    let letters: Vec<char> = words.chars().filter(|each| !turns_lines(*each)).collect();
    let mut plain = letters.clone();
    let mut hide = |joins: fn(char) -> bool, most: usize| {
        let mut begin = 0;
        while begin < letters.len() {
            let run = letters[begin..].iter().take_while(|each| joins(**each)).count();
            let run = begin..begin + run;
            if letters[run.clone()].iter().filter(|each| each.is_numeric()).count() >= most {
                let digits = plain[run.clone()].iter_mut().filter(|each| each.is_numeric());
                digits.for_each(|each| *each = '*');
            }
            begin = run.end.max(begin + 1);
        }
    };
    hide(char::is_numeric, TELEPHONE_DIGITS);
    hide(|each| each.is_numeric() || matches!(each, ' ' | '-'), MOBILE_DIGITS);
    plain.into_iter().collect()
}

/// Marks that nobody sees, and that let a line run backwards.
pub(super) const fn turns_lines(each: char) -> bool {
    matches!(each, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_and_a_document_do_not_stay_however_they_are_written() {
        for (said, kept) in [
            ("3号窗口排了两次", "3号窗口排了两次"),
            ("打我电话 138 0013 8000", "打我电话 *** **** ****"),
            ("身份证33010219900101123X", "身份证*****************X"),
            ("一三八零零一三八零零零", "***********"),
            ("１３８００１３８０００", "***********"),
            ("第一次来第二次来", "第一次来第二次来"),
            ("反\u{202e}向", "反向"),
        ] {
            assert_eq!(without_numbers(said), kept, "{said}");
        }
    }
}
