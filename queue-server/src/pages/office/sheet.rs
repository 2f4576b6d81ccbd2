//! A table as a workbook: under its title, its hall, its period and its base, with the head frozen,
//! numbers and days as such, and the lines for 制表人 and 审核人.
//!
//! Every table that is a file is both: the address says which, and what was written as a table becomes
//! the one or the other on its way out.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use tokio::sync::Semaphore;
use wire::texts::Texts;

use super::csv::Rows;
use crate::{app::App, http::caller};

/// What a table is of.
#[derive(Debug, Clone)]
pub struct About {
    /// Its title, with the period.
    pub title: String,
    /// 基数: how much it rests on.
    pub base: String,
}

/// A table on its way out.
#[derive(Debug, Clone)]
pub struct Table {
    /// The file's name, without its ending.
    pub name: String,
    /// What it is of.
    pub about: About,
    /// The head, then the rows.
    pub rows: Rows,
}

/// What stands around the table of a workbook.
struct Around {
    hall: String,
    made_by: String,
    checked_by: String,
    made: String,
}

/// The ending of a workbook's address.
const ENDING: &str = ".xlsx";

const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The row of the head: title, hall and base stand above it.
const HEAD_ROW: u32 = 3;

/// A4, as the format counts papers.
const A4: u8 = 9;

/// Columns are no wider than this, in letters: longer words are broken.
const WIDTH_MAX: usize = 48;

/// Large files are made one at a time: each may hold a year's rows in memory.
static TURNS: Semaphore = Semaphore::const_new(1);

/// Numbers with more digits are codes: a spreadsheet would round them.
const DIGITS_MAX: usize = 11;

/// Makes a workbook of the table that an address with its ending answers.
pub async fn dress(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let wanted = request.uri().path().ends_with(ENDING);
    let language = caller::page_language(request.headers());
    let mut response = next.run(request).await;
    let Some(table) = response.extensions_mut().remove::<Table>().filter(|_| wanted) else {
        return response;
    };
    let texts = Texts::of(language);
    let around = Around {
        hall: app.profile.details.name.clone(),
        made_by: texts.get("office.made_by").to_owned(),
        checked_by: texts.get("office.checked_by").to_owned(),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    };
    let bytes = match at_leisure(move || written(&table, &around).map(|it| (table.name, it))).await
    {
        Some(Ok(bytes)) => Ok(bytes),
        Some(Err(error)) => Err(error.to_string()),
        None => Err("nobody wrote it".to_owned()),
    };
    let (name, bytes) = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(error, "a workbook could not be written");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    // What else the answer says of itself, as what it may load, stays.
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(KIND));
    let name = format!("attachment; filename=\"{name}{ENDING}\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    *response.body_mut() = Body::from(bytes);
    response
}

/// Does what may take seconds, as the file of a whole year's evaluations does, where it keeps nobody
/// waiting who wants a number or a page; none if it could not be done at all.
pub async fn at_leisure<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let turn = TURNS.acquire().await.ok()?;
    let in_turn = move || {
        // It is given on when the work is done, also if nobody waits for it any more.
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(in_turn).await.ok()
}

/// How cells look.
struct Looks {
    title: Format,
    soft: Format,
    head: Format,
    text: Format,
    number: Format,
    day: Format,
    moment: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            soft: Format::new(),
            head: cell().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            text: cell().set_text_wrap().set_align(FormatAlign::Top),
            number: cell().set_align(FormatAlign::Top),
            day: cell().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top),
            moment: cell().set_num_format("yyyy-mm-dd hh:mm").set_align(FormatAlign::Top),
        }
    }
}

fn written(table: &Table, around: &Around) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string_with_format(0, 0, &table.about.title, &looks.title)?;
    sheet.write_string_with_format(1, 0, &around.hall, &looks.soft)?;
    sheet.write_string_with_format(2, 0, &table.about.base, &looks.soft)?;
    let mut below = HEAD_ROW;
    for (number, row) in (HEAD_ROW..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            if number == HEAD_ROW {
                sheet.write_string_with_format(number, column, cell, &looks.head)?;
            } else {
                write(sheet, (number, column), cell, &looks)?;
            }
        }
        below = number + 1;
    }
    for (column, width) in (0_u16..).zip(widths(&table.rows)) {
        sheet.set_column_width(column, width)?;
    }
    let signed =
        format!("{}________　{}________　{}", around.made_by, around.checked_by, around.made);
    sheet.write_string_with_format(below + 1, 0, &signed, &looks.soft)?;
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    workbook.save_to_buffer()
}

/// What a cell is.
enum Cell {
    /// Nothing.
    Blank,
    /// A number.
    Number(f64),
    /// A day, or a moment.
    When(ExcelDateTime, bool),
    /// Words, and codes that look like numbers.
    Words,
}

fn cell(text: &str) -> Cell {
    if text.is_empty() {
        return Cell::Blank;
    }
    let is_day = |text: &str| {
        let bytes = text.as_bytes();
        bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-'
    };
    if is_day(text)
        && let Ok(day) = ExcelDateTime::parse_from_str(text)
    {
        return Cell::When(day, false);
    }
    if let Some((day, time)) = text.split_once(' ')
        && is_day(day)
        && time.len() == 5
        && let Ok(moment) = ExcelDateTime::parse_from_str(&format!("{day}T{time}:00"))
    {
        return Cell::When(moment, true);
    }
    // "012" and long rows of digits are codes.
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    let is_code =
        digits > DIGITS_MAX || digits > 1 && text.starts_with('0') && !text.starts_with("0.");
    match text.parse::<f64>() {
        Ok(number) if is_plain && !is_code => Cell::Number(number),
        Ok(_) | Err(_) => Cell::Words,
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell(text) {
        Cell::Blank => sheet.write_blank(row, column, &looks.text)?,
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, number, &looks.number)?
        }
        Cell::When(when, has_time) => {
            let look = if has_time { &looks.moment } else { &looks.day };
            sheet.write_datetime_with_format(row, column, &when, look)?
        }
        // As a string it is never reckoned, whatever it begins with.
        Cell::Words => sheet.write_string_with_format(row, column, text, &looks.text)?,
    };
    Ok(())
}

/// The width of each column in letters; a Chinese one is as wide as two.
fn widths(rows: &Rows) -> Vec<f64> {
    let width = |cell: &String| {
        let letters = cell.chars().map(|each| if each.is_ascii() { 1 } else { 2 });
        (letters.sum::<usize>() + 2).min(WIDTH_MAX)
    };
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(width).max();
    (0..columns).map(|column| widest(column).unwrap_or(0) as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_such_and_codes_stay_codes() {
        for (text, number) in [("12", 12.0), ("-3.5", -3.5), ("0", 0.0), ("0.25", 0.25)] {
            assert!(matches!(cell(text), Cell::Number(is) if is == number), "{text}");
        }
        for words in ["012", "001790482531", "A012", "=1+1", "1e5", "inf", "12%", "2026-13-45", "-"]
        {
            assert!(matches!(cell(words), Cell::Words), "{words}");
        }
        assert!(matches!(cell("2026-11-23"), Cell::When(_, false)));
        assert!(matches!(cell("2026-11-23 09:14"), Cell::When(_, true)));
        assert!(matches!(cell(""), Cell::Blank));
    }
}
