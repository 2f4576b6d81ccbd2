//! 暂停服务 with its reason and where the clerk goes, and 恢复服务.

use super::{Facts, approve, send_on};
use crate::{
    event::Fact,
    hall::Hall,
    ids::WindowId,
    refusal::Refusal,
    state::State,
    time::Timestamp,
    words::{PauseReason, post::Whereabouts},
};

pub(super) fn pause(
    hall: &Hall,
    window: WindowId,
    reason: PauseReason,
    whereabouts: Option<Whereabouts>,
) -> Result<Facts, Refusal> {
    hall.free_window(window)?;
    let mut facts: Facts = send_on::release(hall, window).collect();
    facts.push(Fact::Paused { window, reason, whereabouts });
    Ok(facts)
}

pub(super) fn resume(hall: &Hall, window: WindowId) -> Result<Facts, Refusal> {
    let now = hall.known_window(window)?;
    now.paused.ok_or(Refusal::NotPaused)?;
    let over = now.staff().and_then(|staff| approve::back(hall, window, staff));
    Ok(over.into_iter().chain([Fact::Resumed { window }]).collect())
}

pub(super) fn apply_paused(
    state: &mut State,
    at: Timestamp,
    id: WindowId,
    reason: PauseReason,
    whereabouts: Option<Whereabouts>,
) {
    state.note_free(at, id);
    if let Some(staff) = state.window_mut(id).staff() {
        state.posts.goes(staff, whereabouts.unwrap_or(reason.whereabouts()), at);
    }
    let window = state.window_mut(id);
    window.last_press = None;
    window.paused = Some((reason, at));
    window.pauses[reason as usize].0 += 1;
    window.since = Some(at);
}

pub(super) fn apply_resumed(state: &mut State, at: Timestamp, id: WindowId) {
    if let Some(staff) = state.window_mut(id).staff() {
        state.posts.goes(staff, Whereabouts::OnDuty, at);
    }
    state.note_pause(at, id);
    approve::pause_ends(state, id);
    let window = state.window_mut(id);
    window.unpause(at);
    window.since = Some(at);
}
