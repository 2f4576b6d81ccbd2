//! 预约: the bookings that a hall knows, by number, by person and by slot; and who missed one.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    vec::Vec,
};

use crate::{
    event::people::{Booked, Miss, Slot},
    ids::{
        ItemId, QueueId, TicketId,
        person::{BookingMark, BookingNo},
    },
    limits::{MISSES_MAX, MISSES_PER_PERSON_MAX},
    state::shelf::Drawers,
    time::{Millis, Timestamp},
    words::people::{BookingState, CheckInTime},
};

/// 预约: a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// What was booked.
    pub booked: Booked,
    /// What became of it.
    pub state: BookingState,
    /// The ticket taken for it; none also if it was erased.
    pub ticket: Option<TicketId>,
    /// 预约取号: in time or late.
    pub check_in: Option<CheckInTime>,
}

/// The places of a slot: a queue's, or one of its items' own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Places {
    pub slot: Slot,
    pub queue: QueueId,
    pub item: Option<ItemId>,
}

impl Places {
    pub fn of(booked: &Booked) -> Self {
        let item = booked.item.filter(|_| booked.own_places);
        Self { slot: booked.slot, queue: booked.queue, item }
    }
}

/// Every booking of today and of days to come, and the misses that count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bookings {
    by_no: Drawers<BookingNo, Booking>,
    by_mark: Drawers<BookingMark, Vec<BookingNo>>,
    misses: Drawers<BookingMark, Vec<Timestamp>>,
    taken: Arc<BTreeMap<Places, u16>>,
    /// Bookings still to come, by the end of their slot.
    due: Arc<BTreeSet<(Timestamp, BookingNo)>>,
}

impl Bookings {
    /// What was carried over the night.
    pub fn of(bookings: &[Booked], misses: &[Miss]) -> Self {
        let mut all = Self::default();
        bookings.iter().for_each(|booked| all.add(booked.clone()));
        misses.iter().for_each(|miss| all.note_miss(miss.mark, miss.at));
        all
    }

    /// What is to be carried over the night: slots that have not ended, misses younger than that.
    pub fn carried(&self, at: Timestamp, misses_for: Millis) -> (Vec<Booked>, Vec<Miss>) {
        let to_come = self.due.iter().filter(|(until, _)| *until > at);
        let bookings = to_come.map(|(_, no)| self.known(*no).booked.clone()).collect();
        let misses = self.misses.iter().flat_map(|(mark, times)| {
            times.iter().map(|at| Miss { mark: *mark, at: *at }).collect::<Vec<_>>()
        });
        let young = misses.filter(|miss| at.since(miss.at) < misses_for);
        let mut misses: Vec<Miss> = young.collect();
        misses.sort_unstable_by_key(|miss| (miss.at, miss.mark));
        misses.drain(..misses.len().saturating_sub(MISSES_MAX));
        (bookings, misses)
    }

    pub fn get(&self, no: BookingNo) -> Option<&Booking> {
        self.by_no.get(&no)
    }

    /// A booking that an event or an index speaks of.
    pub fn known(&self, no: BookingNo) -> &Booking {
        self.get(no).expect("an event speaks of bookings that there are")
    }

    pub fn iter(&self) -> impl Iterator<Item = &Booking> {
        self.by_no.iter().map(|(_, booking)| booking)
    }

    /// Bookings under a mark, in the order in which they were made.
    pub fn of_mark(&self, mark: BookingMark) -> impl Iterator<Item = &Booking> {
        self.by_mark.get(&mark).into_iter().flatten().filter_map(|no| self.get(*no))
    }

    pub fn misses_of(&self, mark: BookingMark) -> &[Timestamp] {
        self.misses.get(&mark).map_or(&[], Vec::as_slice)
    }

    /// Bookings still to come.
    pub fn to_come(&self) -> usize {
        self.due.len()
    }

    pub fn due(&self) -> impl Iterator<Item = (Timestamp, BookingNo)> {
        self.due.iter().copied()
    }

    pub fn taken(&self, places: &Places) -> u16 {
        self.taken.get(places).copied().unwrap_or(0)
    }

    pub fn places(&self) -> impl Iterator<Item = (&Places, u16)> {
        self.taken.iter().map(|(places, count)| (places, *count))
    }

    pub fn add(&mut self, booked: Booked) {
        let no = booked.no;
        Arc::make_mut(&mut self.due).insert((booked.slot.until, no));
        *Arc::make_mut(&mut self.taken).entry(Places::of(&booked)).or_default() += 1;
        if let Some(mark) = booked.mark {
            self.by_mark.entry(mark).push(no);
        }
        let booking = Booking { booked, state: BookingState::Booked, ticket: None, check_in: None };
        self.by_no.insert(no, booking);
    }

    pub fn keep(&mut self, no: BookingNo, ticket: TicketId, time: CheckInTime) {
        self.settle(no, BookingState::Kept);
        let booking = self.by_no.entry_known(no);
        booking.ticket = Some(ticket);
        booking.check_in = Some(time);
    }

    pub fn cancel(&mut self, no: BookingNo) {
        self.settle(no, BookingState::Cancelled);
        let places = Places::of(&self.known(no).booked);
        let taken = Arc::make_mut(&mut self.taken);
        let count = taken.get_mut(&places).expect("a booking takes a place of its slot");
        *count -= 1;
        if *count == 0 {
            taken.remove(&places);
        }
    }

    pub fn end(&mut self, no: BookingNo, missed: bool) {
        self.settle(no, if missed { BookingState::Missed } else { BookingState::Released });
        let booked = &self.known(no).booked;
        if let Some((mark, at)) =
            booked.mark.filter(|_| missed).map(|mark| (mark, booked.slot.until))
        {
            self.note_miss(mark, at);
        }
    }

    /// The slip of its ticket did not come out: the person may come again while the slot lasts.
    pub fn reopen(&mut self, no: BookingNo, at: Timestamp) {
        let booking = self.by_no.entry_known(no);
        booking.ticket = None;
        booking.check_in = None;
        let until = booking.booked.slot.until;
        if at < until {
            booking.state = BookingState::Booked;
            Arc::make_mut(&mut self.due).insert((until, no));
        } else {
            booking.state = BookingState::Released;
        }
    }

    /// Takes the person away from a booking; the booking stays.
    pub fn erase(&mut self, no: BookingNo) {
        let booking = self.by_no.entry_known(no);
        // The link between a booking and a number on a slip identifies as well as a name does.
        booking.ticket = None;
        if let Some(mark) = booking.booked.mark.take() {
            let of_mark = self.by_mark.entry(mark);
            of_mark.retain(|each| *each != no);
            if of_mark.is_empty() {
                self.by_mark.remove(&mark);
            }
        }
    }

    pub fn forget_misses(&mut self, mark: BookingMark) {
        self.misses.remove(&mark);
    }

    fn settle(&mut self, no: BookingNo, state: BookingState) {
        let booking = self.by_no.entry_known(no);
        assert_eq!(booking.state, BookingState::Booked, "only a booking to come can end");
        booking.state = state;
        let until = booking.booked.slot.until;
        Arc::make_mut(&mut self.due).remove(&(until, no));
    }

    fn note_miss(&mut self, mark: BookingMark, at: Timestamp) {
        let misses = self.misses.entry(mark);
        let place = misses.partition_point(|miss| *miss <= at);
        misses.insert(place, at);
        if misses.len() > MISSES_PER_PERSON_MAX {
            misses.remove(0);
        }
    }
}
