//! The hall screen, in the hand of the pictures: dark, read from ten metres.

use egui::{Align, Color32, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use look::{
    colour,
    fonts::Weight,
    icon::Icon,
    split,
    state::State,
    text::{Run, bold, fitting_size, line, paragraph, paragraph_height, regular, says},
};

use super::{BOTTOM_SIZE, BROADCAST_BEFORE, Beside, COLUMN_GAP, HEADS, Shape, notes, rows};
use crate::view::{BottomView, HallView, HeaderView, NoticeView, WaitingView};

/// Draws the picture over the whole of `page`.
pub fn hall_ui(ui: &Ui, page: Rect, view: &HallView, shape: Shape) {
    ui.painter().rect_filled(page, 0, colour::NIGHT);
    let mut rest = page;
    header_ui(ui, split::take_top(&mut rest, shape.header), &view.header, shape);
    bottom_ui(ui, split::take_bottom(&mut rest, shape.bottom), &view.bottom, shape);
    let mut body = body(page, shape);
    let its = Beside { counts: view.waiting.len(), notes: view.notes.is_some() };
    let (counts, place) = beside(&mut body, shape, its);
    if let Some(counts) = counts {
        waiting_ui(ui, counts, &view.waiting, shape);
    }
    if let (Some(place), Some(view)) = (place, &view.notes) {
        notes::notes_ui(ui, place, view, shape.wide);
    }
    if let Some(notice) = &view.notice {
        if view.rows.is_empty() {
            whole_notice_ui(ui, body.shrink2(vec2(0.0, 14.0)), notice);
            return;
        }
        split::skip_top(&mut body, 14.0);
        banner_ui(ui, split::take_top(&mut body, 230.0), notice);
        let since = split::take_top(&mut body, 66.0).shrink2(vec2(28.0, 0.0));
        if let Some(words) = &notice.since {
            text_ui(ui, since, Align::Min, &[regular(words, 38.0, colour::NIGHT_INK_2)]);
        }
        rows::rows_ui(ui, body, &view.rows, shape);
        return;
    }
    let area = shape.rows_area(page, its);
    if !shape.upright {
        let heads = Rect::from_min_max(pos2(area.left(), area.top() - HEADS), area.right_top());
        let down = (area.height() / shape.row).floor().max(1.0) as usize;
        let used = view.rows.len().div_ceil(down).max(1);
        for column in split::columns(heads, shape.columns(area), COLUMN_GAP).into_iter().take(used)
        {
            rows::heads_ui(ui, column, &view.heads);
        }
    }
    rows::rows_ui(ui, area, &view.rows, shape);
}

/// What is left between header and bottom line.
pub(super) fn body(page: Rect, shape: Shape) -> Rect {
    let mut rest = page;
    split::take_top(&mut rest, shape.header);
    split::take_bottom(&mut rest, shape.bottom);
    let mut body = rest.shrink2(vec2(shape.side, 0.0));
    if shape.upright {
        split::skip_top(&mut body, 14.0);
        split::take_bottom(&mut body, 14.0);
    }
    body
}

/// The height of the notices under the counts, and under the rows when upright.
const NOTES_HIGH: f32 = 282.0;

/// Takes off the body what stands beside the rows: the counts, and the notices under them; on a wall
/// they have a column of their own.
pub(super) fn beside(body: &mut Rect, shape: Shape, its: Beside) -> (Option<Rect>, Option<Rect>) {
    if its.counts == 0 {
        return (None, None);
    }
    if shape.upright {
        let notes = its.notes.then(|| {
            let place = split::take_bottom(body, NOTES_HIGH - 40.0);
            split::take_bottom(body, 14.0);
            place
        });
        let counts = split::take_bottom(body, shape.panel(its.counts));
        split::take_bottom(body, 20.0);
        return (Some(counts), notes);
    }
    let mut counts = split::take_right(body, 400.0);
    split::take_right(body, 24.0);
    split::skip_top(&mut counts, 14.0);
    split::take_bottom(&mut counts, 16.0);
    let notes = its.notes.then(|| {
        if shape.wide {
            let mut place = split::take_right(body, 400.0);
            split::take_right(body, 24.0);
            split::skip_top(&mut place, 14.0);
            split::take_bottom(&mut place, 16.0);
            return place;
        }
        let place = split::take_bottom(&mut counts, NOTES_HIGH);
        split::take_bottom(&mut counts, 10.0);
        place
    });
    (Some(counts), notes)
}

fn text_ui(ui: &Ui, area: Rect, align: Align, runs: &[Run]) {
    look::text::line_ui(ui, area, align, runs);
}

fn header_ui(ui: &Ui, area: Rect, header: &HeaderView, shape: Shape) {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::NIGHT_2);
    let mut inner = area.shrink2(vec2(40.0, 0.0));
    let clock = [bold(&header.time, 84.0, colour::NIGHT_INK)];
    text_ui(ui, inner, Align::Max, &clock);
    inner.max.x -= look::text::width(painter, &clock) + 36.0;
    let date = [regular(&header.date, 36.0, colour::NIGHT_INK_2)];
    let leader = regular(&header.leader, 36.0, colour::NIGHT_INK_2);
    if shape.upright {
        // Upright, the smaller texts stand in a second line of their own.
        let (top, low) = inner.split_top_bottom_at_fraction(0.58);
        let zone = zone_run(header, 52.0);
        let room = inner.width() - look::text::width(painter, &zone) - 28.0;
        let size = fitting_size(painter, &header.title, Weight::Bold, 60.0, 36.0, room);
        let title = bold(&header.title, size, colour::NIGHT_INK);
        text_ui(ui, top, Align::Min, &[&[title], &zone[..]].concat());
        let low = Rect::from_min_max(low.min, pos2(low.right(), low.bottom() - 18.0));
        text_ui(ui, low, Align::Min, &[leader, date[0].clone().after(36.0)]);
        return;
    }
    text_ui(ui, inner, Align::Max, &date);
    inner.max.x -= look::text::width(painter, &date) + 36.0;
    let beside = [&zone_run(header, 48.0)[..], &[leader.after(36.0)]].concat();
    let room = inner.width() - look::text::width(painter, &beside) - 36.0;
    let size = fitting_size(painter, &header.title, Weight::Bold, 54.0, 36.0, room);
    let title = bold(&header.title, size, colour::NIGHT_INK);
    text_ui(ui, inner, Align::Min, &[&[title], &beside[..]].concat());
}

