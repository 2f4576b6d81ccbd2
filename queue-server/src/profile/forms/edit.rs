//! One row is put into a profile's files, or taken out; comments and everything else stay as they are.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, Item, RawString, Table, Value};

use super::{Field, Form, Layout, Shape, read, sheet};
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
    /// It stands in no row of the list that it belongs to.
    #[error("it belongs to nobody who is there")]
    NoOwner,
    /// It has no name.
    #[error("the row has no name")]
    NoKey,
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
    let top = document.as_table_mut();
    let key = match form.layout {
        Layout::Sheet | Layout::Tables => put_in_list(top, form, key, cells)?,
        Layout::Within(_) => put_within(top, form, key, cells)?,
        Layout::Settings => {
            // Where nothing is said no table is made.
            if read::rows_of("", top, form).iter().any(|row| !row.cells.is_empty())
                || cells.values().any(|said| !said.trim().is_empty())
            {
                fill(table(top, form.list)?, form.fields, cells);
            }
            String::new()
        }
        Layout::Pairs => put_pair(table(top, form.list)?, form, key, cells)?,
    };
    sources.put(form.file, document.to_string());
    Ok(own.unwrap_or(key))
}

fn put_in_list(
    top: &mut Table,
    form: &Form,
    key: Option<&str>,
    cells: &BTreeMap<String, String>,
) -> Result<String, EditFault> {
    let tables = list(top, form.list)?;
    let at = match key {
        Some(key) => place(tables, form, key).ok_or(EditFault::Gone)?,
        None => {
            tables.push(Table::new());
            tables.len() - 1
        }
    };
    fill(tables.get_mut(at).ok_or(EditFault::Gone)?, form.fields, cells);
    Ok((at + 1).to_string())
}

/// A row that stands in a row of another list; with another owner it goes there, behind the others.
fn put_within(
    top: &mut Table,
    form: &Form,
    key: Option<&str>,
    cells: &BTreeMap<String, String>,
) -> Result<String, EditFault> {
    let (of, field) = form.owner().ok_or(EditFault::Gone)?;
    let before = key.map(split).transpose()?;
    let said = cells.get(field).map(|owner| owner.trim()).filter(|owner| !owner.is_empty());
    let owner = said.or(before.map(|(owner, _)| owner)).ok_or(EditFault::NoOwner)?;
    let mut moved = Table::new();
    if let Some((was, at)) = before
        && was != owner
    {
        moved = take_within(top, form, of, (was, at))?;
    }
    let tables = inner(top, form, of, owner)?;
    let at = match before {
        Some((was, at)) if was == owner => at,
        Some(_) | None => {
            tables.push(moved);
            tables.len() - 1
        }
    };
    let fields = form.fields.get(1..).unwrap_or_default();
    fill(tables.get_mut(at).ok_or(EditFault::Gone)?, fields, cells);
    Ok(format!("{owner}.{}", at + 1))
}

/// The owner's key and the place among its rows, from 0.
fn split(key: &str) -> Result<(&str, usize), EditFault> {
    let (owner, place) = key.rsplit_once('.').ok_or(EditFault::Gone)?;
    let place = place.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
    Ok((owner, place.ok_or(EditFault::Gone)?))
}

/// The rows of an owner; an empty list if it has none.
fn inner<'t>(
    top: &'t mut Table,
    form: &Form,
    of: &Form,
    owner: &str,
) -> Result<&'t mut ArrayOfTables, EditFault> {
    let owners = list(top, of.list)?;
    let at = place(owners, of, owner).ok_or(EditFault::NoOwner)?;
    let name = form.list.last().copied().unwrap_or_default();
    list(owners.get_mut(at).ok_or(EditFault::NoOwner)?, &[name])
}

fn take_within(
    top: &mut Table,
    form: &Form,
    of: &Form,
    (owner, at): (&str, usize),
) -> Result<Table, EditFault> {
    let tables = inner(top, form, of, owner)?;
    if at >= tables.len() {
        return Err(EditFault::Gone);
    }
    let mut taken = tables.remove(at);
    // Where it stood in the file is not where it stands now.
    taken.set_position(None);
    let is_last = tables.is_empty();
    if is_last {
        let owners = list(top, of.list)?;
        let name = form.list.last().copied().unwrap_or_default();
        if let Some(table) = place(owners, of, owner).and_then(|at| owners.get_mut(at)) {
            table.remove(name);
        }
    }
    Ok(taken)
}

fn put_pair(
    table: &mut Table,
    form: &Form,
    key: Option<&str>,
    cells: &BTreeMap<String, String>,
) -> Result<String, EditFault> {
    let [name, value, ..] = form.fields else { return Err(EditFault::Gone) };
    let said = |field: &Field| cells.get(field.key).map(|said| said.trim()).unwrap_or_default();
    let own = if said(name).is_empty() { key.unwrap_or_default() } else { said(name) };
    if own.is_empty() {
        return Err(EditFault::NoKey);
    }
    if let Some(key) = key {
        if !table.contains_key(key) {
            return Err(EditFault::Gone);
        }
        if key != own {
            table.remove(key);
        }
    }
    // What says nothing stands there empty, and the check says so.
    if said(value).is_empty() {
        table.insert(own, toml_edit::value(""));
    } else {
        set(table, own, value.shape, said(value));
    }
    Ok(own.to_owned())
}

fn fill(table: &mut Table, fields: &[Field], cells: &BTreeMap<String, String>) {
    for field in fields {
        if let Some(said) = cells.get(field.key) {
            set(table, field.key, field.shape, said);
        }
    }
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
    let top = document.as_table_mut();
    match form.layout {
        // Settings are always there.
        Layout::Sheet | Layout::Settings => return Err(EditFault::Gone),
        Layout::Tables => remove_of_list(top, form, key)?,
        Layout::Within(_) => {
            let (of, _) = form.owner().ok_or(EditFault::Gone)?;
            take_within(top, form, of, split(key)?)?;
        }
        Layout::Pairs => {
            table(top, form.list)?.remove(key).ok_or(EditFault::Gone)?;
        }
    }
    sources.put(form.file, document.to_string());
    Ok(())
}

fn remove_of_list(top: &mut Table, form: &Form, key: &str) -> Result<(), EditFault> {
    let tables = list(top, form.list)?;
    let at = place(tables, form, key).ok_or(EditFault::Gone)?;
    let gone = tables.remove(at);
    // What is written above the first row is the title of all.
    let above = gone.decor().prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
    if let Some(next) = tables.get_mut(at).filter(|_| above.contains("# -----")) {
        next.decor_mut().set_prefix(above);
    }
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

/// The table at a path, which is made if it is not there.
fn table<'t>(top: &'t mut Table, path: &[&str]) -> Result<&'t mut Table, EditFault> {
    let Some((first, rest)) = path.split_first() else { return Ok(top) };
    let item = top.entry(first).or_insert_with(|| Item::Table(Table::new()));
    table(item.as_table_mut().ok_or_else(|| EditFault::Unreadable(path.join(".")))?, rest)
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
