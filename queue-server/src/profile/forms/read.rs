//! Rows as they stand in the files.

use std::collections::BTreeMap;

use toml_edit::{Document, Item, Table, Value};

use super::{BETWEEN, FORMS, Form, Layout, sheet};
use crate::profile::sources::{self, Sources};

/// A row of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What tells it from others: the key's value, or its place from 1.
    pub key: String,
    /// Its first line in the file, from 1.
    pub line: usize,
    /// Its last line.
    pub until: usize,
    /// What stands in it, by the names of the file. Values of a list are parted by [`BETWEEN`].
    pub cells: BTreeMap<String, String>,
}

impl Row {
    /// What stands in a field; nothing if it is not there.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.cells.get(field).map_or("", String::as_str)
    }

    /// The values of a list.
    pub fn list(&self, field: &str) -> impl Iterator<Item = &str> {
        values(self.get(field))
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        ["name", "label", "title", "text", "source"]
            .into_iter()
            .map(|field| self.get(field))
            .find(|name| !name.is_empty())
            .unwrap_or_default()
    }
}

/// The values of a cell that is a list.
pub fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([BETWEEN, ';', '\n']).map(str::trim).filter(|value| !value.is_empty())
}

/// The rows of a list; none of a file that cannot be read.
#[must_use]
pub fn rows(sources: &Sources, form: &Form) -> Vec<Row> {
    if form.is_sheet() {
        return sheet::rows(sources.catalogue().1);
    }
    let text = sources.get(form.file);
    let Ok(document) = Document::parse(text) else { return Vec::new() };
    rows_of(text, document.as_table(), form)
}

/// The rows of a list of a file that was read.
pub fn rows_of(text: &str, top: &Table, form: &Form) -> Vec<Row> {
    let tables = |path: &[&str]| find(top, path).and_then(Item::as_array_of_tables);
    match form.layout {
        Layout::Sheet => Vec::new(),
        Layout::Tables => tables(form.list).map_or_else(Vec::new, |tables| {
            let mut rows = numbered(text, tables.iter(), form.key);
            let inner = FORMS
                .iter()
                .filter(|each| each.owner().is_some_and(|(of, _)| of.word == form.word));
            for name in inner.filter_map(|each| each.list.last()) {
                rows.iter_mut().for_each(|row| drop(row.cells.remove(*name)));
            }
            rows
        }),
        Layout::Within(_) => within(text, top, form),
        Layout::Settings => {
            let table = if form.list.is_empty() {
                Some(top)
            } else {
                find(top, form.list).and_then(Item::as_table)
            };
            vec![table.map_or_else(Row::default, |table| settings(text, table))]
        }
        Layout::Pairs => {
            find(top, form.list).and_then(Item::as_table).map_or_else(Vec::new, |table| {
                let [name, value, ..] = form.fields else { return Vec::new() };
                let row = |(key, item): (&str, &Item)| {
                    let line = item.span().map_or(0, |span| line_at(text, span.start));
                    let cells = [(name.key, key.to_owned()), (value.key, cell(item))];
                    let cells = cells.map(|(field, said)| (field.to_owned(), said));
                    Row { key: key.to_owned(), line, until: line, cells: cells.into() }
                };
                table.iter().map(row).collect()
            })
        }
    }
}

/// Rows that stand in rows of another list: each bears its owner's key and its place there.
fn within(text: &str, top: &Table, form: &Form) -> Vec<Row> {
    let (Some((of, field)), Some((name, outer))) = (form.owner(), form.list.split_last()) else {
        return Vec::new();
    };
    let owners = find(top, outer).and_then(Item::as_array_of_tables);
    let Some(owners) = owners else { return Vec::new() };
    let mut rows = Vec::new();
    for (owner, table) in numbered(text, owners.iter(), of.key).into_iter().zip(owners.iter()) {
        let Some(inner) = table.get(name).and_then(Item::as_array_of_tables) else { continue };
        for mut row in numbered(text, inner.iter(), "") {
            row.key = format!("{}.{}", owner.key, row.key);
            row.until = row.until.min(owner.until);
            row.cells.insert(field.to_owned(), owner.key.clone());
            rows.push(row);
        }
    }
    rows
}

/// The settings of a table, without the tables in it; from its head to its last setting.
pub fn settings(text: &str, table: &Table) -> Row {
    let values = || table.iter().filter(|(_, item)| item.is_value());
    let lines = values().filter_map(|(_, item)| Some(line_at(text, item.span()?.end)));
    let line = table.span().map_or(1, |span| line_at(text, span.start));
    Row {
        key: String::new(),
        line,
        until: lines.max().unwrap_or(line),
        cells: values().map(|(key, item)| (key.to_owned(), cell(item))).collect(),
    }
}

/// 停用: the items that are kept aside.
#[must_use]
pub fn aside(sources: &Sources) -> Vec<Row> {
    sheet::rows(sources.get(sources::OFF))
}

/// The tables of a list as rows, each until the next begins.
pub fn numbered<'t>(text: &str, tables: impl Iterator<Item = &'t Table>, key: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (place, table) in (1_usize..).zip(tables) {
        let line = table.span().map_or(0, |span| line_at(text, span.start));
        if let Some(before) = rows.last_mut() {
            before.until = line.saturating_sub(1).max(before.line);
        }
        let cells = cells(table);
        let named = cells.get(key).filter(|named| !named.is_empty());
        let key = named.cloned().unwrap_or_else(|| place.to_string());
        rows.push(Row { key, line, until: usize::MAX, cells });
    }
    rows
}

/// What stands at a path of tables.
fn find<'t>(table: &'t Table, path: &[&str]) -> Option<&'t Item> {
    let (first, rest) = path.split_first()?;
    let item = table.get(first)?;
    if rest.is_empty() { Some(item) } else { find(item.as_table()?, rest) }
}

/// The line of a place in a text, from 1.
fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// Everything that stands in a table, as words.
pub fn cells(table: &Table) -> BTreeMap<String, String> {
    table.iter().map(|(key, item)| (key.to_owned(), cell(item))).collect()
}

/// What stands at a key, as words.
#[must_use]
pub fn cell(item: &Item) -> String {
    match item {
        Item::None => String::new(),
        Item::Value(value) => word(value),
        Item::Table(table) => words(table),
        Item::ArrayOfTables(tables) => {
            tables.iter().map(words).collect::<Vec<_>>().join(&BETWEEN.to_string())
        }
    }
}

fn words(table: &Table) -> String {
    let each = table.iter().map(|(key, item)| format!("{key} {}", cell(item)));
    each.collect::<Vec<_>>().join(", ")
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().clone(),
        Value::Integer(number) => number.value().to_string(),
        Value::Float(number) => number.value().to_string(),
        Value::Boolean(truth) => truth.value().to_string(),
        Value::Datetime(moment) => moment.value().to_string(),
        Value::Array(values) => {
            values.iter().map(word).collect::<Vec<_>>().join(&BETWEEN.to_string())
        }
        Value::InlineTable(table) => {
            let each = table.iter().map(|(key, value)| format!("{key} {}", word(value)));
            each.collect::<Vec<_>>().join(", ")
        }
    }
}
