//! The day as a table for a spreadsheet.

use std::borrow::Cow;

use axum::{
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use hall::words::Rating;
use serde::Deserialize;
use wire::{
    tally::{Spread, Tally, score},
    texts::Texts,
};

use super::{
    sheet::{About, Table},
    tables,
};
use crate::{
    clock::HallClock,
    pages::{Shared, guard::HallReader},
};

/// Spreadsheets of the office know UTF-8 by this.
const MARK: &str = "\u{feff}";

/// The tables there are.
pub const TABLES: [&str; 6] =
    ["queues", "windows", "clerks", "evaluations", "half_hours", "stand_ins"];

/// Which table is wanted.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    table: Option<String>,
}

/// `GET /office.csv?table=queues|windows|clerks|evaluations|half_hours|stand_ins`.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    let (tally, texts) = (app.tally(), reader.texts);
    let asked = asked.table.as_deref().unwrap_or("queues");
    let (name, rows) = match asked {
        "queues" => ("", queues(&tally, texts)),
        "windows" => ("-windows", windows(&tally, texts)),
        "clerks" => ("-clerks", clerks(&tally, texts)),
        "evaluations" => ("-evaluations", evaluations(&tally, texts)),
        "half_hours" => ("-half-hours", half_hours(&tally, texts)),
        "stand_ins" => ("-stand-ins", stand_ins(&tally, &app.clock, texts)),
        _ => return Err(StatusCode::NOT_FOUND.into_response()),
    };
    let key = if name.is_empty() { "queues" } else { asked };
    let title = texts.fill("office.title", &[("day", &tally.day)]);
    let base = texts.fill(
        "office.subtitle",
        &[("issued", &tally.issued), ("served", &tally.served), ("waiting", &tally.waiting)],
    );
    let title = format!("{title} · {}", texts.get(&format!("office.csv_{key}")));
    Ok(answer(&format!("paihao-{}{name}", tally.day), About { title, base }, rows))
}

/// Rows of cells.
pub type Rows = Vec<Vec<String>>;

/// A table as a file, which goes out as a workbook where one is asked for.
pub fn answer(name: &str, about: About, rows: Rows) -> Response {
    let mut response = plainly(name, &rows);
    response.extensions_mut().insert(Table { name: name.to_owned(), about, rows });
    response
}

/// The same as a table only: nobody reads it as a workbook.
pub fn plainly(name: &str, rows: &Rows) -> Response {
    let text = match written(rows) {
        Ok(text) => text,
        Err(error) => {
            tracing::error!(%error, "a table could not be written");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let name = format!("attachment; filename=\"{name}.csv\"");
    let kind = "text/csv; charset=utf-8".to_owned();
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text).into_response()
}

/// A table as the text of a file.
///
/// # Errors
/// If a row has another number of cells than the first.
pub fn written(rows: &Rows) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| plain(cell).into_owned()))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(format!("{MARK}{}", String::from_utf8_lossy(&bytes)))
}

/// What a spreadsheet takes for a formula, in narrow and wide letters.
const COMPUTES: [char; 10] =
    ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Words that somebody typed at a kiosk are opened in a spreadsheet: with a quote before them they stay
/// words. Numbers stay numbers.
fn plain(cell: &str) -> Cow<'_, str> {
    let computes = cell.chars().count() > 1 && cell.starts_with(COMPUTES);
    if computes && cell.parse::<f64>().is_err() { format!("'{cell}").into() } else { cell.into() }
}

fn heads(texts: &Texts, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| texts.get(key).to_owned()).collect()
}

fn minutes(secs: f64, count: u32) -> String {
    if count == 0 { String::new() } else { format!("{:.1}", secs / 60.0) }
}

/// A mean and how many it rests on.
fn mean(spread: &Spread) -> [String; 2] {
    [minutes(spread.mean_secs, spread.count), spread.count.to_string()]
}

fn queues(tally: &Tally, texts: &Texts) -> Rows {
    let head = [
        "board.th_queue",
        "office.csv_name",
        "office.th_issued",
        "office.th_served",
        "office.csv_wait",
        "office.csv_wait_count",
        "office.csv_p90",
        "office.csv_service",
        "office.csv_service_count",
        "office.th_no_show",
    ];
    let row = |id: String, name: String, counts: [u32; 3], wait: &Spread, service: &Spread| {
        let mut row = vec![id, name, counts[0].to_string(), counts[1].to_string()];
        row.extend(mean(wait));
        row.push(minutes(wait.p90_secs, wait.count));
        row.extend(mean(service));
        row.push(counts[2].to_string());
        row
    };
    let mut rows = vec![heads(texts, &head)];
    for queue in &tally.queues {
        let counts = [queue.issued, queue.served, queue.no_shows];
        rows.push(row(
            queue.id.to_string(),
            queue.name.clone(),
            counts,
            &queue.wait,
            &queue.service,
        ));
    }
    let counts = [tally.issued, tally.served, tally.no_shows];
    let sum = texts.get("office.csv_sum").to_owned();
    rows.push(row(sum, String::new(), counts, &tally.wait, &tally.service));
    rows
}

