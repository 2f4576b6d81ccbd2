//! The booking that was found, drawn.

use egui::{Align, Rect, Stroke, Ui, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    split,
    text::{bold, fitting_size, line_ui, regular},
};

use super::BookingView;
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        parts::{self, GAP},
    },
};

/// Draws the booking and what may be done.
pub fn booking_ui(ui: &Ui, layout: &Layout, view: &BookingView) -> Option<Touch> {
    let mut rest = layout.content;
    parts::title_ui(ui, layout, &mut rest, &view.title, "");
    let high = parts::actions_height(layout, view.actions.len());
    let high = if layout.wide { high } else { high.max(200.0) };
    let place = split::take_bottom(&mut rest, high);
    rest.max.y -= GAP;
    let touched = parts::actions_ui(ui, place, layout, &view.actions);
    if !layout.wide {
        rest.max.y = rest.max.y.min(rest.top() + 860.0);
    }
    card(ui.painter(), rest, colour::SURFACE, colour::LINE_STRONG, 3.0);
    let mut inner = rest.shrink(3.0);
    let words = if layout.wide {
        let wide = inner.width() * 0.5;
        let left = split::take_left(&mut inner, wide);
        ui.painter().vline(inner.left(), inner.y_range(), Stroke::new(2.0, colour::LINE));
        inner.min.x += 1.0;
        left
    } else {
        let high = inner.height() * 0.56;
        split::take_top(&mut inner, high)
    };
    facts_ui(ui, words, view);
    ui.painter().rect_filled(inner, 0, colour::BRAND_WASH);
    let say = inner.shrink2(vec2(40.0, 16.0));
    let sizes = if view.elder { (70.0, 44.0) } else { (62.0, 34.0) };
    parts::paragraph_fit(ui, say, Align::Center, &view.say, sizes, colour::BRAND_DEEP);
    touched
}

fn facts_ui(ui: &Ui, area: Rect, view: &BookingView) {
    let painter = ui.painter();
    let inner = area.shrink2(vec2(32.0, 16.0));
    let unit = (inner.height() / 420.0).min(1.1);
    let rows = [84.0, 170.0, 80.0].map(|row| row * unit);
    let mut y = inner.center().y - rows.iter().sum::<f32>() / 2.0;
    let mut next = |high: f32| {
        let place = Rect::from_min_size(egui::pos2(inner.left(), y), vec2(inner.width(), high));
        y += high;
        place
    };
    let size = fitting_size(painter, &view.business, Weight::Bold, 66.0, 36.0, inner.width());
    line_ui(ui, next(rows[0]), Align::Center, &[bold(view.business.as_str(), size, colour::INK)]);
    let size = fitting_size(painter, &view.slot, Weight::Bold, 130.0 * unit, 56.0, inner.width());
    let run = bold(view.slot.as_str(), size, colour::BRAND_DEEP);
    line_ui(ui, next(rows[1]), Align::Center, &[run]);
    let small = if view.elder { 50.0 } else { 44.0 };
    line_ui(ui, next(rows[2]), Align::Center, &[regular(view.day.as_str(), small, colour::INK_2)]);
}
