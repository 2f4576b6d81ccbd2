//! Pages of tiles, drawn.

use egui::{Align, Rect, Ui, pos2, vec2};
use look::{
    button::Button,
    colour,
    fonts::Weight,
    frame::{BoxLook, Kind, touch_box},
    icon::Icon,
    measure::letters,
    name, split,
    state::State,
    text::{self, bold, fitting_size, line, line_ui, paragraph, paragraph_height, regular},
    tile::{self, Part},
};

use super::{ListView, Pager, Tile, TileState};
use crate::{
    model::message::Touch,
    screens::{frame::Layout, on, start::row_choice_up_to},
};

/// Draws a page of tiles.
pub fn list_ui(ui: &Ui, layout: &Layout, view: &ListView) -> Option<Touch> {
    let mut rest = layout.content;
    let mut touched = None;
    if !layout.low {
        touched = touched.or(title_ui(ui, layout, &mut rest, view));
    }
    if !view.tabs.is_empty() {
        let strip =
            split::take_top(&mut rest, if layout.wide || layout.low { 102.0 } else { 124.0 });
        for (tab, place) in view.tabs.iter().zip(split::columns(strip, view.tabs.len(), 12.0)) {
            let response = tile::tab(ui, place, &tab.name, &tab.hint, tab.selected);
            on(&mut touched, &response, tab.touch);
        }
        rest.min.y += if layout.wide || layout.low { 16.0 } else { 24.0 };
    }
    if let Some(pager) = &view.pager {
        let high = match (view.elder, layout.wide) {
            (true, _) => 128.0,
            (false, true) => 88.0,
            (false, false) => 104.0,
        };
        let mut place = split::take_bottom(&mut rest, high);
        if let Some(search) = view.search.as_ref().filter(|_| layout.low) {
            // In 低位 the title stands too high for a key beside it.
            let key = split::take_right(&mut place, 230.0);
            place.max.x -= 16.0;
            let button = Button::new(search, Kind::Accent).icon(Icon::Search).size(38.0);
            on(&mut touched, &button.show(ui, key), Touch::Search);
        }
        touched = touched.or(pager_ui(ui, place, pager, view.elder));
        rest.max.y -= if layout.wide || layout.low { 16.0 } else { 24.0 };
    }
    touched.or(tiles_ui(ui, layout, rest, view))
}

fn title_ui(ui: &Ui, layout: &Layout, rest: &mut Rect, view: &ListView) -> Option<Touch> {
    let painter = ui.painter();
    let least = if view.elder { letters::ELDER_LEAST } else { 34.0 };
    if let Some(crumb) = &view.crumb {
        let place = split::take_top(rest, least * 1.4);
        let size = fitting_size(painter, crumb, Weight::Regular, least, 28.0, place.width());
        line_ui(ui, place, Align::Min, &[regular(crumb.as_str(), size, colour::INK_2)]);
    }
    let (most, high) = match (view.elder, layout.wide) {
        (true, false) => (76.0, 104.0),
        (true, true) => (64.0, 80.0),
        (false, false) => (60.0, 92.0),
        (false, true) => (48.0, 60.0),
    };
    let high: f32 = if view.search.is_some() { 84.0_f32.max(high) } else { high };
    let mut place = split::take_top(rest, high);
    let mut touched = None;
    if let Some(search) = &view.search {
        let key = split::take_right(&mut place, 340.0);
        place.max.x -= 24.0;
        let button = Button::new(search, Kind::Accent).icon(Icon::Search).size(38.0);
        on(&mut touched, &button.show(ui, key), Touch::Search);
    }
    let size = fitting_size(painter, &view.title, Weight::Bold, most, 40.0, place.width());
    line_ui(ui, place, Align::Min, &[bold(view.title.as_str(), size, colour::INK)]);
    rest.min.y += if layout.wide { 12.0 } else { 20.0 };
    touched
}

