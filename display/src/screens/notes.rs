//! 公告 and 去向栏 beside the calls: one page of them, in letters that are read from the seats.

use egui::{Align, Rect, Ui, pos2, vec2};
use look::{
    colour,
    fonts::Weight,
    split,
    text::{
        LINE_HEIGHT, bold, fitting_size, line, paragraph, paragraph_height, regular, says, width,
    },
};

use crate::view::notes::{AwayView, NotesBody, NotesRoom, NotesView};

/// The letters, and on a wall of few diodes.
const SIZE: f32 = 36.0;
const SIZE_WIDE: f32 = 46.0;

/// A person's two lines, in sizes.
const PERSON: f32 = 2.5;

/// The size of the letters.
pub const fn size(wide: bool) -> f32 {
    if wide { SIZE_WIDE } else { SIZE }
}

/// What a page in that area holds.
pub fn room(area: Rect, wide: bool) -> NotesRoom {
    let (body, size) = (parts(area, wide).1, size(wide));
    let across = (body.width() / size).floor().max(1.0);
    let down = (body.height() / (size * LINE_HEIGHT)).floor().max(1.0);
    let people = (body.height() / (size * PERSON)).floor().max(1.0) as usize;
    NotesRoom { characters: (across * down) as usize, people: people * people_across(body) }
}

/// People beside each other: two under upright rows.
fn people_across(body: Rect) -> usize {
    if body.width() > 700.0 { 2 } else { 1 }
}

/// The heading and the rest.
fn parts(area: Rect, wide: bool) -> (Rect, Rect) {
    let mut body = area.shrink2(vec2(24.0, 14.0));
    let heading = split::take_top(&mut body, size(wide) * 1.5);
    split::skip_top(&mut body, 6.0);
    (heading, body)
}

/// Draws the page.
pub fn notes_ui(ui: &Ui, area: Rect, view: &NotesView, wide: bool) {
    let painter = ui.painter();
    painter.rect_filled(area, 10, colour::NIGHT_2);
    let (heading, body) = parts(area, wide);
    heading_ui(ui, heading, view, size(wide));
    match &view.body {
        NotesBody::Text(text) => text_ui(ui, body, text, size(wide)),
        NotesBody::Away(people) => {
            let (size, columns) = (size(wide), split::columns(body, people_across(body), 60.0));
            for (n, person) in people.iter().enumerate() {
                let column = columns[n % columns.len()];
                let top = column.top() + size * PERSON * (n / columns.len()) as f32;
                let place = Rect::from_min_size(
                    pos2(column.left(), top),
                    vec2(column.width(), size * PERSON),
                );
                away_ui(ui, place, person, size);
            }
        }
    }
}

fn heading_ui(ui: &Ui, area: Rect, view: &NotesView, size: f32) {
    let painter = ui.painter();
    let mut rest = area;
    let page = [regular(&view.page, size * 0.8, colour::NIGHT_INK_2)];
    if !view.page.is_empty() {
        line(painter, rest, Align::Max, &page);
        rest.max.x -= width(painter, &page) + 16.0;
    }
    if view.title.is_empty() {
        let fits = fitting_size(painter, &view.kind, Weight::Bold, size, size * 0.6, rest.width());
        line(painter, rest, Align::Min, &[bold(&view.kind, fits, colour::NIGHT_INK)]);
    } else {
        let kind = [regular(&view.kind, size * 0.8, colour::NIGHT_INK_2)];
        let room = rest.width() - width(painter, &kind) - 14.0;
        let fits = fitting_size(painter, &view.title, Weight::Bold, size, size * 0.6, room);
        let title = bold(&view.title, fits, colour::NIGHT_INK).after(14.0);
        line(painter, rest, Align::Min, &[kind[0].clone(), title]);
    }
    let words = [view.kind.as_str(), &view.title];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    says(ui, area, &words.join(" "));
}

/// A text that breaks into more lines than were counted is made smaller before it would be cut.
fn text_ui(ui: &Ui, area: Rect, text: &str, most: f32) {
    let painter = ui.painter();
    let run = |share: f32| regular(text, most * share, colour::NIGHT_INK);
    let shares = [1.0, 0.92, 0.84, 0.76, 0.68, 0.6];
    let fits = |share: &f32| paragraph_height(painter, area.width(), &run(*share)) <= area.height();
    let share = shares.into_iter().find(fits).unwrap_or(shares[5]);
    paragraph(painter, area, Align::Min, &run(share));
    says(ui, area, text);
}

fn away_ui(ui: &Ui, area: Rect, person: &AwayView, size: f32) {
    let painter = ui.painter();
    let (top, low) = area.split_top_bottom_at_y(area.top() + size * 1.35);
    let low = Rect::from_min_size(low.min, vec2(low.width(), size * 0.95));
    let runs = |share: f32| {
        [
            bold(&person.name, size * share, colour::NIGHT_INK),
            regular(&person.place, size * share, colour::NIGHT_INK).after(20.0),
        ]
    };
    let share = (area.width() / width(painter, &runs(1.0))).min(1.0);
    let [name, place] = runs(share);
    line(painter, top, Align::Min, &[name]);
    line(painter, top, Align::Max, &[place]);
    let window = &person.window;
    let fits = fitting_size(painter, window, Weight::Regular, size * 0.8, 20.0, low.width());
    line(painter, low, Align::Min, &[regular(window, fits, colour::NIGHT_INK_2)]);
    let words = [&person.window, &person.name, &person.place].map(String::as_str);
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    says(ui, area, &words.join(" "));
}
