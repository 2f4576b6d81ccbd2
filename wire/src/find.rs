//! 查找事项: which items a person means by what they typed, for a kiosk, for the guide desk and for
//! whoever asks over HTTP.
//!
//! What is typed may be characters, the first letters of their readings, whole readings, or a mix:
//! 身份证, `sfz`, `shenfenzheng`, `身fz`. Of a character with several readings each one fits. English
//! names are found by the beginnings of their words.
//!
//! The order of what is found, the first difference deciding:
//!
//! 1. how it fits ([`How`]): the whole name, its beginning, the beginning of a part of it, somewhere
//!    inside, in two pieces;
//! 2. its own name before 俗称 and English;
//! 3. 常办事项, the more frequent first, before all others;
//! 4. the earlier place in the name, then the shorter name, then the catalogue's order.

mod spelling;

use std::collections::BTreeMap;

use hall::ids::ItemId;

use crate::catalogue::Catalogue;
use spelling::{Spelling, Unit};

/// The longest that is looked for, in characters; what follows is not read.
pub const QUERY_CHARS_MAX: usize = 24;

/// Items found at most: twelve fill three parts of a page, and more are better found by one more
/// letter.
pub const FOUND_MAX: usize = 12;

/// 俗称 of one item that are read; people know a matter by two or three.
const ALIASES_MAX: usize = 8;

/// Characters that may follow, looked at before the best are chosen.
const NEXT_TRIED_MAX: usize = 40;

/// How an item fits what was typed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The whole name was typed.
    Whole,
    /// Its name begins so: `jmsfz` of 居民身份证申领.
    Start,
    /// A part of its name begins so: `hl` of 申领/换领.
    Part,
    /// It stands somewhere in the name: `sfz` of 居民身份证.
    Inside,
    /// It stands there in two pieces of two characters or more: 身份证补领.
    Pieces,
}

/// An item that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub item: ItemId,
    /// How it fits.
    pub how: How,
}

/// The items of a catalogue by their names.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    items: Vec<Named>,
}

#[derive(Debug, Clone)]
struct Named {
    item: ItemId,
    /// Its place among 常办事项; behind them for all others.
    often: usize,
    /// Its own name first.
    names: Vec<Spelling>,
}

impl Finder {
    /// Reads the names of a catalogue's items.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let items = catalogue.items.iter();
        let named = items.map(|item| {
            let others = item.aliases.iter().take(ALIASES_MAX).chain(&item.english_name);
            let names = std::iter::once(&item.name).chain(others);
            let often = catalogue.popular.iter().position(|popular| *popular == item.id);
            let often = often.unwrap_or(usize::MAX);
            Named { item: item.id, often, names: names.map(|name| Spelling::new(name)).collect() }
        });
        Self { items: named.collect() }
    }

    /// The items that fit, the best first, [`FOUND_MAX`] at most; none for an empty text.
    #[must_use]
    pub fn find(&self, typed: &str) -> Vec<Hit> {
        let (query, pieces) = query(typed);
        if query.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(order, named)| {
                let (rank, place, length) = named.rank(&query)?;
                Some(((rank, named.often, place, length, order), named.item))
            })
            .collect();
        // Pieces are looked for only where the whole leaves room: they fit much that is not meant.
        if found.len() < FOUND_MAX {
            let items = self.items.iter().enumerate();
            let scattered = items.filter(|(_, named)| {
                let is_new = found.iter().all(|(_, item)| *item != named.item);
                is_new && named.has_pieces(&query, &pieces)
            });
            let scattered: Vec<_> = scattered
                .map(|(order, named)| {
                    let length = named.names.first().map_or(0, Spelling::len);
                    (((How::Pieces, 0), named.often, 0, length, order), named.item)
                })
                .collect();
            found.extend(scattered);
        }
        found.sort_unstable();
        let hits = found.into_iter().map(|(rank, item)| Hit { item, how: rank.0.0 });
        hits.take(FOUND_MAX).collect()
    }

    /// Characters whose reading begins with the letters at the end of what was typed, and with which
    /// something is found: to type them without a keyboard of their own. The most frequent first.
    #[must_use]
    pub fn next_characters(&self, typed: &str, most: usize) -> Vec<char> {
        let (before, letters) = split_letters(typed);
        if letters.is_empty() {
            return Vec::new();
        }
        let letters = letters.to_ascii_lowercase();
        let mut counted: BTreeMap<char, (u8, usize)> = BTreeMap::new();
        for unit in self.items.iter().flat_map(|named| &named.names).flat_map(Spelling::units) {
            let Unit::Character { written, readings } = unit else { continue };
            // What a character is read as first is meant before its rarer readings, and a reading
            // that is typed to its end before one that only begins so.
            let fits = |(n, reading): (usize, &String)| match (n, reading == &letters) {
                _ if !reading.starts_with(&letters) => None,
                (0, true) => Some(0),
                (0, false) => Some(1),
                _ => Some(2),
            };
            if let Some(rank) = readings.iter().enumerate().filter_map(fits).min() {
                counted.entry(*written).or_insert((rank, 0)).1 += 1;
            }
        }
        let mut counted: Vec<_> = counted.into_iter().collect();
        counted.sort_by_key(|(_, (rank, count))| (*rank, std::cmp::Reverse(*count)));
        let tried = counted.into_iter().map(|(written, _)| written).take(NEXT_TRIED_MAX);
        let leads = |written: &char| {
            let (query, _) = query(&format!("{before}{written}"));
            self.items.iter().any(|named| named.rank(&query).is_some())
        };
        tried.filter(leads).take(most).collect()
    }
}

impl Named {
    /// How it fits as a whole: rank and own name, place, length.
    fn rank(&self, query: &[char]) -> Option<((How, u8), usize, usize)> {
        let ranks = self.names.iter().enumerate().filter_map(|(n, name)| {
            let (how, place) = name.contains(query)?;
            Some(((how, u8::from(n > 0)), place, name.len()))
        });
        ranks.min()
    }

    fn has_pieces(&self, query: &[char], pieces: &[Vec<char>]) -> bool {
        self.names.iter().any(|name| {
            let all = |piece: &Vec<char>| name.contains(piece).is_some();
            name.has_two_pieces(query) || (pieces.len() > 1 && pieces.iter().all(all))
        })
    }
}

/// What was typed as it is looked for: small letters without blanks and signs, and the same part by
/// part where blanks stood.
fn query(typed: &str) -> (Vec<char>, Vec<Vec<char>>) {
    let letters = typed.chars().map(spelling::plain).take(QUERY_CHARS_MAX);
    let letters: Vec<char> = letters.collect();
    let parts = letters.split(|letter| !letter.is_alphanumeric());
    let parts: Vec<Vec<char>> = parts.filter(|part| !part.is_empty()).map(<[_]>::to_vec).collect();
    (parts.concat(), parts)
}

/// The text before the letters at its end, and these.
#[must_use]
pub fn split_letters(typed: &str) -> (&str, &str) {
    let before = typed.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    (before, &typed[before.len()..])
}

#[cfg(test)]
mod tests;
