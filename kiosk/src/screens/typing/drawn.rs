//! The typing page, drawn.

use egui::{Align, Rect, Ui, vec2};
use look::{
    button::Button,
    colour,
    fonts::Weight,
    frame::{Kind, card},
    notice::Tone,
    split,
    text::{bold, fitting_size, line, regular, says},
};

use super::{Pad, TypingView};
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        identity::strip_ui,
        on,
        parts::{self, GAP},
    },
};

/// The gap between two keys; on a lying page of 长者版 it makes each 30 mm high.
const KEY_GAP: f32 = 10.0;

/// Draws the typing page.
pub fn typing_ui(ui: &Ui, layout: &Layout, view: &TypingView) -> Option<Touch> {
    let mut rest = layout.content;
    if layout.wide {
        // Seven letters of 30 mm stand beside one another in 长者版.
        let pad = split::take_right(&mut rest, if layout.elder { 940.0 } else { 760.0 });
        rest.max.x -= GAP * 1.5;
        return lying_ui(ui, layout, (rest, pad), view);
    }
    parts::title_ui(ui, layout, &mut rest, &view.title, &view.hint);
    field_ui(ui, split::take_top(&mut rest, 124.0), (&view.text, &view.empty));
    rest.min.y += 10.0;
    let strip = split::take_top(&mut rest, 84.0);
    wrong_ui(ui, layout, strip, view);
    rest.min.y += 14.0;
    // Two buttons share a row: the keys keep their room.
    let place = split::take_bottom(&mut rest, parts::actions_height(layout, 1));
    rest.max.y -= GAP;
    let beside = Layout { wide: true, ..*layout };
    let touched = parts::actions_ui(ui, place, &beside, &view.actions);
    touched.or(pads_ui(ui, rest, &view.pads))
}

/// On a lying page the last block of keys has the whole height.
fn lying_ui(ui: &Ui, layout: &Layout, areas: (Rect, Rect), view: &TypingView) -> Option<Touch> {
    let (mut words, pad) = areas;
    parts::title_ui(ui, layout, &mut words, &view.title, &view.hint);
    field_ui(ui, split::take_top(&mut words, 108.0), (&view.text, &view.empty));
    words.min.y += 10.0;
    let place = split::take_bottom(&mut words, 124.0);
    let mut touched = parts::actions_ui(ui, place, layout, &view.actions);
    words.max.y -= 16.0;
    let Some((last, before)) = view.pads.split_last() else { return touched };
    if !before.is_empty() {
        let high = 112.0 * before.iter().map(rows).sum::<usize>() as f32;
        let high = high.min(words.height());
        let place = split::take_bottom(&mut words, high);
        touched = touched.or(pads_ui(ui, place, before));
        words.max.y -= 10.0;
    }
    let high = words.height().min(84.0);
    let strip = split::take_top(&mut words, high);
    wrong_ui(ui, layout, strip, view);
    touched.or(pads_ui(ui, pad, std::slice::from_ref(last)))
}

fn wrong_ui(ui: &Ui, layout: &Layout, place: Rect, view: &TypingView) {
    if let Some(wrong) = &view.wrong {
        strip_ui(ui, place, Tone::Attention, wrong, layout.elder);
    }
}

fn rows(pad: &Pad) -> usize {
    pad.keys.len().div_ceil(pad.across.max(1))
}

/// Blocks of keys under one another, all rows of one height.
pub(in crate::screens) fn pads_ui(ui: &Ui, area: Rect, pads: &[Pad]) -> Option<Touch> {
    let mut touched = None;
    let all = pads.iter().map(rows).sum::<usize>().max(1);
    let between = GAP * pads.len().saturating_sub(1) as f32;
    let gaps = KEY_GAP * all.saturating_sub(pads.len()) as f32;
    let each = ((area.height() - between - gaps) / all as f32).min(170.0);
    let mut rest = area;
    for pad in pads {
        let down = rows(pad);
        let high = each * down as f32 + KEY_GAP * down.saturating_sub(1) as f32;
        let place = split::take_top(&mut rest, high);
        rest.min.y += GAP;
        let places = split::grid(place, pad.across, down, vec2(KEY_GAP, KEY_GAP));
        for (key, place) in pad.keys.iter().zip(places) {
            if key.word.is_empty() {
                continue;
            }
            let size = if key.word.chars().count() > 1 { 44.0 } else { 60.0 };
            let button = Button::new(&key.word, Kind::Secondary).size(size).enabled(key.enabled);
            on(&mut touched, &button.show(ui, place), key.touch);
        }
    }
    touched
}

/// What is typed, or what stands there before.
pub(in crate::screens) fn field_ui(ui: &Ui, area: Rect, (text, empty): (&str, &str)) {
    let painter = ui.painter();
    card(painter, area, colour::SURFACE, colour::BRAND, 4.0);
    let inner = area.shrink2(vec2(36.0, 8.0));
    let run = if text.is_empty() {
        let size = fitting_size(painter, empty, Weight::Regular, 46.0, 30.0, inner.width());
        regular(empty, size, colour::INK_2)
    } else {
        let size = fitting_size(painter, text, Weight::Bold, 80.0, 40.0, inner.width());
        bold(text, size, colour::INK)
    };
    says(ui, area, if text.is_empty() { empty } else { text });
    line(painter, inner, Align::Min, &[run]);
}
