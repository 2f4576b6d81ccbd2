//! Two containers whose copies share everything unchanged, so that a copy of a busy hall is cheap.

use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};
use core::cmp::Ordering;

use crate::{
    ids::{
        CaseNo, RequestId, Token,
        person::{BookingMark, BookingNo, PersonMark},
    },
    limits::SHELF_PIECE,
};

/// A list that only grows, in shared pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shelf<T> {
    pieces: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { pieces: Vec::new(), len: 0 }
    }
}

impl<T: Clone> Shelf<T> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn get(&self, at: usize) -> Option<&T> {
        self.pieces.get(at / SHELF_PIECE)?.get(at % SHELF_PIECE)
    }

    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        Arc::make_mut(self.pieces.get_mut(at / SHELF_PIECE)?).get_mut(at % SHELF_PIECE)
    }

    pub fn push(&mut self, thing: T) {
        if self.len.is_multiple_of(SHELF_PIECE) {
            self.pieces.push(Arc::new(Vec::with_capacity(SHELF_PIECE)));
        }
        let last = self.pieces.last_mut().expect("a piece with room was just seen to");
        Arc::make_mut(last).push(thing);
        self.len += 1;
    }

    /// The place of a thing in a list that goes up by its key.
    pub fn search_by_key<K: Ord>(&self, key: K, of: impl Fn(&T) -> K) -> Option<usize> {
        let (mut from, mut until) = (0, self.len);
        while from < until {
            let middle = from + (until - from) / 2;
            match of(self.get(middle)?).cmp(&key) {
                Ordering::Equal => return Some(middle),
                Ordering::Less => from = middle + 1,
                Ordering::Greater => until = middle,
            }
        }
        None
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.pieces.iter().flat_map(|piece| piece.iter())
    }
}

/// A key that falls into one of 256 drawers, evenly for keys made by chance.
pub(crate) trait Spread: Ord + Copy {
    fn drawer(&self) -> u8;
}

impl Spread for RequestId {
    fn drawer(&self) -> u8 {
        // Ids made of a caller's text or counted up differ at either end.
        self.0[0] ^ self.0[15]
    }
}

impl Spread for Token {
    fn drawer(&self) -> u8 {
        self.0 as u8
    }
}

impl Spread for CaseNo {
    fn drawer(&self) -> u8 {
        // Numbers of one series differ in their last digits only.
        self.as_str().bytes().fold(0, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte))
    }
}

impl Spread for PersonMark {
    fn drawer(&self) -> u8 {
        self.0[0]
    }
}

impl Spread for BookingMark {
    fn drawer(&self) -> u8 {
        self.0[0]
    }
}

impl Spread for BookingNo {
    fn drawer(&self) -> u8 {
        self.low_byte()
    }
}

/// A map in shared drawers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawers<K, V> {
    drawers: BTreeMap<u8, Arc<BTreeMap<K, V>>>,
}

impl<K, V> Default for Drawers<K, V> {
    fn default() -> Self {
        Self { drawers: BTreeMap::new() }
    }
}

impl<K: Spread, V: Clone> Drawers<K, V> {
    pub fn get(&self, key: &K) -> Option<&V> {
        self.drawers.get(&key.drawer())?.get(key)
    }

    pub fn insert(&mut self, key: K, value: V) {
        Arc::make_mut(self.drawers.entry(key.drawer()).or_default()).insert(key, value);
    }

    /// Everything, drawer by drawer.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.drawers.values().flat_map(|drawer| drawer.values())
    }

    pub fn remove(&mut self, key: &K) -> Option<V> {
        let drawer = self.drawers.get_mut(&key.drawer())?;
        let value = Arc::make_mut(drawer).remove(key);
        if drawer.is_empty() {
            self.drawers.remove(&key.drawer());
        }
        value
    }

    /// The value of a key that is there.
    pub fn entry_known(&mut self, key: K) -> &mut V {
        let drawer = self.drawers.get_mut(&key.drawer());
        let value = drawer.and_then(|drawer| Arc::make_mut(drawer).get_mut(&key));
        value.expect("an event speaks of what there is")
    }

    /// Everything, drawer by drawer.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.drawers.values().flat_map(|drawer| drawer.iter())
    }

    pub fn len(&self) -> usize {
        self.drawers.values().map(|drawer| drawer.len()).sum()
    }
}

impl<K: Spread, V: Clone + Default> Drawers<K, V> {
    /// The value of a key, made if it is not there.
    pub fn entry(&mut self, key: K) -> &mut V {
        Arc::make_mut(self.drawers.entry(key.drawer()).or_default()).entry(key).or_default()
    }
}
