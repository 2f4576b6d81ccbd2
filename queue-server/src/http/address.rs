//! What an address says, read like a body: refused in words, not in the library's.

use std::sync::Arc;

use axum::{
    extract::{self, FromRequestParts},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use super::{
    caller,
    problem::{ApiCode, Refused},
};
use crate::app::App;

/// A part of the path: of another form, there is no such place.
pub struct Path<T>(pub T);

/// What stands behind the question mark.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<App>> for Path<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let read = extract::Path::from_request_parts(parts, app).await;
        let refused = |_| Refused::api(ApiCode::NoSuchPlace, caller::language(&parts.headers));
        read.map(|extract::Path(value)| Self(value)).map_err(refused)
    }
}

impl<T: DeserializeOwned> FromRequestParts<Arc<App>> for Query<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let read = extract::Query::from_request_parts(parts, app).await;
        let refused = |_| Refused::api(ApiCode::BadQuery, caller::language(&parts.headers));
        read.map(|extract::Query(value)| Self(value)).map_err(refused)
    }
}
