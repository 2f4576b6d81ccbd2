//! 服务评价: the slip, a level, and for the lower two the reasons; once, of free will.

use wire::words::{Rating, Reason};

use super::{service, touch::go};
use crate::{
    model::{
        Model,
        message::Effect,
        page::{Notice, Page},
        service::{Graded, Proof, Question, Service, typed::Sought},
    },
    moment::Moment,
};

/// 服务评价 of the slip that is shown, or of one that is to be shown.
pub(super) fn open(model: &mut Model, now: Moment) -> Vec<Effect> {
    let mut shown = None;
    if let Page::Service(service) = &model.page
        && let Service::Found(found) = service.as_ref()
    {
        shown.clone_from(&found.proof);
    }
    match shown {
        Some(Proof::Token(token)) => begin(model, token, now),
        Some(Proof::Document(_)) | None => service::open_typing(model, Sought::Slip, now),
    }
}

/// The five levels for a slip.
pub(super) fn begin(model: &mut Model, token: String, now: Moment) -> Vec<Effect> {
    let graded = Graded { token, level: None, reasons: Vec::new(), leaf: 0 };
    service::open(model, Service::Rating(graded), now)
}

fn graded(model: &mut Model) -> Option<&mut Graded> {
    let Page::Service(service) = &mut model.page else { return None };
    if let Service::Rating(graded) = service.as_mut() { Some(graded) } else { None }
}

/// A level: the upper three are sent at once, the lower two ask why.
pub(super) fn level(model: &mut Model, level: Rating, now: Moment) -> Vec<Effect> {
    let Some(graded) = graded(model) else { return Vec::new() };
    let chosen = Graded { level: Some(level), ..graded.clone() };
    if level.is_negative() {
        return service::open(model, Service::Rating(chosen), now);
    }
    service::ask(model, Question::Evaluate(chosen), now)
}

/// A reason, chosen or let go.
pub(super) fn reason(model: &mut Model, reason: Reason) -> Vec<Effect> {
    if let Some(graded) = graded(model) {
        match graded.reasons.iter().position(|each| *each == reason) {
            Some(place) => drop(graded.reasons.remove(place)),
            None => graded.reasons.push(reason),
        }
    }
    Vec::new()
}

/// 提交, with at least one reason.
pub(super) fn submit(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Some(graded) = graded(model) else { return Vec::new() };
    if graded.level.is_none() || graded.reasons.is_empty() {
        return Vec::new();
    }
    let question = Question::Evaluate(graded.clone());
    service::ask(model, question, now)
}

/// 感谢您的评价; there is no way back into what was sent.
pub(super) fn thank(model: &mut Model, now: Moment) {
    model.page = Page::Start;
    model.trail.clear();
    go(model, Page::Notice(Notice::Thanks), now);
}

/// The parts of the reasons.
pub(super) fn leaves(model: &Model) -> usize {
    Reason::ALL.len().div_ceil(per_leaf(model))
}

/// Reasons on one part.
pub const fn per_leaf(model: &Model) -> usize {
    model.reasons_per_leaf()
}
