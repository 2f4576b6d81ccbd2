//! `GET /catalogue/items/{item}`: 八公开 of an item.

use axum::{Json, extract::State};
use hall::{ids::ItemId, refusal::Refusal, setup::Item};
use wire::{catalogue::ItemGuide, http::Problem};

use crate::http::{Shared, address::Path, caller::Caller, problem::Refused};

/// Tells everything that is published of an item in force. One that was cancelled or handed down is
/// refused with just these words.
#[utoipa::path(
    get, path = "/catalogue/items/{item}", tag = "hall", params(("item" = String, Path)),
    responses(
        (status = 200, body = ItemGuide),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn item(
    State(app): Shared,
    caller: Caller,
    Path(item): Path<String>,
) -> Result<Json<ItemGuide>, Refused> {
    let id: Result<ItemId, Refusal> = item.parse().map_err(|_| Refusal::NoSuchItem);
    let told = app.read(|hall| hall.item_now(id?).map(guide));
    told.map(Json).map_err(|refusal| Refused::hall(refusal, caller.language, &app.clock))
}

/// An item as people are told of it.
pub fn guide(item: &Item) -> ItemGuide {
    let published = item.published.clone();
    let guide = published.guide;
    ItemGuide {
        id: item.id,
        name: item.name.clone(),
        queue: item.queue,
        kind: item.kind,
        limit_working_days: item.limit_working_days,
        statutory_working_days: published.statutory_working_days,
        national_code: published.national_code,
        tiers: published.tiers,
        tags: published.tags,
        bring: item.bring.clone(),
        mean_minutes: super::mean_minutes(item),
        content: guide.content,
        basis: guide.basis,
        conditions: guide.conditions,
        materials: guide.materials,
        procedure: guide.procedure,
        limit: guide.limit,
        fees: guide.fees,
        result: guide.result,
    }
}
