//! `GET` and `POST /catalogue/changes`: 目录调整, decided in the hall before `items.csv` says it.

use axum::{Json, extract::State};
use hall::{
    Hall,
    command::{ChangeItem, Command},
    setup::Item,
    time::Millis,
    words::people::ChangeKind,
};
use wire::http::{
    Done, Problem,
    setup::{CatalogueChange, CatalogueChangeRequest, CatalogueChanges, ItemParticulars},
};

use super::item::guide;
use crate::http::{Shared, ask, body::Body, caller::Caller, problem::Refused};

/// The longest promise, in working days, and the means of a service, in minutes: as `items.csv` has
/// them.
const LIMIT_MAX: u16 = 400;
const MEAN_MINUTES: std::ops::RangeInclusive<f64> = 0.5..=480.0;

/// Tells what was decided and does not stand in the profile yet, changes to come included.
#[utoipa::path(
    get, path = "/catalogue/changes", tag = "setup",
    responses(
        (status = 200, body = CatalogueChanges),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn changes(
    State(app): Shared,
    _caller: Caller,
) -> Result<Json<CatalogueChanges>, Refused> {
    Ok(Json(app.read(|hall| CatalogueChanges {
        version: hall.catalogue_version(),
        changes: hall.catalogue_changes().iter().map(|change| told(hall, change)).collect(),
    })))
}

fn told(hall: &Hall, change: &hall::event::people::CatalogueChanged) -> CatalogueChange {
    let of_change = change.to.as_ref().map(|to| to.name.clone());
    let name = of_change.or_else(|| Some(hall.setup().item(change.item)?.name.clone()));
    CatalogueChange {
        number: change.number,
        item: change.item,
        name: name.unwrap_or_default(),
        kind: change.kind,
        effective: change.effective,
        approver: change.approver,
        to: change.to.as_deref().map(guide),
    }
}

/// Changes the catalogue from a day on: 承接 brings a new item, 调整 other particulars, 下放 and
/// 取消 take it away. Tickets taken before are served as they were taken.
#[utoipa::path(
    post, path = "/catalogue/changes", tag = "setup", request_body = CatalogueChangeRequest,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn change(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<CatalogueChangeRequest>,
) -> Result<Json<Done>, Refused> {
    let to = app.read(|hall| particulars(hall, &body));
    let command = Command::ChangeItem(ChangeItem {
        item: body.item,
        kind: body.kind,
        to: to.map(Box::new),
        effective: body.effective,
        approver: body.approver,
    });
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(Done { done: true }))
}

/// The item as it shall be; none if it is not told whole, which the hall then says.
fn particulars(hall: &Hall, body: &CatalogueChangeRequest) -> Option<Item> {
    let to = body.to.as_ref();
    match body.kind {
        ChangeKind::HandedDown | ChangeKind::Cancelled => None,
        ChangeKind::TakenOver => laid_over(new(body)?, to?),
        ChangeKind::Adjusted => laid_over(hall.item(body.item)?.clone(), to?),
    }
}

fn new(body: &CatalogueChangeRequest) -> Option<Item> {
    let to = body.to.as_ref()?;
    Some(Item {
        id: body.item,
        name: to.name.clone()?,
        queue: to.queue?,
        kind: to.kind?,
        limit_working_days: None,
        mean_service: minutes(to.mean_minutes?)?,
        sd_service: Millis(0),
        per_day: 0,
        bring: Vec::new(),
        published: hall::setup::item::Published::default(),
    })
}

/// An item with what is said of it; none if something is out of its range.
fn laid_over(mut item: Item, to: &ItemParticulars) -> Option<Item> {
    if to.limit_working_days.is_some_and(|limit| limit > LIMIT_MAX) {
        return None;
    }
    if let Some(mean) = to.mean_minutes {
        item.mean_service = minutes(mean)?;
    }
    if let Some(limit) = to.limit_working_days {
        item.limit_working_days = Some(limit).filter(|limit| *limit > 0);
    }
    set(&mut item.name, &to.name);
    set(&mut item.queue, &to.queue);
    set(&mut item.kind, &to.kind);
    set(&mut item.bring, &to.bring);
    let published = &mut item.published;
    set(&mut published.aliases, &to.aliases);
    if let Some(name) = &to.english_name {
        published.english_name = Some(name.clone()).filter(|name| !name.is_empty());
    }
    set(&mut published.tiers, &to.tiers);
    set(&mut published.tags, &to.tags);
    let guide = &mut published.guide;
    set(&mut guide.content, &to.content);
    set(&mut guide.basis, &to.basis);
    set(&mut guide.conditions, &to.conditions);
    set(&mut guide.materials, &to.materials);
    set(&mut guide.procedure, &to.procedure);
    set(&mut guide.limit, &to.limit);
    set(&mut guide.fees, &to.fees);
    set(&mut guide.result, &to.result);
    Some(item)
}

fn set<T: Clone>(place: &mut T, said: &Option<T>) {
    if let Some(said) = said {
        place.clone_from(said);
    }
}

fn minutes(minutes: f64) -> Option<Millis> {
    MEAN_MINUTES.contains(&minutes).then_some(Millis((minutes * 60_000.0) as u64))
}
