//! 身份核验, drawn.

use egui::{Align, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use look::{
    button::Button,
    colour,
    fonts::Weight,
    frame::{Kind, card},
    icon::Icon,
    measure::letters,
    notice::Tone,
    split,
    text::{
        bold, fitting_size, line, line_ui, paragraph, paragraph_height, paragraph_ui, regular, says,
    },
};

use super::{IdentityView, Middle};
use crate::{
    model::message::Touch,
    screens::{frame::Layout, on},
};

/// Between two things that stand one under the other.
const GAP: f32 = 24.0;

/// 长者版: a key of 30 mm.
const LARGE_KEY: f32 = 121.0;

/// Draws the identity page.
pub fn identity_ui(ui: &Ui, layout: &Layout, view: &IdentityView) -> Option<Touch> {
    let mut rest = layout.content;
    // On a lying page the keys have its whole height, so that they are as high as a hand needs.
    let beside = (layout.wide && matches!(view.middle, Middle::Typing { .. })).then(|| {
        let pad = split::take_right(&mut rest, 760.0);
        rest.max.x -= GAP * 1.5;
        pad
    });
    if layout.low && matches!(view.middle, Middle::Typing { .. }) {
        return typing_ui(ui, None, Some(layout.upper), rest, view);
    }
    let most = if layout.wide { 56.0 } else { 66.0 };
    let title = split::take_top(&mut rest, most * 1.35);
    let size = fitting_size(ui.painter(), &view.title, Weight::Bold, most, 44.0, title.width());
    line_ui(ui, title, Align::Min, &[bold(view.title.as_str(), size, colour::INK)]);
    let small = if view.elder { letters::ELDER_LEAST } else { 30.0 };
    let notice = regular(view.notice.as_str(), small, colour::INK_2);
    // On a lying page of 长者版 the keys need the room; the page before has said it.
    if !(view.elder && beside.is_some()) {
        let high = paragraph_height(ui.painter(), rest.width(), &notice);
        let place = split::take_bottom(&mut rest, high);
        paragraph_ui(ui, place, Align::Min, &notice);
        rest.max.y -= GAP * 0.75;
    }
    rest.min.y += 12.0;
    match &view.middle {
        Middle::Card { words, unread, instead } => {
            let (panel, buttons) = halves(rest, layout, view, 2);
            invitation_ui(ui, panel, words, *unread, view.elder);
            let mut buttons = buttons.into_iter();
            let instead = (instead.as_str(), Touch::TypeNumber, Kind::Secondary);
            let mut touched = button_ui(ui, buttons.next(), instead, 50.0);
            if let Some(skip) = &view.skip {
                let skip = (skip.as_str(), Touch::WithoutIdentity, Kind::Secondary);
                touched = touched.or(button_ui(ui, buttons.next(), skip, 46.0));
            }
            touched
        }
        Middle::Typing { .. } => typing_ui(ui, beside, None, rest, view),
        Middle::Read { said, name, hint, class, button } => {
            let (mut panel, buttons) = halves(rest, layout, view, 1);
            if let Some(class) = class {
                let high = if view.elder { 140.0 } else { 108.0 };
                strip_ui(
                    ui,
                    split::take_bottom(&mut panel, high),
                    Tone::Question,
                    class,
                    view.elder,
                );
                panel.max.y -= GAP;
            }
            read_ui(ui, panel, (said, name, hint));
            let button = (button.as_str(), Touch::Confirm, Kind::Primary);
            button_ui(ui, buttons.into_iter().next(), button, 84.0)
        }
    }
}

/// The room for the panel, and for so many buttons at most: under it, or beside it on a lying page.
fn halves(area: Rect, layout: &Layout, view: &IdentityView, most: usize) -> (Rect, Vec<Rect>) {
    let count = if view.skip.is_some() { most } else { 1 };
    let mut rest = area;
    if layout.wide {
        let column = split::take_right(&mut rest, 720.0);
        rest.max.x -= GAP * 1.5;
        let high = (column.height() - GAP * (count - 1) as f32) / count as f32;
        let high = high.min(200.0);
        let all = high * count as f32 + GAP * (count - 1) as f32;
        let middle = Rect::from_center_size(column.center(), vec2(column.width(), all));
        return (rest, split::rows(middle, count, GAP));
    }
    let each = match (most, view.elder) {
        (1, _) => 208.0,
        (_, true) => 160.0,
        (_, false) => 144.0,
    };
    let high = each * count as f32 + GAP * (count - 1) as f32;
    let buttons = split::rows(split::take_bottom(&mut rest, high), count, GAP);
    rest.max.y -= GAP * 1.5;
    (rest, buttons)
}

fn button_ui(
    ui: &Ui,
    place: Option<Rect>,
    (words, touch, kind): (&str, Touch, Kind),
    size: f32,
) -> Option<Touch> {
    let mut touched = None;
    let button = Button::new(words, kind).size(size);
    let button = if kind == Kind::Primary { button.icon(Icon::Ticket) } else { button };
    on(&mut touched, &button.show(ui, place?), touch);
    touched
}

/// The card on its way to the reader, or that it was not read; and the words under it.
fn invitation_ui(ui: &Ui, area: Rect, words: &str, unread: bool, elder: bool) {
    let painter = ui.painter();
    let (edge, ink) = if unread {
        (Tone::Attention.colour(), Tone::Attention.colour())
    } else {
        (colour::BRAND, colour::INK)
    };
    card(painter, area, colour::SURFACE, edge, 4.0);
    let room = area.width() - 96.0;
    let most: f32 = if elder { 76.0 } else { 64.0 };
    // The largest letters that leave the drawing its place.
    let high = |size: &f32| paragraph_height(painter, room, &bold(words, *size, ink));
    let sizes = [most, most * 0.85, most * 0.7];
    let size = sizes.into_iter().find(|size| high(size) + 190.0 <= area.height());
    let size = size.unwrap_or(letters::ELDER_LEAST);
    let (words_high, gap) = (high(&size), 32.0);
    let mark = (area.height() - words_high - gap - 80.0).clamp(72.0, 330.0);
    let top = area.center().y - (mark + gap + words_high) / 2.0;
    let place = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), mark));
    if unread {
        let side = mark.min(150.0);
        let place = Rect::from_center_size(place.center(), vec2(side, side));
        Icon::Warning.paint(painter, place, 5.5, edge);
    } else {
        paint_card(ui, place);
    }
    let top = top + mark + gap;
    let place = Rect::from_min_size(pos2(area.left() + 48.0, top), vec2(room, words_high));
    paragraph_ui(ui, place, Align::Center, &bold(words, size, ink));
}

