//! 查找事项, drawn: keys below, what is found above them; beside one another on a lying page.

use egui::{Align, Rect, Ui, vec2};
use look::{
    button::Button,
    colour,
    fonts::Weight,
    frame::{BoxLook, Kind, card, touch_box},
    icon::Icon,
    measure::letters,
    split,
    state::State,
    text::{bold, fitting_size, line, line_ui, regular, width},
};

use super::{NoneFound, Row, SearchView};
use crate::{
    limits,
    model::message::Touch,
    screens::{
        frame::Layout,
        list::pager_ui,
        on,
        parts::{self, GAP},
        typing::{field_ui, pads_ui},
    },
};

/// Between what stands close together.
const CLOSE: f32 = 12.0;

/// Draws the page.
pub fn search_ui(ui: &Ui, layout: &Layout, view: &SearchView) -> Option<Touch> {
    let mut rest = layout.content;
    let keys = if layout.wide {
        let keys = split::take_right(&mut rest, 800.0);
        rest.max.x -= GAP * 1.5;
        keys
    } else {
        let keys = split::take_bottom(&mut rest, 450.0);
        rest.max.y -= GAP;
        keys
    };
    let touched = pads_ui(ui, keys, std::slice::from_ref(&view.pad));
    let high = if layout.wide { 64.0 } else { 84.0 };
    let title = split::take_top(&mut rest, high);
    let size = if layout.wide { 54.0 } else { 62.0 };
    let fit = fitting_size(ui.painter(), &view.title, Weight::Bold, size, 40.0, title.width());
    line_ui(ui, title, Align::Min, &[bold(view.title.as_str(), fit, colour::INK)]);
    rest.min.y += CLOSE;
    field_ui(ui, split::take_top(&mut rest, 108.0), (&view.text, &view.empty));
    rest.min.y += CLOSE;
    let next = split::take_top(&mut rest, 84.0);
    rest.min.y += CLOSE;
    let touched = touched.or(next_ui(ui, next, view));
    touched.or(found_ui(ui, layout, rest, view))
}

/// Characters for the letters typed last; how one types, while there are none.
fn next_ui(ui: &Ui, area: Rect, view: &SearchView) -> Option<Touch> {
    if view.next.is_empty() {
        let size = fitting_size(
            ui.painter(),
            &view.hint,
            Weight::Regular,
            letters::BODY,
            letters::LEAST,
            area.width(),
        );
        line_ui(ui, area, Align::Min, &[regular(view.hint.as_str(), size, colour::INK_2)]);
        return None;
    }
    let mut touched = None;
    for (key, place) in
        view.next.iter().zip(split::columns(area, limits::CHARACTERS_OFFERED_MAX, 10.0))
    {
        let button = Button::new(&key.word, Kind::Accent).size(48.0).enabled(key.enabled);
        on(&mut touched, &button.show(ui, place), key.touch);
    }
    touched
}

fn found_ui(ui: &Ui, layout: &Layout, area: Rect, view: &SearchView) -> Option<Touch> {
    let mut rest = area;
    if let Some(none) = &view.none {
        return none_ui(ui, layout, rest, none);
    }
    let mut touched = None;
    let mut foot = split::take_bottom(&mut rest, 84.0);
    rest.max.y -= CLOSE;
    if let Some(pager) = &view.pager {
        let key = split::take_right(&mut foot, if layout.wide { 300.0 } else { 320.0 });
        let button = Button::new(&view.nothing_fits.name, Kind::Secondary).size(34.0);
        on(&mut touched, &button.show(ui, key), view.nothing_fits.touch);
        foot.max.x -= CLOSE;
        touched = touched.or(pager_ui(ui, foot, pager, false));
    } else {
        let key = split::take_right(&mut foot, 490.0);
        let button =
            Button::new(&view.nothing_fits.name, Kind::Secondary).icon(Icon::Talk).size(36.0);
        on(&mut touched, &button.show(ui, key), view.nothing_fits.touch);
        line_ui(ui, foot, Align::Min, &[bold(view.found.as_str(), 38.0, colour::INK_2)]);
    }
    let (across, down) = if layout.wide { (2, 2) } else { (1, limits::FOUND_PER_LEAF) };
    let most = 132.0 * down as f32 + CLOSE * (down - 1) as f32;
    rest.max.y = rest.max.y.min(rest.top() + if layout.wide { f32::INFINITY } else { most });
    for (row, place) in view.rows.iter().zip(split::grid(rest, across, down, vec2(CLOSE, CLOSE))) {
        on(&mut touched, &row_ui(ui, place, row), row.touch);
    }
    touched
}

