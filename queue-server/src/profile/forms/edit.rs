//! One row is put into a profile's files, or taken out; comments and everything else stay as they are.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, Item, RawString, Table, Value};

use super::{Form, Shape, read, sheet};
use crate::profile::sources::{self, Sources};

/// A row was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditFault {
    /// Nobody bears the key any more.
    #[error("the row is gone")]
    Gone,
    /// Another row has the key.
    #[error("another row has this key")]
    Taken,
    /// Somebody changed the row since it was looked at.
    #[error("the row was changed meanwhile")]
    Meanwhile,
    /// The file is no TOML or no sheet.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

/// Puts a row: the one of the key, or a new one. Tells its key.
///
/// # Errors
/// [`EditFault`]; nothing has changed.
pub fn put(
    sources: &mut Sources,
    form: &Form,
    key: Option<&str>,
    cells: &BTreeMap<String, String>,
) -> Result<String, EditFault> {
    let own = cells.get(form.key).map(|key| key.trim().to_owned()).filter(|key| !key.is_empty());
    if let Some(own) = own.as_deref().filter(|own| key != Some(*own))
        && read::rows(sources, form).iter().any(|row| row.key == own)
    {
        return Err(EditFault::Taken);
    }
    if form.is_sheet() {
        let text = sheet::put(sources.catalogue().1, key, cells)?;
        sources.put_catalogue(text);
        return Ok(own.or_else(|| key.map(str::to_owned)).unwrap_or_default());
    }
    let mut document = parsed(sources, form)?;
    let tables = list(document.as_table_mut(), form.list)?;
    let at = match key {
        Some(key) => place(tables, form, key).ok_or(EditFault::Gone)?,
        None => {
            tables.push(Table::new());
            tables.len() - 1
        }
    };
    let table = tables.get_mut(at).ok_or(EditFault::Gone)?;
    for field in form.fields {
        if let Some(said) = cells.get(field.key) {
            set(table, field.key, field.shape, said);
        }
    }
    sources.put(form.file, document.to_string());
    Ok(own.unwrap_or_else(|| (at + 1).to_string()))
}

/// Takes a row out.
///
/// # Errors
/// [`EditFault`]; nothing has changed.
pub fn remove(sources: &mut Sources, form: &Form, key: &str) -> Result<(), EditFault> {
    if form.is_sheet() {
        let is_off = sources.has(sources::OFF)
            && sheet::rows(sources.get(sources::OFF)).iter().any(|row| row.key == key);
        if is_off {
            let (text, _) = sheet::remove(sources.get(sources::OFF), key)?;
            sources.put(sources::OFF, text);
        } else {
            let (text, _) = sheet::remove(sources.catalogue().1, key)?;
            sources.put_catalogue(text);
        }
        return Ok(());
    }
    let mut document = parsed(sources, form)?;
    let tables = list(document.as_table_mut(), form.list)?;
    let at = place(tables, form, key).ok_or(EditFault::Gone)?;
    let gone = tables.remove(at);
    // What is written above the first row is the title of all.
    let above = gone.decor().prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
    if let Some(next) = tables.get_mut(at).filter(|_| above.contains("# -----")) {
        next.decor_mut().set_prefix(above);
    }
    sources.put(form.file, document.to_string());
    Ok(())
}

/// 停用 and 启用: an item goes out of the catalogue and is kept aside, or comes back.
///
/// # Errors
/// [`EditFault`]; nothing has changed.
pub fn switch(sources: &mut Sources, key: &str, on: bool) -> Result<(), EditFault> {
    let aside = sources.get(sources::OFF).to_owned();
    let aside = if aside.trim().is_empty() { sheet::empty() } else { aside };
    let (from, to) = if on {
        (aside, sources.catalogue().1.to_owned())
    } else {
        (sources.catalogue().1.to_owned(), aside)
    };
    if sheet::rows(&to).iter().any(|row| row.key == key) {
        return Err(EditFault::Taken);
    }
    let (from, row) = sheet::remove(&from, key)?;
    let to = sheet::put(&to, None, &row.cells)?;
    let (catalogue, aside) = if on { (to, from) } else { (from, to) };
    sources.put_catalogue(catalogue);
    sources.put(sources::OFF, aside);
    Ok(())
}

fn parsed(sources: &Sources, form: &Form) -> Result<DocumentMut, EditFault> {
    let text = sources.get(form.file);
    text.parse().map_err(|error: toml_edit::TomlError| EditFault::Unreadable(error.to_string()))
}

/// The list at a path, which is made if it is not there.
fn list<'t>(table: &'t mut Table, path: &[&str]) -> Result<&'t mut ArrayOfTables, EditFault> {
    let wrong = || EditFault::Unreadable(path.join("."));
    let (first, rest) = path.split_first().ok_or_else(wrong)?;
    if rest.is_empty() {
        let item = table.entry(first).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        return item.as_array_of_tables_mut().ok_or_else(wrong);
    }
    let item = table.entry(first).or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    list(item.as_table_mut().ok_or_else(wrong)?, rest)
}

fn place(tables: &ArrayOfTables, form: &Form, key: &str) -> Option<usize> {
    if form.key.is_empty() {
        let place = key.parse::<usize>().ok()?.checked_sub(1)?;
        return (place < tables.len()).then_some(place);
    }
    let is = |table: &Table| table.get(form.key).is_some_and(|item| read::cell(item) == key);
    tables.iter().position(is)
}

/// Puts a value at a key, as the file writes it; one that says nothing is taken out.
pub(super) fn set(table: &mut Table, key: &str, shape: Shape, said: &str) {
    let said = said.trim();
    let was = table.get(key).map(read::cell);
    let now = if shape.is_list() {
        read::values(said).collect::<Vec<_>>().join("；")
    } else {
        said.to_owned()
    };
    if was.as_deref() == Some(&now) {
        return;
    }
    if let Shape::Flag(default) = shape
        && was.is_none()
        && now == default.to_string()
    {
        return;
    }
    if now.is_empty() {
        table.remove(key);
        return;
    }
    let mut value = value(shape, &now);
    if let Some(before) = table.get(key).and_then(Item::as_value) {
        let decor: &Decor = before.decor();
        *value.decor_mut() = decor.clone();
    }
    table.insert(key, Item::Value(value));
}

/// A value as the file writes it. What is no such value stands there as it was typed, and the check
/// says so.
fn value(shape: Shape, said: &str) -> Value {
    match shape {
        Shape::Number => number(said),
        Shape::Flag(_) => said.parse::<bool>().map_or_else(|_| said.into(), Value::from),
        Shape::Date => {
            said.parse::<toml_edit::Datetime>().map_or_else(|_| said.into(), Value::from)
        }
        Shape::Some(_) | Shape::Many(_) | Shape::Texts => {
            Value::Array(read::values(said).map(Value::from).collect::<Array>())
        }
        Shape::Numbers => Value::Array(read::values(said).map(number).collect::<Array>()),
        Shape::Text | Shape::Long | Shape::Time | Shape::One(_) | Shape::Of(_) => said.into(),
    }
}

fn number(said: &str) -> Value {
    if let Ok(whole) = said.parse::<i64>() {
        return whole.into();
    }
    said.parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
        .map_or_else(|| said.into(), Value::from)
}
