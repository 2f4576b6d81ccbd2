//! 预约取号: the booking that was found, and what can be done with it now.

use look::icon::Icon;
use wire::http::booking::{BookingFound, When};

use super::parts::Action;
use crate::model::{Model, message::Touch};

mod drawn;

pub use drawn::booking_ui;

/// A booking.
#[derive(Debug, Clone, PartialEq)]
pub struct BookingView {
    /// 您的预约.
    pub title: String,
    /// The business.
    pub business: String,
    /// "09:30—10:00".
    pub slot: String,
    /// The day.
    pub day: String,
    /// Whether its ticket can be had now, in a sentence.
    pub say: String,
    /// What may be done here.
    pub actions: Vec<Action>,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, found: &BookingFound) -> BookingView {
    let texts = model.texts();
    let booking = &found.booking;
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("from", &booking.from), ("until", &booking.until)];
    let (month, date) = (booking.day.month, booking.day.day);
    let day = texts.fill("kiosk.date_short", &[("month", &month), ("day", &date)]);
    BookingView {
        title: texts.get("kiosk.booking_title").to_owned(),
        business: model
            .business_told(
                (booking.item, booking.item_name.as_deref()),
                (Some(booking.queue), &booking.queue_name),
            )
            .to_owned(),
        slot: texts.fill("kiosk.booking_slot", &values),
        day,
        say: say(model, found),
        actions: actions(model, found.when),
        elder: model.elder,
    }
}

/// Whether its ticket can be had now; the voice says it too.
#[must_use]
pub fn say(model: &Model, found: &BookingFound) -> String {
    match found.when {
        When::InTime => model.texts().get("kiosk.booking_in_time").to_owned(),
        When::Early | When::Late | When::Over => found.said.clone(),
    }
}

fn actions(model: &Model, when: When) -> Vec<Action> {
    let texts = model.texts();
    match when {
        When::InTime => {
            let name = texts.get("kiosk.confirm_plain");
            vec![Action::primary(Touch::CheckIn, name).icon(Icon::Ticket)]
        }
        When::Late => {
            let name = texts.get("kiosk.booking_walk_in");
            vec![Action::primary(Touch::CheckIn, name).icon(Icon::Ticket)]
        }
        When::Early | When::Over => {
            let name = texts.get("kiosk.booking_instead");
            vec![Action::second(Touch::Take, name).icon(Icon::Ticket)]
        }
    }
}
