//! 首页, drawn.

use egui::{Align, Rect, Ui, pos2, vec2};
use look::{
    button::Button,
    colour,
    fonts::Weight,
    frame::{BoxLook, Kind, touch_box},
    icon::Icon,
    measure::letters,
    split,
    text::{bold, fitting_size, line, line_ui, paragraph, paragraph_height, regular, width},
};

use super::{SmallTile, StartView, Tile};
use crate::{
    model::message::Touch,
    screens::{frame::Layout, on, parts},
};

/// A small tile narrower than this has its drawing above its words.
const STACKED_BELOW: f32 = 260.0;

/// Draws the start page.
pub fn start_ui(ui: &Ui, layout: &Layout, view: &StartView) -> Option<Touch> {
    if layout.elder {
        return elder_ui(ui, layout, view);
    }
    let mut rest = layout.content;
    let mut touched = None;
    // Two even rows on an upright page, one on a lying one.
    let count = view.small.len().max(1);
    let across = if layout.wide { count } else { count.div_ceil(2) };
    let down = count.div_ceil(across);
    let (small_high, gap) = match (layout.low, layout.wide) {
        (true, _) => (104.0, 14.0),
        (false, true) => (124.0, 20.0),
        (false, false) => (136.0, 24.0),
    };
    let strip = split::take_bottom(&mut rest, small_high * down as f32 + gap * (down - 1) as f32);
    let mut places = split::grid(strip, across, down, vec2(gap, gap));
    if places.len() > count && across > 2 {
        // 长者版 takes the place that is left over, so that both rows are whole.
        let second = places.remove(1);
        places[0] = places[0].union(second);
    }
    for (tile, place) in view.small.iter().zip(places) {
        on(&mut touched, &small_ui(ui, place, tile), tile.touch);
    }
    if layout.low {
        rest.max.y -= 16.0;
        return touched.or(low_ui(ui, rest, view));
    }
    let count = view.tiles.len();
    let (hero, places) = if layout.wide {
        rest.max.y -= 24.0;
        let hero = split::take_left(&mut rest, 720.0);
        rest.min.x += 24.0;
        (hero, split::columns(rest, count, 24.0))
    } else {
        rest.max.y -= 40.0;
        // The main action gets the larger half of what the small tiles leave.
        let high = (rest.height() - 24.0) * 0.544;
        let hero = split::take_top(&mut rest, high);
        rest.min.y += 24.0;
        (hero, split::columns(rest, count, 24.0))
    };
    on(&mut touched, &hero_ui(ui, hero, view, layout.wide), view.take.touch);
    for (tile, place) in view.tiles.iter().zip(places) {
        let button = Button::new(&tile.name, Kind::Secondary)
            .stacked()
            .icon(tile.icon)
            .second(&tile.hint)
            .size(60.0);
        on(&mut touched, &button.show(ui, place), tile.touch);
    }
    touched
}

fn hero_ui(ui: &Ui, area: Rect, view: &StartView, wide: bool) -> egui::Response {
    let look = BoxLook { enabled: true, alive: true, radius: 18, border: 3.0 };
    let (response, skin) = touch_box(ui, area, Kind::Primary, look, &view.take.name);
    let painter = ui.painter();
    let (disc, words) = if wide {
        let disc = Rect::from_min_size(
            pos2(area.left() + 56.0, area.top() + area.height() * 0.19),
            vec2(176.0, 176.0),
        );
        (disc, Rect::from_min_max(pos2(area.left() + 56.0, disc.bottom()), area.max))
    } else {
        let disc = Rect::from_center_size(
            pos2(area.left() + 64.0 + 120.0, area.center().y),
            vec2(240.0, 240.0),
        );
        (disc, Rect::from_min_max(pos2(disc.right() + 56.0, area.top()), area.max))
    };
    painter.circle_filled(disc.center(), disc.width() / 2.0, colour::BRAND_DEEP);
    let side = disc.width() * 0.62;
    let mark = Rect::from_center_size(disc.center(), vec2(side, side));
    view.take.icon.paint(painter, mark, 5.0, skin.ink);
    let room = words.width() - 64.0;
    let title_size = |room| {
        fitting_size(
            painter,
            &view.take.name,
            Weight::Bold,
            if wide { 96.0 } else { 112.0 },
            60.0,
            room,
        )
    };
    let row = |y: f32, high: f32| Rect::from_min_size(pos2(words.left(), y), vec2(room, high));
    let mut y = if wide {
        let place = Rect::from_min_max(
            pos2(disc.right() + 36.0, disc.top()),
            pos2(area.right() - 40.0, disc.bottom()),
        );
        let run = bold(view.take.name.as_str(), title_size(place.width()), skin.ink);
        line(painter, place, Align::Min, &[run]);
        disc.bottom() + 20.0
    } else {
        let top = area.center().y - 150.0;
        let run = bold(view.take.name.as_str(), title_size(room), skin.ink);
        line(painter, row(top, 124.0), Align::Min, &[run]);
        top + 130.0
    };
    let hint = &view.take.hint;
    let size = fitting_size(painter, hint, Weight::Regular, 42.0, 30.0, room);
    line(painter, row(y, 66.0), Align::Min, &[regular(hint.as_str(), size, skin.ink)]);
    y += 78.0;
    if let Some(now) = &view.now {
        painter.hline(words.left()..=words.left() + room, y, egui::Stroke::new(2.0, skin.ink));
        line(painter, row(y + 18.0, 60.0), Align::Min, &numerals(now, skin.ink));
    }
    response
}

