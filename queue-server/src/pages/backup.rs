//! 备份: what is kept, when the last copy was made, and a button for one now.

pub mod put_back;

use std::{fmt, path::Path};

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use hall::time::Timestamp;
use wire::texts::Texts;

use super::{Shared, guard::Reader, html, shell::Shell};
use crate::{
    access::Role,
    app::App,
    backup::{Backup, BackupFault, wanted},
};

/// Bytes of a megabyte, as disks are sold.
const MEGABYTE: f64 = 1_000_000.0;

struct Row {
    name: String,
    at: String,
    megabytes: String,
    records: u64,
    acts: u64,
}

struct View {
    /// `yes`, `no` or nothing.
    level: &'static str,
    said: String,
    hint: String,
    folder: String,
    rows: Vec<Row>,
    is_making: bool,
    /// What came of the last restore, and where the data of before is.
    told: String,
    told_more: String,
    told_level: &'static str,
    /// A restore waits for the next start.
    waits: bool,
}

#[derive(Template)]
#[template(path = "backup.html")]
struct Page {
    s: Shell,
    b: View,
}

/// `GET /backup`.
pub async fn page(State(app): Shared, reader: Reader) -> Result<Response, Response> {
    reader.must_be(&[Role::Admin])?;
    let s = Shell::of(&app, &reader, "/backup");
    let b = fill(&app, s.t);
    Ok(html(&Page { s, b }))
}

/// `POST /backup`: asks for one now.
pub async fn now(State(app): Shared, reader: Reader) -> Result<Response, Response> {
    reader.must_be(&[Role::Admin])?;
    app.backups.ask();
    Ok(Redirect::to("/backup").into_response())
}

/// What went wrong, in the language of the page; what the system itself said stands behind it.
fn told(fault: &BackupFault, texts: &Texts) -> String {
    let said = |key: &str, path: &Path, why: &dyn fmt::Display| {
        texts.fill(&format!("backup.fault.{key}"), &[("path", &path.display()), ("why", why)])
    };
    match fault {
        BackupFault::File { path, source, .. } => said("file", path, source),
        BackupFault::Record(why) => said("record", Path::new(""), why),
        BackupFault::Trail(why) => said("trail", Path::new(""), why),
        BackupFault::NoBackup { path, why } => said("no_backup", path, why),
        BackupFault::Gone { path } => said("gone", path, &""),
        BackupFault::Changed { path } => said("changed", path, &""),
        BackupFault::NotEmpty { path } => said("not_empty", path, &""),
        BackupFault::Restless { path } => said("restless", path, &""),
    }
}

fn fill(app: &App, texts: &Texts) -> View {
    let condition = app.backups.condition();
    let last = condition.last.as_ref().map(|last| written(app, last));
    let (level, said) = if let Some(why) = &condition.failed {
        ("no", texts.fill("backup.failed", &[("why", &told(why, texts))]))
    } else if condition.is_making {
        ("", texts.get("backup.making").to_owned())
    } else if let Some(last) = &last {
        let late = app.backups.are_late();
        let key = if late { "backup.late" } else { "backup.last" };
        (if late { "no" } else { "yes" }, texts.fill(key, &[("at", last)]))
    } else {
        ("no", texts.get("backup.none_yet").to_owned())
    };
    let hint =
        if app.backups.are_on_the_same_disk() { "backup.same_disk" } else { "backup.other_disk" };
    let row = |backup: Backup| Row {
        name: backup.name(),
        at: written(app, &backup),
        megabytes: format!("{:.1}", backup.bytes() as f64 / MEGABYTE),
        records: backup.manifest.records,
        acts: backup.manifest.acts,
    };
    let (told, told_more, told_level) = restored(app, texts);
    View {
        told,
        told_more,
        told_level,
        waits: wanted::waits(&app.data),
        level,
        said,
        hint: texts.get(hint).to_owned(),
        folder: texts.fill(
            "backup.folder",
            &[("folder", &app.backups.folder().display()), ("n", &app.backups.kept())],
        ),
        rows: app.backups.list().into_iter().map(row).collect(),
        is_making: condition.is_making,
    }
}

/// What came of the last restore.
fn restored(app: &App, texts: &Texts) -> (String, String, &'static str) {
    let Some(told) = wanted::told(&app.data) else {
        return (String::new(), String::new(), "");
    };
    let at = app.clock.written(Timestamp(told.at_secs.saturating_mul(1_000)));
    let by = [("at", &at as &dyn std::fmt::Display), ("backup", &told.backup), ("no", &told.by)];
    let why = texts.fill("backup.restored_why", &[("why", &told.why)]);
    match (told.fault, told.aside) {
        (None, Some(aside)) => {
            let aside = texts.fill("backup.restored_aside", &[("folder", &aside.display())]);
            (texts.fill("backup.restored", &by), format!("{why} {aside}"), "yes")
        }
        (fault, _) => {
            let fault = fault.unwrap_or_default();
            let fault = texts.fill("backup.not_restored_why", &[("fault", &fault)]);
            (texts.fill("backup.not_restored", &by), format!("{why} {fault}"), "no")
        }
    }
}

fn written(app: &App, backup: &Backup) -> String {
    app.clock.written(Timestamp(backup.manifest.made_secs.saturating_mul(1_000)))
}