fn tiles_ui(ui: &Ui, layout: &Layout, rest: Rect, view: &ListView) -> Option<Touch> {
    let mut touched = None;
    let (across, down) = match (view.elder, layout.wide) {
        (true, false) => (1, view.places),
        (true, true) => (view.places, 1),
        (false, false) => (2, view.places.div_ceil(2)),
        (false, true) => (4, view.places.div_ceil(4)),
    };
    let mut area = rest;
    if !view.elder && !layout.wide {
        // Tiles keep the height of the pictures where there is room to spare.
        let most = 236.0 * down as f32 + 20.0 * (down - 1) as f32;
        area.max.y = area.max.y.min(area.top() + most);
    }
    let gap = if view.elder && layout.low {
        vec2(24.0, 20.0)
    } else if view.elder {
        vec2(28.0, 28.0)
    } else {
        vec2(24.0, 20.0)
    };
    let places = split::grid(area, across, down, gap);
    // Names beside one another are of one size.
    let room =
        places.first().map_or(0.0, |place| place.width() - if across > 1 { 56.0 } else { 104.0 });
    let fit = |tile: &Tile| fitting_size(ui.painter(), &tile.name, Weight::Bold, 104.0, 48.0, room);
    let even = view.tiles.iter().map(fit).fold(104.0, f32::min).max(56.0);
    for (tile, place) in view.tiles.iter().zip(places) {
        let response = match (&tile.state, view.elder) {
            (TileState::Plain, true) => {
                let words = (tile.name.as_str(), tile.line.as_str());
                row_choice_up_to(ui, place, Kind::Secondary, None, words, even)
            }
            (TileState::Plain, false) => plain_ui(ui, place, tile),
            (
                TileState::Waiting(_)
                | TileState::Nobody(_)
                | TileState::Off(_)
                | TileState::Quiet(_),
                elder,
            ) => {
                if elder {
                    elder_queue_ui(ui, place, tile)
                } else {
                    queue_ui(ui, place, tile)
                }
            }
        };
        on(&mut touched, &response, tile.touch);
    }
    touched
}

fn queue_ui(ui: &Ui, area: Rect, view: &Tile) -> egui::Response {
    let mut parts = Vec::new();
    let mut open = true;
    let state = match &view.state {
        TileState::Waiting(waiting) => {
            let word = |text: &String| Part::Word(text.clone());
            if !waiting.before.is_empty() {
                parts.push(word(&waiting.before));
            }
            parts.push(Part::Number(waiting.people.clone()));
            parts.push(word(&waiting.unit));
            parts.push(Part::Gap);
            if !waiting.about.is_empty() {
                parts.push(word(&waiting.about));
            }
            if !waiting.range.is_empty() {
                parts.push(Part::Number(waiting.range.clone()));
            }
            if !waiting.minutes.is_empty() {
                parts.push(word(&waiting.minutes));
            }
            None
        }
        TileState::Nobody(words) => Some((State::Free, words.as_str())),
        TileState::Off(words) => {
            open = false;
            Some((State::Paused, words.as_str()))
        }
        TileState::Quiet(words) if !words.is_empty() => Some((State::Paused, words.as_str())),
        TileState::Quiet(_) | TileState::Plain => None,
    };
    let tile = tile::Tile {
        badge: view.badge.as_deref(),
        title: &view.name,
        state,
        parts: &parts,
        under: &view.line,
        open,
        says: &view.label,
    };
    tile.show(ui, area)
}

/// A tile of 长者版 lower than this has everything in one line.
const ONE_LINE_BELOW: f32 = 170.0;

/// A queue in 长者版: its name and how many wait, nothing else, none of it small.
fn elder_queue_ui(ui: &Ui, area: Rect, view: &Tile) -> egui::Response {
    let open = !matches!(view.state, TileState::Off(_));
    let look = BoxLook { enabled: open, alive: true, radius: 18, border: 4.0 };
    let (response, mut skin) = touch_box(ui, area, Kind::Secondary, look, &view.label);
    let painter = ui.painter();
    if open && skin.border == colour::LINE_STRONG {
        skin.border = colour::BRAND_DEEP;
        look::frame::paint_box(painter, area, 18, 4.0, &skin);
    }
    let inner = area.shrink2(vec2(36.0, area.height() * 0.1));
    let side = inner.height().min(108.0);
    let heading = view.badge.as_ref().map_or(0.0, |_| side + 28.0);
    let least = name::elder_least(&view.name);
    let fits =
        |room: f32| name::fits_one_line(painter, &view.name, (Weight::Bold, least), room - heading);
    // A name of two lines takes from the margins and from the words below.
    let (mut top, low) = if area.height() < ONE_LINE_BELOW {
        let whole = if fits(inner.width() * 0.48) { inner } else { inner.expand2(vec2(0.0, 10.0)) };
        whole.split_left_right_at_fraction(0.48)
    } else if fits(inner.width()) {
        inner.split_top_bottom_at_fraction(0.55)
    } else {
        area.shrink2(vec2(36.0, 12.0)).split_top_bottom_at_fraction(0.66)
    };
    if let Some(badge) = &view.badge {
        let side = top.height().min(108.0);
        let place =
            Rect::from_center_size(pos2(top.left() + side / 2.0, top.center().y), vec2(side, side));
        let fill = if open { colour::BRAND_WASH } else { colour::PAUSED };
        let ink = if open { colour::BRAND_DEEP } else { colour::ON_BRAND };
        painter.rect_filled(place, 10, fill);
        line(painter, place, Align::Center, &[bold(badge.as_str(), side * 0.66, ink)]);
        top.min.x = place.right() + 28.0;
    }
    let most = if area.height() < ONE_LINE_BELOW { 64.0 } else { 84.0 };
    name::name(painter, top, Align::Min, &view.name, (Weight::Bold, most, least), skin.ink);
    let least = letters::ELDER_LEAST;
    match &view.state {
        TileState::Waiting(waiting) => {
            let word = |text: &String| regular(text.as_str(), least, skin.ink).after(10.0);
            let number = |text: &String| bold(text.as_str(), 60.0, skin.ink).after(10.0);
            let mut runs =
                vec![word(&waiting.before), number(&waiting.people), word(&waiting.unit)];
            if !waiting.minutes.is_empty() {
                runs.extend([
                    word(&waiting.about).after(28.0),
                    number(&waiting.range),
                    word(&waiting.minutes),
                ]);
            }
            if text::width(painter, &runs) > low.width() {
                runs.truncate(3);
            }
            line(painter, low, Align::Min, &runs);
        }
        TileState::Quiet(words) if words.is_empty() => {}
        TileState::Nobody(words) | TileState::Off(words) | TileState::Quiet(words) => {
            let free = matches!(view.state, TileState::Nobody(_));
            let state = if free { State::Free } else { State::Paused };
            let mark =
                Rect::from_center_size(pos2(low.left() + 20.0, low.center().y), vec2(40.0, 40.0));
            state.paint(painter, mark, state.colour());
            let rest = Rect::from_min_max(pos2(mark.right() + 16.0, low.top()), low.max);
            line(painter, rest, Align::Min, &[bold(words.as_str(), 52.0, state.colour())]);
        }
        TileState::Plain => {}
    }
    response
}

