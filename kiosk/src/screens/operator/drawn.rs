//! The page behind the operator's code, drawn.

use egui::{Align, Stroke, Ui, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    measure::letters,
    split,
    text::{bold, fitting_size, line, regular, says},
};

use super::BehindView;
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        parts::{self, GAP},
    },
};

/// Draws what is known and what may be done.
pub fn behind_ui(ui: &Ui, layout: &Layout, view: &BehindView) -> Option<Touch> {
    let mut rest = layout.content;
    parts::title_ui(ui, layout, &mut rest, &view.title, "");
    let high = parts::actions_height(layout, view.actions.len());
    let place = split::take_bottom(&mut rest, high);
    rest.max.y -= GAP;
    let touched = parts::actions_ui(ui, place, layout, &view.actions);
    let most = 104.0 * view.facts.len() as f32;
    rest.max.y = rest.max.y.min(rest.top() + most);
    let painter = ui.painter();
    card(painter, rest, colour::SURFACE, colour::LINE_STRONG, 2.0);
    let inner = rest.shrink2(vec2(36.0, 8.0));
    for (n, ((label, value), row)) in
        view.facts.iter().zip(split::rows(inner, view.facts.len(), 0.0)).enumerate()
    {
        if n > 0 {
            painter.hline(row.x_range(), row.top(), Stroke::new(2.0, colour::LINE));
        }
        let size = letters::BODY.min(row.height() * 0.6);
        line(painter, row, Align::Min, &[regular(label.as_str(), size, colour::INK_2)]);
        let room = row.with_min_x(row.left() + row.width() * 0.3);
        let fit = fitting_size(painter, value, Weight::Bold, size, 22.0, room.width());
        line(painter, room, Align::Max, &[bold(value.as_str(), fit, colour::INK)]);
        says(ui, row, &format!("{label} {value}"));
    }
    touched
}
