//! A name in its place: on one line, or on two where one would be too small to read.

use egui::{Align, Color32, Painter, Rect, vec2};

use crate::{
    fonts::Weight,
    measure::letters,
    text::{
        Run, bold, fitting_size, line, paragraph, paragraph_height, paragraph_width, regular, width,
    },
};

/// Two lines are worth their room only for letters so much greater.
const TALLER: f32 = 1.15;

/// Paints a name in the middle of the height of `area`, in letters from `most` down to `least`.
pub fn name(
    painter: &Painter,
    area: Rect,
    align: Align,
    words: &str,
    (weight, most, least): (Weight, f32, f32),
    ink: Color32,
) {
    let run = |size| run(words, weight, size, ink);
    let has_room = |size| {
        let run = run(size);
        paragraph_height(painter, area.width(), &run) <= area.height()
            && paragraph_width(painter, area.width(), &run) <= area.width()
    };
    let mut size = most;
    while size > least && !has_room(size) {
        size = (size - 2.0).max(least);
    }
    let one = fitting_size(painter, words, weight, most, least, area.width());
    if one * TALLER >= size && fits_one_line(painter, words, (weight, least), area.width()) {
        line(painter, area, align, &[run(one)]);
        return;
    }
    let high = paragraph_height(painter, area.width(), &run(size));
    let place = Rect::from_center_size(area.center(), vec2(area.width(), high));
    paragraph(painter, place, align, &run(size));
}

/// True if a name of letters no smaller than that needs one line only.
#[must_use]
pub fn fits_one_line(
    painter: &Painter,
    words: &str,
    (weight, least): (Weight, f32),
    room: f32,
) -> bool {
    // What the letters measure is not known better than to a point.
    width(painter, &[run(words, weight, least, Color32::WHITE)]) <= room + 1.0
}

/// The least letters of some words in 长者版.
#[must_use]
pub fn elder_least(words: &str) -> f32 {
    let hanzi =
        |letter: char| matches!(letter, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    if words.contains(hanzi) { letters::ELDER_LEAST } else { letters::ELDER_LATIN }
}

fn run(words: &str, weight: Weight, size: f32, ink: Color32) -> Run {
    match weight {
        Weight::Regular => regular(words, size, ink),
        Weight::Bold => bold(words, size, ink),
    }
}