/// An item: its whole name, on two lines if it must, and a quiet line.
fn plain_ui(ui: &Ui, area: Rect, view: &Tile) -> egui::Response {
    let look = BoxLook { enabled: true, alive: true, radius: 18, border: 3.0 };
    let (response, skin) = touch_box(ui, area, Kind::Secondary, look, &view.label);
    let painter = ui.painter();
    let inner = area.shrink2(vec2(28.0, 20.0));
    let small = letters::SECOND;
    let low = Rect::from_min_max(pos2(inner.left(), inner.bottom() - small * 1.5), inner.max);
    let room = inner.height() - small * 1.6;
    // The greatest size at which the name has room.
    let size = [44.0, 40.0, 36.0, 32.0]
        .into_iter()
        .find(|size| {
            let run = bold(view.name.as_str(), *size, skin.ink);
            paragraph_height(painter, inner.width(), &run) <= room
        })
        .unwrap_or(30.0);
    let run = bold(view.name.as_str(), size, skin.ink);
    let high = paragraph_height(painter, inner.width(), &run);
    let top = inner.top() + ((room - high) / 2.0).max(0.0);
    let name = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), high));
    paragraph(painter, name, Align::Min, &run);
    let fit = fitting_size(painter, &view.line, Weight::Regular, small, 24.0, low.width());
    line(painter, low, Align::Min, &[regular(view.line.as_str(), fit, skin.ink_2)]);
    response
}

/// A pager narrower than this says 1/4 instead of 第 1 页，共 4 页.
const NARROW_PAGER: f32 = 900.0;

/// The way through the parts.
pub fn pager_ui(ui: &Ui, area: Rect, pager: &Pager, elder: bool) -> Option<Touch> {
    let mut touched = None;
    let mut rest = area;
    let narrow = area.width() < NARROW_PAGER;
    let wide = match (elder, narrow) {
        (true, _) => 330.0,
        (false, true) => 290.0,
        (false, false) => 312.0,
    };
    let size = if elder { 54.0 } else { 38.0 };
    let previous = split::take_left(&mut rest, wide);
    let next = split::take_right(&mut rest, wide);
    let button = Button::new(&pager.previous, Kind::Secondary)
        .icon(Icon::Back)
        .size(size)
        .enabled(pager.can_previous);
    on(&mut touched, &button.show(ui, previous), Touch::Previous);
    let button = Button::new(&pager.next, Kind::Secondary)
        .icon_after(Icon::Forward)
        .size(size)
        .enabled(pager.can_next);
    on(&mut touched, &button.show(ui, next), Touch::Next);
    if elder || narrow {
        let size = if elder { 56.0 } else { 44.0 };
        line_ui(ui, rest, Align::Center, &[bold(pager.short.as_str(), size, colour::INK)]);
    } else {
        let runs = [
            regular(pager.before.as_str(), 38.0, colour::INK_2),
            bold(pager.leaf.as_str(), 38.0, colour::INK).after(10.0),
            regular(pager.after.as_str(), 38.0, colour::INK_2).after(10.0),
        ];
        line_ui(ui, rest, Align::Center, &runs);
    }
    touched
}
