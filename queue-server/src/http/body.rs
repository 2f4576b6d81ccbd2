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
    unread,
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
        read(&bytes).map(Self).map_err(|(field, error)| {
            let detail = unread::words(&field, &error, language);
            Refused::api(ApiCode::BadBody, language).with_detail(detail)
        })
    }
}

/// The value, or the field that does not fit and why.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, (String, serde_json::Error)> {
    // A list would be read as the fields in their order, and an empty one as nothing said at all.
    if bytes.trim_ascii_start().starts_with(b"[") {
        let error = serde::de::Error::custom("invalid type: a list, where an object is meant");
        return Err((".".to_owned(), error));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| (error.path().to_string(), error.into_inner()))?;
    reader.end().map_err(|error| (String::new(), error))?;
    Ok(value)
}