fn windows(tally: &Tally, texts: &Texts) -> Rows {
    let head = [
        "office.th_window",
        "office.csv_name",
        "office.th_served",
        "office.csv_service",
        "office.csv_service_count",
        "office.th_use",
        "office.csv_pauses",
        "office.csv_pause_minutes",
        "office.th_evaluated",
        "office.th_score",
    ];
    let mut rows = vec![heads(texts, &head)];
    for window in &tally.windows {
        let mut row = vec![window.id.to_string(), window.name.clone(), window.served.to_string()];
        row.extend(mean(&window.service));
        let used = window.utilisation.percent();
        row.push(used.map_or(String::new(), |percent| format!("{percent:.1}")));
        row.push(window.pauses.to_string());
        row.push(minutes(window.paused_secs as f64, window.pauses));
        row.extend(judged(window.evaluations));
        rows.push(row);
    }
    rows
}

fn clerks(tally: &Tally, texts: &Texts) -> Rows {
    let head = [
        "office.th_clerk",
        "office.th_served",
        "office.csv_service",
        "office.csv_service_count",
        "office.th_no_show",
        "office.th_evaluated",
        "office.th_score",
    ];
    let mut rows = vec![heads(texts, &head)];
    for clerk in &tally.staff {
        let mut row = vec![clerk.staff.to_string(), clerk.served.to_string()];
        row.extend(mean(&clerk.service));
        row.push(clerk.no_show_events.to_string());
        row.extend(judged(clerk.evaluations));
        rows.push(row);
    }
    rows
}

/// How many evaluations, and their score.
fn judged(evaluations: [u32; 5]) -> [String; 2] {
    let score = score(evaluations).map_or(String::new(), |score| format!("{score:.1}"));
    [evaluations.iter().sum::<u32>().to_string(), score]
}

/// Levels by window, and for the hall; never by ticket.
fn evaluations(tally: &Tally, texts: &Texts) -> Rows {
    let levels = Rating::ALL.iter().rev();
    let mut head = heads(texts, &["office.th_window", "office.csv_name", "office.th_served"]);
    head.extend(levels.map(|level| texts.get(&format!("rating.{level}")).to_owned()));
    let row = |id: String, name: String, served: u32, counts: [u32; 5]| {
        let mut row = vec![id, name, served.to_string()];
        row.extend(counts.iter().rev().map(ToString::to_string));
        row
    };
    let mut rows = vec![head];
    for window in &tally.windows {
        let (id, name) = (window.id.to_string(), window.name.clone());
        rows.push(row(id, name, window.served, window.evaluations));
    }
    let sum = texts.get("office.csv_sum").to_owned();
    rows.push(row(sum, String::new(), tally.served, tally.evaluations));
    rows
}

fn half_hours(tally: &Tally, texts: &Texts) -> Rows {
    let head = ["office.th_from", "office.th_issued", "office.th_called", "office.csv_wait"];
    let mut rows = vec![heads(texts, &head)];
    rows.extend(tally.half_hours.iter().map(|half| {
        let wait = half.wait_mean_secs.map_or(String::new(), |secs| minutes(secs, 1));
        vec![half.from.clone(), half.issued.to_string(), half.called.to_string(), wait]
    }));
    rows
}

/// 顶岗; the end is empty while it lasts.
fn stand_ins(tally: &Tally, clock: &HallClock, texts: &Texts) -> Rows {
    let head = [
        "office.th_window",
        "office.th_absent",
        "office.th_stand_in",
        "office.th_since",
        "office.th_until",
    ];
    let mut rows = vec![heads(texts, &head)];
    let each = tables::stand_ins(tally, clock).into_iter();
    rows.extend(each.map(|row| vec![row.window, row.absent, row.staff, row.since, row.until]));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_stranger_are_no_formula_and_numbers_stay_numbers() {
        for (cell, kept) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\u{ff1d}cmd|x", "'\u{ff1d}cmd|x"),
            ("\t=1", "'\t=1"),
            ("-3.5", "-3.5"),
            ("+7", "+7"),
            ("-", "-"),
            ("A001", "A001"),
        ] {
            assert_eq!(plain(cell), kept, "{cell}");
        }
        let table = written(&vec![vec!["=A1,\"x\"".to_owned()]]).unwrap();
        assert_eq!(table, format!("{MARK}\"'=A1,\"\"x\"\"\"\n"));
    }
}
