//! A ticket that was found, drawn.

use egui::{Align, Rect, Stroke, Ui, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    measure::letters,
    number, split, state,
    text::{bold, fitting_size, line, line_ui, regular, says},
};

use super::FoundView;
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        parts::{self, GAP},
    },
};

/// Draws the ticket, what to do, and what may be done.
pub fn found_ui(ui: &Ui, layout: &Layout, view: &FoundView) -> Option<Touch> {
    let mut rest = layout.content;
    let mut touched = None;
    if !layout.wide || !view.elder {
        parts::title_ui(ui, layout, &mut rest, &view.title, "");
    }
    touched = touched.or(parts::parts_ui(ui, layout, &mut rest, view.pager.as_ref()));
    if layout.wide && view.elder && !view.actions.is_empty() {
        // What may be done stands beside the number, so that both are large.
        let column = split::take_right(&mut rest, 520.0);
        rest.max.x -= GAP;
        let upright = Layout { wide: false, ..*layout };
        let high = parts::actions_high(view.actions.len()).min(column.height());
        let place = Rect::from_min_size(column.min, vec2(column.width(), high));
        touched = touched.or(parts::actions_ui(ui, place, &upright, &view.actions));
    } else if !view.actions.is_empty() {
        let high = parts::actions_height(layout, view.actions.len());
        let place = split::take_bottom(&mut rest, high);
        rest.max.y -= GAP;
        touched = touched.or(parts::actions_ui(ui, place, layout, &view.actions));
    }
    // A card as high as its words ask for, not as the page is long.
    if !layout.wide {
        rest.max.y = rest.max.y.min(rest.top() + 1010.0);
    }
    card(ui.painter(), rest, colour::SURFACE, colour::LINE_STRONG, 3.0);
    let mut inner = rest.shrink(3.0);
    if layout.wide {
        let wide = inner.width() * 0.46;
        let left = split::take_left(&mut inner, wide);
        ui.painter().vline(inner.left(), inner.y_range(), Stroke::new(2.0, colour::LINE));
        inner.min.x += 1.0;
        number_ui(ui, left, view);
        if !view.facts.is_empty() {
            let high = if inner.height() > 340.0 { 150.0 } else { 120.0 };
            let facts = split::take_top(&mut inner, high);
            facts_ui(ui, facts, view, if view.elder { 2 } else { 3 });
        }
    } else {
        let words = if view.facts.is_empty() { 0.4 } else { 0.3 };
        let high = inner.height() * (1.0 - words) - if view.facts.is_empty() { 0.0 } else { 172.0 };
        number_ui(ui, split::take_top(&mut inner, high), view);
        if !view.facts.is_empty() {
            facts_ui(ui, split::take_top(&mut inner, 172.0), view, 3);
        }
    }
    say_ui(ui, inner, view);
    touched
}

fn number_ui(ui: &Ui, area: Rect, view: &FoundView) {
    let painter = ui.painter();
    let mut rest = area.shrink2(vec2(24.0, 16.0));
    let (chip_high, name_high) = match (view.elder, rest.height() > 380.0) {
        (true, _) => (112.0, 80.0),
        (false, true) => (92.0, 92.0),
        (false, false) => (80.0, 72.0),
    };
    let mut chip = split::take_bottom(&mut rest, chip_high);
    let size = chip_high * 0.42;
    // A Latin letter is half as wide as a Chinese one.
    let share = |c: char| if c.is_ascii() { 0.6 } else { 1.0 };
    let wide = size * (view.state.chars().map(share).sum::<f32>() + 3.06);
    // In 长者版 both share a row where they have room, so that the number is large.
    let least = if view.business.is_ascii() { letters::ELDER_LATIN } else { letters::ELDER_LEAST };
    let needs = look::text::width(painter, &[bold(view.business.as_str(), least, colour::INK)]);
    let name = if view.elder && needs + wide + 24.0 <= chip.width() {
        let beside = split::take_right(&mut chip, wide);
        let name = chip.with_max_x(chip.right() - 24.0);
        chip = beside;
        name
    } else {
        split::take_bottom(&mut rest, name_high)
    };
    let place = Rect::from_center_size(chip.center(), vec2(wide, chip_high - 8.0));
    state::chip(ui, place, view.shape, &view.state);
    let most = if view.elder { 64.0 } else { 56.0 };
    let fit = fitting_size(painter, &view.business, Weight::Bold, most, 34.0, name.width());
    line_ui(ui, name, Align::Center, &[bold(view.business.as_str(), fit, colour::INK)]);
    number::ticket_number(ui, rest, &view.no, colour::INK);
}

/// The first facts, side by side.
fn facts_ui(ui: &Ui, area: Rect, view: &FoundView, most: usize) {
    let painter = ui.painter();
    painter.hline(area.x_range(), area.top(), Stroke::new(2.0, colour::LINE));
    let small = if view.elder { 44.0 } else { 34.0 };
    let columns = split::columns(area, view.facts.len().min(most), 0.0);
    for (n, ((label, value), column)) in view.facts.iter().zip(columns).enumerate() {
        if n > 0 {
            painter.vline(column.left(), area.y_range(), Stroke::new(2.0, colour::LINE));
        }
        let inner = column.shrink2(vec2(14.0, area.height() * 0.13));
        let (top, low) = inner.split_top_bottom_at_fraction(0.4);
        let fit =
            fitting_size(painter, label, Weight::Regular, small, letters::LEAST, inner.width());
        line(painter, top, Align::Center, &[regular(label.as_str(), fit, colour::INK_2)]);
        let fit = fitting_size(painter, value, Weight::Bold, 58.0, 30.0, inner.width());
        line(painter, low, Align::Center, &[bold(value.as_str(), fit, colour::INK)]);
        says(ui, column, &format!("{label} {value}"));
    }
}

fn say_ui(ui: &Ui, area: Rect, view: &FoundView) {
    ui.painter().rect_filled(area, 0, colour::BRAND_WASH);
    let inner = area.shrink2(vec2(40.0, 16.0));
    let sizes = if view.elder { (66.0, 44.0) } else { (58.0, 34.0) };
    parts::paragraph_fit(ui, inner, Align::Center, &view.say, sizes, colour::BRAND_DEEP);
}
