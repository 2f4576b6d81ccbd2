//! `items.xlsx`: the first sheet of a spreadsheet, as the text it would be as `items.csv`.

use std::io::{self, Cursor, Read as _};

use calamine::{Data, Reader, Xlsx};
use zip::ZipArchive;

use super::{super::problem::Problem, sheet};

/// The largest spreadsheet; a catalogue of a large hall with every published text has 3 MiB.
const BYTES_MAX: usize = 16 << 20;

/// What a spreadsheet unpacks to: the same with its markup, twenty times over. A small file may hold gigabytes
/// of nothing, and twice as much memory is taken while it is read.
const UNPACKED_BYTES_MAX: u64 = 64 << 20;

/// Files within a spreadsheet: sheets, styles, pictures.
const PARTS_MAX: usize = 1_000;

/// Rows that are looked at: a sheet that was formatted down to its end has a million empty ones.
const ROWS_MAX: usize = hall::limits::ITEMS_MAX * 2;

/// The rows of the first sheet as lines: the text's line is the sheet's row. A line break in a cell
/// parts a list, as people write one paper a line.
///
/// # Errors
/// Why it cannot be read.
pub fn as_text(bytes: Vec<u8>) -> Result<String, Box<Problem>> {
    let wrong = |why: &dyn std::fmt::Display| {
        Box::new(Problem::new(sheet::XLSX, None, "bad_spreadsheet").with("why", why))
    };
    if bytes.len() > BYTES_MAX {
        return Err(wrong(&format!("> {} MiB", BYTES_MAX >> 20)));
    }
    let unpacked = unpacked(&bytes).map_err(|error| wrong(&error))?;
    if unpacked > UNPACKED_BYTES_MAX {
        let problem = Problem::new(sheet::XLSX, None, "spreadsheet_unpacks");
        return Err(Box::new(problem.with("most", UNPACKED_BYTES_MAX >> 20)));
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| wrong(&error))?;
    let first = book.worksheet_range_at(0).ok_or_else(|| wrong(&"–"))?;
    let range = first.map_err(|error| wrong(&error))?;
    let (top, left) = range.start().unwrap_or((0, 0));
    let (top, left) = (top as usize, left as usize);
    if top + range.height() > ROWS_MAX {
        let problem = Problem::new(sheet::XLSX, None, "too_many").with("what", sheet::XLSX);
        return Err(Box::new(problem.with("most", ROWS_MAX)));
    }
    let mut text = "\n".repeat(top);
    for row in range.rows() {
        let cells: Vec<String> =
            (0..left).map(|_| String::new()).chain(row.iter().map(cell)).collect();
        text.push_str(&line(&cells));
        text.push('\n');
    }
    Ok(text)
}

/// Bytes that come out of it, counted up to one more than may: what its directory says may be a lie.
fn unpacked(bytes: &[u8]) -> zip::result::ZipResult<u64> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    if archive.len() > PARTS_MAX {
        return Ok(UNPACKED_BYTES_MAX + 1);
    }
    let mut all = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at)?;
        let left = (UNPACKED_BYTES_MAX + 1).saturating_sub(all);
        all += io::copy(&mut part.take(left), &mut io::sink())?;
        if all > UNPACKED_BYTES_MAX {
            break;
        }
    }
    Ok(all)
}

fn cell(data: &Data) -> String {
    let text = data.to_string();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("；")
}

fn line(cells: &[String]) -> String {
    // Empty cells behind the last written one are how a spreadsheet pads its rows.
    let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let quoted = cells[..end].iter().map(|cell| {
        if cell.contains([',', '"']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    });
    quoted.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests;
