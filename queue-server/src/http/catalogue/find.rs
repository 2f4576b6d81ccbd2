//! `GET /catalogue/items?find=…`: 查找事项.

use axum::{Json, extract::State};
use wire::{catalogue::FoundItems, find::Finder, http::Problem};

use crate::http::{Shared, address::Query, caller::Caller};

/// What is looked for.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
pub struct Sought {
    /// Characters, pinyin initials or whole pinyin, or English; its first 24 characters are read.
    #[serde(default)]
    find: String,
}

/// Finds the items in force that fit what was typed, the best first: the same matcher as the
/// kiosk's, in the same order.
#[utoipa::path(
    get, path = "/catalogue/items", tag = "hall", params(Sought),
    responses(
        (status = 200, body = FoundItems),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn find(
    State(app): Shared,
    _caller: Caller,
    Query(sought): Query<Sought>,
) -> Json<FoundItems> {
    let catalogue = super::of(&app);
    let hits = Finder::new(&catalogue).find(&sought.find);
    let of = |item| catalogue.items.iter().find(|each| each.id == item).cloned();
    Json(FoundItems { items: hits.into_iter().filter_map(|hit| of(hit.item)).collect() })
}
