//! What is different between two profiles, row by row and field by field.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Document, Item, Table};

use super::{FORMS, Form, Row, read, sheet};
use crate::profile::{
    photos,
    sources::{self, Sources},
};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub file: String,
    /// Where in the file: the list, or the table whose settings they are.
    pub list: Vec<String>,
    /// The form of the list, if people fill in one.
    pub form: Option<&'static str>,
    /// The row; nothing for settings.
    pub key: String,
    /// What people call the row.
    pub name: String,
    /// What became of it.
    pub what: What,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is new, with these values.
    Added(Vec<Difference>),
    /// It is gone, with these values.
    Removed(Vec<Difference>),
    /// 停用: it was put aside.
    Off,
    /// 启用: it was brought back.
    On(Vec<Difference>),
    /// It has other values.
    Changed(Vec<Difference>),
}

/// A field that has another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field's name in the file.
    pub field: String,
    /// What it was; nothing if it was not there.
    pub before: String,
    /// What it is.
    pub after: String,
}

impl Difference {
    /// Values of a list that came, and those that went; none if it is no list or the order alone is
    /// another.
    #[must_use]
    pub fn moved(&self) -> Option<(Vec<&str>, Vec<&str>)> {
        let has_several = |cell: &str| cell.contains(super::BETWEEN);
        if !has_several(&self.before) && !has_several(&self.after) {
            return None;
        }
        let (before, after): (Vec<&str>, Vec<&str>) =
            (read::values(&self.before).collect(), read::values(&self.after).collect());
        let came =
            after.iter().filter(|value| !before.contains(value)).copied().collect::<Vec<_>>();
        let went =
            before.iter().filter(|value| !after.contains(value)).copied().collect::<Vec<_>>();
        (!came.is_empty() || !went.is_empty()).then_some((came, went))
    }
}

impl Change {
    /// True for what a second person looks at: items, queues, windows, and the rules they follow.
    #[must_use]
    pub fn is_guarded(&self) -> bool {
        if let Some(form) = self.form.and_then(Form::of) {
            return form.is_guarded;
        }
        self.file == "hall.toml"
    }
}

/// A list or a table of settings in a file.
type Group = (String, Vec<String>);

/// The rows of one, and whether they have a key of their own.
type Rows = (Vec<Row>, bool);

/// Every difference, file by file.
#[must_use]
pub fn compare(before: &Sources, after: &Sources) -> Vec<Change> {
    let mut changes = items(before, after);
    let (was, is) = (groups(before), groups(after));
    let all: BTreeSet<&Group> = was.keys().chain(is.keys()).collect();
    let none = (Vec::new(), false);
    for group in all {
        let (was, is) = (was.get(group).unwrap_or(&none), is.get(group).unwrap_or(&none));
        let keyed = was.1 || is.1;
        of_group(group, &was.0, &is.0, keyed, &mut changes);
    }
    if before.has(photos::FOLDER) && after.has(photos::FOLDER) {
        of_photos(before.get(photos::FOLDER), after.get(photos::FOLDER), &mut changes);
    }
    changes
}

/// 工作照 by whose they are; of files that do not speak of them nothing is known.
fn of_photos(before: &str, after: &str, changes: &mut Vec<Change>) {
    let sides = [before, after].map(|list| {
        let each = photos::listed(list);
        each.filter_map(|(file, mark)| Some((photos::staff_no(file)?.to_string(), mark)))
            .collect::<BTreeMap<String, &str>>()
    });
    let [was, is] = sides;
    let all: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    for no in all {
        let what = match (was.get(no), is.get(no)) {
            (None, Some(_)) => What::Added(Vec::new()),
            (Some(_), None) => What::Removed(Vec::new()),
            (Some(one), Some(other)) if one != other => What::Changed(Vec::new()),
            (Some(_), Some(_)) | (None, None) => continue,
        };
        let (file, list) = (photos::FOLDER.to_owned(), vec![no.clone()]);
        let (key, name) = (no.clone(), String::new());
        changes.push(Change { file, list, form: None, key, name, what });
    }
}

fn of_group(group: &Group, was: &[Row], is: &[Row], keyed: bool, changes: &mut Vec<Change>) {
    let (file, list) = group;
    let form = Form::at(file, list).map(|form| form.word);
    let mut push = |row: &Row, what: What| {
        let (key, name) = (row.key.clone(), row.name().to_owned());
        changes.push(Change { file: file.clone(), list: list.clone(), form, key, name, what });
    };
    if keyed {
        for row in was.iter().filter(|row| !is.iter().any(|other| other.key == row.key)) {
            push(row, What::Removed(values(row)));
        }
        for row in is {
            match was.iter().find(|other| other.key == row.key) {
                None => push(row, What::Added(values(row))),
                Some(before) if before.cells != row.cells => {
                    push(row, What::Changed(differences(before, row)));
                }
                Some(_) => {}
            }
        }
        return;
    }
    // Rows without a key of their own: those that stand on both sides are the same, wherever they are;
    // of the others the first is compared with the first.
    let mut left: Vec<&Row> = is.iter().collect();
    let mut gone = Vec::new();
    for row in was {
        match left.iter().position(|other| other.cells == row.cells) {
            Some(at) => drop(left.remove(at)),
            None => gone.push(row),
        }
    }
    let owner = form.and_then(Form::of).and_then(Form::owner).map(|(_, field)| field);
    let is_of_same = |one: &Row, other: &Row| owner.is_none_or(|it| one.get(it) == other.get(it));
    for before in gone {
        match left.iter().position(|after| is_of_same(before, after)) {
            Some(at) => {
                let after = left.remove(at);
                push(after, What::Changed(differences(before, after)));
            }
            None => push(before, What::Removed(values(before))),
        }
    }
    for row in left {
        push(row, What::Added(values(row)));
    }
}