/// The zone after the hall's name, in the colour that the eye finds.
fn zone_run(header: &HeaderView, size: f32) -> Vec<Run> {
    let zone =
        (!header.zone.is_empty()).then(|| bold(&header.zone, size, colour::LAMP).after(28.0));
    zone.into_iter().collect()
}

fn bottom_ui(ui: &Ui, area: Rect, bottom: &BottomView, shape: Shape) {
    let painter = ui.painter();
    let ground = match bottom {
        BottomView::Running(_) | BottomView::VoiceIll(_) => colour::NIGHT_2,
        BottomView::Spoken { .. } | BottomView::Broadcast { .. } => colour::LAMP,
    };
    painter.rect_filled(area, 0, ground);
    painter.hline(area.x_range(), area.top() + 1.0, Stroke::new(2.0, colour::NIGHT_LINE));
    let mut inner = area.shrink2(vec2(shape.side, 0.0));
    let mut marked = |icon: Icon, ink: Color32| {
        let mark = split::take_left(&mut inner, 56.0);
        icon.paint(painter, split::centred(mark, vec2(56.0, 56.0)), 7.5, ink);
        split::take_left(&mut inner, 20.0);
    };
    match bottom {
        BottomView::Running(text) => {
            fitted_ui(ui, inner, &[], text, colour::NIGHT_INK);
        }
        BottomView::Spoken { word, text } => {
            marked(Icon::Speaker, colour::NIGHT);
            let word = bold(word, 40.0, colour::NIGHT);
            fitted_ui(ui, inner, &[word], text, colour::NIGHT);
        }
        BottomView::Broadcast { word, text } => {
            let (mut before, rest) = if shape.upright {
                inner.split_top_bottom_at_y(inner.top() + 76.0)
            } else {
                inner.split_left_right_at_x(inner.left() + BROADCAST_BEFORE)
            };
            let mark = split::take_left(&mut before, 56.0);
            let mark = split::centred(mark, vec2(56.0, 56.0));
            Icon::Speaker.paint(painter, mark, 7.5, colour::NIGHT);
            split::take_left(&mut before, 20.0);
            let room = before.width() - 24.0;
            let size = fitting_size(painter, word, Weight::Bold, 40.0, 26.0, room);
            line(painter, before, Align::Min, &[bold(word, size, colour::NIGHT)]);
            broadcast_ui(ui, rest, text);
            says(ui, before, word);
        }
        BottomView::VoiceIll(text) => {
            marked(Icon::Warning, colour::LAMP);
            fitted_ui(ui, inner, &[], text, colour::LAMP);
        }
    }
}

