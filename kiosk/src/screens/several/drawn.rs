//! 一次多办, drawn: the items under one another, on a lying page beside one another.

use egui::{Align, Rect, Ui, pos2, vec2};
use look::{
    button::Button,
    colour,
    fonts::Weight,
    frame::{Kind, card},
    measure::letters,
    name,
    notice::Tone,
    split,
    state::State,
    text::{bold, fitting_size, line, paragraph, paragraph_height, regular, says},
};

use super::{Row, SeveralView};
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        identity::strip_ui,
        on,
        parts::{self, GAP},
    },
};

/// Draws the page.
pub fn several_ui(ui: &Ui, layout: &Layout, view: &SeveralView) -> Option<Touch> {
    let mut rest = layout.content;
    let hint = if layout.elder { "" } else { view.hint.as_str() };
    parts::title_ui(ui, layout, &mut rest, &view.title, hint);
    let beside = Layout { wide: true, ..*layout };
    let place = split::take_bottom(&mut rest, parts::actions_height(&beside, 2));
    let touched = parts::actions_ui(ui, place, &beside, &view.actions);
    rest.max.y -= GAP;
    // On a lying page of 长者版 the item itself says it; there is no room for a second time.
    if let Some(words) = view.notice.as_ref().filter(|_| !(layout.elder && layout.wide)) {
        let high = if layout.elder { 148.0 } else { 92.0 };
        let mut above = layout.upper;
        let place = if layout.low {
            split::take_top(&mut above, high)
        } else {
            let place = split::take_bottom(&mut rest, high);
            rest.max.y -= GAP;
            place
        };
        strip_ui(ui, place, Tone::Attention, words, layout.elder);
    }
    touched.or(rows_ui(ui, layout, rest, view))
}

fn rows_ui(ui: &Ui, layout: &Layout, area: Rect, view: &SeveralView) -> Option<Touch> {
    let mut touched = None;
    let gap = if layout.elder { 16.0 } else { GAP };
    let places = if layout.wide {
        split::columns(area, view.places.min(view.rows.len().max(3)), gap)
    } else {
        let most = 290.0 * view.places as f32 + gap * view.places.saturating_sub(1) as f32;
        let mut area = area;
        area.max.y = area.max.y.min(area.top() + most);
        split::rows(area, view.places, gap)
    };
    for (row, place) in view.rows.iter().zip(places) {
        touched = touched.or(row_ui(ui, layout, place, row));
    }
    touched
}

fn row_ui(ui: &Ui, layout: &Layout, area: Rect, row: &Row) -> Option<Touch> {
    let painter = ui.painter();
    let border = if row.open { colour::LINE_STRONG } else { colour::CALLING };
    card(painter, area, colour::SURFACE, border, 3.0);
    let least = if layout.elder { letters::ELDER_LEAST } else { letters::SECOND };
    let mut rest = area.shrink2(vec2(28.0, if layout.elder { 12.0 } else { 20.0 }));
    let mut touched = None;
    let key = if layout.elder { vec2(150.0, 124.0) } else { vec2(150.0, 88.0) };
    let key = key.min(vec2(f32::INFINITY, area.height() - 1.0));
    let mut top = rest;
    let drop = if layout.wide {
        let low = split::take_bottom(&mut rest, key.y);
        rest.max.y -= 8.0;
        top = rest;
        Rect::from_min_size(pos2(low.right() - key.x, low.top()), key)
    } else {
        let side = split::take_right(&mut top, key.x);
        top.max.x -= 20.0;
        Rect::from_center_size(side.center(), key)
    };
    let (dropped, words) = (row.drop.0, &row.drop.1);
    let size = if layout.elder { 48.0 } else { 36.0 };
    let button = Button::new(words, Kind::Secondary).size(size).says(&row.drop_label);
    on(&mut touched, &button.show(ui, drop), dropped);
    // Beside the button of a lying page of 长者版 there is room for one line.
    let beside = (layout.wide && layout.elder).then(|| {
        top.max.y = drop.bottom();
        Rect::from_min_max(pos2(top.left(), drop.top()), pos2(drop.left() - 12.0, drop.bottom()))
    });
    let disc = 64.0;
    let mark = Rect::from_min_size(pos2(top.left(), top.top()), vec2(disc, disc));
    painter.circle_filled(mark.center(), disc / 2.0, colour::BRAND_WASH);
    line(painter, mark, Align::Center, &[bold(row.number.as_str(), 40.0, colour::BRAND_DEEP)]);
    words_ui(ui, top, (mark, least), (row, beside));
    says(ui, area, &format!("{} {}", row.number, row.name));
    touched
}

/// The name beside its number, where and how many wait, and what to bring as far as it fits.
fn words_ui(ui: &Ui, area: Rect, (mark, least): (Rect, f32), (row, beside): (&Row, Option<Rect>)) {
    let painter = ui.painter();
    let mut rest = area;
    let mut name = Rect::from_min_max(pos2(mark.right() + 20.0, area.top()), area.max);
    name.max.y = mark.bottom();
    let size = fitting_size(painter, &row.name, Weight::Bold, 50.0, least, name.width());
    let run = bold(row.name.as_str(), size, colour::INK);
    let high = paragraph_height(painter, name.width(), &run).max(mark.height());
    name.max.y = name.top() + high;
    if paragraph_height(painter, name.width(), &run) > size * 1.6 {
        paragraph(painter, name, Align::Min, &run);
    } else {
        line(painter, name, Align::Min, &[run]);
    }
    rest.min.y = name.bottom() + 8.0;
    if let Some(place) = beside {
        let (words, ink) =
            if row.open { (&row.bring_short, colour::INK) } else { (&row.state, colour::CALLING) };
        parts::paragraph_fit(ui, place, Align::Min, words, (least, least), ink);
        return;
    }
    if rest.height() < least * 1.35 {
        return;
    }
    let mut low = split::take_top(&mut rest, least * 1.35);
    if !row.open {
        let side = split::take_left(&mut low, least);
        let side = Rect::from_center_size(side.center(), vec2(least * 0.8, least * 0.8));
        State::Paused.paint(painter, side, colour::CALLING);
        low.min.x += 10.0;
    }
    let ink = if row.open { colour::INK_2 } else { colour::CALLING };
    // Large letters have room for what is wrong, and not for where as well.
    let large = least >= letters::ELDER_LEAST;
    let words = if large && !row.open { &row.state } else { &row.line };
    let floor = if large { name::elder_least(words) } else { letters::LEAST };
    let fit = fitting_size(painter, words, Weight::Regular, least, floor, low.width());
    line(painter, low, Align::Min, &[regular(words.as_str(), fit, ink)]);
    rest.min.y += 6.0;
    let sizes = [36.0, 34.0, 32.0, least];
    let fitting = sizes.into_iter().filter(|size| *size >= least).find(|size| {
        let run = regular(row.bring.as_str(), *size, colour::INK);
        paragraph_height(painter, rest.width(), &run) <= rest.height()
    });
    if fitting.is_none() && rest.height() < least * 1.4 {
        return;
    }
    let words = if fitting.is_some() { &row.bring } else { &row.bring_short };
    let run = regular(words.as_str(), fitting.unwrap_or(least), colour::INK);
    paragraph(painter, rest, Align::Min, &run);
    says(ui, rest, words);
}
