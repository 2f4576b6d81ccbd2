//! 没有找到要办的事项: a kind, some words, or that one does not know; then what to do instead.

use super::{
    telling,
    touch::{deafen, go},
};
use crate::{
    model::{
        Model,
        lacking::{Lacking, Noted},
        message::Effect,
        page::Page,
        service::{
            Service,
            typed::{Sought, Typed},
        },
    },
    moment::Moment,
};

/// Opens the page of kinds.
pub(super) fn open(model: &mut Model, now: Moment) -> Vec<Effect> {
    model.telling = None;
    choose(model, now)
}

/// The kinds, also for what is told.
pub(super) fn choose(model: &mut Model, now: Moment) -> Vec<Effect> {
    model.lacking = Lacking::default();
    show(model, Service::Lacking { leaf: 0 }, now)
}

/// One of the kinds. Words are asked for too, but not in 长者版, where keys are the harder way.
pub(super) fn kind(model: &mut Model, place: usize, now: Moment) -> Vec<Effect> {
    let Some(name) = model.departments().get(place).map(|name| (*name).to_owned()) else {
        return Vec::new();
    };
    if let Some(effects) = telling::tell(model, Some(name.clone()), now) {
        return effects;
    }
    model.lacking.department = Some(name);
    if model.elder { note(model, false, now) } else { write(model, now) }
}

/// 用拼音写.
pub(super) fn write(model: &mut Model, now: Moment) -> Vec<Effect> {
    show(model, Service::Typing(Typed::new(Sought::Lacking)), now)
}

/// What was typed is enough, also if it is nothing.
pub(super) fn written(model: &mut Model, words: &str, now: Moment) -> Vec<Effect> {
    let words = words.trim();
    model.lacking.words = (!words.is_empty()).then(|| words.to_owned());
    let at_a_loss = model.lacking == Lacking::default();
    note(model, at_a_loss, now)
}

/// 我不知道.
pub(super) fn unknown(model: &mut Model, now: Moment) -> Vec<Effect> {
    match telling::tell(model, None, now) {
        Some(effects) => effects,
        None => note(model, true, now),
    }
}

/// Has it kept, unless too much is said here, and shows what to do now. 返回 leads to the lists, not to
/// saying it once more.
fn note(model: &mut Model, at_a_loss: bool, now: Moment) -> Vec<Effect> {
    let said = std::mem::take(&mut model.lacking);
    model.trail.retain(|page| !is_lacking(page));
    let has_room = model.lacked.take(now);
    let kept = if has_room { None } else { Some(false) };
    model.page = Page::Service(Box::new(Service::Noted(Noted { at_a_loss, kept })));
    deafen(model, now);
    if has_room { vec![Effect::NoteLacking(said)] } else { Vec::new() }
}

/// It is on the disk, or it is not.
pub(super) fn kept(model: &mut Model, is_kept: bool) {
    let Page::Service(service) = &mut model.page else { return };
    if let Service::Noted(noted) = service.as_mut() {
        noted.kept = Some(is_kept);
    }
}

fn show(model: &mut Model, service: Service, now: Moment) -> Vec<Effect> {
    go(model, Page::Service(Box::new(service)), now);
    Vec::new()
}

fn is_lacking(page: &Page) -> bool {
    let Page::Service(service) = page else { return false };
    match service.as_ref() {
        Service::Lacking { .. } | Service::Noted(_) => true,
        Service::Typing(typed) => typed.what == Sought::Lacking,
        Service::Search(_)
        | Service::Popular { .. }
        | Service::Several
        | Service::Map { .. }
        | Service::Found(_)
        | Service::Booking(_)
        | Service::Guide { .. }
        | Service::Rating(_)
        | Service::More { .. }
        | Service::Complaint
        | Service::Telling { .. }
        | Service::Told(_)
        | Service::Code(_)
        | Service::Behind(_) => false,
    }
}
