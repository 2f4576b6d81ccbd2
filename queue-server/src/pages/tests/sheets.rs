//! Workbooks, read back by a program that is not ours.

use std::{path::Path, process::Command};

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Hall, tasks};
use crate::access::Role;

/// What openpyxl reads in a file of the office; none if it was not installed and nobody insists on it.
async fn read(hall: &Hall, path: &str, cookie: &str) -> Option<Value> {
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let response = hall.service.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    assert!(kind.ends_with("spreadsheetml.sheet"), "{path}: {kind}");
    let name = response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert!(name.contains(".xlsx"), "{path}: {name}");
    let bytes = to_bytes(response.into_body(), 1 << 22).await.unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let python = root.join("target/oracles/bin/python");
    if !python.exists() {
        let insists = std::env::var_os("ORACLES").is_some_and(|value| value == "required");
        assert!(!insists, "{} is installed by tests/run", python.display());
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.xlsx");
    std::fs::write(&file, &bytes).unwrap();
    let script = root.join("tests/oracles/ask_openpyxl.py");
    let asked = Command::new(python).arg(script).arg(&file).output().unwrap();
    assert!(asked.status.success(), "{path}: {}", String::from_utf8_lossy(&asked.stderr));
    Some(serde_json::from_slice(&asked.stdout).unwrap())
}

/// The row of the head; title, hall and base stand above it.
const HEAD: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_as_a_workbook_says_what_it_says_as_a_table_with_numbers_and_days_as_such() {
    let hall = tasks::spoken().await;
    let office = hall.cookie(Role::Office, &[]);
    let Some(book) = read(&hall, "/office/tasks.xlsx?month=2026-11", &office).await else { return };
    assert_eq!(
        (&book["frozen"], &book["landscape"]),
        (&json!("A5"), &json!("landscape")),
        "{book}"
    );
    assert_eq!((&book["paper"], &book["repeats"]), (&json!(9), &json!("$4:$4")), "{book}");
    let rows = book["rows"].as_array().unwrap();
    assert_eq!(rows[0][0], "差评整改台账 · 2026-11");
    assert_eq!(rows[1][0], hall.app.profile.details.name.as_str());
    assert!(rows[2][0].as_str().unwrap().starts_with("未办结 1 件"), "{book}");
    assert_eq!((&rows[HEAD][0], &rows[HEAD][1]), (&json!("编号"), &json!("时间")));
    let row = &rows[HEAD + 1];
    assert_eq!(row[0], 1);
    assert!(row[1]["when"].as_str().unwrap().starts_with("2026-11-23T"), "{row}");
    assert_eq!((&row[2], &row[7]), (&json!("M001"), &json!("非常不满意")));
    assert_eq!(row[13]["when"], "2026-11-30T00:00:00", "{row}");
    let signed = rows.last().unwrap()[0].as_str().unwrap();
    assert!(signed.contains("制表人") && signed.contains("审核人"), "{signed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_the_office_is_a_workbook_too_with_as_many_rows() {
    let hall = tasks::spoken().await;
    let office = hall.cookie(Role::Office, &[]);
    for path in [
        "/office.csv?table=queues",
        "/office.csv?table=windows",
        "/office.csv?table=clerks",
        "/office.csv?table=evaluations",
        "/office.csv?table=half_hours",
        "/office.csv?table=stand_ins",
        "/office/report.csv?period=month&by=queue",
        "/office/evaluations.csv?period=day",
        "/office/tasks.csv",
        "/office/matters.csv",
        "/office/unfound.csv",
        "/office/accuracy.csv",
        "/office/plan.csv?day=2026-11-25",
    ] {
        let table = hall.get(path, &office).await.text;
        let mut table = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
        let lines: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        let Some(book) = read(&hall, &path.replace(".csv", ".xlsx"), &office).await else { return };
        let rows = book["rows"].as_array().unwrap();
        let filled = |row: &&Value| row.as_array().unwrap().iter().any(|cell| !cell.is_null());
        // Title, hall, base and the line for signatures stand around it.
        let of_table = rows.iter().skip(HEAD).filter(filled).count() - 1;
        assert_eq!(of_table, lines.len(), "{path}: {book}");
        assert!(!rows[0][0].as_str().unwrap().is_empty(), "{path}");
        for (cell, text) in rows[HEAD].as_array().unwrap().iter().zip(&lines[0]) {
            assert_eq!(
                cell.as_str().unwrap_or_default(),
                text.trim_start_matches('\u{feff}'),
                "{path}"
            );
        }
    }
    let clerk = hall.cookie_of("9006", Role::Desk);
    assert_eq!(hall.get("/office/tasks.xlsx", &clerk).await.status, StatusCode::SEE_OTHER);
}
