//! 评价: once per leg, of free will; who says nothing stays 未评价.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    command::{Evaluate, EvaluationTarget},
    event::{Evaluated, Fact},
    hall::Hall,
    ids::{LegId, LegNo},
    refusal::Refusal,
    state::{
        State,
        ticket::{Evaluation, Ticket},
    },
    time::{Millis, Timestamp},
    words::EvaluationChannel,
};

pub(super) fn decide(hall: &Hall, at: Timestamp, asked: &Evaluate) -> Result<Facts, Refusal> {
    hall.open_day()?;
    let id = target(hall, at, asked.target)?;
    let leg = hall.leg(id).filter(|leg| leg.finished.is_some());
    let leg = leg.ok_or(Refusal::NothingToEvaluate)?;
    if leg.evaluation.is_some() {
        return Err(Refusal::AlreadyEvaluated);
    }
    // Keys without a screen cannot ask for a reason.
    let needs_reason = asked.rating.is_negative() && asked.channel != EvaluationChannel::Device;
    if needs_reason && asked.reasons.is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    let mut reasons = asked.reasons.clone();
    reasons.sort_unstable();
    reasons.dedup();
    Ok(Vec::from([Fact::Evaluated(Evaluated {
        leg: id,
        window: leg.window.expect("a finished leg has a window"),
        rating: asked.rating,
        reasons,
        channel: asked.channel,
        scale: asked.scale,
    })]))
}

fn target(hall: &Hall, at: Timestamp, target: EvaluationTarget) -> Result<LegId, Refusal> {
    match target {
        EvaluationTarget::Window(id) => {
            let open = Millis::from_secs(hall.setup().rules().device_evaluation_secs.into());
            let asked = hall.known_window(id)?.asked;
            let asked = asked.filter(|(_, since)| at <= *since + open);
            asked.map(|(leg, _)| leg).ok_or(Refusal::NothingToEvaluate)
        }
        EvaluationTarget::Token(token) => {
            let ticket = hall.ticket_by_token(token).ok_or(Refusal::NoSuchTicket)?;
            newest_finished(ticket).ok_or(Refusal::NothingToEvaluate)
        }
        EvaluationTarget::Leg(leg) => Ok(leg),
    }
}

fn newest_finished(ticket: &Ticket) -> Option<LegId> {
    let place = ticket.legs.iter().rposition(|leg| leg.finished.is_some())?;
    Some(LegId { ticket: ticket.id, leg: LegNo(u8::try_from(place).ok()?) })
}

/// The device goes on naming the leg, so that a second press is told it was counted already.
pub(super) fn apply(state: &mut State, at: Timestamp, evaluated: &Evaluated) {
    let ticket = state.ticket_mut(evaluated.leg.ticket);
    let leg = ticket.legs.get_mut(usize::from(evaluated.leg.leg.0));
    let leg = leg.expect("an event speaks of legs of its ticket");
    leg.evaluation = Some(Evaluation {
        at,
        rating: evaluated.rating,
        reasons: evaluated.reasons.clone(),
        channel: evaluated.channel,
        scale: evaluated.scale,
    });
}
