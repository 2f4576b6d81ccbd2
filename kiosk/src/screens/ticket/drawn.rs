//! 取号成功, drawn.

use egui::{Align, Painter, Rect, Stroke, Ui, pos2, vec2};
use look::{
    colour, countdown,
    fonts::Weight,
    frame::card,
    icon::Icon,
    name, number, split,
    state::{self, State},
    text::{
        bold, fitting_size, line, line_ui, paragraph_height, paragraph_ui, regular, says, width,
    },
};

use super::TicketView;
use crate::{
    code,
    model::message::Touch,
    screens::{frame::Layout, on, parts::action_ui},
};

/// Draws the ticket page.
pub fn ticket_ui(ui: &Ui, layout: &Layout, view: &TicketView) -> Option<Touch> {
    let mut rest = layout.content;
    let title = split::take_top(&mut rest, if layout.wide { 84.0 } else { 112.0 });
    title_ui(ui, title, view);
    rest.min.y += if layout.wide { 12.0 } else { 24.0 };
    let bar = split::take_bottom(&mut rest, 16.0);
    countdown::bar(ui, bar, u32::from(view.left_thousandths), 1000, "");
    rest.max.y -= if layout.wide { 20.0 } else { 32.0 };
    let painter = ui.painter();
    card(painter, rest, colour::SURFACE, colour::LINE_STRONG, 3.0);
    let inner = rest.shrink(3.0);
    if layout.wide {
        let (left, right) = inner.split_left_right_at_fraction(0.5);
        painter.vline(right.left(), inner.y_range(), Stroke::new(2.0, colour::LINE));
        if view.elder {
            // The lower page of 长者版 has no room for notes; the number comes first.
            let mut right = right.shrink2(vec2(1.0, 0.0));
            let facts = split::take_bottom(&mut right, 160.0);
            number_ui(ui, left, view);
            let touched = goto_ui(ui, right, view);
            facts_ui(ui, facts, view);
            return touched;
        }
        let mut left = left;
        let facts = split::take_bottom(&mut left, 150.0);
        number_ui(ui, left, view);
        facts_ui(ui, facts, view);
        let mut right = right.shrink2(vec2(1.0, 0.0));
        let touched = goto_ui(ui, split::take_top(&mut right, 190.0), view);
        notes_ui(ui, right, view);
        return touched;
    }
    let mut inner = inner;
    // In 低位 what can be touched stands in the lower half.
    let high = inner.height() * if layout.elder || layout.low { 0.43 } else { 0.385 };
    let number = split::take_top(&mut inner, high);
    number_ui(ui, number, view);
    facts_ui(ui, split::take_top(&mut inner, 172.0), view);
    let touched = goto_ui(ui, split::take_top(&mut inner, 180.0), view);
    notes_ui(ui, inner, view);
    touched
}

fn title_ui(ui: &Ui, area: Rect, view: &TicketView) {
    let painter = ui.painter();
    let side = area.height() * 0.78;
    let size =
        fitting_size(painter, &view.title, Weight::Bold, 72.0, 48.0, area.width() - side - 24.0);
    let run = [bold(view.title.as_str(), size, colour::FREE)];
    let wide = side + 24.0 + width(painter, &run);
    let left = area.center().x - wide / 2.0;
    let mark = Rect::from_center_size(pos2(left + side / 2.0, area.center().y), vec2(side, side));
    Icon::Done.paint(painter, mark, 8.0, colour::FREE);
    let words = Rect::from_min_max(pos2(mark.right() + 24.0, area.top()), area.max);
    line_ui(ui, words, Align::Min, &run);
}

/// A number with less room than this has its class beside its business.
const LOW_NUMBER: f32 = 420.0;

fn number_ui(ui: &Ui, area: Rect, view: &TicketView) {
    // Where it is low, class and business share a line, so that the number keeps its 30 mm.
    let low = view.elder || area.height() < LOW_NUMBER;
    let mut rest = area.shrink2(vec2(24.0, if low { 12.0 } else { 20.0 }));
    let painter = ui.painter();
    let mut business = None;
    if let Some(class) = &view.class {
        // A chip's letters are 0.42 of its height.
        let high = if view.elder { 108.0 } else { 72.0 };
        let place = split::take_bottom(&mut rest, high);
        // A Latin letter is half as wide as a Chinese one.
        let share = |c: char| if c.is_ascii() { 0.58 } else { 1.0 };
        let wide = high * 0.42 * (class.chars().map(share).sum::<f32>() + 3.2);
        let mut chip = Rect::from_center_size(place.center(), vec2(wide, high));
        if low {
            let mut row = place;
            chip = split::take_right(&mut row, wide);
            business = Some(row.with_max_x(row.right() - 24.0));
        }
        let sign = if view.offline { State::Offline } else { State::Free };
        state::chip(ui, chip, sign, class);
    }
    let business = business.unwrap_or_else(|| split::take_bottom(&mut rest, 84.0));
    let least = if view.elder { name::elder_least(&view.business) } else { 36.0 };
    let sizes = (Weight::Bold, 64.0, least);
    name::name(painter, business, Align::Center, &view.business, sizes, colour::INK);
    says(ui, business, &view.business);
    number::ticket_number(ui, rest, &view.no, colour::INK);
}

