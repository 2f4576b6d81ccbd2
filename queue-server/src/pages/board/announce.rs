//! 广播 from the board: a line of words, where, and whether it is urgent.

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::{command::Command, ids::ZoneId};
use serde::Deserialize;
use wire::texts::Texts;

use super::ask;
use crate::{
    access::Role,
    app::App,
    http::problem,
    pages::{Shared, guard::Reader},
};

/// Everywhere, and each zone.
pub fn places(app: &App, texts: &Texts) -> Vec<(String, String)> {
    let everywhere = (String::new(), texts.get("board.everywhere").to_owned());
    let zones = app.profile.details.zone_labels.iter();
    let zones = zones.map(|(id, label, name)| (id.to_string(), format!("{label} {name}")));
    std::iter::once(everywhere).chain(zones).collect()
}

/// What the form says.
#[derive(Deserialize)]
pub struct Said {
    text: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    urgent: String,
    #[serde(default)]
    again: String,
}

/// `POST /board/announce`.
pub async fn announce(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<Said>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let zone = match form.zone.as_str() {
        "" => None,
        zone => Some(zone.parse::<ZoneId>().map_err(|_| StatusCode::BAD_REQUEST.into_response())?),
    };
    let command = Command::Announce { text: form.text, urgent: form.urgent == "on", zone };
    let told = |words: String| (StatusCode::CONFLICT, words).into_response();
    ask(&app, &reader, &form.again, command)
        .await
        .map_err(|why| told(problem::why(&why, reader.texts, &app.clock)))?;
    Ok(Redirect::to("/board").into_response())
}