/// Some lines that are made smaller before they would be cut.
fn broadcast_ui(ui: &Ui, area: Rect, text: &str) {
    let painter = ui.painter();
    let run = |size: f32| regular(text, size, colour::NIGHT);
    let high = |size: f32| paragraph_height(painter, area.width(), &run(size));
    let sizes = [BOTTOM_SIZE, 46.0, 44.0, 42.0, 40.0, 36.0, 32.0, 28.0];
    let size = sizes.into_iter().find(|size| high(*size) <= area.height()).unwrap_or(sizes[7]);
    let top = area.center().y - high(size) / 2.0;
    paragraph(
        painter,
        Rect::from_min_max(pos2(area.left(), top), area.max),
        Align::Min,
        &run(size),
    );
    says(ui, area, text);
}

/// One line that is made smaller before it would be cut.
fn fitted_ui(ui: &Ui, area: Rect, before: &[Run], text: &str, ink: Color32) {
    let painter = ui.painter();
    let taken = if before.is_empty() { 0.0 } else { look::text::width(painter, before) + 24.0 };
    let size = fitting_size(painter, text, Weight::Regular, 48.0, 28.0, area.width() - taken);
    let mut runs = before.to_vec();
    runs.push(regular(text, size, ink).after(24.0));
    line(painter, area, Align::Min, &runs);
    says(ui, area, text);
}

fn banner_ui(ui: &Ui, area: Rect, notice: &NoticeView) {
    let painter = ui.painter();
    let stroke = Stroke::new(6.0, colour::LAMP);
    painter.rect(area, 18, colour::NIGHT_2, stroke, StrokeKind::Inside);
    let mut inner = area.shrink2(vec2(44.0, 0.0));
    let mark = split::take_left(&mut inner, 140.0);
    Icon::Warning.paint(painter, split::centred(mark, vec2(140.0, 140.0)), 7.0, colour::LAMP);
    split::take_left(&mut inner, 40.0);
    let room = inner.width();
    let title = fitting_size(painter, &notice.title, Weight::Bold, 78.0, 40.0, room);
    let todo = fitting_size(painter, &notice.todo, Weight::Regular, 50.0, 32.0, room);
    let (top, low) = inner.shrink2(vec2(0.0, 34.0)).split_top_bottom_at_fraction(0.58);
    text_ui(ui, top, Align::Min, &[bold(&notice.title, title, colour::LAMP)]);
    text_ui(ui, low, Align::Min, &[regular(&notice.todo, todo, colour::NIGHT_INK)]);
}

/// A notice in the place of the rows.
fn whole_notice_ui(ui: &Ui, area: Rect, notice: &NoticeView) {
    let painter = ui.painter();
    let ink = if notice.trouble { colour::LAMP } else { colour::NIGHT_INK };
    let width = if notice.trouble { 6.0 } else { 2.0 };
    let border = if notice.trouble { colour::LAMP } else { colour::NIGHT_LINE };
    let ground = if notice.trouble { colour::NIGHT_2 } else { colour::NIGHT };
    painter.rect(area, 18, ground, Stroke::new(width, border), StrokeKind::Inside);
    let room = area.width() - 96.0;
    let title = fitting_size(painter, &notice.title, Weight::Bold, 110.0, 48.0, room);
    let todo = regular(&notice.todo, 54.0, colour::NIGHT_INK);
    let since = notice.since.as_deref().unwrap_or_default();
    let since = regular(since, 40.0, colour::NIGHT_INK_2);
    let todo_high = paragraph_height(painter, room, &todo);
    let since_high = if notice.since.is_some() { 74.0 } else { 0.0 };
    let high = 150.0 + 40.0 + title * 1.3 + 24.0 + todo_high + since_high;
    let mut rest = Rect::from_min_max(
        pos2(area.left() + 48.0, area.center().y - high / 2.0),
        pos2(area.right() - 48.0, area.bottom()),
    );
    let mark = split::take_top(&mut rest, 150.0);
    let place = split::centred(mark, vec2(150.0, 150.0));
    let icon = if notice.trouble { Icon::Warning } else { Icon::Ticket };
    icon.paint(painter, place, 6.0, if notice.trouble { ink } else { colour::NIGHT_INK_2 });
    split::skip_top(&mut rest, 40.0);
    let place = split::take_top(&mut rest, title * 1.3);
    text_ui(ui, place, Align::Center, &[bold(&notice.title, title, ink)]);
    split::skip_top(&mut rest, 24.0);
    let place = split::take_top(&mut rest, todo_high);
    paragraph(painter, place, Align::Center, &todo);
    says(ui, place, &notice.todo);
    if notice.since.is_some() {
        text_ui(ui, split::take_top(&mut rest, since_high), Align::Center, &[since]);
    }
}