/// The catalogue, with what was put aside and brought back.
fn items(before: &Sources, after: &Sources) -> Vec<Change> {
    let sides = |sources: &Sources| {
        let by_key = |text: &str| {
            let rows = sheet::rows(text).into_iter();
            rows.map(|row| (row.key.clone(), row)).collect::<BTreeMap<String, Row>>()
        };
        (by_key(sources.catalogue().1), by_key(sources.get(sources::OFF)))
    };
    let ((was, was_off), (is, is_off)) = (sides(before), sides(after));
    let keys = was.keys().chain(was_off.keys()).chain(is.keys()).chain(is_off.keys());
    let keys: BTreeSet<&String> = keys.collect();
    let change = |key: &String| {
        let (one, other) = (was.get(key), is.get(key));
        let what = match (one, other) {
            (Some(one), Some(other)) if one.cells != other.cells => {
                What::Changed(differences(one, other))
            }
            (Some(_), Some(_)) => return None,
            (Some(_), None) if is_off.contains_key(key) => What::Off,
            (Some(one), None) => What::Removed(values(one)),
            (None, Some(other)) => match was_off.get(key) {
                Some(aside) => What::On(differences(aside, other)),
                None => What::Added(values(other)),
            },
            (None, None) => match (was_off.get(key), is_off.get(key)) {
                (Some(one), None) => What::Removed(values(one)),
                (None, Some(other)) => What::Added(values(other)),
                (Some(one), Some(other)) if one.cells != other.cells => {
                    What::Changed(differences(one, other))
                }
                (Some(_) | None, _) => return None,
            },
        };
        let row = other.or(one).or_else(|| is_off.get(key)).or_else(|| was_off.get(key))?;
        let (list, name) = (Vec::new(), row.name().to_owned());
        let file = sheet_file().to_owned();
        Some(Change { file, list, form: Some("items"), key: key.clone(), name, what })
    };
    keys.into_iter().filter_map(change).collect()
}

fn sheet_file() -> &'static str {
    crate::profile::items::sheet::CSV
}

/// Everything of the TOML files.
fn groups(sources: &Sources) -> BTreeMap<Group, Rows> {
    let mut groups = BTreeMap::new();
    for (file, text) in sources.files() {
        if !file.ends_with(".toml") || file == photos::FOLDER {
            continue;
        }
        let Ok(document) = Document::parse(text) else { continue };
        walk(file, text, &[], document.as_table(), &mut groups);
        for form in FORMS.iter().filter(|form| form.file == file) {
            let rows = read::rows_of(text, document.as_table(), form);
            let list = form.list.iter().map(|name| (*name).to_owned()).collect();
            let is_keyed = form.is_settings() || !form.key.is_empty();
            groups.insert((file.to_owned(), list), (rows, is_keyed));
        }
    }
    groups
}

fn walk(
    file: &str,
    text: &str,
    path: &[String],
    table: &Table,
    groups: &mut BTreeMap<Group, Rows>,
) {
    let mut has_settings = false;
    for (key, item) in table {
        let below: Vec<String> = path.iter().cloned().chain([key.to_owned()]).collect();
        match item {
            Item::Table(inner) => walk(file, text, &below, inner, groups),
            Item::ArrayOfTables(tables) if Form::at(file, &below).is_none() => {
                let rows = read::numbered(text, tables.iter(), "");
                groups.insert((file.to_owned(), below), (rows, false));
            }
            // What people fill in is read as they see it.
            Item::ArrayOfTables(_) | Item::None => {}
            Item::Value(_) => has_settings = true,
        }
    }
    if has_settings && Form::at(file, path).is_none() {
        let rows = vec![read::settings(text, table)];
        groups.insert((file.to_owned(), path.to_vec()), (rows, true));
    }
}

fn values(row: &Row) -> Vec<Difference> {
    let said = row.cells.iter().filter(|(_, cell)| !cell.is_empty());
    let value = |(field, cell): (&String, &String)| Difference {
        field: field.clone(),
        before: String::new(),
        after: cell.clone(),
    };
    said.map(value).collect()
}

fn differences(before: &Row, after: &Row) -> Vec<Difference> {
    let fields: BTreeSet<&String> = before.cells.keys().chain(after.cells.keys()).collect();
    let other = fields.into_iter().filter(|field| before.get(field) != after.get(field));
    let difference = |field: &String| Difference {
        field: field.clone(),
        before: before.get(field).to_owned(),
        after: after.get(field).to_owned(),
    };
    other.map(difference).collect()
}
