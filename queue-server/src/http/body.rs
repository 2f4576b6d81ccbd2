//! A JSON body that is read strictly, and refused in words.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::IntoResponse,
};
use serde::de::DeserializeOwned;

use super::{
    caller,
    problem::{ApiCode, Refused},
};
use crate::app::App;

/// A body of this form.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Refused> {
        let language = caller::language(request.headers());
        let bytes = Bytes::from_request(request, app).await.map_err(|rejection| {
            let too_large = rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
            let code = if too_large { ApiCode::BodyTooLarge } else { ApiCode::BadBody };
            Refused::api(code, language)
        })?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            Refused::api(ApiCode::BadBody, language).with_detail(error.to_string())
        })
    }
}
