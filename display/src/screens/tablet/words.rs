//! 补充几句: phrases to choose, and keys for letters and digits. Nobody must write anything.

use egui::{Align, Rect, Stroke, StrokeKind, Ui, vec2};
use look::{
    button::{primary, secondary},
    colour,
    fonts::Weight,
    split,
    text::{fitting_size, line, regular, says},
};

use super::{SIDE, bar, question_ui, skip_ui, tick_ui};
use crate::{model::tablet::Touch, view::tablet::WordsPage};

const DIGITS: &str = "1234567890-";
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Draws the page; answers a touch.
pub(super) fn words_ui(ui: &Ui, page: Rect, view: &WordsPage) -> Option<Touch> {
    let mut rest = page;
    let mut touch = foot_ui(ui, split::take_bottom(&mut rest, 104.0), view);
    question_ui(ui, &mut rest, &view.title, &view.hint);
    split::skip_top(&mut rest, 12.0);
    let mut rest = rest.shrink2(vec2(SIDE, 14.0));
    written_ui(ui, split::take_top(&mut rest, 64.0), view);
    split::skip_top(&mut rest, 14.0);
    let upright = page.height() > page.width();
    let (down, across) = if upright { (2, 2) } else { (1, 4) };
    let phrases = split::take_top(&mut rest, 84.0 * down as f32 + 10.0 * (down - 1) as f32);
    let cells = split::grid(phrases, across, down, vec2(12.0, 10.0));
    for (cell, (words, ticked)) in cells.into_iter().zip(&view.phrases) {
        if tick_ui(ui, cell, words, *ticked) {
            touch = Some(Touch::Phrase(words.clone()));
        }
    }
    split::skip_top(&mut rest, 16.0);
    keys_ui(ui, rest, view, if upright { 7 } else { 13 }).or(touch)
}

/// What was added so far.
fn written_ui(ui: &Ui, area: Rect, view: &WordsPage) {
    let painter = ui.painter();
    let stroke = Stroke::new(3.0, colour::LINE_STRONG);
    painter.rect(area, 8, colour::SURFACE, stroke, StrokeKind::Inside);
    let inner = area.shrink2(vec2(20.0, 6.0));
    let ink = if view.is_written { colour::INK } else { colour::INK_3 };
    let size = fitting_size(painter, &view.text, Weight::Regular, 34.0, 16.0, inner.width());
    line(painter, inner, Align::Min, &[regular(&view.text, size, ink)]);
    says(ui, area, &view.text);
}

fn keys_ui(ui: &Ui, area: Rect, view: &WordsPage, across: usize) -> Option<Touch> {
    let key = |key: char| (key.to_string(), Touch::Key(key));
    let blank = (view.blank.clone(), Touch::Key(' '));
    let erase = (view.erase.clone(), Touch::Erase);
    let keys = DIGITS.chars().map(key).chain([blank, erase]).chain(LETTERS.chars().map(key));
    let keys: Vec<(String, Touch)> = keys.collect();
    let down = keys.len().div_ceil(across);
    let high = area.height().min(112.0 * down as f32);
    let area = Rect::from_min_size(area.min, vec2(area.width(), high));
    let mut touch = None;
    for (cell, (word, its)) in split::grid(area, across, down, vec2(8.0, 8.0)).into_iter().zip(keys)
    {
        let size = if word.chars().count() > 1 { 26.0 } else { 34.0 };
        if secondary(&word).size(size).show(ui, cell).clicked() {
            touch = Some(its);
        }
    }
    touch
}

fn foot_ui(ui: &Ui, area: Rect, view: &WordsPage) -> Option<Touch> {
    bar(ui, area);
    let mut foot = area.shrink2(vec2(SIDE, 14.0));
    let done = split::take_right(&mut foot, 252.0);
    let is_done = primary(&view.done).size(34.0).show(ui, done).clicked();
    split::take_right(&mut foot, 20.0);
    if skip_ui(ui, split::take_right(&mut foot, 264.0), &view.skip) {
        return Some(Touch::Skip);
    }
    is_done.then_some(Touch::Back)
}
