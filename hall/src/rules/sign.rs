//! 登录 and 退出: who works at which window.

use alloc::vec::Vec;

use super::{Facts, approve, send_on, stand_in, sweep};
use crate::{
    event::Fact,
    hall::Hall,
    ids::{StaffNo, WindowId},
    order::Turns,
    refusal::Refusal,
    state::{State, posts::StandIn},
    time::Timestamp,
    words::post::Whereabouts,
};

/// One person at one window; the stand-in comes in the place of whoever is away.
pub(super) fn on(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    staff: StaffNo,
) -> Result<Facts, Refusal> {
    let present = hall.known_window(window)?.staff();
    if present == Some(staff) {
        return Ok(Facts::new());
    }
    may_work(hall, staff)?;
    may_work_here(hall, at, window, staff)?;
    let comes = match present {
        Some(present) => stand_in::take_over(hall, at, window, present, staff)?,
        None => {
            nowhere_else(hall, staff)?;
            Vec::from([Fact::SignedOn { window, staff }])
        }
    };
    // The last fact of an asking is its answer.
    Ok(approve::back(hall, window, staff).into_iter().chain(comes).collect())
}

/// Nobody works at two windows.
pub(super) fn nowhere_else(hall: &Hall, staff: StaffNo) -> Result<(), Refusal> {
    let elsewhere = hall.state.staff.contains_key(&staff);
    if elsewhere { Err(Refusal::SignedOnElsewhere) } else { Ok(()) }
}

/// 充分授权: whose authorisations have all run out works nowhere.
fn may_work(hall: &Hall, staff: StaffNo) -> Result<(), Refusal> {
    let day = hall.open_day()?;
    match hall.setup().person(staff) {
        Some(person) if person.may_work(day) => Ok(()),
        Some(_) => Err(Refusal::AuthorisationOver),
        None if hall.setup().rules().windows.known_staff_only => Err(Refusal::UnknownStaff),
        None => Ok(()),
    }
}

/// 临时顶岗换人: where the hall wants it so, whoever has no post at a window is approved first.
fn may_work_here(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    staff: StaffNo,
) -> Result<(), Refusal> {
    let posted_only = hall.setup().rules().windows.posted_staff_only;
    let strange = posted_only && approve::role(hall, at, window, staff).is_none();
    if strange { Err(Refusal::NotPostedHere) } else { Ok(()) }
}

/// Nobody leaves a person standing at the window. After the hours the last one to go sweeps the
/// hall: nobody is left to call who still waits.
pub(super) fn off(hall: &Hall, at: Timestamp, window: WindowId) -> Result<Facts, Refusal> {
    hall.known_window(window)?.staff().ok_or(Refusal::NotSignedOn)?;
    hall.settled(window)?;
    let is_last = hall.state.staff.len() == 1;
    let sweeps = is_last && hall.is_extended(at);
    let mut facts =
        if sweeps { sweep::decide(hall)? } else { send_on::release(hall, window).collect() };
    facts.push(Fact::SignedOff { window });
    Ok(facts)
}

pub(super) fn apply_on(state: &mut State, at: Timestamp, window: WindowId, staff: StaffNo) {
    state.staff.insert(staff, window);
    state.posts.goes(staff, Whereabouts::OnDuty, at);
    let window = state.window_mut(window);
    window.signed_on = Some((staff, at));
    window.since = Some(at);
}

/// Whoever was approved for somebody stands in for them also where nobody is yet.
pub(super) fn apply_signed_on(state: &mut State, at: Timestamp, window: WindowId, staff: StaffNo) {
    apply_on(state, at, window, staff);
    let verdict = state.posts.verdict(window).filter(|verdict| verdict.staff == Some(staff));
    let by = approve::approver(verdict.map(|verdict| &verdict.by));
    if let Some(absent) = verdict.and_then(|verdict| verdict.absent) {
        let (since, until, approved_by) = (at, None, by);
        state.posts.begin(StandIn { window, absent, staff, since, until, approved_by });
    }
}

pub(super) fn apply_off(state: &mut State, at: Timestamp, id: WindowId) {
    if let Some(staff) = leave(state, at, id) {
        state.posts.goes(staff, Whereabouts::OffDuty, at);
    }
}

/// Takes the clerk from a window, wherever that person goes.
pub(super) fn leave(state: &mut State, at: Timestamp, id: WindowId) -> Option<StaffNo> {
    state.posts.end(id, at);
    approve::pause_ends(state, id);
    state.note_pause(at, id);
    state.note_free(at, id);
    state.note_signed(at, id);
    let window = state.window_mut(id);
    window.unpause(at);
    window.signed = window.signed_until(at);
    window.since = Some(at);
    window.turns = Turns::default();
    window.left = Some(at);
    window.last_press = None;
    let (staff, _) = window.signed_on.take()?;
    state.staff.remove(&staff);
    Some(staff)
}