/// An identity card: a face, and the lines of its words.
fn paint_card(ui: &Ui, area: Rect) {
    let painter = ui.painter();
    let high = area.height();
    let body = Rect::from_center_size(area.center(), vec2(high * 1.585, high));
    let edge = (high / 42.0).max(4.0);
    let stroke = Stroke::new(edge, colour::BRAND_DEEP);
    painter.rect(body, high * 0.09, colour::BRAND_WASH, stroke, StrokeKind::Inside);
    let face = Rect::from_center_size(
        pos2(body.right() - high * 0.42, body.center().y),
        vec2(high * 0.56, high * 0.56),
    );
    Icon::Person.paint(painter, face, 5.5, colour::BRAND_DEEP);
    for (n, long) in [0.62, 0.45, 0.62, 0.34].into_iter().enumerate() {
        let y = body.top() + high * (0.25 + 0.17 * n as f32);
        let left = body.left() + high * 0.16;
        painter.hline(left..=left + high * long, y, stroke);
    }
}

fn read_ui(ui: &Ui, area: Rect, (said, name, hint): (&str, &str, &str)) {
    let painter = ui.painter();
    card(painter, area, colour::SURFACE, colour::FREE, 4.0);
    let room = area.width() - 96.0;
    let hint = regular(hint, 46.0, colour::INK_2);
    let hint_high = paragraph_height(painter, room, &hint);
    // The mark, what was done, whose card: as large as the panel lets them be.
    let unit = ((area.height() - hint_high - 48.0) / 390.0).clamp(0.45, 1.0);
    let rows = [160.0, 16.0, 94.0, if name.is_empty() { 0.0 } else { 120.0 }].map(|row| row * unit);
    let high = rows.iter().sum::<f32>() + hint_high;
    let mut y = area.center().y - high / 2.0;
    let mut next = |tall: f32| {
        let place = Rect::from_min_size(pos2(area.left() + 48.0, y), vec2(room, tall));
        y += tall;
        place
    };
    Icon::Done.paint(painter, next(rows[0]), 5.5, colour::FREE);
    next(rows[1]);
    let size = fitting_size(painter, said, Weight::Bold, 68.0 * unit.max(0.65), 40.0, room);
    line_ui(ui, next(rows[2]), Align::Center, &[bold(said, size, colour::INK)]);
    if !name.is_empty() {
        let size = fitting_size(painter, name, Weight::Bold, 92.0 * unit, 40.0, room);
        line_ui(ui, next(rows[3]), Align::Center, &[bold(name, size, colour::BRAND_DEEP)]);
    }
    paragraph_ui(ui, next(hint_high), Align::Center, &hint);
}

