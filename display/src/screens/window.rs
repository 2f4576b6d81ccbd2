//! The window's screen, in the hand of the pictures: its number to be found from afar, the called
//! number to be read from the seats, the 监督牌 to be read at the counter.

use egui::{Align, Color32, Rect, Stroke, Ui, pos2, vec2};
use look::{
    colour,
    fonts::Weight,
    split,
    state::State,
    text::{
        bold, fitting_size, line, line_at, line_ui, paragraph_height, paragraph_ui, regular, says,
        width,
    },
};

use super::plate::plate_ui;
use crate::view::window::{NowView, Shows, SignView, WindowPage};

/// Draws the picture over the whole of `page`: upright as one column, lying as two.
pub fn window_ui(ui: &Ui, page: Rect, view: &WindowPage) {
    ui.painter().rect_filled(page, 0, colour::PAPER);
    let mut rest = page;
    let foot = split::take_bottom(&mut rest, 112.0);
    phones_ui(ui, foot, &view.phones);
    if page.height() > page.width() {
        sign_ui(ui, split::take_top(&mut rest, 564.0), &view.sign, 360.0);
        now_ui(ui, split::take_top(&mut rest, 464.0), &view.now, 280.0);
        waiting_ui(ui, split::take_top(&mut rest, 112.0), view);
        below_ui(ui, rest.shrink2(vec2(56.0, 0.0)), view, 384.0);
        return;
    }
    let mut left = split::take_left(&mut rest, page.width() * 0.56);
    sign_ui(ui, split::take_top(&mut left, 420.0), &view.sign, 260.0);
    waiting_ui(ui, split::take_bottom(&mut left, 104.0), view);
    now_ui(ui, left, &view.now, 260.0);
    below_ui(ui, rest.shrink2(vec2(40.0, 0.0)), view, 440.0);
}

/// The plate above: number, business, department, clock.
pub fn sign_ui(ui: &Ui, area: Rect, sign: &SignView, digits: f32) {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::BRAND_DEEP);
    let mut inner = area.shrink2(vec2(56.0, 0.0));
    let low = split::take_bottom(&mut inner, digits * 0.45);
    let rule = Stroke::new(3.0, colour::BRAND);
    painter.hline(low.x_range(), low.top(), rule);
    name_ui(ui, low, sign);
    let clock = [bold(&sign.time, 84.0, colour::ON_BRAND)];
    let date = [regular(&sign.date, 40.0, colour::BRAND_WASH)];
    let clock_wide = width(painter, &clock).max(width(painter, &date));
    let mut right = inner;
    split::skip_top(&mut right, ((inner.height() - 152.0) / 2.0).clamp(0.0, 44.0));
    line_ui(ui, split::take_top(&mut right, 96.0), Align::Max, &clock);
    line_ui(ui, split::take_top(&mut right, 56.0), Align::Max, &date);
    let room = inner.width() - clock_wide - 40.0;
    let words = (digits * 0.27).max(56.0);
    let runs = |share: f32| {
        [
            regular(&sign.window.before, words * share, colour::ON_BRAND),
            bold(&sign.window.number, digits * share, colour::ON_BRAND),
            regular(&sign.window.after, words * share, colour::ON_BRAND).after(16.0),
        ]
    };
    let wide = width(painter, &runs(1.0));
    let share = if wide > room { room / wide } else { 1.0 };
    line(painter, inner, Align::Min, &runs(share));
    let window = &sign.window;
    says(ui, inner, &format!("{}{}{}", window.before, window.number, window.after));
}

fn name_ui(ui: &Ui, area: Rect, sign: &SignView) {
    let painter = ui.painter();
    let most = (area.height() * 0.64).min(104.0);
    let department = [regular(&sign.department, most.min(72.0) * 0.64, colour::BRAND_WASH)];
    let beside = width(painter, &department);
    let beside = if beside > 0.0 { beside + 40.0 } else { 0.0 };
    let room = area.width() - beside;
    let size = fitting_size(painter, &sign.business, Weight::Bold, most, 44.0, room);
    // Both stand on one baseline.
    let baseline = area.center().y + size * 0.38;
    line_at(painter, area, baseline, Align::Min, &[bold(&sign.business, size, colour::ON_BRAND)]);
    line_at(painter, area, baseline, Align::Max, &department);
    says(ui, area, format!("{} {}", sign.business, sign.department).trim_end());
}

const fn state_of(shows: Shows) -> State {
    match shows {
        Shows::Free => State::Free,
        Shows::Calling => State::Calling,
        Shows::Serving => State::Serving,
        Shows::Paused => State::Paused,
        Shows::Lost => State::Offline,
    }
}

fn now_ui(ui: &Ui, area: Rect, now: &NowView, digits: f32) {
    let painter = ui.painter();
    let state = state_of(now.shows);
    painter.rect_filled(area, 0, colour::SURFACE);
    let mut inner = area;
    painter.rect_filled(split::take_bottom(&mut inner, 24.0), 0, state.colour());
    let mut inner = inner.shrink2(vec2(56.0, 0.0));
    split::skip_top(&mut inner, 30.0);
    let mut head = split::take_top(&mut inner, 96.0);
    let mark = split::take_left(&mut head, 64.0);
    state.paint(painter, split::centred(mark, vec2(64.0, 64.0)), state.colour());
    split::take_left(&mut head, 24.0);
    let beside = [bold(&now.beside, 52.0, colour::CALLING)];
    let taken = width(painter, &beside);
    let room = head.width() - if taken > 0.0 { taken + 40.0 } else { 0.0 };
    let size = fitting_size(painter, &now.word, Weight::Bold, 72.0, 44.0, room);
    line_ui(ui, head, Align::Min, &[bold(&now.word, size, state.colour())]);
    if taken > 0.0 {
        line_ui(ui, head, Align::Max, &beside);
    }
    match &now.number {
        Some(number) => number_ui(ui, inner, number, now, digits),
        None => {
            if !now.todo.is_empty() {
                let todo = split::take_bottom(&mut inner, 116.0);
                say_ui(ui, todo, &now.todo, 52.0);
            }
            say_ui(ui, inner, &now.say, 84.0)
        }
    }
}

