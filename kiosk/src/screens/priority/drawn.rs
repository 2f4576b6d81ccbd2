//! 优先服务, drawn.

use egui::{Align, Rect, Ui, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::Kind,
    measure::letters,
    split,
    text::{bold, fitting_size, line_ui, paragraph_ui, regular},
};

use super::PriorityView;
use crate::{
    model::message::Touch,
    screens::{frame::Layout, on, start::row_choice_up_to},
};

/// Draws the priority page.
pub fn priority_ui(ui: &Ui, layout: &Layout, view: &PriorityView) -> Option<Touch> {
    let mut rest = layout.content;
    let mut touched = None;
    if !layout.low {
        title_ui(ui, &mut rest, view);
    }
    // On a lying screen three stand beside one another, so that each is as high as a hand needs.
    let across = match (layout.wide, layout.low && !layout.elder) {
        (true, _) => 3,
        (false, true) => 2,
        (false, false) => 1,
    };
    let down = view.choices.len().div_ceil(across);
    let most = if layout.wide { f32::INFINITY } else { 300.0 * down as f32 };
    rest.max.y = rest.max.y.min(rest.top() + most);
    // The size at which the longest name fits beside its picture.
    let great = if across > 1 { 60.0 } else { 104.0 };
    let gap = if layout.low { 20.0 } else { 28.0 };
    let places = split::grid(rest, across, down, vec2(gap, gap));
    for (choice, place) in view.choices.iter().zip(places) {
        let words = (choice.name.as_str(), choice.hint.as_str());
        let kind = if choice.chosen { Kind::Primary } else { Kind::Secondary };
        let response = row_choice_up_to(ui, place, kind, choice.icon, words, great);
        on(&mut touched, &response, choice.touch);
    }
    touched
}

fn title_ui(ui: &Ui, rest: &mut Rect, view: &PriorityView) {
    let title = split::take_top(rest, 96.0);
    let size = fitting_size(ui.painter(), &view.title, Weight::Bold, 66.0, 48.0, title.width());
    line_ui(ui, title, Align::Min, &[bold(view.title.as_str(), size, colour::INK)]);
    let small = if view.elder { letters::ELDER_LEAST } else { 36.0 };
    let hint = regular(view.hint.as_str(), small, colour::INK_2);
    let high = paragraph_ui(ui, *rest, Align::Min, &hint);
    rest.min.y += high + 28.0;
}
