//! 登录 and 退出: who works at which window.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::{StaffNo, WindowId},
    refusal::Refusal,
    state::State,
    time::Timestamp,
};

pub(super) fn on(hall: &Hall, window: WindowId, staff: StaffNo) -> Result<Facts, Refusal> {
    match hall.known_window(window)?.staff() {
        Some(present) if present == staff => return Ok(Facts::new()),
        Some(_) => return Err(Refusal::WindowTaken),
        None => {}
    }
    if hall.state.staff.contains_key(&staff) {
        return Err(Refusal::SignedOnElsewhere);
    }
    Ok(Vec::from([Fact::SignedOn { window, staff }]))
}

/// Nobody leaves a person standing at the window.
pub(super) fn off(hall: &Hall, window: WindowId) -> Result<Facts, Refusal> {
    hall.known_window(window)?.staff().ok_or(Refusal::NotSignedOn)?;
    hall.settled(window)?;
    Ok(Vec::from([Fact::SignedOff { window }]))
}

pub(super) fn apply_on(state: &mut State, at: Timestamp, window: WindowId, staff: StaffNo) {
    state.staff.insert(staff, window);
    let window = state.window_mut(window);
    window.signed_on = Some((staff, at));
    window.since = Some(at);
}

pub(super) fn apply_off(state: &mut State, at: Timestamp, id: WindowId) {
    let window = state.window_mut(id);
    window.unpause(at);
    window.signed = window.signed_until(at);
    window.since = Some(at);
    window.asked = None;
    window.priority_calls = 0;
    if let Some((staff, _)) = window.signed_on.take() {
        state.staff.remove(&staff);
    }
}
