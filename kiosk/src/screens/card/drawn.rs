//! Cards, drawn.

use egui::{Align, Ui, vec2};
use look::{
    button::Button,
    colour,
    frame::{Kind, card},
    measure::letters,
    notice::{self, Tone},
    split,
    text::{self, bold, paragraph_height, paragraph_ui, regular},
};

use super::CardView;
use crate::{
    model::message::Touch,
    screens::{frame::Layout, on},
};

/// Draws a card before the page.
pub fn card_ui(ui: &Ui, layout: &Layout, view: &CardView) -> Option<Touch> {
    let tone = view.tone;
    let reason = view.lines.join("\n");
    if view.elder {
        return elder_ui(ui, layout, view, tone);
    }
    let room = notice::dialog(ui, layout.hand, tone, &view.title, &reason);
    let size = 40.0;
    let mut touched = None;
    for (button, place) in view.buttons.iter().zip(split::columns(room, view.buttons.len(), 24.0)) {
        let kind = if button.primary { Kind::Primary } else { Kind::Secondary };
        let response = Button::new(&button.name, kind).size(size).show(ui, place);
        on(&mut touched, &response, button.touch);
    }
    touched
}

/// The same with letters of 10 mm and buttons of 30 mm.
fn elder_ui(ui: &Ui, layout: &Layout, view: &CardView, tone: Tone) -> Option<Touch> {
    let painter = ui.painter();
    let wide = layout.content.width().min(984.0);
    let room = wide - 96.0;
    let runs_in = |(title, line): (f32, f32)| {
        let mut runs = vec![bold(view.title.as_str(), title, colour::INK)];
        runs.extend(view.lines.iter().map(|words| regular(words.as_str(), line, colour::INK_2)));
        runs
    };
    let high_of = |runs: &[text::Run]| -> Vec<f32> {
        runs.iter().map(|run| paragraph_height(painter, room, run)).collect()
    };
    let (around, least) = (136.0 + 132.0, (letters::ELDER_TITLE, letters::ELDER_LEAST));
    let mut runs = runs_in((72.0, 50.0));
    if high_of(&runs).iter().sum::<f32>() + around > layout.hand.height() {
        runs = runs_in(least);
    }
    let high = high_of(&runs);
    let all = high.iter().sum::<f32>() + around;
    let place = split::centred(layout.hand, vec2(wide, all));
    card(painter, place, colour::SURFACE, tone.colour(), 6.0);
    let mut rest = place.shrink(48.0);
    for (run, high) in runs.iter().zip(high) {
        paragraph_ui(ui, split::take_top(&mut rest, high), Align::Min, run);
    }
    let room = split::take_bottom(&mut rest, 136.0);
    let mut touched = None;
    for (button, place) in view.buttons.iter().zip(split::columns(room, view.buttons.len(), 24.0)) {
        let kind = if button.primary { Kind::Primary } else { Kind::Secondary };
        let response = Button::new(&button.name, kind).size(54.0).show(ui, place);
        on(&mut touched, &response, button.touch);
    }
    touched
}
