//! 我要反映: at the window, or here for a receipt; and what came of it.

use wire::words::Reason;

use super::{
    lacking, service,
    touch::{deafen, go, open_whole},
};
use crate::{
    model::{
        Model,
        message::Effect,
        page::{Notice, Page},
        service::{
            Question, Service,
            typed::{Sought, Typed},
        },
        telling::{Telling, Told},
    },
    moment::Moment,
};

/// 我要反映. While nobody answers, the window is the only way.
pub(super) fn open(model: &mut Model, now: Moment) -> Vec<Effect> {
    if model.is_alone() {
        return open_whole(model, model.settings.complaint_queue, now);
    }
    show(model, Service::Complaint, now)
}

/// 在这里登记.
pub(super) fn begin(model: &mut Model, now: Moment) -> Vec<Effect> {
    if !model.told.has_room(now) {
        let said = |key: &str| model.texts().get(key).to_owned();
        let (title, detail) = (said("kiosk.tell_full"), Some(said("kiosk.tell_full_hint")));
        go(model, Page::Notice(Notice::Refused { title, detail }), now);
        return Vec::new();
    }
    model.tellings = model.tellings.wrapping_add(1);
    model.telling = Some(Telling { number: model.tellings, ..Telling::default() });
    show(model, Service::Telling { leaf: 0 }, now)
}

/// A reason, chosen or let go; false where none is asked for.
pub(super) fn reason(model: &mut Model, reason: Reason) -> bool {
    let Page::Service(service) = &model.page else { return false };
    let (Service::Telling { .. }, Some(telling)) = (service.as_ref(), &mut model.telling) else {
        return false;
    };
    match telling.reasons.iter().position(|each| *each == reason) {
        Some(place) => drop(telling.reasons.remove(place)),
        None => telling.reasons.push(reason),
    }
    true
}

/// 下一步: which department it is about.
pub(super) fn submit(model: &mut Model, now: Moment) -> Option<Vec<Effect>> {
    let Page::Service(service) = &model.page else { return None };
    let Service::Telling { .. } = service.as_ref() else { return None };
    let has_reason = model.telling.as_ref().is_some_and(|telling| !telling.reasons.is_empty());
    Some(if has_reason { lacking::choose(model, now) } else { Vec::new() })
}

/// A department was chosen, or none: it is told.
pub(super) fn tell(
    model: &mut Model,
    department: Option<String>,
    now: Moment,
) -> Option<Vec<Effect>> {
    let Telling { number: telling, counts, reasons } = model.telling.clone()?;
    if !counts {
        model.told.take(now);
        model.telling.as_mut()?.counts = true;
    }
    Some(service::ask(model, Question::Tell { telling, department, reasons }, now))
}

/// 查回执.
pub(super) fn find(model: &mut Model, now: Moment) -> Vec<Effect> {
    model.telling = None;
    show(model, Service::Typing(Typed::new(Sought::Receipt)), now)
}

/// The answer. There is no way back into what was told.
pub(super) fn told(
    model: &mut Model,
    matter: wire::http::matters::ToldMatter,
    now: Moment,
) -> Vec<Effect> {
    let is_new = model.telling.take().is_some();
    let language = model.language;
    let told = Told { matter: matter.clone(), is_new, paper: None };
    let page = Page::Service(Box::new(Service::Told(told)));
    if !is_new {
        go(model, page, now);
        return Vec::new();
    }
    model.trail = vec![Page::Start];
    model.page = page;
    deafen(model, now);
    let hall = model.catalogue.as_ref().map(|catalogue| catalogue.hall_name.clone());
    let (matter, hall) = (Box::new(matter), hall.unwrap_or_default());
    vec![Effect::PrintReceipt { matter, hall, language }]
}

/// The receipt came out, or it did not.
pub(super) fn printed(model: &mut Model, came: bool) {
    let Page::Service(service) = &mut model.page else { return };
    if let Service::Told(told) = service.as_mut() {
        told.paper = Some(came);
    }
}

fn show(model: &mut Model, service: Service, now: Moment) -> Vec<Effect> {
    go(model, Page::Service(Box::new(service)), now);
    Vec::new()
}