fn facts_ui(ui: &Ui, area: Rect, view: &TicketView) {
    let painter = ui.painter();
    painter.hline(area.x_range(), area.top(), Stroke::new(2.0, colour::LINE));
    let small = if view.elder { 44.0 } else { 36.0 };
    let columns = split::columns(area, view.facts.len().max(1), 0.0);
    for (n, ((label, value), column)) in view.facts.iter().zip(columns).enumerate() {
        if n > 0 {
            painter.vline(column.left(), area.y_range(), Stroke::new(2.0, colour::LINE));
        }
        let inner = column.shrink2(vec2(16.0, 22.0));
        let (top, low) = inner.split_top_bottom_at_fraction(0.36);
        line(painter, top, Align::Center, &[regular(label.as_str(), small, colour::INK_2)]);
        let size = fitting_size(painter, value, Weight::Bold, 64.0, 40.0, inner.width());
        line(painter, low, Align::Center, &[bold(value.as_str(), size, colour::INK)]);
        says(ui, column, &format!("{label} {value}"));
    }
}

fn goto_ui(ui: &Ui, area: Rect, view: &TicketView) -> Option<Touch> {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::BRAND_WASH);
    let mut inner = area.shrink2(vec2(24.0, 22.0));
    let mut touched = None;
    if let Some(way) = &view.way {
        let size = if view.elder { vec2(216.0, 124.0) } else { vec2(216.0, 104.0) };
        let key = split::take_right(&mut inner, size.x);
        let key = Rect::from_center_size(key.center(), size);
        on(&mut touched, &action_ui(ui, key, way), way.touch);
        inner.max.x -= 20.0;
    }
    if !view.windows.is_empty() {
        let low = split::take_bottom(&mut inner, 56.0);
        let most = if view.elder { 46.0 } else { 40.0 };
        let size = fitting_size(painter, &view.windows, Weight::Regular, most, 30.0, low.width());
        line_ui(
            ui,
            low,
            Align::Center,
            &[regular(view.windows.as_str(), size, colour::BRAND_DEEP)],
        );
    }
    let size = fitting_size(painter, &view.place, Weight::Bold, 66.0, 40.0, inner.width());
    line_ui(ui, inner, Align::Center, &[bold(view.place.as_str(), size, colour::BRAND_DEEP)]);
    touched
}

/// Letters of the notes, bold and quiet, the largest first.
const NOTES: [(f32, f32); 3] = [(40.0, 34.0), (36.0, 32.0), (32.0, 28.0)];
const NOTES_ELDER: [(f32, f32); 1] = [(46.0, 44.0)];
/// Latin words are three times as long.
const NOTES_ELDER_LATIN: [(f32, f32); 2] = [(46.0, 44.0), (38.0, 34.0)];

/// Between two notes.
const NOTE_GAP: f32 = 18.0;

/// What to know, beside the code where both have room; the slip has the code too.
fn notes_ui(ui: &Ui, area: Rect, view: &TicketView) {
    let painter = ui.painter();
    let modules = view.follow_url.as_deref().and_then(code::modules);
    let code = modules.as_ref().map_or(0.0, |_| (area.height() - 48.0).clamp(0.0, 250.0));
    let latin = view.notes.iter().all(|(loud, _)| loud.is_ascii());
    let sizes: &[(f32, f32)] = match (view.elder, latin) {
        (true, true) => &NOTES_ELDER_LATIN,
        (true, false) => &NOTES_ELDER,
        (false, _) => &NOTES,
    };
    let beside = |side: f32| if side > 0.0 { side + 40.0 } else { 0.0 };
    let room = |side: f32| (area.width() - 80.0 - beside(side)).max(100.0);
    let ways = [code, 0.0].into_iter().flat_map(|side| sizes.iter().map(move |size| (side, *size)));
    let fits = |(side, size): &(f32, (f32, f32))| {
        notes_height(painter, room(*side), view, *size) <= area.height() - 16.0
    };
    let last = (0.0, sizes[sizes.len() - 1]);
    let (side, (large, small)) = ways.into_iter().find(fits).unwrap_or(last);
    let widest = view
        .notes
        .iter()
        .flat_map(|(loud, quiet)| {
            [
                width(painter, &[bold(loud.as_str(), large, colour::INK)]),
                width(painter, &[regular(quiet.as_str(), small, colour::INK_2)]),
            ]
        })
        .fold(0.0, f32::max);
    let words = widest.min(room(side));
    let left = area.center().x - (beside(side) + words) / 2.0;
    if let Some(modules) = modules.filter(|_| side > 0.0) {
        let place = Rect::from_min_size(pos2(left, area.center().y - side / 2.0), vec2(side, side));
        code::paint(painter, place, &modules);
        says(ui, place, &view.scan);
    }
    let corner = pos2(left + beside(side), area.center().y);
    let all = notes_height(painter, words + 1.0, view, (large, small));
    let mut rest = Rect::from_min_size(corner - vec2(0.0, all / 2.0), vec2(words + 1.0, all));
    // Notes that have no room at all stand on the slip.
    rest = rest.intersect(area.shrink2(vec2(0.0, 8.0)));
    for (loud, quiet) in &view.notes {
        let runs = [
            bold(loud.as_str(), large, colour::INK),
            regular(quiet.as_str(), small, colour::INK_2),
        ];
        for run in runs {
            let high = paragraph_height(painter, rest.width(), &run);
            if high <= rest.height() + 1.0 {
                paragraph_ui(ui, split::take_top(&mut rest, high), Align::Min, &run);
            }
        }
        rest.min.y += NOTE_GAP;
    }
}

fn notes_height(
    painter: &Painter,
    room: f32,
    view: &TicketView,
    (large, small): (f32, f32),
) -> f32 {
    let note = |(loud, quiet): &(String, String)| {
        paragraph_height(painter, room, &bold(loud.as_str(), large, colour::INK))
            + paragraph_height(painter, room, &regular(quiet.as_str(), small, colour::INK_2))
    };
    let gaps = NOTE_GAP * view.notes.len().saturating_sub(1) as f32;
    view.notes.iter().map(note).sum::<f32>() + gaps
}
