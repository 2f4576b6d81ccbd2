//! 换岗申请: one person asks that somebody work at a window for some days, and another agrees or not. Only
//! what was agreed to counts, on its days, like a post of B角.

use alloc::vec::Vec;

use super::{Facts, grant};
use crate::{
    command::staffing::AskChange,
    event::{
        Fact,
        staffing::{ChangeDecision, PostChange, Staffing},
    },
    hall::Hall,
    limits::POST_CHANGE_YEARS_MAX,
    refusal::Refusal,
    state::State,
    time::{Day, Timestamp},
    words::{Actor, post::ChangeOutcome},
};

/// Somebody and a window of the profile, days that are not over, and a reason; the same person is
/// asked for at a window once for a day.
pub(super) fn ask(hall: &Hall, wish: &AskChange) -> Result<Facts, Refusal> {
    let &AskChange { staff, window, from, until, .. } = wish;
    hall.setup().person(staff).ok_or(Refusal::UnknownStaff)?;
    hall.setup().window(window).ok_or(Refusal::NoSuchWindow)?;
    if hall.setup().primary_at(window) == Some(staff) {
        return Err(Refusal::OwnPost);
    }
    if until < from || hall.last_day().is_some_and(|day| until < day) {
        return Err(Refusal::InThePast);
    }
    let is_too_far = |today: Day| {
        until > Day { year: today.year.saturating_add(POST_CHANGE_YEARS_MAX), ..today }
    };
    if hall.last_day().is_some_and(is_too_far) {
        return Err(Refusal::TooFarAhead);
    }
    let reason = grant::written(&wish.reason)?.ok_or(Refusal::ReasonNeeded)?;
    let same = |each: &PostChange| {
        let place = (each.staff, each.window) == (staff, window);
        place && each.from <= until && from <= each.until && is_open_or_granted(each)
    };
    if hall.post_changes().iter().any(same) {
        return Err(Refusal::AskedBefore);
    }
    if !hall.state.changes.has_room(hall.last_day()) {
        return Err(Refusal::TooMuch);
    }
    let number = hall.state.changes.asked() + 1;
    let asked = Staffing::ChangeAsked { number, staff, window, from, until, reason };
    Ok(Vec::from([Fact::Staffing(asked)]))
}

/// Neither who asked nor whom it is about agrees to it. A no, and the end of what was agreed to,
/// say why.
pub(super) fn decide(
    hall: &Hall,
    by: &Actor,
    number: u32,
    outcome: ChangeOutcome,
    note: &str,
) -> Result<Facts, Refusal> {
    let change = hall.state.changes.find(number).filter(|change| is_open_or_granted(change));
    let change = change.ok_or(Refusal::NothingAsked)?;
    let note = grant::written(note)?;
    match (outcome, change.decided.is_some()) {
        (ChangeOutcome::Granted | ChangeOutcome::Declined, true) => {
            return Err(Refusal::NothingAsked);
        }
        (ChangeOutcome::Granted, false) => may_agree(hall.last_day(), by, change)?,
        (ChangeOutcome::Declined, false) | (ChangeOutcome::Withdrawn, true) => {
            note.as_ref().ok_or(Refusal::ReasonNeeded)?;
        }
        // Only who asked takes back what nobody has decided; anybody else says no, and why.
        (ChangeOutcome::Withdrawn, false) if *by == change.by => {}
        (ChangeOutcome::Withdrawn, false) => return Err(Refusal::NothingAsked),
    }
    Ok(Vec::from([Fact::Staffing(Staffing::ChangeDecided { number, outcome, note })]))
}

fn may_agree(today: Option<Day>, by: &Actor, change: &PostChange) -> Result<(), Refusal> {
    if *by == change.by || *by == Actor::Staff(change.staff) {
        return Err(Refusal::OwnRequest);
    }
    if today.is_some_and(|day| change.until < day) { Err(Refusal::InThePast) } else { Ok(()) }
}

fn is_open_or_granted(change: &PostChange) -> bool {
    match change.decided.as_ref().map(|decided| decided.outcome) {
        None | Some(ChangeOutcome::Granted) => true,
        Some(ChangeOutcome::Declined | ChangeOutcome::Withdrawn) => false,
    }
}

pub(super) fn apply_decided(
    state: &mut State,
    at: Timestamp,
    by: &Actor,
    number: u32,
    (outcome, note): (ChangeOutcome, Option<&alloc::string::String>),
) {
    let change = state.changes.find_mut(number).expect("a decision is about what was asked");
    let (by, note) = (by.clone(), note.cloned());
    change.decided = Some(ChangeDecision { at, by, outcome, note });
}
