//! `GET /catalogue`: what can be done in the hall.

pub mod changes;
pub mod find;
pub mod item;

use axum::{Json, extract::State};
use hall::{
    Hall,
    ids::ItemId,
    setup::Item,
    time::{Millis, Timestamp},
};
use wire::{
    catalogue::{
        Catalogue, CatalogueItem, CatalogueQueue, CatalogueZone, FurtherQueue, POPULAR_MAX,
    },
    map::HallMap,
};

use super::{Shared, caller::Caller};
use crate::{app::App, profile::Profile, store::popular};

/// Tells zones, queues and the items in force; its `version` changes with the profile and with every
/// change of the catalogue that takes effect.
#[utoipa::path(get, path = "/catalogue", tag = "hall", responses((status = 200, body = Catalogue)))]
pub async fn catalogue(State(app): Shared, caller: Caller) -> Json<Catalogue> {
    Json(Catalogue { map: map(&app.profile, &caller), ..of(&app) })
}

/// The catalogue now, without the map: that is another one for every kiosk.
pub(crate) fn of(app: &App) -> Catalogue {
    let profile = &*app.profile;
    let details = &profile.details;
    let (version, items) = app.read(|hall| (hall.catalogue_version(), items(hall)));
    let version = match version {
        0 => profile.version.to_string(),
        changes => format!("{}.{changes}", profile.version),
    };
    Catalogue {
        version,
        hall: profile.setup.id(),
        hall_name: details.name.clone(),
        hall_english_name: details.english.hall.clone(),
        complaint_phone: details.complaint_phone.clone(),
        guide_phone: details.guide_phone.clone(),
        supervision_phone: details.supervision_phone.clone(),
        duty_leader: details.duty_leader.clone(),
        zones: zones(profile),
        queues: queues(profile),
        further: further(profile),
        popular: popular(app),
        items_max: profile.setup.rules().legs.items_max,
        elderly_from_years: profile.setup.rules().people.elderly_from_years,
        map: None,
        english_papers: details.english.papers.clone(),
        items,
        books: !profile.setup.rules().booking.slots.is_empty(),
        texts: profile.texts.clone(),
    }
}

/// 大厅地图 as it is seen from where the caller stands.
fn map(profile: &Profile, caller: &Caller) -> Option<HallMap> {
    let map = profile.details.map.as_ref()?;
    let stands = map.kiosks.iter().find(|kiosk| kiosk.id == caller.identity.name);
    Some(HallMap { here: stands.map(|kiosk| kiosk.here), ..map.floor.clone() })
}

/// 常办事项 of the month before today: the list stands still for a day.
fn popular(app: &App) -> Vec<ItemId> {
    let month = Millis::from_days(popular::DAYS.into()).0 as i64;
    let from = app.clock.day(Timestamp(app.clock.now().0.saturating_sub(month)));
    let chosen = app.store.chosen_since(from);
    app.read(|hall| popular::order(hall.items(), &chosen, POPULAR_MAX))
}

fn zones(profile: &Profile) -> Vec<CatalogueZone> {
    let labels = profile.details.zone_labels.iter();
    labels
        .filter_map(|(id, label, name)| {
            let place = profile.setup.zone(*id)?.place.clone();
            let english = profile.details.english.zones.get(id).cloned().unwrap_or_default();
            Some(CatalogueZone {
                id: *id,
                label: label.clone(),
                name: name.clone(),
                place,
                english_label: english.label,
                english_name: english.name,
                english_place: english.place,
            })
        })
        .collect()
}

fn queues(profile: &Profile) -> Vec<CatalogueQueue> {
    let setup = &profile.setup;
    let (identities, english) = (&profile.details.identities, &profile.details.english);
    let identity = |queue| {
        let found = identities.iter().find(|(each, _)| *each == queue);
        found.map_or_else(Default::default, |(_, identity)| *identity)
    };
    let issued = setup.queues().iter().filter(|queue| queue.issued);
    issued
        .map(|queue| CatalogueQueue {
            identity: identity(queue.id),
            id: queue.id,
            letter: queue.letter,
            name: queue.name.clone(),
            short_name: queue.short_name.clone(),
            zone: queue.zone,
            department: setup
                .department(queue.department)
                .map_or_else(String::new, |department| department.name.clone()),
            english_name: english.queues.get(&queue.id).cloned(),
            english_department: english.departments.get(&queue.department).cloned(),
            windows: setup
                .windows()
                .iter()
                .filter(|window| window.primary.contains(&queue.id))
                .map(|window| window.id)
                .collect(),
        })
        .collect()
}

fn further(profile: &Profile) -> Vec<FurtherQueue> {
    let english = &profile.details.english.queues;
    let further = profile.setup.queues().iter().filter(|queue| !queue.issued);
    further
        .map(|queue| FurtherQueue {
            id: queue.id,
            name: queue.name.clone(),
            short_name: queue.short_name.clone(),
            english_name: english.get(&queue.id).cloned(),
        })
        .collect()
}

fn items(hall: &Hall) -> Vec<CatalogueItem> {
    let items = hall.items();
    items
        .map(|item| CatalogueItem {
            id: item.id,
            name: item.name.clone(),
            queue: item.queue,
            kind: item.kind,
            limit_working_days: item.limit_working_days,
            bring: item.bring.clone(),
            mean_minutes: mean_minutes(item),
            aliases: item.published.aliases.clone(),
            english_name: item.published.english_name.clone(),
        })
        .collect()
}

fn mean_minutes(item: &Item) -> u16 {
    u16::try_from(item.mean_service.0.div_ceil(60_000)).unwrap_or(u16::MAX)
}
