//! The day as a table for a spreadsheet.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use wire::{tally::Tally, texts::Texts};

use crate::{
    access::Role,
    pages::{Shared, guard::Reader},
};

/// Spreadsheets of the office know UTF-8 by this.
const MARK: &str = "\u{feff}";

/// `GET /office.csv`.
pub async fn file(State(app): Shared, reader: Reader) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let tally = app.tally();
    let text = table(&tally, reader.texts).map_err(|error| {
        tracing::error!(%error, "the day's table could not be written");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    })?;
    let name = format!("attachment; filename=\"paihao-{}.csv\"", tally.day);
    let kind = "text/csv; charset=utf-8".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text).into_response())
}

fn table(tally: &Tally, texts: &Texts) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = [
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
    writer.write_record(heads.map(|key| texts.get(key)))?;
    let minutes = |secs: f64, count: u32| {
        if count == 0 { String::new() } else { format!("{:.1}", secs / 60.0) }
    };
    for queue in &tally.queues {
        writer.write_record([
            queue.id.to_string(),
            queue.name.clone(),
            queue.issued.to_string(),
            queue.served.to_string(),
            minutes(queue.wait.mean_secs, queue.wait.count),
            queue.wait.count.to_string(),
            minutes(queue.wait.p90_secs, queue.wait.count),
            minutes(queue.service.mean_secs, queue.service.count),
            queue.service.count.to_string(),
            queue.no_shows.to_string(),
        ])?;
    }
    writer.write_record([
        texts.get("office.csv_sum").to_owned(),
        String::new(),
        tally.issued.to_string(),
        tally.served.to_string(),
        minutes(tally.wait.mean_secs, tally.wait.count),
        tally.wait.count.to_string(),
        minutes(tally.wait.p90_secs, tally.wait.count),
        minutes(tally.service.mean_secs, tally.service.count),
        tally.service.count.to_string(),
        tally.no_shows.to_string(),
    ])?;
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(format!("{MARK}{}", String::from_utf8_lossy(&bytes)))
}
