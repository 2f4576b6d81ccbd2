//! A part of the guide, drawn.

use egui::{Align, Rect, Stroke, Ui, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    measure::letters,
    split,
    text::{bold, fitting_size, line_ui, paragraph_height, paragraph_ui, regular},
};

use super::GuideView;
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        parts::{self, GAP},
    },
};

/// Draws the part, the way through the parts, and what may be done.
pub fn guide_ui(ui: &Ui, layout: &Layout, view: &GuideView) -> Option<Touch> {
    let mut rest = layout.content;
    if let Some(crumb) = view.crumb.as_ref().filter(|_| !view.elder) {
        let place = split::take_top(&mut rest, 44.0);
        let size = fitting_size(ui.painter(), crumb, Weight::Regular, 34.0, 28.0, place.width());
        line_ui(ui, place, Align::Min, &[regular(crumb.as_str(), size, colour::INK_2)]);
    }
    parts::title_ui(ui, layout, &mut rest, &view.title, "");
    let mut touched = None;
    if layout.wide && !view.actions.is_empty() {
        // On a lying page what may be done stands beside the words.
        let column = split::take_right(&mut rest, 660.0);
        rest.max.x -= GAP * 1.5;
        let upright = Layout { wide: false, ..*layout };
        let high = parts::actions_height(&upright, view.actions.len());
        let place = Rect::from_min_size(column.min, vec2(column.width(), high));
        touched = parts::actions_ui(ui, place, &upright, &view.actions);
    } else if !view.actions.is_empty() {
        let place = split::take_bottom(&mut rest, 136.0);
        rest.max.y -= GAP;
        let beside = Layout { wide: true, ..*layout };
        touched = parts::actions_ui(ui, place, &beside, &view.actions);
    }
    touched = touched.or(parts::parts_ui(ui, layout, &mut rest, view.pager.as_ref()));
    card(ui.painter(), rest, colour::SURFACE, colour::LINE, 2.0);
    fields_ui(ui, rest.shrink2(vec2(36.0, 18.0)), view);
    touched
}

/// The fields under one another, in the largest letters in which all of them have room.
fn fields_ui(ui: &Ui, area: Rect, view: &GuideView) {
    let painter = ui.painter();
    let (most, least) = if view.elder { (60.0, letters::ELDER_LEAST) } else { (40.0, 26.0) };
    let gap = 20.0;
    let need = |size: f32| {
        let one = |words: &String| {
            let run = regular(words.as_str(), size, colour::INK);
            paragraph_height(painter, area.width(), &run) + size * 1.3 + gap
        };
        view.fields.iter().map(|(_, words)| one(words)).sum::<f32>()
    };
    let mut size = most;
    while size > least && need(size) > area.height() {
        size -= 2.0;
    }
    let mut rest = area;
    for (n, (label, words)) in view.fields.iter().enumerate() {
        if n > 0 {
            painter.hline(rest.x_range(), rest.top() - gap * 0.5, Stroke::new(2.0, colour::LINE));
        }
        let place = split::take_top(&mut rest, size * 1.3);
        line_ui(ui, place, Align::Min, &[bold(label.as_str(), size, colour::BRAND_DEEP)]);
        let run = regular(words.as_str(), size, colour::INK);
        let high = paragraph_height(painter, rest.width(), &run);
        paragraph_ui(ui, split::take_top(&mut rest, high), Align::Min, &run);
        rest.min.y += gap;
    }
}