/// Shape and words on the tone's wash; in 长者版 in letters that large.
pub(crate) fn strip_ui(ui: &Ui, area: Rect, tone: Tone, words: &str, elder: bool) {
    let painter = ui.painter();
    painter.rect_filled(area, 10, tone.wash());
    let side = if elder { 76.0 } else { 60.0 };
    let mark = Rect::from_center_size(pos2(area.left() + 70.0, area.center().y), vec2(side, side));
    tone.icon().paint(painter, mark, 8.0, tone.colour());
    let mut rest = area.shrink2(vec2(24.0, 4.0));
    rest.min.x = mark.right() + 24.0;
    let most = if elder { letters::ELDER_LEAST } else { 40.0 };
    let size = [most, most * 0.9, most * 0.8].into_iter().find(|size| {
        paragraph_height(painter, rest.width(), &bold(words, *size, tone.colour())) <= rest.height()
    });
    let run = bold(words, size.unwrap_or(most * 0.7), tone.colour());
    let high = paragraph_height(painter, rest.width(), &run);
    rest.min.y = rest.center().y - high / 2.0;
    paragraph(painter, rest, Align::Min, &run);
    says(ui, area, words);
}

/// 确定，取号, and beside or below it the way on without a number where there is one.
fn ends_ui(
    ui: &Ui,
    places: &[Rect],
    view: &IdentityView,
    done: &str,
    whole: bool,
) -> Option<Touch> {
    let mut places = places.iter().copied();
    let done = places.next().and_then(|place| done_ui(ui, place, done, whole));
    let skip = view.skip.as_ref().and_then(|skip| {
        let skip = (skip.as_str(), Touch::WithoutIdentity, Kind::Secondary);
        button_ui(ui, places.next(), skip, 46.0)
    });
    done.or(skip)
}

