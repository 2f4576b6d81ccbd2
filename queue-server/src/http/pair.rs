//! `POST /pair`: a new bridge, kiosk or screen gets its credential for a code.

use std::time::Instant;

use axum::{
    Json,
    extract::State,
    http::{Extensions, StatusCode},
};
use wire::http::{PairAnswer, PairRequest, Problem};

use super::{
    Shared,
    body::Body,
    caller::Language,
    limits,
    problem::{ApiCode, Refused},
};
use crate::pairing::PairingRefusal;

/// Gives the credential that the office made a code for. The code is void afterwards.
#[utoipa::path(
    post, path = "/pair", tag = "devices", request_body = PairRequest, security(()),
    responses(
        (status = 201, body = PairAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn pair(
    State(app): Shared,
    Language(language): Language,
    extensions: Extensions,
    Body(body): Body<PairRequest>,
) -> Result<(StatusCode, Json<PairAnswer>), Refused> {
    let from = limits::peer(&extensions);
    let refused = |refusal| {
        let code = match refusal {
            PairingRefusal::TooManyWrong => ApiCode::TooManyCodes,
            PairingRefusal::NoSuchCode | PairingRefusal::TooManyOpen | PairingRefusal::NoLuck => {
                ApiCode::NoSuchCode
            }
        };
        Refused::api(code, language)
    };
    let offer = app.pairings.redeem(&body.code, from, Instant::now()).map_err(refused)?;
    let (name, role) = (offer.name, offer.role);
    let secret = app.access.replace_credential(role, name, offer.windows).map_err(|fault| {
        tracing::error!(%fault, %name, "a credential could not be made for a pairing code");
        Refused::api(ApiCode::Busy, language)
    })?;
    tracing::info!(%name, %from, "paired");
    app.devices_changed();
    let hall = app.profile.setup.id();
    let role = role.as_str().to_owned();
    Ok((StatusCode::CREATED, Json(PairAnswer { hall, name, role, secret })))
}
