//! 排队号: which numbers of the day are given out, and which are set aside for kiosks.

use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};

use super::shelf::Shelf;
use crate::{
    event::offline::NumberBlock,
    ids::{DeviceId, TicketId, Token},
    number::TicketNo,
    time::Timestamp,
};

/// 离线号段: numbers in a kiosk's hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserved {
    /// Whose.
    pub kiosk: DeviceId,
    /// In which of its records it notes them.
    pub book: Token,
    /// Which.
    pub block: NumberBlock,
    /// Since when.
    pub since: Timestamp,
}

/// The numbers of the day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Given by the hall: ever greater ones, by letter.
    given: BTreeMap<char, Shelf<(u16, TicketId)>>,
    /// Given by kiosks.
    handed_in: BTreeMap<TicketNo, TicketId>,
    reserved: Arc<Vec<Reserved>>,
}

impl Numbers {
    pub fn add(&mut self, no: TicketNo, ticket: TicketId) {
        let last = self.last(no.letter);
        assert!(last < no.number, "the hall's own numbers go up");
        self.given.entry(no.letter).or_default().push((no.number, ticket));
    }

    pub fn hand_in(&mut self, no: TicketNo, ticket: TicketId) {
        let before = self.handed_in.insert(no, ticket);
        assert!(before.is_none(), "a number is handed in once");
    }

    pub fn reserve(&mut self, reserved: impl Iterator<Item = Reserved>) {
        Arc::make_mut(&mut self.reserved).extend(reserved);
    }

    pub fn find(&self, no: TicketNo) -> Option<TicketId> {
        let given = || {
            let given = self.given.get(&no.letter)?;
            let at = given.search_by_key(no.number, |(number, _)| *number)?;
            given.get(at).map(|(_, ticket)| *ticket)
        };
        given().or_else(|| self.handed_in.get(&no).copied())
    }

    /// The greatest number that the hall itself has given of a letter; 0 before the first.
    pub fn last(&self, letter: char) -> u16 {
        let given = self.given.get(&letter);
        let last = given.and_then(|given| given.get(given.len().checked_sub(1)?));
        last.map_or(0, |(number, _)| *number)
    }

    /// How many numbers of a letter were given out today.
    pub fn count(&self, letter: char) -> usize {
        let handed_in = self.handed_in.keys().filter(|no| no.letter == letter).count();
        self.given.get(&letter).map_or(0, Shelf::len) + handed_in
    }

    pub fn reserved(&self) -> &[Reserved] {
        &self.reserved
    }
}
