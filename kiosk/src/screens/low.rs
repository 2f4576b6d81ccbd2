//! 低位: the upper half of the screen informs, the lower half is touched, so that a person in a
//! wheelchair reaches everything (7.1 no. 4).

use super::{Body, identity::Middle, service::ServiceView};
use crate::model::{Model, page::Page};

mod drawn;

pub(super) use drawn::low_ui;

/// What the upper half of a page says, where the page has room for nothing of its own there.
#[derive(Debug, Clone, PartialEq)]
pub struct LowView {
    /// What to do.
    pub title: String,
    /// Where this stands, or that everything is in the lower half.
    pub hint: String,
    /// How many wait in each zone, on the pages before a queue is chosen.
    pub zones: Vec<ZoneView>,
}

/// A zone of the hall.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneView {
    /// "A区".
    pub label: String,
    /// "注册登记".
    pub name: String,
    /// "14".
    pub waiting: String,
    /// 人等候.
    pub unit: String,
}

/// Zones that have room beside one another.
const ZONES_MAX: usize = 5;

/// The upper half of a page that keeps only what is touched for itself; none for a page that stands
/// with its words above and its buttons below anyway.
#[must_use]
pub fn fill(model: &Model, body: &Body) -> Option<LowView> {
    if !model.is_low() {
        return None;
    }
    let said = |key: &str| model.texts().get(key).to_owned();
    let hint = said("kiosk.low_hint");
    let view = |title: &str, hint: String, zones| LowView { title: title.to_owned(), hint, zones };
    Some(match body {
        Body::Start(start) => {
            let title = start.greeting.clone().unwrap_or_else(|| said("kiosk.low_hello"));
            view(&title, hint, zones(model))
        }
        Body::List(list) => {
            let before = matches!(model.page, Page::Queues { .. } | Page::Zones { .. });
            let zones = if before { zones(model) } else { Vec::new() };
            view(&list.title, list.crumb.clone().unwrap_or(hint), zones)
        }
        Body::Priority(priority) => view(&priority.title, priority.hint.clone(), Vec::new()),
        Body::Identity(identity) if matches!(identity.middle, Middle::Typing { .. }) => {
            // What was typed needs the room in 长者版; the page before has said the rest.
            let notice = if model.elder { String::new() } else { identity.notice.clone() };
            view(&identity.title, notice, Vec::new())
        }
        Body::Service(ServiceView::Typing(typing)) => {
            let hint = if model.elder { String::new() } else { typing.hint.clone() };
            view(&typing.title, hint, Vec::new())
        }
        Body::Service(ServiceView::List(list)) => {
            view(&list.title, list.crumb.clone().unwrap_or(hint), Vec::new())
        }
        Body::Service(ServiceView::More(more)) => view(&more.title, hint, Vec::new()),
        Body::Service(ServiceView::Lacking(lacking)) => {
            view(&lacking.title, lacking.hint.clone(), Vec::new())
        }
        Body::Service(ServiceView::Several(several)) => {
            view(&several.title, several.hint.clone(), Vec::new())
        }
        Body::Service(ServiceView::Rating(rating)) => {
            view(&rating.title, rating.hint.clone(), Vec::new())
        }
        Body::Identity(_)
        | Body::Confirm(_)
        | Body::Wait(_)
        | Body::Ticket(_)
        | Body::Trouble(_)
        | Body::Progress(_)
        | Body::Service(_) => return None,
    })
}

fn zones(model: &Model) -> Vec<ZoneView> {
    if model.is_alone() || model.elder {
        return Vec::new();
    }
    let zones = model.zones();
    if !(2..=ZONES_MAX).contains(&zones.len()) {
        return Vec::new();
    }
    let unit = model.texts().get("kiosk.low_waiting");
    zones
        .into_iter()
        .map(|zone| {
            let lines = model.queues_of(Some(zone.id)).into_iter();
            let waiting: u32 =
                lines.filter_map(|queue| model.line(queue.id)).map(|line| line.waiting).sum();
            ZoneView {
                label: model.zone_label(zone).to_owned(),
                name: model.zone_name(zone).to_owned(),
                waiting: waiting.to_string(),
                unit: unit.to_owned(),
            }
        })
        .collect()
}
