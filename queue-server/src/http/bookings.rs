//! Bookings: slots, 预约, 取消预约, 预约取号.

pub mod book;
pub mod cancel;
pub mod check_in;
pub mod find;
pub mod show;
pub mod slots;

use hall::{
    Hall,
    ids::{ItemId, QueueId, person::BookingNo},
    refusal::Refusal,
};
use wire::{
    http::booking::{BookingAnswer, BookingBody},
    texts::Texts,
};

use super::{
    caller::Caller,
    problem::{ApiCode, Refused},
};
use crate::app::App;

/// The queue that is meant: the named one, or the item's. An item that was cancelled is still
/// known by its queue, so that the hall says why.
///
/// # Errors
/// `incomplete`, `no_such_item`.
pub fn queue_meant(
    app: &App,
    caller: &Caller,
    queue: Option<QueueId>,
    item: Option<ItemId>,
) -> Result<QueueId, Refused> {
    match (queue, item) {
        (Some(queue), _) => Ok(queue),
        (None, Some(item)) => {
            let known = app.read(|hall| Some(hall.item_ever(item)?.queue));
            known.ok_or_else(|| Refused::hall(Refusal::NoSuchItem, caller.language, &app.clock))
        }
        (None, None) => Err(caller.refused(ApiCode::Incomplete)),
    }
}

/// A booking as it is answered; its number in a path that no booking has is none.
fn body(app: &App, hall: &Hall, no: BookingNo) -> Option<BookingBody> {
    let booking = hall.booking(no)?;
    let booked = &booking.booked;
    let setup = &app.profile.setup;
    let queue = setup.queue(booked.queue);
    let item = booked.item.and_then(|item| hall.item_ever(item));
    Some(BookingBody {
        no,
        queue: booked.queue,
        queue_name: queue.map_or_else(String::new, |queue| queue.name.clone()),
        item: booked.item,
        item_name: item.map(|item| item.name.clone()),
        day: booked.slot.day,
        from: app.clock.time_of_day(booked.slot.from).to_string(),
        until: app.clock.time_of_day(booked.slot.until).to_string(),
        state: booking.state,
        ticket: booking.ticket,
    })
}

/// What is said of a booking: the text's places are business, day and slot.
fn said(caller: &Caller, key: &str, booking: &BookingBody) -> String {
    let business = booking.item_name.as_ref().unwrap_or(&booking.queue_name);
    Texts::of(caller.language).fill(
        key,
        &[
            ("business", business),
            ("day", &booking.day),
            ("from", &booking.from),
            ("until", &booking.until),
            ("no", &booking.no),
        ],
    )
}

/// The answer about a booking.
fn answer(app: &App, caller: &Caller, no: BookingNo, key: &str) -> Result<BookingAnswer, Refused> {
    let found = app.read(|hall| body(app, hall, no));
    let refuse = || Refused::hall(Refusal::NoSuchBooking, caller.language, &app.clock);
    let booking = found.ok_or_else(refuse)?;
    Ok(BookingAnswer { said: said(caller, key, &booking), booking })
}

/// A booking number of a path.
fn number(app: &App, caller: &Caller, text: &str) -> Result<BookingNo, Refused> {
    let refuse = |_| Refused::hall(Refusal::NoSuchBooking, caller.language, &app.clock);
    text.parse().map_err(refuse)
}
