//! 预约取号 at the guide desk: the booking by its number or document, early, late or over, and its
//! number.

use askama::Template;
use axum::{Form, extract::State, response::Response};
use hall::{ids::person::BookingNo, words::people::BookingState};
use serde::Deserialize;
use wire::{
    http::{
        PlainRequest,
        booking::{BookingFound, FindBookingRequest, When},
    },
    texts::Texts,
};

use super::{
    Desk,
    order::{self, Giver},
    take::{self, Who, document},
    written,
};
use crate::{
    http::{
        address::Path,
        body::Body,
        bookings::{cancel, find},
        caller::Caller,
    },
    pages::Shared,
};

/// Digits of a 预约号.
const DIGITS: usize = 12;

/// A booking as the page shows it.
struct Booked {
    no: String,
    said: String,
    title: String,
    slot: String,
    state: String,
    /// A number can be had for it, or an ordinary one because it is late.
    takes: Option<&'static str>,
    is_late: bool,
    /// The ordinary way: the address at which a number is taken without it.
    walk_in: Option<String>,
    ticket: Option<u64>,
    /// It can be given back.
    sure_cancel: Option<String>,
    again: String,
    cancel_again: String,
    who: Who,
}

#[derive(Template)]
#[template(path = "guide_booking.html")]
struct Panel {
    t: &'static Texts,
    /// What was done.
    said: String,
    error: String,
    booked: Option<Booked>,
}

impl Desk<'_> {
    /// The panel 预约.
    pub(super) async fn booking(&self) -> String {
        let (mut error, mut booked) = (String::new(), None);
        if let Ok(no) = self.asked.booking.parse::<BookingNo>() {
            let body = FindBookingRequest { booking: Some(no), document: None };
            let reader = self.reader;
            let caller = Caller { identity: reader.identity.clone(), language: reader.language };
            match find::find_booking(State(self.app.clone()), caller, Body(body)).await {
                Ok(found) => booked = Some(self.booked(found.0)),
                Err(no) => error = order::words(&no),
            }
        }
        let said = if self.asked.said == "given_back" && booked.is_some() {
            self.texts.get("guide.said_given_back").to_owned()
        } else {
            String::new()
        };
        written(&Panel { t: self.texts, said, error, booked })
    }

    fn booked(&self, found: BookingFound) -> Booked {
        let (texts, body) = (self.texts, found.booking);
        let takes = match found.when {
            When::InTime => Some("guide.booking_take"),
            When::Late => Some("guide.booking_late"),
            When::Early | When::Over => None,
        };
        let is_open = body.state == BookingState::Booked;
        let walk_in = takes.is_none() && body.ticket.is_none();
        let place = body.item.map_or_else(
            || format!("/guide?do=take&whole={}", body.queue),
            |item| format!("/guide?do=take&item={item}"),
        );
        let no = body.no.to_string();
        Booked {
            said: found.said,
            title: body.item_name.clone().unwrap_or_else(|| body.queue_name.clone()),
            slot: format!("{} {}—{}", body.day, body.from, body.until),
            state: texts.get(&format!("booking_state.{}", body.state)).to_owned(),
            takes,
            is_late: found.when == When::Late,
            walk_in: walk_in.then_some(place),
            ticket: body.ticket.map(|ticket| ticket.0),
            sure_cancel: is_open.then(|| texts.fill("guide.sure_give_back", &[("no", &no)])),
            again: order::name(),
            cancel_again: order::name(),
            // A booking was made by somebody who is known already; how it is called is said later.
            who: Who { identity: None, asks_silent: false, ..self.who(body.queue) },
            no,
        }
    }
}

/// What the form says.
#[derive(Deserialize)]
pub struct Sought {
    what: String,
}

/// `POST /guide/booking`: looks a booking up. A `POST`, so that no address holds a document.
pub async fn search(
    State(app): Shared,
    giver: Giver,
    Form(form): Form<Sought>,
) -> Result<Response, Response> {
    let what: String = form.what.chars().filter(|each| !each.is_whitespace()).collect();
    if what.is_empty() {
        return Err(order::lacks(giver.texts.get("guide.booking_empty")));
    }
    let is_no = what.len() == DIGITS && what.bytes().all(|byte| byte.is_ascii_digit());
    let booking = what.parse().ok().filter(|_| is_no);
    let body = FindBookingRequest { booking, document: document(what).filter(|_| !is_no) };
    let told = find::find_booking(State(app), giver.caller, Body(body)).await;
    let no = told.map_err(order::refused)?.0.booking.no;
    Ok(giver.way.goes(&format!("/guide?do=booking&booking={no}")))
}

/// What the form says.
#[derive(Deserialize)]
pub struct Wanted {
    again: String,
    booking: String,
    #[serde(default)]
    late: String,
    #[serde(default)]
    grant: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    helper: String,
    #[serde(default)]
    print: String,
}

/// `POST /guide/check-in`: 预约取号; a late one becomes an ordinary number.
pub async fn check_in(
    state: Shared,
    giver: Giver,
    Form(form): Form<Wanted>,
) -> Result<Response, Response> {
    let late_as_walk_in = !form.late.is_empty();
    let body = wire::http::IssueRequest {
        booking: form.booking.parse().ok(),
        late_as_walk_in,
        ..take::request(form.again, &take::Granted::read(&form.grant, &form.note))
    };
    let said = if late_as_walk_in { "late_ticket" } else { "checked_in" };
    take::taken(
        state,
        giver.caller,
        giver.way,
        body,
        &take::Then { said, prints: !form.print.is_empty(), helps: !form.helper.is_empty() },
    )
    .await
}

/// What the form says.
#[derive(Deserialize)]
pub struct GivenBack {
    again: String,
    booking: String,
}

/// `POST /guide/give-back`: 取消预约.
pub async fn give_back(
    State(app): Shared,
    giver: Giver,
    Form(form): Form<GivenBack>,
) -> Result<Response, Response> {
    let body = Body(PlainRequest { request_id: form.again });
    let told = cancel::cancel_booking(State(app), giver.caller, Path(form.booking), body).await;
    let no = told.map_err(order::refused)?.0.booking.no;
    Ok(giver.way.goes(&format!("/guide?do=booking&booking={no}&said=given_back")))
}
