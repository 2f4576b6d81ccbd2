//! 预约: the slots that can be booked, and the day's figures of bookings.

use alloc::vec::Vec;

use crate::{
    command::people::BookableDay,
    event::people::Slot,
    hall::Hall,
    ids::{ItemId, QueueId},
    time::{Day, TimeOfDay, Timestamp},
    words::people::{BookingState, CheckInTime},
};

/// A slot as it can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotView {
    /// It begins.
    pub from: TimeOfDay,
    /// It ends.
    pub until: TimeOfDay,
    /// People it takes.
    pub capacity: u16,
    /// Places left.
    pub left: u16,
}

/// The bookings of one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BookingFigures {
    /// Still to come.
    pub to_come: u32,
    /// 履约: a ticket was taken for it, in time or late.
    pub kept: u32,
    /// Those of them that came late.
    pub late: u32,
    /// 爽约.
    pub missed: u32,
    /// 已取消.
    pub cancelled: u32,
    /// The hall itself could not keep it.
    pub released: u32,
}

/// The slots of a day for an item of a queue, or for the queue itself, by time; full ones too.
#[must_use]
pub fn slots(
    hall: &Hall,
    queue: QueueId,
    item: Option<ItemId>,
    day: &BookableDay,
    now: Timestamp,
) -> Vec<SlotView> {
    let mut views = Vec::new();
    for line in hall.slots_for(queue, item) {
        for (from, until) in line.each() {
            let (begins, ends) = (from.after(day.begins), until.after(day.begins));
            let in_hours = |(opens, closes): &(_, _)| *opens <= begins && ends <= *closes;
            if begins <= now || !day.open.iter().any(in_hours) {
                continue;
            }
            let slot = Slot { day: day.day, from: begins, until: ends };
            let (capacity, left) = (line.capacity, hall.places_left(line, slot));
            views.push(SlotView { from, until, capacity, left });
        }
    }
    views.sort_by_key(|view| view.from);
    views
}

/// The figures of a day's bookings.
#[must_use]
pub fn figures(hall: &Hall, day: Day) -> BookingFigures {
    let mut figures = BookingFigures::default();
    for booking in hall.bookings().filter(|booking| booking.booked.slot.day == day) {
        let count = match booking.state {
            BookingState::Booked => &mut figures.to_come,
            BookingState::Kept => &mut figures.kept,
            BookingState::Cancelled => &mut figures.cancelled,
            BookingState::Missed => &mut figures.missed,
            BookingState::Released => &mut figures.released,
        };
        *count += 1;
        figures.late += u32::from(booking.check_in == Some(CheckInTime::Late));
    }
    figures
}
