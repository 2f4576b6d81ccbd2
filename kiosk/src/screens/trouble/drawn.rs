//! 暂停服务, drawn.

use egui::{Rect, Ui, vec2};
use look::{
    button::Button,
    frame::Kind,
    icon::Icon,
    measure::letters,
    notice::{self, Tone},
    split,
    text::{line_ui, regular},
};

use super::TroubleView;
use crate::{
    model::message::Touch,
    screens::{frame::Layout, on, start::small_ui},
};

/// Draws a trouble page.
pub fn trouble_ui(ui: &Ui, layout: &Layout, view: &TroubleView) -> Option<Touch> {
    let mut rest = layout.content;
    let why = view.lines.join("\n");
    let words = (view.title.as_str(), view.action.as_str(), why.as_str());
    if layout.wide {
        let half = rest.width() * 0.52;
        let left = split::take_left(&mut rest, half);
        rest.min.x += 28.0;
        notice::trouble(ui, left, view.sign, Tone::Attention, words);
        return below_ui(ui, rest, view, 1);
    }
    // Whatever the rest does not need, the card gets.
    let below = below_height(view, 2);
    let high = (rest.height() - below - 32.0).clamp(420.0, 684.0);
    notice::trouble(ui, split::take_top(&mut rest, high), view.sign, Tone::Attention, words);
    rest.min.y += 32.0;
    below_ui(ui, rest, view, 2)
}

const PLACE: f32 = 200.0;
const WAY_ON: f32 = 136.0;
const STRIP: f32 = 104.0;
const STILL: f32 = 136.0;
const LABEL: f32 = 56.0;
const GAP: f32 = 24.0;

fn below_height(view: &TroubleView, across: usize) -> f32 {
    let mut high = view.places.len().div_ceil(across) as f32 * (PLACE + GAP);
    if view.way_on.is_some() {
        high += WAY_ON + GAP;
    }
    if !view.still.is_empty() {
        high += LABEL + STILL + GAP;
    }
    if view.known.is_some() {
        high += STRIP;
    }
    high
}

fn below_ui(ui: &Ui, area: Rect, view: &TroubleView, across: usize) -> Option<Touch> {
    let mut touched = None;
    let mut rest = area;
    // A lying page has less height: everything shrinks alike.
    let unit = (area.height() / below_height(view, across).max(1.0)).clamp(0.6, 1.0);
    if !view.places.is_empty() {
        let across = across.min(view.places.len());
        let down = view.places.len().div_ceil(across);
        let high = (PLACE * unit) * down as f32 + GAP * (down - 1) as f32;
        let places = split::grid(split::take_top(&mut rest, high), across, down, vec2(GAP, GAP));
        for (place, area) in view.places.iter().zip(places) {
            notice::pointer(ui, area, (&place.label, &place.name, &place.hint));
        }
        rest.min.y += GAP;
    }
    if let Some(way_on) = &view.way_on {
        let place = split::take_top(&mut rest, (WAY_ON * unit).max(96.0));
        let size = if view.elder { 52.0 } else { 46.0 };
        let button = Button::new(&way_on.name, Kind::Accent)
            .icon(Icon::Ticket)
            .second(&way_on.hint)
            .size(size);
        on(&mut touched, &button.show(ui, place), Touch::WithoutPaper);
        rest.min.y += GAP;
    }
    if !view.still.is_empty() {
        let size = if view.elder { letters::ELDER_LEAST } else { 38.0 };
        let place = split::take_top(&mut rest, LABEL);
        let words = regular(view.still_title.as_str(), size, look::colour::INK_2);
        line_ui(ui, place, egui::Align::Min, &[words]);
        let strip = split::take_top(&mut rest, (STILL * unit).max(96.0));
        let count = view.still.len().max(2);
        for (tile, place) in view.still.iter().zip(split::columns(strip, count, GAP)) {
            on(&mut touched, &small_ui(ui, place, tile), tile.touch);
        }
        rest.min.y += GAP;
    }
    if let Some(known) = &view.known {
        let high = STRIP.min(rest.height());
        let place = split::take_top(&mut rest, high);
        if place.height() > 60.0 {
            notice::strip(ui, place, Tone::Attention, known);
        }
    }
    touched
}
