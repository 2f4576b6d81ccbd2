//! 没有找到要办的事项 at the guide desk: what somebody came for is kept for the weekly list.

use axum::{Form, extract::State, response::Response};
use serde::Deserialize;
use wire::http::unfound::UnfoundRequest;

use super::order::{self, Giver};
use crate::{
    http::{body::Body, unfound},
    pages::Shared,
};

/// What the form says.
#[derive(Deserialize)]
pub struct Wished {
    again: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    words: String,
}

/// `POST /guide/wish`.
pub async fn order(
    State(app): Shared,
    giver: Giver,
    Form(form): Form<Wished>,
) -> Result<Response, Response> {
    let written = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let body = UnfoundRequest {
        request_id: form.again,
        department: written(form.department),
        words: written(form.words),
        said: None,
    };
    let told = unfound::unfound(State(app), giver.caller, Body(body)).await;
    let _kept = told.map_err(order::refused)?;
    Ok(giver.way.stays(giver.texts.get("guide.wish_kept")))
}
