//! 预约: a place in a slot of a day to come, and 取消预约.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    command::{
        Input,
        people::{Book, BookableDay, BookingRef},
    },
    event::{
        Fact,
        people::{Booked, Slot},
    },
    hall::Hall,
    ids::person::{Booker, BookingNo},
    limits::{BOOKABLE_DAYS_MAX, BOOKINGS_MAX},
    refusal::Refusal,
    setup::booking::Slots,
    state::{State, bookings::Booking},
    time::{Millis, Timestamp},
    words::{Channel, people::BookingState},
};

/// A booking needs no open day: people book on Sundays too.
pub(super) fn decide(hall: &Hall, input: &Input, book: &Book) -> Result<Facts, Refusal> {
    hall.known_day().ok_or(Refusal::HallClosed)?;
    let queue = hall.setup().queue(book.queue).filter(|queue| queue.issued);
    let queue = queue.ok_or(Refusal::NoSuchQueue)?.id;
    if let Some(item) = book.item
        && hall.item_queue_on(item, book.day)? != queue
    {
        return Err(Refusal::NoSuchItem);
    }
    let day = book.days.iter().take(BOOKABLE_DAYS_MAX).find(|day| day.day == book.day);
    let day = day.ok_or(Refusal::DayNotBookable)?;
    let listed = |items: &alloc::collections::BTreeSet<_>| {
        book.item.is_some_and(|item| items.contains(&item))
    };
    if day.items.as_ref().is_some_and(|items| !listed(items)) {
        return Err(Refusal::ItemNotToday);
    }
    let (slot, line) = slot(hall, book, day)?;
    if slot.from <= input.at {
        return Err(Refusal::NoSuchSlot);
    }
    hall.is_agent(book.agent)?;
    person(hall, input.at, book)?;
    if hall.places_left(line, slot) == 0 {
        return Err(Refusal::SlotFull);
    }
    if hall.state.bookings.to_come() >= BOOKINGS_MAX {
        return Err(Refusal::BookingsFull);
    }
    Ok(Vec::from([Fact::Booked(Booked {
        no: fresh_number(hall, input.luck),
        mark: book.booker.map(|booker| booker.mark),
        agent: book.agent,
        queue,
        item: book.item,
        own_places: line.item.is_some(),
        slot,
        channel: book.channel,
    })]))
}

/// The slot that begins at the wished time while windows are open, and its line.
fn slot<'h>(hall: &'h Hall, book: &Book, day: &BookableDay) -> Result<(Slot, &'h Slots), Refusal> {
    let mut lines = hall.slots_for(book.queue, book.item).peekable();
    lines.peek().ok_or(Refusal::NotBookable)?;
    let mut slots = lines.flat_map(|line| line.each().map(move |slot| (line, slot)));
    let found = slots.find(|(_, (from, _))| *from == book.from);
    let (line, (from, until)) = found.ok_or(Refusal::NoSuchSlot)?;
    let (from, until) = (from.after(day.begins), until.after(day.begins));
    if !day.open.iter().any(|(opens, closes)| *opens <= from && until <= *closes) {
        return Err(Refusal::NoSuchSlot);
    }
    Ok((Slot { day: day.day, from, until }, line))
}

/// Who books from outside must be known and not have missed too much; nobody books twice a day.
fn person(hall: &Hall, at: Timestamp, book: &Book) -> Result<(), Refusal> {
    let outside = match book.channel {
        Channel::Phone | Channel::Api => true,
        Channel::Kiosk | Channel::GuideDesk | Channel::Window => false,
    };
    let Some(booker) = book.booker else {
        let unknown = outside && book.agent.is_none();
        return if unknown { Err(Refusal::PersonNeeded) } else { Ok(()) };
    };
    if outside && let Some(until) = hall.restricted_until(booker, at) {
        return Err(Refusal::BookingRestricted { until });
    }
    let on_day = |booking: &&Booking| {
        let counts = matches!(booking.state, BookingState::Booked | BookingState::Kept);
        counts && booking.booked.slot.day == book.day
    };
    let booked = hall.bookings_of(booker).filter(on_day).count();
    let most = usize::from(hall.setup().rules().booking.per_person_and_day);
    if booked >= most { Err(Refusal::BookedAlready) } else { Ok(()) }
}

/// The number that the luck gives, or the next one that nobody has.
fn fresh_number(hall: &Hall, luck: u64) -> BookingNo {
    let mut no = BookingNo::of(luck);
    while hall.booking(no).is_some() {
        no = no.next();
    }
    no
}

/// 取消预约, early enough that somebody else can have the place.
pub(super) fn cancel(hall: &Hall, at: Timestamp, meant: BookingRef) -> Result<Facts, Refusal> {
    let booking = to_come(hall, meant)?;
    let before = hall.setup().rules().booking.cancel_before_minutes;
    if at + Millis::from_minutes(before.into()) > booking.booked.slot.from {
        return Err(Refusal::TooLateToCancel);
    }
    Ok(Vec::from([Fact::BookingCancelled { booking: booking.booked.no }]))
}

/// The booking meant, if it is still to come.
pub(super) fn to_come(hall: &Hall, meant: BookingRef) -> Result<&Booking, Refusal> {
    let booking = hall.booking_meant(meant).ok_or(Refusal::NoSuchBooking)?;
    match booking.state {
        BookingState::Booked => Ok(booking),
        state @ (BookingState::Kept
        | BookingState::Cancelled
        | BookingState::Missed
        | BookingState::Released) => Err(Refusal::BookingOver { state }),
    }
}

/// True if the booking bears another person's mark.
pub(super) fn is_anothers(booking: &Booking, booker: Booker) -> bool {
    booking.booked.mark.is_some_and(|mark| booker.marks().all(|own| own != mark))
}

pub(super) fn apply(state: &mut State, booked: &Booked) {
    state.bookings.add(booked.clone());
}
