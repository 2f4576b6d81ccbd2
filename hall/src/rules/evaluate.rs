//! 评价: once per leg, of free will; who says nothing stays 未评价.

use alloc::string::String;

use super::{Facts, matter, visit, words};
use crate::{
    command::{Evaluate, EvaluationTarget},
    event::{Fact, evaluated::Evaluated, matter::Matter},
    hall::Hall,
    ids::{ItemId, LegId, LegNo, QueueId, StaffNo, Token, WindowId},
    limits::EVALUATION_CHARS_MAX,
    number::TicketNo,
    refusal::Refusal,
    state::{
        State,
        ticket::{Evaluation, Ticket},
    },
    time::{Millis, Timestamp},
    words::{
        EvaluationChannel, Rating, Reasons,
        alert::{AlertKind, Subject},
    },
};

/// A slip's code evaluates for some days, also while the hall is closed; a window's device only now.
pub(super) fn decide(hall: &Hall, at: Timestamp, asked: &Evaluate) -> Result<Facts, Refusal> {
    if let EvaluationTarget::Token(token) = asked.target
        && let Some(visit) = hall.visit_by_token(token)
    {
        return visit::evaluate(hall, at, visit, asked);
    }
    let found = target(hall, at, asked.target)?;
    let (reasons, text) = said(hall, (at, found.finished), found.evaluated, asked)?;
    let matter = opens_matter(hall, at, &found, asked.rating, (&reasons, &text));
    let evaluated = Fact::Evaluated(Evaluated {
        leg: found.leg,
        window: found.window,
        rating: asked.rating,
        reasons,
        text,
        channel: asked.channel,
        scale: asked.scale,
        staff: found.staff,
        item: found.item,
    });
    // The evaluation stands last: it is what the asking is answered with.
    Ok(matter.map(Fact::MatterOpened).into_iter().chain([evaluated]).collect())
}

/// Reasons and words of an evaluation that may be given now, of a service that ended then.
pub(super) fn said(
    hall: &Hall,
    (at, finished): (Timestamp, Timestamp),
    evaluated: bool,
    asked: &Evaluate,
) -> Result<(Reasons, String), Refusal> {
    if evaluated {
        return Err(Refusal::AlreadyEvaluated);
    }
    if !hall.may_evaluate(finished, at) {
        return Err(Refusal::EvaluationOver);
    }
    // Keys without a screen cannot ask for a reason.
    let needs_reason = asked.rating.is_negative() && asked.channel != EvaluationChannel::Device;
    if needs_reason && asked.reasons.is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    let mut reasons = asked.reasons.clone();
    reasons.sort_unstable();
    reasons.dedup();
    // A good level needs no words, and nobody would read them.
    let text = if asked.rating.is_negative() { own_words(&asked.text)? } else { String::new() };
    Ok((reasons, text))
}

/// What somebody added, in one line of bounded length; nothing is refused because it is missing.
fn own_words(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let fits = text.chars().count() <= EVALUATION_CHARS_MAX && !text.chars().any(char::is_control);
    if fits { Ok(words::without_numbers(text)) } else { Err(Refusal::TooMuch) }
}

/// A 差评 must be seen to, by whoever served.
fn opens_matter(
    hall: &Hall,
    at: Timestamp,
    found: &Found,
    rating: Rating,
    (reasons, text): (&Reasons, &str),
) -> Option<Matter> {
    matter::negative(hall, at, rating, (reasons, text)).map(|matter| Matter {
        leg: Some(found.leg),
        no: Some(found.no),
        queue: Some(found.queue),
        window: Some(found.window),
        staff: found.staff,
        item: found.item,
        ..matter
    })
}

/// A finished leg, of today or of a day before.
struct Found {
    leg: LegId,
    no: TicketNo,
    queue: QueueId,
    window: WindowId,
    staff: Option<StaffNo>,
    item: Option<ItemId>,
    finished: Timestamp,
    evaluated: bool,
}

fn target(hall: &Hall, at: Timestamp, target: EvaluationTarget) -> Result<Found, Refusal> {
    let id = match target {
        EvaluationTarget::Window(id) => {
            let open = Millis::from_secs(hall.setup().rules().device_evaluation_secs.into());
            let asked = hall.known_window(id)?.asked;
            let asked = asked.filter(|(_, since)| at <= *since + open);
            asked.map(|(leg, _)| leg).ok_or(Refusal::NothingToEvaluate)?
        }
        EvaluationTarget::Token(token) => match hall.ticket_by_token(token) {
            Some(ticket) => newest_finished(ticket).ok_or(Refusal::NothingToEvaluate)?,
            None => by_secret(hall, token).ok_or(Refusal::NoSuchTicket)?,
        },
        EvaluationTarget::Leg(leg) => leg,
    };
    of_today(hall, id).or_else(|| of_before(hall, id)).ok_or(Refusal::NothingToEvaluate)
}

fn by_secret(hall: &Hall, token: Token) -> Option<LegId> {
    let evaluations = &hall.state.evaluations;
    evaluations.leg_by(token).or_else(|| Some(evaluations.carried_by(token)?.leg_id()))
}

fn of_today(hall: &Hall, id: LegId) -> Option<Found> {
    let (ticket, leg) = (hall.ticket(id.ticket)?, hall.leg(id)?);
    Some(Found {
        leg: id,
        no: ticket.no,
        queue: leg.queue,
        window: leg.window?,
        staff: leg.staff,
        item: leg.item.or(ticket.item),
        finished: leg.finished?,
        evaluated: leg.evaluation.is_some(),
    })
}

fn of_before(hall: &Hall, id: LegId) -> Option<Found> {
    let evaluations = &hall.state.evaluations;
    let leg = evaluations.carried_leg(id)?;
    Some(Found {
        leg: id,
        no: leg.no,
        queue: leg.queue,
        window: leg.window,
        staff: leg.staff,
        item: leg.item,
        finished: leg.finished,
        evaluated: evaluations.late(id).is_some(),
    })
}

fn newest_finished(ticket: &Ticket) -> Option<LegId> {
    let place = ticket.legs.iter().rposition(|leg| leg.finished.is_some())?;
    Some(LegId { ticket: ticket.id, leg: LegNo(u8::try_from(place).ok()?) })
}

/// The device goes on naming the leg, so that a second press is told it was counted already.
pub(super) fn apply(state: &mut State, at: Timestamp, evaluated: &Evaluated) {
    if evaluated.rating.is_negative() {
        state.alerts.note_happened(AlertKind::Negative, Subject::Leg(evaluated.leg));
    }
    let evaluation = Evaluation {
        at,
        rating: evaluated.rating,
        reasons: evaluated.reasons.clone(),
        channel: evaluated.channel,
        scale: evaluated.scale,
        while_closed: state.day.is_none(),
    };
    if state.ticket(evaluated.leg.ticket).is_none() {
        state.evaluations.note_late(evaluated.leg, evaluation);
        return;
    }
    let ticket = state.ticket_mut(evaluated.leg.ticket);
    let leg = ticket.legs.get_mut(usize::from(evaluated.leg.leg.0));
    leg.expect("an event speaks of legs of its ticket").evaluation = Some(evaluation);
}
