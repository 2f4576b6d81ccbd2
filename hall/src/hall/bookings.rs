//! 预约: what is booked, what is left of a slot, and who may not book from outside for a time.

use alloc::vec::Vec;

use crate::{
    command::people::BookingRef,
    event::people::Slot,
    hall::Hall,
    ids::{
        ItemId, QueueId,
        person::{Booker, BookingNo},
    },
    setup::booking::Slots,
    state::bookings::{Booking, Places},
    time::{Day, Millis, Timestamp},
    words::people::BookingState,
};

impl Hall {
    /// A booking of today or later.
    #[must_use]
    pub fn booking(&self, no: BookingNo) -> Option<&Booking> {
        self.state.bookings.get(no)
    }

    /// Every booking that the hall still knows: today's whatever became of them, and those to come.
    pub fn bookings(&self) -> impl Iterator<Item = &Booking> {
        self.state.bookings.iter()
    }

    /// The booking that somebody means: of a person's, the earliest still to come.
    #[must_use]
    pub fn booking_meant(&self, meant: BookingRef) -> Option<&Booking> {
        match meant {
            BookingRef::No(no) => self.booking(no),
            BookingRef::Person { booker, day } => {
                let of_day = self.bookings_of(booker).filter(|each| each.booked.slot.day == day);
                of_day.min_by_key(|each| {
                    (each.state != BookingState::Booked, each.booked.slot.from, each.booked.no)
                })
            }
        }
    }

    /// The bookings of a person.
    pub fn bookings_of(&self, booker: Booker) -> impl Iterator<Item = &Booking> {
        booker.marks().flat_map(|mark| self.state.bookings.of_mark(mark))
    }

    /// Until when a person may not book from outside: after so many misses within so many days.
    #[must_use]
    pub fn restricted_until(&self, booker: Booker, now: Timestamp) -> Option<Timestamp> {
        let rules = &self.setup().rules().booking;
        let of_mark = |mark| self.state.bookings.misses_of(mark).iter().copied();
        let mut misses: Vec<Timestamp> = booker.marks().flat_map(of_mark).collect();
        misses.sort_unstable();
        let within = Millis::from_days(rules.misses_within_days.into());
        let restricted = Millis::from_days(rules.restricted_days.into());
        let runs = misses.windows(usize::from(rules.misses_max.max(1)));
        let too_many = runs.filter(|run| run[run.len() - 1].since(run[0]) <= within);
        let until = too_many.map(|run| run[run.len() - 1] + restricted).max();
        until.filter(|until| rules.misses_max > 0 && now < *until)
    }

    /// The slots that an item of a queue, or the queue itself, is booked by.
    pub fn slots_for(&self, queue: QueueId, item: Option<ItemId>) -> impl Iterator<Item = &Slots> {
        let slots = &self.setup().rules().booking.slots;
        let of_queue = slots.iter().filter(move |slots| slots.queue == queue);
        let own = item.filter(|item| of_queue.clone().any(|slots| slots.item == Some(*item)));
        of_queue.filter(move |slots| slots.item == own)
    }

    /// Places left in a slot of a line.
    #[must_use]
    pub fn places_left(&self, line: &Slots, slot: Slot) -> u16 {
        let places = Places { slot, queue: line.queue, item: line.item };
        line.capacity.saturating_sub(self.state.bookings.taken(&places))
    }

    /// How long a miss is kept: as long as it can still restrict somebody.
    pub(crate) fn misses_kept_for(&self) -> Millis {
        let rules = &self.setup().rules().booking;
        Millis::from_days(u64::from(rules.misses_within_days) + u64::from(rules.restricted_days))
    }

    /// When the next booked slot of an open day ends.
    pub(crate) fn next_slot_end(&self) -> Option<Timestamp> {
        self.day()?;
        self.state.bookings.due().next().map(|(until, _)| until)
    }

    /// The last day of which the hall knows: the open one, or the one before.
    pub(crate) fn known_day(&self) -> Option<Day> {
        self.day().or(self.last_day())
    }
}