/// The number, what is wrong with it, the keys and the ways on: under one another, or with the keys
/// `beside` the rest, or with the number `above` in another part of the page.
fn typing_ui(
    ui: &Ui,
    beside: Option<Rect>,
    above: Option<Rect>,
    area: Rect,
    view: &IdentityView,
) -> Option<Touch> {
    let Middle::Typing { number, empty, wrong, keys, done, whole } = &view.middle else {
        return None;
    };
    let mut touched = None;
    let mut rest = area;
    let (mut words, pad) = if let Some(pad) = beside {
        (rest, pad)
    } else {
        // In 长者版 the keys are so large that the two stand beside one another.
        let count = if view.skip.is_some() { 2 } else { 1 };
        let (across, down) = if view.elder || above.is_some() { (count, 1) } else { (1, count) };
        let high = 128.0 * down as f32 + GAP * (down - 1) as f32;
        let place = split::take_bottom(&mut rest, high);
        rest.max.y -= GAP * 0.75;
        let places = split::grid(place, across, down, vec2(GAP, GAP));
        touched = touched.or(ends_ui(ui, &places, view, done, *whole));
        let words = above.unwrap_or_else(|| {
            let words = split::take_top(&mut rest, 112.0 + 10.0 + 84.0);
            rest.min.y += 10.0;
            words
        });
        (words, rest)
    };
    number_ui(ui, split::take_top(&mut words, 112.0), number.reveal(), empty);
    words.min.y += 10.0;
    let strip = split::take_top(&mut words, 84.0);
    if let Some(wrong) = wrong {
        strip_ui(ui, strip, Tone::Attention, wrong, view.elder);
    }
    if beside.is_some() {
        let count = if view.skip.is_some() { 2 } else { 1 };
        let stacked = 120.0 * count as f32 + GAP * (count - 1) as f32;
        let (across, down) = if stacked <= words.height() { (1, count) } else { (count, 1) };
        let high = if down == 1 { 120.0 } else { stacked };
        let place = split::take_bottom(&mut words, high);
        let places = split::grid(place, across, down, vec2(GAP, GAP));
        touched = touched.or(ends_ui(ui, &places, view, done, *whole));
        if view.elder {
            // What is wrong comes first; then what becomes of the number, where there is room.
            let free = if wrong.is_some() { words } else { words.union(strip) };
            let notice = regular(view.notice.as_str(), letters::ELDER_LEAST, colour::INK_2);
            if paragraph_height(ui.painter(), free.width(), &notice) <= free.height() {
                paragraph_ui(ui, free, Align::Min, &notice);
            }
        }
    }
    // Keys that three in a row would make lower than 30 mm stand four in a row.
    let gap = if beside.is_some() { 10.0 } else { 12.0 };
    let across = if view.elder && pad.height() < (LARGE_KEY + gap) * 4.0 { 4 } else { 3 };
    let down = keys.len().div_ceil(across);
    let high = (170.0 * down as f32 + gap * (down - 1) as f32).min(pad.height());
    let pad = Rect::from_min_size(pad.min, vec2(pad.width(), high));
    for ((touch, word), place) in keys.iter().zip(split::grid(pad, across, down, vec2(gap, gap))) {
        let size = if *touch == Touch::Erase { 48.0 } else { 68.0 };
        let button = Button::new(word, Kind::Secondary).size(size);
        on(&mut touched, &button.show(ui, place), *touch);
    }
    touched
}

fn done_ui(ui: &Ui, place: Rect, done: &str, whole: bool) -> Option<Touch> {
    let mut touched = None;
    let button = Button::new(done, Kind::Primary).icon(Icon::Ticket).size(60.0).enabled(whole);
    on(&mut touched, &button.show(ui, place), Touch::NumberTyped);
    touched
}

/// What was typed so far. A reader of screens is told nothing of it.
fn number_ui(ui: &Ui, area: Rect, number: &str, empty: &str) {
    let painter = ui.painter();
    card(painter, area, colour::SURFACE, colour::BRAND, 4.0);
    let inner = area.shrink2(vec2(36.0, 8.0));
    let run = if number.is_empty() {
        let size = fitting_size(painter, empty, Weight::Regular, 46.0, 30.0, inner.width());
        regular(empty, size, colour::INK_2)
    } else {
        let size = fitting_size(painter, number, Weight::Bold, 72.0, 40.0, inner.width());
        bold(number, size, colour::INK)
    };
    line(painter, inner, Align::Min, &[run]);
}