/// "现有 73 人等候" with its numerals bold.
fn numerals(words: &str, ink: egui::Color32) -> Vec<look::text::Run> {
    let mut runs: Vec<look::text::Run> = Vec::new();
    let mut piece = String::new();
    let mut digits = false;
    let mut flush = |piece: &mut String, digits: bool| {
        if !piece.is_empty() {
            let text = std::mem::take(piece);
            runs.push(if digits { bold(text, 36.0, ink) } else { regular(text, 36.0, ink) });
        }
    };
    for letter in words.chars() {
        if letter.is_ascii_digit() != digits {
            flush(&mut piece, digits);
            digits = letter.is_ascii_digit();
        }
        piece.push(letter);
    }
    flush(&mut piece, digits);
    runs
}

/// A small tile: a word, maybe a drawing before it, maybe a mark behind it.
pub(crate) fn small_ui(ui: &Ui, area: Rect, tile: &SmallTile) -> egui::Response {
    let kind = if tile.touch == Touch::Elder { Kind::Deep } else { Kind::Secondary };
    let size: f32 = if tile.touch == Touch::Elder { 50.0 } else { 40.0 };
    let mut words = tile.name.clone();
    // A narrow tile has its drawing above its words.
    let stacked = area.width() < STACKED_BELOW;
    if let Some(mark) = tile.mark.as_ref().filter(|_| stacked && tile.icon.is_some()) {
        words = format!("{words} {mark}");
    }
    let mut button = Button::new(&words, kind).size(if stacked { size.min(44.0) } else { size });
    if let Some(icon) = tile.icon {
        button = button.icon(icon);
    }
    match &tile.mark {
        Some(mark) if !stacked || tile.icon.is_none() => button = button.second(mark),
        Some(_) | None => {}
    }
    if stacked {
        button = button.size(38.0).stacked();
    }
    button.says(&tile.name).show(ui, area)
}

/// 低位: the main action and the large tiles under it, all within reach.
fn low_ui(ui: &Ui, area: Rect, view: &StartView) -> Option<Touch> {
    let mut touched = None;
    let mut rest = area;
    let high = (rest.height() - 16.0) * 0.5;
    let main = split::take_top(&mut rest, high);
    let words = (view.take.name.as_str(), view.take.hint.as_str());
    let response = row_choice(ui, main, Kind::Primary, Some(view.take.icon), words);
    on(&mut touched, &response, view.take.touch);
    rest.min.y += 16.0;
    for (tile, place) in view.tiles.iter().zip(split::columns(rest, view.tiles.len(), 16.0)) {
        let button = Button::new(&tile.name, Kind::Secondary).stacked().icon(tile.icon).size(50.0);
        on(&mut touched, &button.show(ui, place), tile.touch);
    }
    touched
}

