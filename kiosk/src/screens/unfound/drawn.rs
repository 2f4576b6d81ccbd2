//! 没有找到要办的事项, drawn.

use egui::{Align, Rect, Ui, vec2};
use look::{button::Button, colour, frame::Kind, frame::card, split};

use super::{LackingView, NotedView};
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        on,
        parts::{self, GAP},
        start::row_choice_up_to,
    },
};

/// Draws the page of kinds.
pub fn lacking_ui(ui: &Ui, layout: &Layout, view: &LackingView) -> Option<Touch> {
    let mut rest = layout.content;
    let hint = if view.elder && layout.wide { "" } else { view.hint.as_str() };
    parts::title_ui(ui, layout, &mut rest, &view.title, hint);
    if layout.wide && view.elder {
        // What else can be said stands beside the kinds, so that each is as high as a hand needs.
        let mut column = split::take_right(&mut rest, 420.0);
        rest.max.x -= GAP * 1.5;
        column.max.y = column.max.y.min(column.top() + 280.0);
        let touched = parts::actions_ui(ui, column, layout, &view.actions);
        let touched = touched.or(parts::parts_ui(ui, layout, &mut rest, view.pager.as_ref()));
        return touched.or(kinds_ui(ui, layout, rest, view));
    }
    // What else can be said stands in one row: the kinds keep their room.
    let beside = Layout { wide: true, ..*layout };
    let high = parts::actions_height(&beside, 1);
    let place = split::take_bottom(&mut rest, if layout.low { high.min(124.0) } else { high });
    rest.max.y -= if layout.wide || layout.low { 14.0 } else { GAP };
    let touched = parts::actions_ui(ui, place, &beside, &view.actions);
    let touched = touched.or(parts::parts_ui(ui, layout, &mut rest, view.pager.as_ref()));
    touched.or(kinds_ui(ui, layout, rest, view))
}

fn kinds_ui(ui: &Ui, layout: &Layout, area: Rect, view: &LackingView) -> Option<Touch> {
    let mut touched = None;
    let across = match (view.elder, layout.wide) {
        (true, false) => 1,
        (true, true) => 3,
        (false, false) if layout.low => 3,
        (false, false) => 2,
        (false, true) => 4,
    };
    let down = view.places.div_ceil(across).max(1);
    let mut area = area;
    let most = if view.elder { 300.0 } else { 170.0 };
    area.max.y = area.max.y.min(area.top() + most * down as f32);
    for (kind, place) in view.kinds.iter().zip(split::grid(area, across, down, vec2(GAP, 14.0))) {
        let response = if view.elder && kind.enabled {
            let words = (kind.name.as_str(), "");
            row_choice_up_to(ui, place, Kind::Secondary, None, words, 84.0)
        } else {
            Button::new(&kind.name, Kind::Secondary)
                .size(50.0)
                .enabled(kind.enabled)
                .show(ui, place)
        };
        on(&mut touched, &response, kind.touch);
    }
    touched
}

/// Draws the page after it was said.
pub fn noted_ui(ui: &Ui, layout: &Layout, view: &NotedView) -> Option<Touch> {
    let mut rest = layout.content;
    parts::title_ui(ui, layout, &mut rest, &view.title, "");
    let high = parts::actions_height(layout, view.actions.len());
    let high = if layout.wide { high } else { high.max(200.0 * view.actions.len() as f32) };
    let place = split::take_bottom(&mut rest, high);
    rest.max.y -= GAP;
    let touched = parts::actions_ui(ui, place, layout, &view.actions);
    if !layout.wide {
        rest.max.y = rest.max.y.min(rest.top() + 560.0);
    }
    card(ui.painter(), rest, colour::BRAND_WASH, colour::LINE_STRONG, 3.0);
    let say = rest.shrink2(vec2(56.0, 24.0));
    let sizes = if view.elder { (76.0, 44.0) } else { (64.0, 34.0) };
    parts::paragraph_fit(ui, say, Align::Center, &view.say, sizes, colour::BRAND_DEEP);
    touched
}
