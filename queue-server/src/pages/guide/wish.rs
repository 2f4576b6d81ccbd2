//! 没有找到要办的事项 at the guide desk: what somebody came for is kept for the weekly list.

use axum::{Form, extract::State, http::HeaderMap, response::Response};
use serde::Deserialize;
use wire::http::unfound::UnfoundRequest;

use super::{ROLES, order};
use crate::{
    http::{body::Body, unfound},
    pages::{Shared, guard::Reader},
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
    reader: Reader,
    headers: HeaderMap,
    Form(form): Form<Wished>,
) -> Result<Response, Response> {
    reader.must_be(ROLES)?;
    let caller = order::caller(&reader, &headers)?;
    let written = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let body = UnfoundRequest {
        request_id: form.again,
        department: written(form.department),
        words: written(form.words),
        said: None,
    };
    let told = unfound::unfound(State(app), caller, Body(body)).await;
    let _kept = told.map_err(order::refused)?;
    Ok(order::stays(&headers, reader.texts.get("guide.wish_kept")))
}
