//! 处理过程 of 诉求: who sees to it, what was found, who was called back, what was asked and decided.

use alloc::string::{String, ToString};

use super::{Facts, desk, words};
use crate::{
    command::matter::MatterWish,
    event::{
        Fact,
        matter::Matter,
        matter_step::{MatterHandled, MatterStep, StepTaken},
    },
    hall::Hall,
    ids::MatterId,
    limits::{MATTER_STEPS_BYTES_MAX, MATTER_STEPS_MAX},
    refusal::Refusal,
    state::{State, handled::Asked},
    time::Timestamp,
    words::{Actor, matter::MatterKind},
};

pub(super) fn decide(
    hall: &Hall,
    by: &Actor,
    id: MatterId,
    wish: &MatterWish,
) -> Result<Facts, Refusal> {
    let matter = target(hall, id, wish)?;
    let has_room = matter.steps.len() < MATTER_STEPS_MAX;
    let step = step(hall, by, matter, wish)?;
    let taken = StepTaken { at: matter.opened, by: by.clone(), step: step.clone() };
    let bytes = hall.state.matters.steps_bytes() + taken.bytes();
    if !has_room || bytes > MATTER_STEPS_BYTES_MAX {
        return Err(Refusal::StepsFull);
    }
    Ok(Facts::from([Fact::MatterHandled(MatterHandled { matter: id, step })]))
}

/// What is closed is closed: only whether people see it, and who was called back, is said afterwards.
fn target<'h>(hall: &'h Hall, id: MatterId, wish: &MatterWish) -> Result<&'h Matter, Refusal> {
    let afterwards = matches!(wish, MatterWish::Publish { .. } | MatterWish::CallBack { .. });
    let closed = || hall.matters_closed().iter().map(|closed| &closed.matter);
    let closed = || closed().find(|matter| matter.id == id && afterwards);
    hall.matter(id).or_else(closed).ok_or(Refusal::NoSuchMatter)
}

fn step(
    hall: &Hall,
    by: &Actor,
    matter: &Matter,
    wish: &MatterWish,
) -> Result<MatterStep, Refusal> {
    Ok(match wish {
        MatterWish::Assign { department, staff } => {
            if department.is_none() && staff.is_none() {
                return Err(Refusal::AssigneeNeeded);
            }
            if department.as_ref().is_some_and(|name| !hall.has_department(name)) {
                return Err(Refusal::NoSuchDepartment);
            }
            MatterStep::Assigned { department: department.clone(), staff: *staff }
        }
        MatterWish::Verify { finding, note } => {
            only(matter, MatterKind::Negative)?;
            MatterStep::Verified { finding: *finding, note: said(note)? }
        }
        MatterWish::Grade { grade } => {
            only(matter, MatterKind::Unresolved)?;
            let due = match (hall.due_of(*grade), matter.due_at_most) {
                (Some(due), Some(most)) => Some(due.min(most)),
                (due, most) => due.or(most),
            };
            MatterStep::Graded { grade: *grade, due }
        }
        MatterWish::Answer { note } => MatterStep::Answered { note: needed(note)? },
        MatterWish::CallBack { result, note } => {
            MatterStep::CalledBack { result: *result, note: said(note)? }
        }
        MatterWish::AskExtension { reason } => {
            waits_not(matter.extension())?;
            later(matter)?;
            MatterStep::ExtensionAsked { reason: needed(reason)? }
        }
        MatterWish::DecideExtension { granted, note } => {
            decides(by, matter.extension())?;
            let due = if *granted { Some(later(matter)?) } else { None };
            MatterStep::ExtensionDecided { due, note: said(note)? }
        }
        MatterWish::Appeal { reason } => {
            only(matter, MatterKind::Negative)?;
            waits_not(matter.appeal())?;
            MatterStep::Appealed { reason: needed(reason)? }
        }
        MatterWish::DecideAppeal { granted, note } => {
            decides(by, matter.appeal())?;
            MatterStep::AppealDecided { granted: *granted, note: said(note)? }
        }
        MatterWish::Publish { shown } => MatterStep::Published { shown: *shown },
    })
}

fn only(matter: &Matter, kind: MatterKind) -> Result<(), Refusal> {
    if matter.kind == kind { Ok(()) } else { Err(Refusal::NotForThisMatter) }
}

/// It is asked once; what was refused stays refused.
fn waits_not(asked: Asked<'_>) -> Result<(), Refusal> {
    match asked {
        Asked::Never => Ok(()),
        Asked::Waits(_) | Asked::Granted | Asked::Refused => Err(Refusal::AskedBefore),
    }
}

fn decides(by: &Actor, asked: Asked<'_>) -> Result<(), Refusal> {
    match asked {
        Asked::Waits(asker) if asker == by => Err(Refusal::OwnRequest),
        Asked::Waits(_) => Ok(()),
        Asked::Never | Asked::Granted | Asked::Refused => Err(Refusal::NothingAsked),
    }
}

/// The day to which it may be extended, if that is later than the one it has.
fn later(matter: &Matter) -> Result<crate::time::Day, Refusal> {
    let most = matter.due_at_most.filter(|most| matter.due.is_none_or(|due| due < *most));
    most.ok_or(Refusal::NoLaterDay)
}

/// What may be said: a telephone or a document in it does not stay.
fn said(note: &str) -> Result<String, Refusal> {
    let note = note.trim();
    if note.is_empty() { Ok(String::new()) } else { needed(note) }
}

fn needed(note: &str) -> Result<String, Refusal> {
    let note = note.trim().to_string();
    desk::text(&note, Refusal::NoteNeeded)?;
    Ok(words::without_telephones(&note))
}

pub(super) fn apply(state: &mut State, at: Timestamp, by: &Actor, handled: &MatterHandled) {
    let taken = StepTaken { at, by: by.clone(), step: handled.step.clone() };
    state.matters.handle(handled.matter, taken);
}
