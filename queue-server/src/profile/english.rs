//! `english_name` and its like: what a kiosk's English pages call the hall and its parts.

use std::collections::BTreeMap;

use hall::ids::{DepartmentId, QueueId, WindowId, ZoneId};

use super::{problem::Problem, reader::Table};

/// Characters of a queue's name: a tile holds them on two lines.
const QUEUE_CHARS: usize = 24;

/// Characters of a department's or a window's name or of a place: a button and the ticket's page hold them.
const NAME_CHARS: usize = 28;

/// Characters of a zone's name: a tab holds them.
const ZONE_CHARS: usize = 14;

/// Characters of a zone's label: a tab and the map hold them.
const LABEL_CHARS: usize = 10;

/// Characters of a paper's name: a line of 长者版 holds them.
const PAPER_CHARS: usize = 33;

/// Papers with a name in English.
const PAPERS_MAX: usize = 1_000;

/// Characters of the hall's name: the head of a page in large letters holds them beside the clock.
const HALL_CHARS: usize = 26;

/// Names in English, as far as the hall gave them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnglishNames {
    /// The hall's.
    pub hall: Option<String>,
    /// Those of zones.
    pub zones: BTreeMap<ZoneId, EnglishZone>,
    /// Those of departments.
    pub departments: BTreeMap<DepartmentId, String>,
    /// Those of queues.
    pub queues: BTreeMap<QueueId, String>,
    /// Those of windows.
    pub windows: BTreeMap<WindowId, String>,
    /// Those of the papers that people bring, by their names in the catalogue.
    pub papers: BTreeMap<String, String>,
}

/// What a zone is called in English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnglishZone {
    /// "Area A".
    pub label: Option<String>,
    /// "Registration".
    pub name: Option<String>,
    /// "Area A, floor 1".
    pub place: Option<String>,
}

/// The hall's.
pub fn hall(table: &mut Table, problems: &mut Vec<Problem>) -> Option<String> {
    text(table, "english_name", HALL_CHARS, problems)
}

/// A queue's.
pub fn queue(table: &mut Table, problems: &mut Vec<Problem>) -> Option<String> {
    text(table, "english_name", QUEUE_CHARS, problems)
}

/// A department's.
pub fn department(table: &mut Table, problems: &mut Vec<Problem>) -> Option<String> {
    text(table, "english_name", NAME_CHARS, problems)
}

/// A window's.
pub fn window(table: &mut Table, problems: &mut Vec<Problem>) -> Option<String> {
    text(table, "english_name", NAME_CHARS, problems)
}

/// A zone's.
pub fn zone(table: &mut Table, problems: &mut Vec<Problem>) -> EnglishZone {
    EnglishZone {
        label: text(table, "english_label", LABEL_CHARS, problems),
        name: text(table, "english_name", ZONE_CHARS, problems),
        place: text(table, "english_place", NAME_CHARS, problems),
    }
}

/// `[english_papers]`: what the papers are called that people bring, each once for all items.
pub fn papers(mut table: Table, problems: &mut Vec<Problem>) -> BTreeMap<String, String> {
    let Some(written) = table.whole() else { return BTreeMap::new() };
    if written.len() > PAPERS_MAX {
        let problem = table.problem(table.line(), "too_many").with("what", "[english_papers]");
        problems.push(problem.with("most", PAPERS_MAX));
        return BTreeMap::new();
    }
    let names: Vec<String> = written.keys().map(|name| name.get_ref().to_string()).collect();
    let mut papers = BTreeMap::new();
    for name in names {
        if let Some(english) = text(&mut table, &name, PAPER_CHARS, problems) {
            papers.insert(name, english);
        }
    }
    papers
}

/// A text that says something, is short enough, and whose letters every English reader knows.
fn text(
    table: &mut Table,
    key: &str,
    longest: usize,
    problems: &mut Vec<Problem>,
) -> Option<String> {
    if !table.has(key) {
        return None;
    }
    let found = table.name(key, problems)?;
    let is_known = |letter: char| letter == ' ' || letter.is_ascii_graphic();
    if !found.value.chars().all(is_known) {
        let problem = table.problem(found.line, "english_letters").with("key", key);
        problems.push(problem.with("name", &found.value));
    } else if found.value.chars().count() > longest {
        let problem = table.problem(found.line, "english_too_long").with("key", key);
        problems.push(problem.with("name", &found.value).with("longest", longest));
    }
    Some(found.value)
}