fn number_ui(ui: &Ui, area: Rect, number: &str, now: &NowView, digits: f32) {
    let painter = ui.painter();
    let mut place = area;
    if !now.say.is_empty() {
        say_ui(ui, split::take_bottom(&mut place, 110.0), &now.say, 64.0);
    }
    let most = digits.min(place.height() * 0.96);
    let size = fitting_size(painter, number, Weight::Bold, most, 120.0, place.width());
    let ink: Color32 = match (now.blinked_out, now.shows) {
        (true, _) => colour::LINE,
        (false, Shows::Calling) => colour::CALLING,
        (false, Shows::Free | Shows::Serving | Shows::Paused | Shows::Lost) => colour::INK,
    };
    line_ui(ui, place, Align::Center, &[bold(number, size, ink)]);
}

/// One or two lines in the middle.
fn say_ui(ui: &Ui, area: Rect, say: &str, most: f32) {
    let painter = ui.painter();
    let fits = |size: f32| {
        paragraph_height(painter, area.width(), &bold(say, size, colour::INK)) <= area.height()
    };
    let sizes = [1.0, 0.85, 0.7, 0.6].map(|share| most * share);
    let size = sizes.into_iter().find(|size| fits(*size)).unwrap_or(sizes[3]);
    let run = bold(say, size, colour::INK);
    let high = paragraph_height(painter, area.width(), &run);
    let top = area.center().y - high / 2.0;
    let place = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), high));
    paragraph_ui(ui, place, Align::Center, &run);
}

fn waiting_ui(ui: &Ui, area: Rect, view: &WindowPage) {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::BRAND_WASH);
    let inner = area.shrink2(vec2(56.0, 0.0));
    let [before, count, after] = &view.waiting;
    let ink = colour::BRAND_DEEP;
    let runs = [
        regular(before, 48.0, ink),
        bold(count, 64.0, ink).after(14.0),
        regular(after, 48.0, ink).after(14.0),
    ];
    let room = inner.width() - width(painter, &runs) - 40.0;
    let size = fitting_size(painter, &view.priority, Weight::Regular, 48.0, 30.0, room);
    let baseline = inner.center().y + 20.0;
    line_at(painter, inner, baseline, Align::Min, &runs);
    line_at(painter, inner, baseline, Align::Max, &[regular(&view.priority, size, ink)]);
    says(ui, inner, &format!("{before}{count}{after} {}", view.priority));
}

fn below_ui(ui: &Ui, area: Rect, view: &WindowPage, plate_high: f32) {
    let mut rest = area;
    split::skip_top(&mut rest, 36.0);
    plate_ui(ui, split::take_top(&mut rest, plate_high), &view.plate);
    split::skip_top(&mut rest, 24.0);
    if view.items.is_empty() {
        return;
    }
    let title = split::take_top(&mut rest, 56.0);
    line_ui(ui, title, Align::Min, &[regular(&view.items_title, 40.0, colour::INK_2)]);
    split::take_bottom(&mut rest, 16.0);
    items_ui(ui, rest, view);
}

/// As many items as have room, in letters as large as they may be; all of them before large ones.
fn items_ui(ui: &Ui, area: Rect, view: &WindowPage) {
    let [join, more] = &view.joins;
    let run = |count: usize, size: f32| {
        let more = if count < view.items.len() { more.as_str() } else { "" };
        regular(format!("{}{more}", view.items[..count].join(join)), size, colour::INK)
    };
    let fits =
        |run: &look::text::Run| paragraph_height(ui.painter(), area.width(), run) <= area.height();
    let whole = [52.0, 48.0, 44.0, 40.0, 36.0].map(|size| run(view.items.len(), size));
    let fewer = (1..view.items.len()).rev().map(|count| run(count, 36.0));
    if let Some(found) = whole.into_iter().chain(fewer).find(fits) {
        paragraph_ui(ui, area, Align::Min, &found);
    }
}

/// The telephones at the bottom.
pub fn phones_ui(ui: &Ui, area: Rect, phones: &[(String, String); 2]) {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::BRAND_DEEP);
    let inner = area.shrink2(vec2(56.0, 0.0));
    let most = (area.height() * 0.4).min(44.0);
    let runs = |(word, number): &(String, String), size: f32| {
        [
            regular(word, size, colour::ON_BRAND),
            bold(number, size, colour::ON_BRAND).after(size * 0.3),
        ]
    };
    let [left, right] = phones;
    let both = width(painter, &runs(left, most)) + width(painter, &runs(right, most)) + 40.0;
    let size = most * (inner.width() / both).min(1.0);
    line_ui(ui, inner, Align::Min, &runs(left, size));
    line_ui(ui, inner, Align::Max, &runs(right, size));
}