fn waiting_ui(ui: &Ui, area: Rect, waiting: &[WaitingView], shape: Shape) {
    let (total, zones) = waiting.split_at(1);
    let mut rest = area;
    for view in total {
        count_ui(ui, split::take_top(&mut rest, 132.0), view);
    }
    split::skip_top(&mut rest, 10.0);
    // More than five zones stand in two columns, upright or not.
    let across = if shape.upright || zones.len() > 6 { 2 } else { 1 };
    let down = zones.len().div_ceil(across).max(1);
    let cells = split::grid(rest, across, down, vec2(10.0, 10.0));
    for (cell, view) in cells.into_iter().zip(zones) {
        count_ui(ui, cell, view);
    }
}

/// A count under this height has one line for label and name instead of two.
const COUNT_LINES_MIN: f32 = 92.0;

/// And under this one no room for a name that could be read.
const COUNT_NAME_MIN: f32 = 64.0;

fn count_ui(ui: &Ui, area: Rect, view: &WaitingView) {
    let painter = ui.painter();
    if view.is_total {
        painter.rect_filled(area, 10, colour::NIGHT_2);
    } else {
        let stroke = Stroke::new(2.0, colour::NIGHT_LINE);
        painter.rect_stroke(area, 10, stroke, StrokeKind::Inside);
    }
    let known = !view.unit.is_empty() || view.count.chars().all(|char| char.is_ascii_digit());
    let inner = area.shrink2(vec2(24.0, 0.0));
    let size = if view.is_total { 92.0 } else { 88.0_f32.min(area.height() * 0.78) };
    let (unit, ink) =
        if view.is_total { (44.0, colour::NIGHT_INK) } else { (38.0, colour::NIGHT_INK_2) };
    let digits = if known || view.is_total { colour::NIGHT_INK } else { colour::NIGHT_INK_2 };
    let runs = [bold(&view.count, size, digits), regular(&view.unit, unit, ink).after(12.0)];
    let runs = if view.unit.is_empty() { &runs[..1] } else { &runs[..] };
    line(painter, inner, Align::Max, runs);
    let room = inner.width() - look::text::width(painter, runs) - 16.0;
    if !view.name.is_empty() && area.height() < COUNT_LINES_MIN {
        let size = area.height() * 0.5;
        let has_name = area.height() >= COUNT_NAME_MIN;
        let size = if has_name { size } else { area.height() * 0.66 };
        let runs = |share: f32| {
            let label = bold(&view.label, size * share, colour::NIGHT_INK);
            let name = regular(&view.name, size * 0.8 * share, colour::NIGHT_INK_2).after(14.0);
            if has_name { vec![label, name] } else { vec![label] }
        };
        let share = (room / look::text::width(painter, &runs(1.0))).min(1.0);
        line(painter, inner, Align::Min, &runs(share));
    } else if view.name.is_empty() {
        let size = fitting_size(painter, &view.label, Weight::Regular, 44.0, 28.0, room);
        line(painter, inner, Align::Min, &[regular(&view.label, size, colour::NIGHT_INK)]);
    } else {
        let (label, name) =
            (54.0_f32.min(area.height() * 0.42), 34.0_f32.min(area.height() * 0.28));
        let label = fitting_size(painter, &view.label, Weight::Bold, label, 28.0, room);
        let name = fitting_size(painter, &view.name, Weight::Regular, name, 24.0, room);
        let block =
            Rect::from_center_size(inner.center(), vec2(inner.width(), (label + name) * 1.2));
        let (top, low) = block.split_top_bottom_at_y(block.top() + label * 1.2);
        line(painter, top, Align::Min, &[bold(&view.label, label, colour::NIGHT_INK)]);
        line(painter, low, Align::Min, &[regular(&view.name, name, colour::NIGHT_INK_2)]);
    }
    let words = [&view.label, &view.name, &view.count, &view.unit];
    let words: Vec<&str> =
        words.into_iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    says(ui, area, &words.join(" "));
}

/// The shape of a row's state.
pub(super) const fn state_of(mark: crate::view::Mark) -> Option<State> {
    match mark {
        crate::view::Mark::Called => Some(State::Calling),
        crate::view::Mark::Serving => Some(State::Serving),
        crate::view::Mark::Paused => Some(State::Paused),
        crate::view::Mark::Old => None,
    }
}
