//! The evaluation page, drawn: five equal cards in one ink.

use egui::{
    Align, Color32, Painter, Pos2, Rect, Stroke, Ui, epaint::QuadraticBezierShape, pos2, vec2,
};
use look::{
    button::Button,
    fonts::Weight,
    frame::{BoxLook, Kind, touch_box},
    measure::letters,
    split,
    text::{bold, fitting_size, line, width},
};

use super::{Level, RatingView, ReasonTile};
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        on,
        parts::{self, GAP},
    },
};

/// Draws the five levels, or the reasons.
pub fn rating_ui(ui: &Ui, layout: &Layout, view: &RatingView) -> Option<Touch> {
    let mut rest = layout.content;
    let mut touched = None;
    let hint = if view.elder && layout.wide { "" } else { view.hint.as_str() };
    parts::title_ui(ui, layout, &mut rest, &view.title, hint);
    if layout.low && !view.elder && view.levels.is_empty() {
        return low_reasons_ui(ui, rest, view);
    }
    if layout.wide && view.elder && !view.actions.is_empty() {
        // 提交 stands beside the reasons, so that each is as high as a hand needs.
        let mut column = split::take_right(&mut rest, 420.0);
        rest.max.x -= GAP * 1.5;
        column.max.y = column.max.y.min(column.top() + 280.0);
        touched = parts::actions_ui(ui, column, layout, &view.actions);
    } else if !view.actions.is_empty() {
        let high = parts::actions_height(layout, view.actions.len());
        let high = if layout.low { high.min(124.0) } else { high };
        let place = split::take_bottom(&mut rest, high);
        rest.max.y -= if layout.wide || layout.low { 16.0 } else { GAP };
        touched = parts::actions_ui(ui, place, layout, &view.actions);
    }
    touched = touched.or(parts::parts_ui(ui, layout, &mut rest, view.pager.as_ref()));
    if view.levels.is_empty() {
        return touched.or(reasons_ui(ui, layout, rest, view));
    }
    let beside = layout.wide || layout.low;
    let places = if layout.low && !names_fit(ui, rest, view, layout.elder) {
        split::grid(rest, 3, 2, vec2(GAP, GAP))
    } else if beside {
        rest.max.y = rest.max.y.min(rest.top() + 480.0);
        split::columns(rest, view.levels.len(), GAP)
    } else {
        split::rows(rest, view.levels.len(), GAP)
    };
    for (level, place) in view.levels.iter().zip(places) {
        on(&mut touched, &level_ui(ui, place, level, (beside, layout.elder)), level.touch);
    }
    touched
}

/// Beside one another each has room for the longest word of its name.
fn names_fit(ui: &Ui, area: Rect, view: &RatingView, elder: bool) -> bool {
    let room = area.width() / view.levels.len().max(1) as f32 - GAP - 32.0;
    let least = if elder { letters::ELDER_LEAST } else { 36.0 };
    let words = view.levels.iter().flat_map(|level| level.name.split(' '));
    let wide = |word: &str| width(ui.painter(), &[bold(word, least, look::colour::INK)]);
    // A Chinese name may break anywhere; half of it is a word.
    words.into_iter().all(|word| wide(word) * if word.is_ascii() { 1.0 } else { 0.6 } <= room)
}

fn level_ui(ui: &Ui, area: Rect, level: &Level, (stacked, elder): (bool, bool)) -> egui::Response {
    let look = BoxLook { enabled: level.enabled, alive: true, radius: 18, border: 3.0 };
    let (response, skin) = touch_box(ui, area, Kind::Secondary, look, &level.name);
    let painter = ui.painter();
    let inner = area.shrink2(vec2(if stacked { 16.0 } else { 48.0 }, 16.0));
    let (mark, words, align) = if stacked {
        let (top, low) = inner.split_top_bottom_at_fraction(0.64);
        (top, low, Align::Center)
    } else {
        let side = inner.height().min(170.0);
        let mut words = inner;
        let mark = split::take_left(&mut words, side);
        words.min.x += 48.0;
        (mark, words, Align::Min)
    };
    face(painter, mark.shrink(6.0), level.mouth, skin.ink);
    if stacked {
        let least = if elder { letters::ELDER_LEAST } else { 36.0 };
        parts::paragraph_fit(ui, words, align, &level.name, (least + 6.0, least), skin.ink);
        return response;
    }
    let size = fitting_size(painter, &level.name, Weight::Bold, 72.0, 36.0, words.width());
    line(painter, words, align, &[bold(level.name.as_str(), size, skin.ink)]);
    response
}

/// A face: only its mouth tells one level from another.
fn face(painter: &Painter, area: Rect, mouth: i8, ink: Color32) {
    let side = area.width().min(area.height());
    let at = |x: f32, y: f32| -> Pos2 { area.center() + vec2(x, y) * side };
    let stroke = Stroke::new(side * 0.05, ink);
    painter.circle_stroke(area.center(), side * 0.46, stroke);
    for x in [-0.16, 0.16] {
        painter.circle_filled(at(x, -0.12), side * 0.05, ink);
    }
    let bend = f32::from(mouth) * 0.11;
    let (left, right) = (at(-0.2, 0.17 - bend * 0.3), at(0.2, 0.17 - bend * 0.3));
    let low = pos2(area.center().x, area.center().y + (0.17 + bend * 1.2) * side);
    let curve = [left, low, right];
    painter.add(QuadraticBezierShape::from_points_stroke(curve, false, Default::default(), stroke));
}

/// 低位: the reasons and 提交 in two columns, each as high as a finger needs.
fn low_reasons_ui(ui: &Ui, area: Rect, view: &RatingView) -> Option<Touch> {
    let mut touched = None;
    let count = view.reasons.len() + view.actions.len();
    let mut places = split::grid(area, 2, count.div_ceil(2), vec2(GAP, 14.0)).into_iter();
    for (reason, place) in view.reasons.iter().zip(places.by_ref()) {
        on(&mut touched, &reason_ui(ui, place, reason, 40.0), reason.touch);
    }
    for (action, place) in view.actions.iter().zip(places) {
        on(&mut touched, &parts::action_ui(ui, place, action), action.touch);
    }
    touched
}

/// What is chosen is filled and has a tick: colour alone tells nobody.
fn reason_ui(ui: &Ui, place: Rect, reason: &ReasonTile, size: f32) -> egui::Response {
    let kind = if reason.chosen { Kind::Deep } else { Kind::Secondary };
    let mut button = Button::new(&reason.name, kind).size(size);
    if reason.chosen {
        button = button.icon(look::icon::Icon::Tick);
    }
    button.show(ui, place)
}

fn reasons_ui(ui: &Ui, layout: &Layout, area: Rect, view: &RatingView) -> Option<Touch> {
    let mut touched = None;
    let across = match (view.elder, layout.wide) {
        (true, true) => 3,
        (true, false) => 1,
        (false, true) => 4,
        (false, false) => 2,
    };
    let down = view.reasons.len().div_ceil(across).max(1);
    let mut area = area;
    area.max.y = area.max.y.min(area.top() + 190.0 * down as f32);
    for (reason, place) in view.reasons.iter().zip(split::grid(area, across, down, vec2(GAP, 20.0)))
    {
        let size = if view.elder { 56.0 } else { 40.0 };
        on(&mut touched, &reason_ui(ui, place, reason, size), reason.touch);
    }
    touched
}
