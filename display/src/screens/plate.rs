//! 监督牌: a silhouette, the name, and what people may hold this person to.

use egui::{Align, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    icon::Icon,
    split,
    text::{bold, fitting_size, line, line_ui, regular, says, width},
};

use crate::{model::Photo, view::window::PlateView};

/// Draws the plate as a card. Its letters grow with its height; 384 in the pictures.
pub fn plate_ui(ui: &Ui, area: Rect, plate: &PlateView) {
    let painter = ui.painter();
    card(painter, area, colour::SURFACE, colour::LINE_STRONG, 2.0);
    let unit = (area.height() / 384.0).min(area.width() / 968.0 * 1.25);
    let mut inner = area.shrink(32.0 * unit);
    let photo_wide = (inner.height() * 0.75).min(inner.width() * 0.3);
    let photo = split::take_left(&mut inner, photo_wide);
    split::take_left(&mut inner, 44.0 * unit);
    match &plate.portrait {
        Some(portrait) => portrait_ui(ui, photo, portrait, &plate.photo),
        None => silhouette_ui(ui, photo, &plate.photo),
    }
    name_ui(ui, split::take_top(&mut inner, 84.0 * unit), plate, unit);
    let high = (inner.height() / plate.rows.len().max(4) as f32).min(72.0 * unit);
    // The labels share one column, as wide as the widest of them,
    // and all rows one size at which the longest still fits.
    let most = 42.0 * unit;
    let widest = |texts: &mut dyn Iterator<Item = &String>| {
        let wide = texts.map(|text| width(painter, &[bold(text, most, colour::INK)]));
        wide.fold(0.0, f32::max)
    };
    let labels = widest(&mut plate.rows.iter().map(|(label, _)| label)) + 36.0 * unit;
    let values = widest(&mut plate.rows.iter().map(|(_, value)| value));
    let share = (inner.width() / (labels + values)).clamp(0.6, 1.0);
    let (label_size, labels_wide) = (most * share, labels * share);
    for (n, (label, value)) in plate.rows.iter().enumerate() {
        let mut row = split::take_top(&mut inner, high);
        let place = split::take_left(&mut row, labels_wide);
        line(painter, place, Align::Min, &[regular(label, label_size, colour::INK_2)]);
        let is_phone = n + 1 == plate.rows.len();
        let weight = if is_phone { Weight::Bold } else { Weight::Regular };
        let size = fitting_size(painter, value, weight, label_size, 24.0 * unit, row.width());
        let run = if is_phone {
            bold(value, size, colour::INK)
        } else {
            regular(value, size, colour::INK)
        };
        line(painter, row, Align::Min, &[run]);
        says(ui, place.union(row), &format!("{label} {value}"));
    }
}

fn name_ui(ui: &Ui, area: Rect, plate: &PlateView, unit: f32) {
    let painter = ui.painter();
    let marks: Vec<_> = plate
        .marks
        .iter()
        .map(|mark| regular(mark, 34.0 * unit, colour::BRAND_DEEP).after(24.0 * unit))
        .collect();
    let beside: f32 = width(painter, &marks) + if marks.is_empty() { 0.0 } else { 24.0 * unit };
    let room = area.width() - beside;
    let (most, least) = (64.0 * unit, 30.0 * unit);
    let size = fitting_size(painter, &plate.name, Weight::Bold, most, least, room);
    let runs: Vec<_> = std::iter::once(bold(&plate.name, size, colour::INK)).chain(marks).collect();
    line_ui(ui, area, Align::Min, &runs);
}

/// The photograph fills its place; what is too much at the sides, or below, is not shown: the face
/// is above.
pub(super) fn portrait_ui(ui: &Ui, area: Rect, portrait: &Photo, words: &str) {
    let area = split::centred(area, vec2(area.width(), area.width() / 0.75));
    let (wide, high) = (portrait.wide.max(1) as f32, portrait.high.max(1) as f32);
    let share = (area.width() / wide).max(area.height() / high);
    let shown = vec2(area.width() / (wide * share), area.height() / (high * share));
    let from = pos2((1.0 - shown.x) / 2.0, (1.0 - shown.y) / 4.0);
    let part = Rect::from_min_size(from, shown);
    let painter = ui.painter();
    painter.image(portrait.texture, area, part, colour::UNTINTED);
    painter.rect_stroke(area, 6, Stroke::new(2.0, colour::LINE), StrokeKind::Inside);
    if !words.is_empty() {
        says(ui, area, words);
    }
}

fn silhouette_ui(ui: &Ui, area: Rect, word: &str) {
    let painter = ui.painter();
    let area = split::centred(area, vec2(area.width(), area.width() / 0.75));
    let stroke = Stroke::new(2.0, colour::LINE);
    painter.rect(area, 10, colour::PAUSED_WASH, stroke, StrokeKind::Inside);
    let side = area.width() * 0.5;
    let mut inner = split::centred(area, vec2(area.width(), side * 1.5));
    let mark = split::take_top(&mut inner, side);
    Icon::Person.paint(painter, split::centred(mark, vec2(side, side)), 5.0, colour::INK_3);
    line(painter, inner, Align::Center, &[regular(word, side * 0.25, colour::INK_3)]);
}