fn elder_ui(ui: &Ui, layout: &Layout, view: &StartView) -> Option<Touch> {
    let mut rest = layout.content;
    let mut touched = None;
    if let Some(greeting) = view.greeting.as_ref().filter(|_| !layout.low) {
        let high = if layout.wide { 96.0 } else { 104.0 };
        let place = split::take_top(&mut rest, high);
        let size =
            fitting_size(ui.painter(), greeting, Weight::Bold, high * 0.78, 62.0, place.width());
        line_ui(ui, place, Align::Min, &[bold(greeting.as_str(), size, colour::INK)]);
        rest.min.y += 16.0;
    }
    let count = view.tiles.len() + 1;
    let gap = if layout.low { 20.0 } else { 28.0 };
    let places = if layout.wide {
        split::grid(rest, 2, count.div_ceil(2), vec2(28.0, 24.0))
    } else {
        split::rows(rest, count, gap)
    };
    for (n, place) in places.into_iter().enumerate().take(count) {
        let (tile, kind) = match n.checked_sub(1) {
            None => (&view.take, Kind::Primary),
            Some(n) => (&view.tiles[n], Kind::Secondary),
        };
        on(&mut touched, &choice_ui(ui, place, tile, kind), tile.touch);
    }
    touched
}

fn choice_ui(ui: &Ui, area: Rect, tile: &Tile, kind: Kind) -> egui::Response {
    row_choice(ui, area, kind, Some(tile.icon), (&tile.name, &tile.hint))
}

/// A wide choice: a drawing at the left, a great word, a quiet line under it.
fn row_choice(
    ui: &Ui,
    area: Rect,
    kind: Kind,
    icon: Option<Icon>,
    words: (&str, &str),
) -> egui::Response {
    row_choice_up_to(ui, area, kind, icon, words, 104.0)
}

/// The same with a name no higher than that, so that several beside one another are of one size.
pub(crate) fn row_choice_up_to(
    ui: &Ui,
    area: Rect,
    kind: Kind,
    icon: Option<Icon>,
    words: (&str, &str),
    most: f32,
) -> egui::Response {
    let look = BoxLook { enabled: true, alive: true, radius: 18, border: 4.0 };
    let (response, mut skin) = touch_box(ui, area, kind, look, words.0);
    let painter = ui.painter();
    let broad = area.width() > 700.0;
    let mut inner = area.shrink2(vec2(if broad { 52.0 } else { 28.0 }, 12.0));
    if kind == Kind::Secondary {
        // Deep edges: the eye finds them from further away.
        skin.border = colour::BRAND_DEEP;
        look::frame::paint_box(painter, area, 18, 4.0, &skin);
    }
    if let Some(icon) = icon {
        let side = (area.height() * 0.66).min(168.0);
        let mark = Rect::from_center_size(
            pos2(inner.left() + side / 2.0, area.center().y),
            vec2(side, side),
        );
        let ink = if kind == Kind::Primary { skin.ink } else { colour::BRAND_DEEP };
        icon.paint(painter, mark, 6.0, ink);
        inner.min.x = mark.right() + if broad { 44.0 } else { 24.0 };
    }
    let great = (area.height() * 0.41).clamp(56.0, most);
    let size = fitting_size(painter, words.0, Weight::Bold, great, 48.0, inner.width());
    let name = bold(words.0, size, skin.ink);
    if width(painter, std::slice::from_ref(&name)) > inner.width() {
        // A name too long for a line has two, and its hint goes.
        parts::paragraph_fit(ui, inner, Align::Min, words.0, (48.0, letters::BODY), skin.ink);
        return response;
    }
    if words.1.is_empty() {
        line(painter, inner, Align::Min, &[name]);
        return response;
    }
    let small = (area.height() * 0.2).clamp(44.0, 50.0);
    let fits = |size: f32| width(painter, &[regular(words.1, size, skin.ink_2)]) <= inner.width();
    let fit = if fits(small) { small } else { 44.0 };
    let hint = regular(words.1, fit, skin.ink_2);
    let hint_high = paragraph_height(painter, inner.width(), &hint);
    let high = size * 1.15 + hint_high;
    if high > inner.height() + 4.0 {
        line(painter, inner, Align::Min, &[name]);
        return response;
    }
    let top = Rect::from_min_size(
        pos2(inner.left(), area.center().y - high / 2.0),
        vec2(inner.width(), size * 1.15),
    );
    let low = Rect::from_min_size(top.left_bottom(), vec2(inner.width(), hint_high));
    line(painter, top, Align::Min, &[name]);
    paragraph(painter, low, Align::Min, &hint);
    response
}
