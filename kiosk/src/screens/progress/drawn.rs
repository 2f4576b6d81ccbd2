//! 排队查询, drawn.

use egui::{Align, Color32, Painter, Rect, Stroke, Ui, pos2, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    measure::letters,
    name, split,
    state::State,
    text::{self, bold, fitting_size, line, line_ui, regular, says},
};

use super::{Line, ProgressView, Row};
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        parts::{self, GAP},
    },
};

/// Draws the progress page.
pub fn progress_ui(ui: &Ui, layout: &Layout, view: &ProgressView) -> Option<Touch> {
    let mut rest = layout.content;
    if layout.elder && layout.wide {
        return lying_elder_ui(ui, layout, rest, view);
    }
    let title = split::take_top(&mut rest, 84.0);
    let size = if layout.wide { 52.0 } else { 66.0 };
    line_ui(ui, title, Align::Min, &[bold(view.title.as_str(), size, colour::INK)]);
    rest.min.y += 16.0;
    // Both ways in one row: the calls keep their room.
    let place = split::take_bottom(&mut rest, if view.elder { 148.0 } else { 128.0 });
    rest.max.y -= GAP;
    let beside = Layout { wide: true, ..*layout };
    let touched = parts::actions_ui(ui, place, &beside, &view.actions);
    lists_ui(ui, layout, rest, view);
    touched
}

/// 长者版 on a lying page: what may be done stands beside the calls.
fn lying_elder_ui(ui: &Ui, layout: &Layout, area: Rect, view: &ProgressView) -> Option<Touch> {
    let mut rest = area;
    let column = split::take_right(&mut rest, 560.0);
    rest.max.x -= GAP * 1.5;
    let upright = Layout { wide: false, ..*layout };
    let high = parts::actions_high(view.actions.len()).min(column.height());
    let place = Rect::from_min_size(column.min, vec2(column.width(), high));
    calls_ui(ui, rest, view);
    parts::actions_ui(ui, place, &upright, &view.actions)
}

fn lists_ui(ui: &Ui, layout: &Layout, area: Rect, view: &ProgressView) {
    let mut rest = area;
    if view.elder {
        calls_ui(ui, rest, view);
        return;
    }
    if layout.wide {
        let (left, right) = rest.split_left_right_at_fraction(0.5);
        calls_ui(ui, left.with_max_x(left.right() - 14.0), view);
        waiting_ui(ui, right.with_min_x(right.left() + 14.0), view);
        return;
    }
    let high = 640.0_f32.min(rest.height() * 0.5);
    let calls = split::take_top(&mut rest, high);
    calls_ui(ui, calls, view);
    rest.min.y += 28.0;
    waiting_ui(ui, rest, view);
}

fn calls_ui(ui: &Ui, area: Rect, view: &ProgressView) {
    let painter = ui.painter();
    card(painter, area, colour::SURFACE, colour::LINE, 2.0);
    let mut rest = area.shrink2(vec2(32.0, 12.0));
    if let Some((what, then)) = &view.none {
        let (top, low) = rest.split_top_bottom_at_fraction(0.5);
        let top = top.with_min_y(top.bottom() - 80.0);
        let low = low.with_max_y(low.top() + 70.0);
        line_ui(ui, top, Align::Center, &[bold(what.as_str(), 56.0, colour::INK)]);
        let size = if view.elder { letters::ELDER_LEAST } else { 38.0 };
        let fit = fitting_size(painter, then, Weight::Regular, size, 30.0, low.width());
        line_ui(ui, low, Align::Center, &[regular(then.as_str(), fit, colour::INK_2)]);
        return;
    }
    let small = if view.elder { letters::ELDER_LEAST } else { 30.0 };
    let head = split::take_top(&mut rest, small * 1.8);
    let most = if view.elder { 130.0 } else { 100.0 };
    // The newest calls, as many as have room in letters of their size.
    let low = if view.elder { 92.0 } else { 60.0 };
    let room = ((rest.height() / low) as usize).clamp(1, view.rows.len().max(5));
    let high = (rest.height() / room as f32).min(most);
    // A column that cannot hold every name is left out, with its heading.
    let shown = &view.rows[..room.min(view.rows.len())];
    let named = shown.iter().all(|row| row_columns(painter, rest, high, row, view.elder).named);
    let heads = if named { &view.heads[..] } else { &view.heads[..2] };
    for (words, place) in heads.iter().zip(thirds(head)) {
        line(painter, place, Align::Min, &[regular(words.as_str(), small, colour::INK_2)]);
    }
    for row in shown {
        row_ui(ui, split::take_top(&mut rest, high), row, (view.elder, named));
    }
}

fn thirds(area: Rect) -> [Rect; 3] {
    let at = |from: f32, to: f32| {
        Rect::from_min_max(
            pos2(area.left() + area.width() * from, area.top()),
            pos2(area.left() + area.width() * to - 16.0, area.bottom()),
        )
    };
    [at(0.0, 0.3), at(0.3, 0.6), at(0.6, 1.0)]
}

/// The letters of a row, and whether its business has room beside its state.
struct Columns {
    size: f32,
    next: f32,
    least: f32,
    /// From the end of the row.
    state_size: f32,
    /// The room of the business.
    room: f32,
    named: bool,
}

