//! A document in a body: made marks at once, and let go.

use hall::{
    ids::person::{Booker, PersonMark},
    time::Day,
};
use wire::http::booking::DocumentText;

use super::{
    caller::Caller,
    problem::{ApiCode, Refused},
};
use crate::{
    app::App,
    person::{Document, Fault},
};

/// What the hall may know of a person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marks {
    /// For the open day; none while the hall is closed.
    pub of_day: Option<PersonMark>,
    /// For bookings.
    pub booker: Option<Booker>,
}

/// Makes the marks of a document; none of none.
///
/// # Errors
/// `bad_document` if no document has such a number and no reader makes such a mark, `busy` if a key
/// could not be kept.
pub fn marks(app: &App, caller: &Caller, text: Option<&DocumentText>) -> Result<Marks, Refused> {
    let Some(text) = text else { return Ok(Marks::default()) };
    let document = Document::read(&text.0).ok_or_else(|| caller.refused(ApiCode::BadDocument))?;
    let today = app.read(hall::Hall::day);
    let made = || -> Result<Marks, Fault> {
        let of_day = today.map(|day| app.persons.mark(&document, day)).transpose()?.flatten();
        let day: Day = today.unwrap_or_else(|| app.clock.day(app.now()));
        Ok(Marks { of_day, booker: Some(app.persons.booker(&document, day)?) })
    };
    made().map_err(|fault| {
        let why: &dyn std::error::Error = &fault;
        tracing::error!(why, "no mark of a person can be made");
        caller.refused(ApiCode::Busy)
    })
}
