//! What is planned in a run, soonest first.

use alloc::collections::BinaryHeap;
use core::cmp::Reverse;

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// Somebody who was served goes on to another queue.
    Onward(u32),
    /// A window gets other lists.
    Lists(u16),
    /// Somebody comes without a booking.
    Comes,
    /// Slots near.
    Slot,
    /// Somebody comes with a booking.
    Booked(u16),
    /// Somebody comes back who did not come when called.
    Returns(u32),
    /// A window could call.
    Free(u16),
    /// Somebody gives the number back.
    Leaves(u32),
    /// Somebody comes back who was served in part.
    Back(u32),
}

/// Moments and events in one number each: what comes first is the least.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    heap: BinaryHeap<Reverse<u64>>,
    begins: i64,
}

const PLACE_BITS: u32 = 20;
const KIND_BITS: u32 = 4;

impl Agenda {
    pub fn clear(&mut self, begins: i64) {
        self.heap.clear();
        self.begins = begins;
    }

    pub fn plan(&mut self, at: i64, event: Event) {
        let (kind, place) = match event {
            Event::Onward(person) => (0, person),
            Event::Lists(change) => (1, u32::from(change)),
            Event::Comes => (2, 0),
            Event::Slot => (3, 0),
            Event::Booked(booking) => (4, u32::from(booking)),
            Event::Returns(person) => (5, person),
            Event::Free(post) => (6, u32::from(post)),
            Event::Leaves(person) => (7, person),
            Event::Back(held) => (8, held),
        };
        let since = (at - self.begins).max(0) as u64;
        let place = u64::from(place) & ((1 << PLACE_BITS) - 1);
        self.heap.push(Reverse((since << KIND_BITS | kind) << PLACE_BITS | place));
    }

    pub fn take(&mut self) -> Option<(i64, Event)> {
        let Reverse(packed) = self.heap.pop()?;
        let place = (packed & ((1 << PLACE_BITS) - 1)) as u32;
        let kind = packed >> PLACE_BITS & ((1 << KIND_BITS) - 1);
        let at = self.begins + (packed >> (PLACE_BITS + KIND_BITS)) as i64;
        let event = match kind {
            0 => Event::Onward(place),
            1 => Event::Lists(place as u16),
            2 => Event::Comes,
            3 => Event::Slot,
            4 => Event::Booked(place as u16),
            5 => Event::Returns(place),
            6 => Event::Free(place as u16),
            7 => Event::Leaves(place),
            _ => Event::Back(place),
        };
        Some((at, event))
    }
}