fn row_columns(painter: &Painter, area: Rect, high: f32, row: &Row, elder: bool) -> Columns {
    let [_, _, business] = thirds(area);
    let large: f32 = if elder { 76.0 } else { 60.0 };
    let size = large.min(high * 0.68);
    let least: f32 = if elder { letters::ELDER_LEAST } else { letters::LEAST };
    let next = (size * 0.72).max(least);
    let state_size = next.min(least.max(38.0));
    let state = [bold(row.state.as_str(), state_size, colour::INK)];
    let room = business.width() - text::width(painter, &state) - 16.0;
    let named = name::fits_one_line(painter, &row.business, (Weight::Regular, least), room) || {
        let run = regular(row.business.as_str(), least, colour::INK);
        row.business.contains(' ')
            && text::paragraph_width(painter, room, &run) <= room
            && text::paragraph_height(painter, room, &run) <= high + LINE_AIR
    };
    Columns { size, next, least, state_size, room, named }
}

fn row_ui(ui: &Ui, area: Rect, row: &Row, (elder, named): (bool, bool)) {
    let painter = ui.painter();
    painter.hline(area.x_range(), area.top(), Stroke::new(2.0, colour::LINE));
    let [no, window, business] = thirds(area);
    let Columns { size, next, least, state_size, room, .. } =
        row_columns(painter, area, area.height(), row, elder);
    let ink = if row.called { colour::CALLING } else { colour::INK };
    let end = line(painter, no, Align::Min, &[bold(row.no.as_str(), size, ink)]);
    let side = size * 0.5;
    let mark =
        Rect::from_center_size(pos2(end + 16.0 + side / 2.0, area.center().y), vec2(side, side));
    let state = if row.called { State::Calling } else { State::Serving };
    state.paint(painter, mark, state.colour());
    let fit = fitting_size(painter, &row.window, Weight::Bold, next, least, window.width());
    line(painter, window, Align::Min, &[bold(row.window.as_str(), fit, colour::INK)]);
    let word = bold(row.state.as_str(), state_size, state.colour());
    line(painter, business, Align::Max, &[word]);
    let place = Rect::from_min_size(business.min, vec2(room, business.height()));
    if named {
        name_ui(ui, place, &row.business, (next, least), colour::INK);
    }
    says(ui, area, &format!("{} {} {} {}", row.no, row.window, row.business, row.state));
}

/// A business beside its state; where the state is long and the line low, its letter tells it.
fn name_ui(ui: &Ui, area: Rect, words: &str, (most, least): (f32, f32), ink: Color32) {
    let (painter, weight) = (ui.painter(), Weight::Regular);
    if name::fits_one_line(painter, words, (weight, least), area.width()) {
        let fit = fitting_size(painter, words, weight, most, least, area.width());
        line(painter, area, Align::Min, &[regular(words, fit, ink)]);
        return;
    }
    let run = regular(words, least, ink);
    // A single word is not torn.
    let fits = words.contains(' ')
        && text::paragraph_width(painter, area.width(), &run) <= area.width()
        && text::paragraph_height(painter, area.width(), &run) <= area.height() + LINE_AIR;
    if fits {
        name::name(painter, area, Align::Min, words, (weight, least, least), ink);
    }
}

/// Letters do not fill the height of their lines.
const LINE_AIR: f32 = 12.0;

fn waiting_ui(ui: &Ui, area: Rect, view: &ProgressView) {
    let mut rest = area;
    let title = split::take_top(&mut rest, 60.0);
    line_ui(ui, title, Align::Min, &[bold(view.waiting_title.as_str(), 42.0, colour::INK)]);
    rest.min.y += 8.0;
    card(ui.painter(), rest, colour::SURFACE, colour::LINE, 2.0);
    let inner = rest.shrink2(vec2(28.0, 12.0));
    let down = view.waiting.len().div_ceil(2).max(1);
    let cells = split::grid(inner, 2, down, vec2(40.0, 0.0));
    // Down the first column, then down the second.
    for (n, line) in view.waiting.iter().enumerate() {
        if let Some(place) = cells.get((n % down) * 2 + n / down) {
            waiting_line(ui, *place, line);
        }
    }
}

fn waiting_line(ui: &Ui, area: Rect, view: &Line) {
    let painter = ui.painter();
    let size: f32 = 32.0_f32.min(area.height() * 0.66).max(letters::LEAST);
    let ink = if view.open { colour::INK } else { colour::PAUSED };
    let letter = bold(view.letter.as_str(), size, colour::BRAND_DEEP);
    let mut rest = area;
    let badge = split::take_left(&mut rest, size * 1.3);
    line(painter, badge, Align::Min, &[letter]);
    let state = bold(view.state.as_str(), size, ink);
    let wide = look::text::width(painter, std::slice::from_ref(&state));
    line(painter, rest, Align::Max, &[state]);
    let room = rest.width() - wide - 12.0;
    let place = Rect::from_min_size(rest.min, vec2(room, rest.height()));
    name_ui(ui, place, &view.name, (size, letters::LEAST), ink);
    says(ui, area, &format!("{} {}", view.name, view.state));
}
