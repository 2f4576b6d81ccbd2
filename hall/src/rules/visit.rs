//! 上门服务: asked for, given to somebody with a day, begun, and over with what came of it; evaluated like
//! every service. It outlives the nights until then.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{Facts, desk, evaluate, issue::fresh_token, matter, words};
use crate::{
    command::{
        Evaluate,
        visit::{VisitStepWish, VisitWish},
    },
    event::{
        Fact,
        matter::Matter,
        open_evaluation::Given,
        visit::{Visit, VisitEvaluated, VisitFact, VisitOver, VisitStep},
    },
    hall::Hall,
    ids::{ItemId, VisitId},
    limits::COPIES_MAX,
    refusal::Refusal,
    state::State,
    time::{Day, Timestamp},
    words::{
        CaseKind,
        alert::{AlertKind, Subject},
        visit::{VisitMark, VisitObstacle, VisitOutcome, VisitReason, VisitStage},
    },
};

pub(super) fn decide(
    hall: &Hall,
    (at, luck): (Timestamp, u64),
    wish: &VisitWish,
) -> Result<Facts, Refusal> {
    let fact = match wish {
        VisitWish::Ask { item, reason, wished } => {
            VisitFact::Asked(asked(hall, (at, luck), *item, (*reason, *wished))?)
        }
        VisitWish::Handle { visit, wish } => {
            VisitFact::Handled { visit: *visit, step: step(hall, *visit, wish)? }
        }
    };
    Ok(Facts::from([Fact::Visit(fact)]))
}

fn asked(
    hall: &Hall,
    (at, luck): (Timestamp, u64),
    item: Option<ItemId>,
    (reason, wished): (VisitReason, Option<Day>),
) -> Result<Visit, Refusal> {
    let item = item.map(|item| hall.item_now(item).map(|item| item.id)).transpose()?;
    not_past(hall, wished)?;
    let visits = &hall.state.visits;
    if !visits.has_room() {
        return Err(Refusal::VisitsFull);
    }
    Ok(Visit {
        id: visits.next_id(),
        token: fresh_token(hall, luck),
        item,
        reason,
        wished,
        asked: at,
        due: hall.visit_by(wished),
        staff: None,
        day: None,
        begun: None,
        over: None,
        given: None,
        uncounted: Vec::new(),
    })
}

fn not_past(hall: &Hall, day: Option<Day>) -> Result<(), Refusal> {
    let is_past = day.zip(hall.last_day()).is_some_and(|(day, today)| day < today);
    if is_past { Err(Refusal::InThePast) } else { Ok(()) }
}

/// What is over stays so; who goes and when may change until then.
fn step(hall: &Hall, id: VisitId, wish: &VisitStepWish) -> Result<VisitStep, Refusal> {
    let visit = hall.visit(id).filter(|visit| visit.over.is_none());
    let visit = visit.ok_or(Refusal::NoSuchVisit)?;
    let assigned = visit.staff.ok_or(Refusal::VisitNotAssigned);
    Ok(match wish {
        VisitStepWish::Assign { staff, day } => {
            let known = hall.setup().person(*staff).ok_or(Refusal::UnknownStaff)?;
            not_past(hall, Some(*day))?;
            VisitStep::Assigned { staff: known.no, day: *day }
        }
        VisitStepWish::Begin => {
            assigned?;
            if visit.stage() == VisitStage::Begun {
                return Err(Refusal::AskedBefore);
            }
            VisitStep::Begun
        }
        VisitStepWish::Finish { case, item, copies } => {
            assigned?;
            if visit.begun.is_none() {
                return Err(Refusal::VisitNotBegun);
            }
            done(hall, *case, *item, *copies)?
        }
        VisitStepWish::Fail { obstacle, note } => {
            assigned?;
            let note = said(note)?;
            if *obstacle == VisitObstacle::Other && note.is_empty() {
                return Err(Refusal::NoteNeeded);
            }
            VisitStep::NotDone { obstacle: *obstacle, note }
        }
        VisitStepWish::Withdraw { note } => VisitStep::Withdrawn { note: said(note)? },
    })
}

