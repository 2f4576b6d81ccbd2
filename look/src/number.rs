//! The ticket's number, as large as the place allows and never under 30 mm.

use egui::{Align, Color32, Rect, Response, Ui};

use crate::{
    fonts::Weight,
    measure::letters,
    text::{bold, fitting_size, line_ui},
};

/// The number in the middle of `area`.
pub fn ticket_number(ui: &Ui, area: Rect, number: &str, colour: Color32) -> Response {
    // Digits fill 0.73 of their size; a fifth more is air.
    let most = (area.height() / 0.95).min(letters::TICKET);
    let least = letters::TICKET_MIN.min(most);
    let size = fitting_size(ui.painter(), number, Weight::Bold, most, least, area.width() - 24.0);
    line_ui(ui, area, Align::Center, &[bold(number, size, colour)])
}
