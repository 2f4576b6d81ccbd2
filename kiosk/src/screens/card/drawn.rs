//! Cards, drawn.

use egui::Ui;
use look::{
    button::Button,
    frame::Kind,
    notice::{self, Tone},
    split,
};

use super::CardView;
use crate::{
    model::message::Touch,
    screens::{frame::Layout, on},
};

/// Draws a card before the page.
pub fn card_ui(ui: &Ui, layout: &Layout, view: &CardView) -> Option<Touch> {
    let tone = if view.attention { Tone::Attention } else { Tone::Question };
    let reason = view.lines.join("\n");
    let room = notice::dialog(ui, layout.content, tone, &view.title, &reason);
    let size = if view.elder { 48.0 } else { 40.0 };
    let mut touched = None;
    for (button, place) in view.buttons.iter().zip(split::columns(room, view.buttons.len(), 24.0)) {
        let kind = if button.primary { Kind::Primary } else { Kind::Secondary };
        let response = Button::new(&button.name, kind).size(size).show(ui, place);
        on(&mut touched, &response, button.touch);
    }
    touched
}
