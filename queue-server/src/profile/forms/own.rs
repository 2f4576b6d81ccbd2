//! 本厅用语 and settings as they stand in the files, one at a time.

use toml_edit::{Document, DocumentMut, Item, Table, value};

use super::{EditFault, Shape, edit, read};
use crate::profile::{Sources, TEXTS};

/// The files of own words, Chinese first.
pub const FILES: [&str; 2] = TEXTS;

/// The hall's own text of a key in a file; nothing if it has none.
#[must_use]
pub fn word(sources: &Sources, file: &str, key: &str) -> Option<String> {
    let document = Document::parse(sources.get(file)).ok()?;
    let mut item: &Item = document.as_item();
    for name in key.split('.') {
        item = item.get(name)?;
    }
    item.as_str().map(str::to_owned)
}

/// Puts the hall's own text of a key, or takes it away if it says nothing.
///
/// # Errors
/// [`EditFault`]; nothing has changed.
pub fn put_word(sources: &mut Sources, file: &str, key: &str, text: &str) -> Result<(), EditFault> {
    let unreadable = |error: toml_edit::TomlError| EditFault::Unreadable(error.to_string());
    let mut document: DocumentMut = sources.get(file).parse().map_err(unreadable)?;
    let Some((path, name)) = key.rsplit_once('.') else { return Err(EditFault::Gone) };
    let mut table: &mut Table = document.as_table_mut();
    for section in path.split('.') {
        let item = table.entry(section).or_insert_with(|| Item::Table(Table::new()));
        let is_no_table = || EditFault::Unreadable(section.to_owned());
        table = item.as_table_mut().ok_or_else(is_no_table)?;
    }
    if text.trim().is_empty() {
        table.remove(name);
    } else {
        table.insert(name, value(text.trim()));
    }
    let is_empty = document.iter().all(|(_, item)| item.as_table().is_some_and(Table::is_empty));
    if is_empty && !document.to_string().contains('#') {
        sources.drop(file);
    } else {
        sources.put(file, document.to_string());
    }
    Ok(())
}

/// The settings of a file, read once.
#[derive(Debug)]
pub struct Settings<'s>(Option<Document<&'s str>>);

impl<'s> Settings<'s> {
    /// Those of a file.
    #[must_use]
    pub fn of(sources: &'s Sources, file: &str) -> Self {
        Self(Document::parse(sources.get(file)).ok())
    }

    /// What stands at a path of tables, as words; nothing if the file does not say.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<String> {
        let top = self.0.as_ref()?.as_item();
        let item = path.iter().try_fold(top, |item, name| item.get(name))?;
        Some(read::cell(item))
    }
}

/// Puts a setting at a path of tables; comments and everything else stay as they are. One that says
/// nothing is taken out; a list of nothing is an empty one.
///
/// # Errors
/// [`EditFault`]; nothing has changed.
pub fn put_setting(
    sources: &mut Sources,
    file: &str,
    path: &[&str],
    shape: Shape,
    said: &str,
) -> Result<(), EditFault> {
    let unreadable = |error: toml_edit::TomlError| EditFault::Unreadable(error.to_string());
    let mut document: DocumentMut = sources.get(file).parse().map_err(unreadable)?;
    let (name, tables) = path.split_last().ok_or(EditFault::Gone)?;
    let mut table: &mut Table = document.as_table_mut();
    for each in tables {
        let item = table.entry(each).or_insert_with(|| Item::Table(Table::new()));
        let is_no_table = || EditFault::Unreadable((*each).to_owned());
        table = item.as_table_mut().ok_or_else(is_no_table)?;
    }
    if shape.is_list() && said.trim().is_empty() {
        table.insert(name, value(toml_edit::Array::new()));
    } else {
        edit::set(table, name, shape, said);
    }
    sources.put(file, document.to_string());
    Ok(())
}