/// An item: its name, and where it is done.
fn row_ui(ui: &Ui, area: Rect, row: &Row) -> egui::Response {
    let look = BoxLook { enabled: true, alive: true, radius: 14, border: 3.0 };
    let (response, skin) = touch_box(ui, area, Kind::Secondary, look, &row.name);
    let inner = area.shrink2(vec2(28.0, 10.0));
    // Where there is room, the place stands at the right; else under the name.
    let (name, low) = if area.width() > 700.0 {
        let (name, mut low) = inner.split_left_right_at_fraction(0.66);
        low.min.x += 20.0;
        (name, low)
    } else {
        inner.split_top_bottom_at_fraction(0.64)
    };
    parts::paragraph_fit(ui, name, Align::Min, &row.name, (44.0, letters::SECOND), skin.ink);
    state_ui(ui, low, row, area.width() > 700.0);
    response
}

/// Where an item is done; or why not now, with its shape.
fn state_ui(ui: &Ui, area: Rect, row: &Row, at_right: bool) {
    let painter = ui.painter();
    let small = letters::SECOND;
    let mut area = area;
    let room = area.width() - if row.open { 0.0 } else { small + 8.0 };
    let size = fitting_size(painter, &row.line, Weight::Regular, small, 24.0, room);
    if row.open {
        let align = if at_right { Align::Max } else { Align::Min };
        line(painter, area, align, &[regular(row.line.as_str(), size, colour::INK_2)]);
        return;
    }
    let run = bold(row.line.as_str(), size, State::Paused.colour());
    if at_right {
        area.min.x = area.right() - width(painter, std::slice::from_ref(&run)) - small - 12.0;
    }
    let mark = split::take_left(&mut area, small);
    let mark = Rect::from_center_size(mark.center(), vec2(small * 0.8, small * 0.8));
    State::Paused.paint(painter, mark, State::Paused.colour());
    area.min.x += 8.0;
    line(painter, area, Align::Min, &[run]);
}

/// Nothing is found: said plainly, with the ways on.
fn none_ui(ui: &Ui, layout: &Layout, area: Rect, none: &NoneFound) -> Option<Touch> {
    let mut rest = area;
    let high = parts::actions_height(&Layout { wide: true, ..*layout }, none.actions.len());
    let place = split::take_bottom(&mut rest, high);
    rest.max.y -= GAP;
    let touched = parts::actions_ui(ui, place, &Layout { wide: true, ..*layout }, &none.actions);
    rest.max.y = rest.max.y.min(rest.top() + 260.0);
    let painter = ui.painter();
    card(painter, rest, colour::CALLING_WASH, colour::CALLING, 3.0);
    let mut inner = rest.shrink2(vec2(36.0, 16.0));
    let side = inner.height().min(96.0);
    let mark = split::take_left(&mut inner, side);
    Icon::Warning.paint(
        painter,
        Rect::from_center_size(mark.center(), vec2(side, side)),
        5.0,
        colour::CALLING,
    );
    inner.min.x += 28.0;
    let (top, low) = inner.split_top_bottom_at_fraction(0.5);
    let size = fitting_size(painter, &none.title, Weight::Bold, 50.0, 34.0, top.width());
    line_ui(ui, top, Align::Min, &[bold(none.title.as_str(), size, colour::INK)]);
    parts::paragraph_fit(ui, low, Align::Min, &none.hint, (36.0, 28.0), colour::INK_2);
    touched
}
