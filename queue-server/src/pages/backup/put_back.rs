//! 恢复: what a backup holds, after every file of it was read, and the form that puts it back.

use std::net::SocketAddr;

use askama::Template;
use axum::{
    Form,
    extract::{ConnectInfo, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use tokio::task;
use wire::texts::Texts;

use super::{
    super::{Shared, guard::Reader, html, shell::Shell, signin},
    written,
};
use crate::{
    access::{Role, SignInRefusal},
    app::App,
    backup::{Backup, wanted},
    http::audited::Told,
    record::kept,
};

/// Letters of a reason.
const REASON_CHARS_MAX: usize = 200;

struct View {
    name: String,
    /// What is wrong with it, in words; then there is no form.
    broken: String,
    facts: Vec<(String, String)>,
    error: String,
    why: String,
}

#[derive(Template)]
#[template(path = "backup_restore.html")]
struct Page {
    s: Shell,
    b: View,
}

#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    backup: String,
}

/// `GET /backup/restore?backup=paihao-20261130-020000Z`.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Admin])?;
    let s = Shell::of(&app, &reader, "/backup");
    let b = fill(&app, s.t, asked.backup, (String::new(), String::new())).await;
    Ok(html(&Page { s, b }))
}

#[derive(Debug, Deserialize)]
pub struct Order {
    #[serde(default)]
    backup: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    why: String,
}

/// `POST /backup/restore`: password and reason, and the server is opened anew with it.
pub async fn order(
    State(app): Shared,
    reader: Reader,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Form(order): Form<Order>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Admin])?;
    let s = Shell::of(&app, &reader, "/backup");
    let texts = s.t;
    let why: String = order.why.trim().chars().take(REASON_CHARS_MAX).collect();
    let about = format!("restore {}", order.backup);
    let refused = match wants(&app, &reader, &order, &why, from, texts).await {
        Ok(()) => {
            app.restart();
            let mut response = Redirect::to("/backup").into_response();
            response.extensions_mut().insert(Told { about, ..Told::default() });
            return Ok(response);
        }
        Err(refused) => refused,
    };
    let b = fill(&app, texts, order.backup, (refused.1, why)).await;
    let mut response = (StatusCode::UNPROCESSABLE_ENTITY, html(&Page { s, b })).into_response();
    let told = Told { about, refused: Some(refused.0.to_owned()), ..Told::default() };
    response.extensions_mut().insert(told);
    Ok(response)
}

/// Writes the wish down, or says with a code and in words why not.
async fn wants(
    app: &std::sync::Arc<App>,
    reader: &Reader,
    order: &Order,
    why: &str,
    from: SocketAddr,
    texts: &Texts,
) -> Result<(), (&'static str, String)> {
    let text = |key: &str| texts.get(key).to_owned();
    if why.is_empty() {
        return Err(("no_reason", text("backup.reason_first")));
    }
    let Some(by) = reader.identity.staff else {
        return Err(("not_allowed", text("backup.no_person")));
    };
    if order.password.len() > signin::BYTES_MAX {
        return Err(("wrong", text("password.now_wrong")));
    }
    let confirmed = app.access.confirms(by, order.password.clone(), from.ip()).await;
    confirmed.map_err(|refusal| match refusal {
        SignInRefusal::Wrong => ("wrong", text("password.now_wrong")),
        SignInRefusal::Wait { secs } => {
            ("wait", texts.fill("signin.wait", &[("n", &secs.div_ceil(60))]))
        }
        SignInRefusal::Busy => ("busy", text("signin.busy")),
    })?;
    let (app, name, why) = (app.clone(), order.backup.clone(), why.to_owned());
    let asked = task::spawn_blocking(move || app.backups.want_back(&name, by, &why)).await;
    match asked {
        Ok(Ok(())) => Ok(()),
        Ok(Err(fault)) => {
            Err(("broken", texts.fill("backup.broken", &[("why", &super::told(&fault, texts))])))
        }
        Err(_) => Err(("broken", text("signin.busy"))),
    }
}

async fn fill(
    app: &std::sync::Arc<App>,
    texts: &Texts,
    name: String,
    (error, why): (String, String),
) -> View {
    let (of_app, of_name) = (app.clone(), name.clone());
    let found = task::spawn_blocking(move || {
        let (folder, files) = (of_app.backups.folder(), of_app.backups.files());
        let backup = wanted::looked_through(folder, &of_name, files)?;
        let oldest = kept::oldest(&backup.path.join("data"), files).ok().flatten();
        Ok::<_, crate::backup::BackupFault>((backup, oldest))
    });
    match found.await {
        Ok(Ok((backup, oldest))) => {
            let oldest = oldest.map_or_else(|| "–".to_owned(), |day| day.to_string());
            View {
                name,
                broken: String::new(),
                facts: facts(app, &backup, &oldest, texts),
                error,
                why,
            }
        }
        Ok(Err(fault)) => {
            let broken = texts.fill("backup.broken", &[("why", &super::told(&fault, texts))]);
            View { name, broken, facts: Vec::new(), error, why }
        }
        Err(_) => {
            let broken = texts.get("signin.busy").to_owned();
            View { name, broken, facts: Vec::new(), error, why }
        }
    }
}

fn facts(app: &App, backup: &Backup, oldest: &str, texts: &Texts) -> Vec<(String, String)> {
    let manifest = &backup.manifest;
    let fact = |key: &str, value: String| (texts.get(&format!("backup.{key}")).to_owned(), value);
    vec![
        fact("fact_at", written(app, backup)),
        fact("fact_from", oldest.to_owned()),
        fact("fact_records", manifest.records.to_string()),
        fact("fact_acts", manifest.acts.to_string()),
        fact("fact_files", manifest.file.len().to_string()),
        fact("fact_version", manifest.version.clone()),
        fact("fact_proved", texts.get("backup.proved").to_owned()),
    ]
}
