//! A sheet of cells with its lines, whether it was written as text or by a spreadsheet.

use super::{
    super::{Standing, problem::Problem},
    quotes,
};

/// The catalogue as a text.
pub const CSV: &str = "items.csv";

/// The catalogue as a spreadsheet.
pub const XLSX: &str = "items.xlsx";

/// A sheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The file it was read from.
    pub file: &'static str,
    /// Its rows, the header first; empty ones are left out.
    pub rows: Vec<Row>,
}

/// A row with its line in the file, from 1.
#[derive(Debug, Clone)]
pub struct Row {
    /// The line.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Reads the text of a file; of a new one, up to the row in which a quote is not closed.
pub fn of_text(
    file: &'static str,
    text: &str,
    standing: Standing,
    problems: &mut Vec<Problem>,
) -> Sheet {
    let mut sheet = Sheet { file, rows: Vec::new() };
    // Spreadsheets put a mark before the first letter.
    let mut text = text.trim_start_matches('\u{feff}');
    if standing == Standing::New
        && let Some(swallowed) = quotes::swallowed(file, text, problems)
    {
        text = &text[..swallowed.start];
        problems.push(swallowed.problem);
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(1, |position| position.line() as usize);
                sheet.push(line, record.iter().map(str::to_owned).collect());
            }
            Err(error) => {
                let line = error.position().map(|position| position.line() as usize);
                problems.push(Problem::new(file, line, "syntax").with("why", error));
            }
        }
    }
    sheet
}

impl Sheet {
    /// Puts a row behind the others, unless it is empty.
    pub fn push(&mut self, line: usize, cells: Vec<String>) {
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            self.rows.push(Row { line, cells });
        }
    }
}
