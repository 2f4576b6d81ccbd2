//! The catalogue as rows, and the rows as a catalogue again.

use std::collections::BTreeMap;

use wire::texts::{Language, Texts};

use super::{BETWEEN, EditFault, Field, Form, Row, Shape, read};
use crate::profile::items;

/// The catalogue as it stands: its head, and its rows with their lines.
struct Sheet {
    head: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
}

impl Sheet {
    fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records = reader.records().filter_map(Result::ok);
        let mut rows = records.map(|record| {
            let line = record.position().map_or(1, |position| position.line() as usize);
            (line, record.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>())
        });
        let is_there = |row: &(usize, Vec<String>)| row.1.iter().any(|cell| !cell.is_empty());
        let head = rows.find(is_there).map(|(_, head)| head).unwrap_or_default();
        let rows = rows.filter(is_there).collect();
        Self { head, rows }
    }

    /// The place of a column, which is made if it is not there.
    fn column(&mut self, name: &str) -> usize {
        match self.head.iter().position(|head| items::column(head) == Some(name)) {
            Some(place) => place,
            None => {
                self.head.push(name.to_owned());
                self.head.len() - 1
            }
        }
    }

    fn place(&self, code: &str) -> Option<usize> {
        let column = self.head.iter().position(|head| items::column(head) == Some("code"))?;
        self.rows.iter().position(|(_, row)| row.get(column).is_some_and(|cell| cell == code))
    }

    fn written(&self) -> Result<String, EditFault> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let fault = |error: csv::Error| EditFault::Unreadable(error.to_string());
        writer.write_record(&self.head).map_err(fault)?;
        for (_, row) in &self.rows {
            writer.write_record(row).map_err(fault)?;
        }
        let bytes =
            writer.into_inner().map_err(|error| EditFault::Unreadable(error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| EditFault::Unreadable(error.to_string()))
    }
}

/// The rows of a catalogue.
pub fn rows(text: &str) -> Vec<Row> {
    let sheet = Sheet::read(text);
    let columns: Vec<Option<&str>> = sheet.head.iter().map(|head| items::column(head)).collect();
    let row = |(line, cells): &(usize, Vec<String>)| {
        let named = columns.iter().zip(cells).filter_map(|(column, cell)| Some(((*column)?, cell)));
        let cells: BTreeMap<String, String> = named
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| (column.to_owned(), plain(column, cell)))
            .collect();
        let key = cells.get("code").cloned().unwrap_or_default();
        Row { key, line: *line, until: *line, cells }
    };
    sheet.rows.iter().map(row).collect()
}

/// A cell in the program's own words: files may say 承诺件 for promised.
fn plain(column: &str, cell: &str) -> String {
    let field = Form::of("items").and_then(|form| form.field(column));
    let texts = Texts::of(Language::Chinese);
    let one = |known: &[&str], said: &str| {
        let is =
            |word: &&&str| **word == said || texts.get(&format!("sheet.{column}_{word}")) == said;
        known.iter().find(is).map_or_else(|| said.to_owned(), |word| (*word).to_owned())
    };
    let Some(Field { shape, .. }) = field else { return cell.to_owned() };
    match shape {
        Shape::One(known) => one(known, cell),
        Shape::Some(known) => {
            read::values(cell).map(|said| one(known, said)).collect::<Vec<_>>().join("；")
        }
        Shape::Texts => read::values(cell).collect::<Vec<_>>().join("；"),
        // A spreadsheet writes whole numbers with a point sometimes.
        Shape::Number => cell.strip_suffix(".0").unwrap_or(cell).to_owned(),
        Shape::Text
        | Shape::Long
        | Shape::Flag(_)
        | Shape::Time
        | Shape::Date
        | Shape::Of(_)
        | Shape::Many(_)
        | Shape::Numbers => cell.to_owned(),
    }
}

/// The catalogue with a row as it shall be; a new one stands at the end.
pub fn put(
    text: &str,
    key: Option<&str>,
    cells: &BTreeMap<String, String>,
) -> Result<String, EditFault> {
    let mut sheet = Sheet::read(text);
    let at = match key {
        Some(key) => sheet.place(key).ok_or(EditFault::Gone)?,
        None => {
            sheet.rows.push((0, Vec::new()));
            sheet.rows.len() - 1
        }
    };
    for (name, cell) in cells {
        let there = sheet.head.iter().any(|head| items::column(head) == Some(name));
        if cell.is_empty() && !there {
            continue;
        }
        let column = sheet.column(name);
        let row = &mut sheet.rows[at].1;
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        let was = plain(name, &row[column]);
        if was != *cell {
            // A line break in a cell of the file is a list; in a sentence it is none.
            row[column] = cell.replace(['\r', '\n'], " ").trim_matches(BETWEEN).to_owned();
        }
    }
    sheet.even();
    sheet.written()
}

impl Sheet {
    /// Every row as long as the head: a short one reads as if a comma lacked.
    fn even(&mut self) {
        let most = self.head.len();
        for (_, row) in &mut self.rows {
            if row.len() < most {
                row.resize(most, String::new());
            }
        }
    }
}

/// The catalogue without a row, and the row.
pub fn remove(text: &str, key: &str) -> Result<(String, Row), EditFault> {
    let row = rows(text).into_iter().find(|row| row.key == key).ok_or(EditFault::Gone)?;
    let mut sheet = Sheet::read(text);
    let at = sheet.place(key).ok_or(EditFault::Gone)?;
    sheet.rows.remove(at);
    sheet.even();
    Ok((sheet.written()?, row))
}

/// A catalogue with a head and nothing else.
pub fn empty() -> String {
    let head: Vec<&str> = items::COLUMNS.iter().map(|(column, _)| *column).collect();
    format!("{}\n", head.join(","))
}
