//! 暂停服务, drawn.

use egui::{Rect, Ui, vec2};
use look::{
    button::Button,
    colour,
    fonts::Weight,
    frame::{Kind, card},
    icon::Icon,
    measure::letters,
    notice::{self, Tone},
    split,
    text::{bold, fitting_size, line_ui, paragraph_height, paragraph_ui, regular},
};

use super::{Place, TroubleView};
use crate::{
    model::message::Touch,
    screens::{frame::Layout, on, start::small_ui},
};

/// Draws a trouble page.
pub fn trouble_ui(ui: &Ui, layout: &Layout, view: &TroubleView) -> Option<Touch> {
    let mut rest = layout.content;
    if view.elder {
        return elder_ui(ui, layout, view);
    }
    let why = view.lines.join("\n");
    let words = (view.title.as_str(), view.action.as_str(), why.as_str());
    if layout.wide {
        let half = rest.width() * 0.52;
        let left = split::take_left(&mut rest, half);
        rest.min.x += 28.0;
        notice::trouble(ui, left, view.sign, Tone::Attention, words);
        return below_ui(ui, rest, view, 2);
    }
    // Whatever the rest does not need, the card gets.
    let below = below_height(view, 2);
    let high = (rest.height() - below - 32.0).clamp(420.0, 684.0);
    notice::trouble(ui, split::take_top(&mut rest, high), view.sign, Tone::Attention, words);
    rest.min.y += 32.0;
    below_ui(ui, rest, view, 2)
}

fn elder_ui(ui: &Ui, layout: &Layout, view: &TroubleView) -> Option<Touch> {
    let mut touched = None;
    let mut rest = layout.content;
    if let Some(way_on) = &view.way_on {
        let place = split::take_bottom(&mut rest, 136.0);
        let button = Button::new(&way_on.name, Kind::Accent).icon(Icon::Ticket).size(58.0);
        on(&mut touched, &button.show(ui, place), way_on.touch);
        rest.max.y -= GAP;
    }
    if layout.wide {
        let half = rest.width() * 0.6;
        let left = split::take_left(&mut rest, half);
        rest.min.x += GAP;
        elder_card(ui, left, view);
        for (place, area) in view.places.iter().zip(split::rows(rest, view.places.len(), GAP)) {
            elder_place(ui, area, place);
        }
        return touched;
    }
    let strip = split::take_bottom(&mut rest, 230.0);
    for (place, area) in view.places.iter().zip(split::columns(strip, view.places.len(), GAP)) {
        elder_place(ui, area, place);
    }
    rest.max.y -= GAP;
    elder_card(ui, rest, view);
    touched
}

fn elder_card(ui: &Ui, area: Rect, view: &TroubleView) {
    let painter = ui.painter();
    card(painter, area, colour::SURFACE, Tone::Attention.colour(), 4.0);
    let room = area.width() - 64.0;
    let what = fitting_size(painter, &view.title, Weight::Bold, 112.0, 62.0, room);
    let mut runs = vec![bold(view.title.as_str(), what, colour::INK)];
    if !view.action.is_empty() {
        runs.push(bold(view.action.as_str(), 62.0, colour::INK));
    }
    let last = if area.height() > 420.0 { view.lines.len() } else { 1 };
    let lines = view.lines.iter().take(last);
    runs.extend(lines.map(|line| regular(line.as_str(), letters::ELDER_LEAST, colour::INK_2)));
    let high: Vec<f32> = runs.iter().map(|run| paragraph_height(painter, room, run)).collect();
    let words = high.iter().sum::<f32>() + 12.0 * (runs.len() - 1) as f32;
    let mark = (area.height() - words - 96.0).clamp(0.0, 160.0);
    let mark = if mark < 60.0 { 0.0 } else { mark };
    let mut y = area.center().y - (words + mark + if mark > 0.0 { 24.0 } else { 0.0 }) / 2.0;
    let left = area.left() + 32.0;
    if mark > 0.0 {
        let place = Rect::from_min_size(egui::pos2(left, y), vec2(room, mark));
        view.sign.paint(painter, place, 5.0, Tone::Attention.colour());
        y += mark + 24.0;
    }
    for (run, high) in runs.iter().zip(high) {
        let place = Rect::from_min_size(egui::pos2(left, y), vec2(room, high));
        paragraph_ui(ui, place, egui::Align::Center, run);
        y += high + 12.0;
    }
}

fn elder_place(ui: &Ui, area: Rect, view: &Place) {
    let painter = ui.painter();
    painter.rect_filled(area, 18, colour::BRAND_WASH);
    let inner = area.shrink2(vec2(28.0, 16.0));
    let words = [&view.label, &view.name, &view.hint].into_iter().filter(|text| !text.is_empty());
    let words: Vec<&String> = words.collect();
    // The name is never left out; a small card leaves out what explains it.
    let words = if inner.height() < 170.0 { vec![&view.name] } else { words };
    for (text, row) in words.iter().zip(split::rows(inner, words.len(), 0.0)) {
        let name = *text == &view.name;
        let (weight, most) = if name { (Weight::Bold, 60.0) } else { (Weight::Regular, 46.0) };
        // Latin words are three times as long.
        let least = if text.is_ascii() { 36.0 } else { letters::ELDER_LEAST };
        let size = fitting_size(painter, text, weight, most, least, row.width());
        let run = if name {
            bold(text.as_str(), size, colour::BRAND_DEEP)
        } else {
            regular(text.as_str(), size, colour::BRAND_DEEP)
        };
        line_ui(ui, row, egui::Align::Min, &[run]);
    }
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
        on(&mut touched, &button.show(ui, place), way_on.touch);
        rest.min.y += GAP;
    }
    if !view.still.is_empty() {
        let size = if view.elder { letters::ELDER_LEAST } else { 38.0 };
        let place = split::take_top(&mut rest, LABEL);
        let words = regular(view.still_title.as_str(), size, colour::INK_2);
        line_ui(ui, place, egui::Align::Min, &[words]);
        let strip = split::take_top(&mut rest, (STILL * unit).max(96.0));
        let count = view.still.len();
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
