//! 查找事项: what is typed, and what is found by it; no server is asked.

use wire::{
    find::{Finder, QUERY_CHARS_MAX, split_letters},
    ids::ItemId,
};

use crate::limits;

/// 查找事项, as far as the person is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// What is typed: capital letters, and characters that were chosen.
    pub text: String,
    /// What is found, the best first.
    pub found: Vec<ItemId>,
    /// Characters that the last letters may stand for.
    pub next: Vec<char>,
    /// Which part of what is found is shown, from 0.
    pub leaf: usize,
    /// 长者版 shows what is found instead of the keys.
    pub listed: bool,
}

impl Search {
    /// True if one more may be typed.
    #[must_use]
    pub fn takes_more(&self) -> bool {
        self.text.chars().count() < QUERY_CHARS_MAX
    }

    /// A letter.
    pub fn push(&mut self, letter: char, finder: &Finder) {
        if self.takes_more() && letter.is_ascii_alphabetic() {
            self.text.push(letter.to_ascii_uppercase());
            self.look(finder);
        }
    }

    /// A character stands for the letters at the end.
    pub fn choose(&mut self, character: char, finder: &Finder) {
        if self.next.contains(&character) {
            let before = split_letters(&self.text).0.len();
            self.text.truncate(before);
            self.text.push(character);
            self.look(finder);
        }
    }

    /// 删除.
    pub fn erase(&mut self, finder: &Finder) {
        self.text.pop();
        self.look(finder);
    }

    /// 清空.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Looks again: another text, or another catalogue.
    pub fn look(&mut self, finder: &Finder) {
        self.found = finder.find(&self.text).into_iter().map(|hit| hit.item).collect();
        self.next = finder.next_characters(&self.text, limits::CHARACTERS_OFFERED_MAX);
        self.leaf = 0;
        self.listed &= !self.found.is_empty();
    }
}
