//! The upper half of 低位, drawn.

use egui::{Align, Rect, Stroke, Ui, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    split,
    text::{bold, fitting_size, line, line_ui, paragraph_height, paragraph_ui, regular, says},
};

use super::{LowView, ZoneView};

/// Draws title, hint and zones into the upper half; answers the room that is left under them.
pub fn low_ui(ui: &Ui, area: Rect, view: &LowView, elder: bool) -> Rect {
    let painter = ui.painter();
    let mut rest = area;
    rest.min.y += (area.height() * 0.06).min(40.0);
    let title = split::take_top(&mut rest, 136.0);
    let size = fitting_size(painter, &view.title, Weight::Bold, 104.0, 62.0, title.width());
    line_ui(ui, title, Align::Min, &[bold(view.title.as_str(), size, colour::INK)]);
    rest.min.y += 12.0;
    let small = if elder { 48.0 } else { 40.0 };
    let run = regular(view.hint.as_str(), small, colour::INK_2);
    let high = paragraph_height(painter, rest.width(), &run);
    if !view.hint.is_empty() {
        paragraph_ui(ui, split::take_top(&mut rest, high), Align::Min, &run);
    }
    rest.min.y += 40.0;
    if view.zones.is_empty() || rest.height() < 200.0 {
        return rest;
    }
    let place = split::take_top(&mut rest, 322.0);
    card(painter, place, colour::SURFACE, colour::LINE, 2.0);
    let columns = split::columns(place, view.zones.len(), 0.0);
    for (n, (zone, column)) in view.zones.iter().zip(columns).enumerate() {
        if n > 0 {
            painter.vline(column.left(), column.y_range(), Stroke::new(2.0, colour::LINE));
        }
        zone_ui(ui, column.shrink2(vec2(10.0, column.height() * 0.15)), zone);
    }
    rest
}

fn zone_ui(ui: &Ui, area: Rect, view: &ZoneView) {
    let painter = ui.painter();
    let mut rest = area;
    let third = area.height() * 0.28;
    let label = split::take_top(&mut rest, third);
    let size = fitting_size(painter, &view.label, Weight::Bold, 52.0, 34.0, label.width());
    line(painter, label, Align::Center, &[bold(view.label.as_str(), size, colour::INK)]);
    let name = split::take_top(&mut rest, third * 0.8);
    let size = fitting_size(painter, &view.name, Weight::Regular, 34.0, 28.0, name.width());
    line(painter, name, Align::Center, &[regular(view.name.as_str(), size, colour::INK_2)]);
    let runs = [
        bold(view.waiting.as_str(), 84.0, colour::INK),
        regular(view.unit.as_str(), 34.0, colour::INK_2).after(8.0),
    ];
    line(painter, rest, Align::Center, &runs);
    says(ui, area, &format!("{} {} {} {}", view.label, view.name, view.waiting, view.unit));
}