fn done(
    hall: &Hall,
    case: Option<CaseKind>,
    item: Option<ItemId>,
    copies: Option<u16>,
) -> Result<VisitStep, Refusal> {
    if copies.is_some_and(|copies| !(1..=COPIES_MAX).contains(&copies)) {
        return Err(Refusal::TooMuch);
    }
    if item.is_some_and(|item| hall.item_ever(item).is_none()) {
        return Err(Refusal::NoSuchItem);
    }
    Ok(VisitStep::Done { case, item, copies: copies.unwrap_or(1) })
}

/// What may be said: a telephone or a document in it does not stay.
fn said(note: &str) -> Result<String, Refusal> {
    let note = note.trim();
    if !note.is_empty() {
        desk::text(note, Refusal::NoteNeeded)?;
    }
    Ok(words::without_telephones(note))
}

/// 评价 by the code of the slip, once, for as long as that of a ticket.
pub(super) fn evaluate(
    hall: &Hall,
    at: Timestamp,
    visit: &Visit,
    asked: &Evaluate,
) -> Result<Facts, Refusal> {
    let over = visit.over.as_ref().filter(|over| over.outcome == VisitOutcome::Done);
    let over = over.ok_or(Refusal::NothingToEvaluate)?;
    let (reasons, text) = evaluate::said(hall, (at, over.at), visit.given.is_some(), asked)?;
    let (staff, item) = (visit.staff, visit.item);
    let matter = matter::negative(hall, at, asked.rating, (&reasons, &text)).map(|matter| Matter {
        visit: Some(visit.id),
        queue: hall.queue_of_visit(visit),
        staff,
        item,
        ..matter
    });
    let (visit, rating) = (visit.id, asked.rating);
    let (channel, scale) = (asked.channel, asked.scale);
    let said = VisitEvaluated { visit, rating, reasons, text, channel, scale, staff, item };
    let evaluated = Fact::Visit(VisitFact::Evaluated(said));
    Ok(matter.map(Fact::MatterOpened).into_iter().chain([evaluated]).collect())
}

pub(super) fn apply(state: &mut State, at: Timestamp, fact: &VisitFact) {
    let by_day = state.day.is_some();
    match fact {
        VisitFact::Asked(visit) => state.visits.add(visit.clone(), by_day),
        VisitFact::Handled { visit, step } => apply_step(state, at, *visit, step),
        VisitFact::Evaluated(said) => {
            if said.rating.is_negative() {
                state.alerts.note_happened(AlertKind::Negative, Subject::Visit(said.visit));
            }
            state.visits.change(said.visit, Some((VisitMark::Given, by_day)), |visit| {
                visit.given = Some(Given {
                    at,
                    rating: said.rating,
                    reasons: said.reasons.clone(),
                    channel: said.channel,
                    scale: said.scale,
                });
            });
        }
    }
}

fn apply_step(state: &mut State, at: Timestamp, id: VisitId, step: &VisitStep) {
    let (by_day, day) = (state.day.is_some(), state.last_day);
    let over = |outcome| VisitOver {
        at,
        day,
        outcome,
        case: None,
        copies: 1,
        obstacle: None,
        note: String::new(),
    };
    let over = match step {
        VisitStep::Assigned { staff, day } => {
            state.visits.change(id, None, |visit| {
                (visit.staff, visit.day, visit.begun) = (Some(*staff), Some(*day), None);
            });
            return;
        }
        VisitStep::Begun => {
            state.visits.change(id, None, |visit| visit.begun = Some(at));
            return;
        }
        VisitStep::Done { case, item, copies } => {
            if item.is_some() {
                state.visits.change(id, None, |visit| visit.item = *item);
            }
            VisitOver { case: *case, copies: *copies, ..over(VisitOutcome::Done) }
        }
        VisitStep::NotDone { obstacle, note } => VisitOver {
            obstacle: Some(*obstacle),
            note: note.to_string(),
            ..over(VisitOutcome::NotDone)
        },
        VisitStep::Withdrawn { note } => {
            VisitOver { note: note.to_string(), ..over(VisitOutcome::Withdrawn) }
        }
    };
    let counts = Some((VisitMark::Over, by_day));
    state.visits.change(id, counts, |visit| visit.over = Some(over));
}
