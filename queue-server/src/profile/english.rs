//! `english_name` and its like: what a kiosk's English pages call the hall and its parts.

use std::collections::BTreeMap;

use hall::ids::{DepartmentId, QueueId, ZoneId};

use super::{problem::Problem, reader::Table};

/// Characters of a queue's name: a tile holds them on two lines.
const QUEUE_CHARS: usize = 24;

/// Characters of a department's name or of a place: a button and the ticket's page hold them.
const NAME_CHARS: usize = 28;

/// Characters of a zone's name: a tab holds them.
const ZONE_CHARS: usize = 14;

/// Characters of a zone's label: a tab and the map hold them.
const LABEL_CHARS: usize = 10;

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

/// A zone's.
pub fn zone(table: &mut Table, problems: &mut Vec<Problem>) -> EnglishZone {
    EnglishZone {
        label: text(table, "english_label", LABEL_CHARS, problems),
        name: text(table, "english_name", ZONE_CHARS, problems),
        place: text(table, "english_place", NAME_CHARS, problems),
    }
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
