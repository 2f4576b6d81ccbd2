//! 预约取号: somebody with a booking has come; in time the ticket goes before ordinary ones from
//! the slot's beginning on, later it is an ordinary one.

use alloc::vec::Vec;

use super::{
    Facts, book, grant,
    issue::{self, More, Wanted},
};
use crate::{
    command::{Input, people::CheckIn},
    event::people::CheckedIn,
    hall::Hall,
    refusal::Refusal,
    state::bookings::Booking,
    time::{Millis, Timestamp},
    words::{
        PriorityClass,
        people::{BookingState, CheckInTime},
    },
};

pub(super) fn decide(hall: &Hall, input: &Input, wish: &CheckIn) -> Result<Facts, Refusal> {
    hall.open_day()?;
    let session = hall.session().ok_or(Refusal::IssueClosed)?;
    if input.at >= session.closes {
        return Err(Refusal::IssueClosed);
    }
    let booking = book::to_come(hall, wish.booking)?;
    if wish.booker.is_some_and(|booker| book::is_anothers(booking, booker)) {
        return Err(Refusal::NotYourBooking);
    }
    let time = time(hall, input.at, booking)?;
    if time == CheckInTime::Late && !wish.late_as_walk_in {
        return Err(Refusal::BookingLate);
    }
    let booked = &booking.booked;
    let queue = hall.setup().queue(booked.queue).ok_or(Refusal::NoSuchQueue)?;
    if let Some(item) = booked.item {
        hall.item_now(item)?;
    }
    let grounds = grant::decide(wish.class, wish.channel, &wish.grounds)?;
    hall.one_ticket(wish.person, booked.agent, queue.id, None)?;
    hall.has_number(queue)?;
    let class = match time {
        CheckInTime::InTime => wish.class.min(PriorityClass::Booked),
        CheckInTime::Late => wish.class,
    };
    let fact = issue::fact(
        hall,
        input,
        Wanted {
            queue,
            item: booked.item,
            channel: wish.channel,
            class,
            grounds,
            paper: wish.paper,
            person: wish.person,
            agent: booked.agent,
            booking: Some(CheckedIn { booking: booked.no, time }),
            waits_from: Some(booked.slot.from).filter(|from| *from > input.at),
            more: More::default(),
            silent: false,
            estimate: wish.estimate,
        },
    );
    Ok(Vec::from([fact]))
}

fn time(hall: &Hall, at: Timestamp, booking: &Booking) -> Result<CheckInTime, Refusal> {
    let rules = &hall.setup().rules().booking;
    let slot = booking.booked.slot;
    let opens = slot.from - Millis::from_minutes(rules.check_in_before_minutes.into());
    let in_time = slot.from + Millis::from_minutes(rules.check_in_after_minutes.into());
    if at < opens {
        return Err(Refusal::BookingEarly { from: slot.from, until: slot.until, opens });
    }
    if at >= slot.until {
        // The tick that says so may still be on its way.
        return Err(Refusal::BookingOver { state: BookingState::Missed });
    }
    Ok(if at <= in_time { CheckInTime::InTime } else { CheckInTime::Late })
}
