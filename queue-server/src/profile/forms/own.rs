//! 本厅用语 as they stand in the files, one word at a time.

use toml_edit::{Document, DocumentMut, Item, Table, value};

use super::EditFault;
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
