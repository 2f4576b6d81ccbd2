//! 办事指南: the eight fields that are published of an item, part by part; nothing scrolls.

use look::icon::Icon;
use wire::{catalogue::ItemGuide, texts::Language};

use super::{
    list::{self, Pager},
    parts::Action,
};
use crate::{
    limits::{self, Room},
    model::{Model, message::Touch},
};

mod drawn;

pub use drawn::guide_ui;

/// A part of the guide.
#[derive(Debug, Clone, PartialEq)]
pub struct GuideView {
    /// Where this stands.
    pub crumb: Option<String>,
    /// The item.
    pub title: String,
    /// Labels and words of this part.
    pub fields: Vec<(String, String)>,
    /// What may be done here.
    pub actions: Vec<Action>,
    /// The way through the parts.
    pub pager: Option<Pager>,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// The eight fields as they are published, in their order. What the hall has not published is said to
/// be asked at the window.
#[must_use]
pub fn fields(model: &Model, guide: &ItemGuide) -> Vec<(String, String)> {
    let texts = model.texts();
    let materials = if guide.materials.is_empty() { &guide.bring } else { &guide.materials };
    let materials = (1..).zip(model.papers_told(materials));
    let materials: Vec<String> =
        materials.map(|(place, paper)| format!("{place}. {paper}")).collect();
    let mut eight: [(&str, &str); 8] = [
        ("kiosk.guide_content", &guide.content),
        ("kiosk.guide_basis", &guide.basis),
        ("kiosk.guide_conditions", &guide.conditions),
        ("kiosk.guide_materials", &materials.join("\n")),
        ("kiosk.guide_procedure", &guide.procedure),
        ("kiosk.guide_limit", &guide.limit),
        ("kiosk.guide_fees", &guide.fees),
        ("kiosk.guide_result", &guide.result),
    ];
    if model.language == Language::English {
        // The one field that is told in English comes first.
        eight[..=3].rotate_right(1);
    }
    let note = match model.language {
        Language::English => Some(("kiosk.guide_note", texts.get("kiosk.guide_in_chinese"))),
        Language::Chinese => None,
    };
    note.into_iter()
        .chain(eight)
        .map(|(label, words)| {
            let words = if words.is_empty() { texts.get("kiosk.guide_ask") } else { words };
            (texts.get(label).to_owned(), words.to_owned())
        })
        .collect()
}

/// The fields part by part: as many as a part's rows hold. A long field goes on in the next part.
fn parts(model: &Model, guide: &ItemGuide) -> Vec<Vec<(String, String)>> {
    let room = if model.elder { limits::GUIDE_ROOM_ELDER } else { limits::GUIDE_ROOM };
    let mut all: Vec<Vec<(String, String)>> = vec![Vec::new()];
    let mut left = room.rows;
    for (label, words) in fields(model, guide) {
        for (piece, rows) in pieces(&words, room) {
            // A label has a row of its own.
            let need = rows + 1;
            let part = all.last_mut().filter(|part| part.is_empty() || need <= left);
            match part {
                Some(part) => part.push((label.clone(), piece)),
                None => {
                    all.push(vec![(label.clone(), piece)]);
                    left = room.rows;
                }
            }
            left = left.saturating_sub(need);
        }
    }
    all
}

/// Words in pieces that one part holds beside their label, with the rows of each.
fn pieces(words: &str, room: Room) -> Vec<(String, usize)> {
    let most = room.rows - 1;
    let mut pieces: Vec<(String, usize)> = vec![(String::new(), 0)];
    for line in words.lines() {
        for (n, chunk) in chunks(line, most * room.chars).into_iter().enumerate() {
            let rows = chunk.chars().count().div_ceil(room.chars).max(1);
            let open = pieces.last_mut().filter(|(_, used)| used + rows <= most);
            match open {
                Some((piece, used)) => {
                    if n == 0 && !piece.is_empty() {
                        piece.push('\n');
                    }
                    piece.push_str(&chunk);
                    *used += rows;
                }
                None => pieces.push((chunk, rows)),
            }
        }
    }
    pieces
}

/// A line in chunks no longer than that, broken after a sentence where there is one.
fn chunks(line: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    let mut chunks = Vec::new();
    let mut rest = letters.as_slice();
    while rest.len() > most {
        let (head, _) = rest.split_at(most);
        let ends = |letter: &char| "。；;".contains(*letter);
        let at = head.iter().rposition(ends).map_or(most, |place| place + 1);
        let (chunk, after) = rest.split_at(at);
        chunks.push(chunk.iter().collect());
        rest = after;
    }
    chunks.push(rest.iter().collect());
    chunks
}

/// How many parts it has.
#[must_use]
pub fn leaves(model: &Model, guide: &ItemGuide) -> usize {
    parts(model, guide).len()
}

/// Fills a part of the guide.
#[must_use]
pub fn fill(model: &Model, guide: &ItemGuide, leaf: usize) -> GuideView {
    let texts = model.texts();
    let mut all = parts(model, guide);
    let count = all.len();
    let leaf = leaf.min(count - 1);
    let mut actions = Vec::new();
    let issues = model.line(guide.queue).is_some_and(|line| line.issuing && !line.sold_out);
    if issues && model.item(guide.id).is_some() {
        let name = texts.get("kiosk.confirm_bring");
        actions.push(Action::primary(Touch::TakeItem(guide.id), name).icon(Icon::Ticket));
    }
    if model.printer.prints() {
        let name = texts.get("kiosk.guide_print");
        actions.push(Action::second(Touch::PrintGuide, name).icon(Icon::Printer));
    }
    GuideView {
        crumb: list::crumb(model, guide.queue),
        title: model.item_told(guide.id, &guide.name).to_owned(),
        fields: all.swap_remove(leaf),
        actions,
        pager: list::pager(model, leaf, count),
        elder: model.elder,
    }
}

#[cfg(test)]
mod tests;
