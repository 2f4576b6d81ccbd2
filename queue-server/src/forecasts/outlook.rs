//! The rest of the day, as the hall's calendar has it.

use hall::{
    Hall,
    forecast::outlook::{Outlook, Tide},
    time::Timestamp,
};

use crate::{app::App, clock::date_of, readings::board::sessions};

/// The outlook of the day that is open; none if none is.
pub fn of(app: &App, hall: &Hall, now: Timestamp) -> Option<Outlook> {
    let date = date_of(hall.day()?)?;
    let midnight = app.clock.moment(date, 0);
    let weekday = date.weekday().to_monday_zero_offset().unsigned_abs();
    let mut outlook = Outlook::plain(midnight, weekday);
    outlook.sessions = sessions(app, hall, date).into_iter().filter(|it| it.closes > now).collect();
    let calendar = &app.profile.calendar;
    let of_date = calendar.tides.iter().filter(|tide| tide.is_of(date));
    outlook.tides = of_date
        .map(|tide| Tide {
            window: tide.window,
            queues: tide.queues.clone(),
            from: app.clock.moment(date, i64::from(tide.from.0)),
            until: app.clock.moment(date, i64::from(tide.until.0)),
        })
        .collect();
    Some(outlook)
}
