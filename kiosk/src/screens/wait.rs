//! 正在取号 and 正在启动: the kiosk works, and says so.

use crate::model::Model;

mod drawn;

pub use drawn::wait_ui;

/// A page that waits.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitView {
    /// What happens.
    pub title: String,
    /// What to do meanwhile.
    pub hint: String,
    /// The slip is coming out.
    pub printing: bool,
}

/// Fills the page that waits for number and slip.
#[must_use]
pub fn taking(model: &Model, printing: bool) -> WaitView {
    let texts = model.texts();
    let (title, hint) = if printing {
        ("kiosk.printing", "kiosk.printing_hint")
    } else {
        ("kiosk.taking", "kiosk.taking_hint")
    };
    WaitView { title: texts.get(title).to_owned(), hint: texts.get(hint).to_owned(), printing }
}

/// Fills the page that waits for the first answer of the server.
#[must_use]
pub fn starting(model: &Model) -> WaitView {
    let texts = model.texts();
    WaitView {
        title: texts.get("kiosk.starting").to_owned(),
        hint: texts.get("kiosk.starting_hint").to_owned(),
        printing: false,
    }
}
