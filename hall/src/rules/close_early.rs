//! 提前闭厅: the open session ends before its time; who has a ticket is still served.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    command::plan::CloseEarly, event::Fact, hall::Hall, refusal::Refusal, state::State,
    time::Timestamp,
};

/// Moments that are past mean now; a session never gets longer. For the day a hall can be closed
/// between two sessions too.
pub(super) fn decide(hall: &Hall, at: Timestamp, early: &CloseEarly) -> Result<Facts, Refusal> {
    hall.open_day()?;
    let for_the_day = early.for_the_day && !hall.state.hours.closed_for_day;
    let (issue_until, closes) = match hall.session() {
        Some(session) => {
            let closes = early.closes.max(at).min(session.closes);
            let issue_until = early.issue_until.max(at).min(session.issue_until).min(closes);
            let earlier = issue_until < session.issue_until || closes < session.closes;
            if !earlier && !for_the_day {
                return Err(Refusal::NotEarlier);
            }
            (issue_until, closes)
        }
        None if for_the_day => (at, at),
        // What has ended cannot end earlier.
        None if !hall.sessions_of_day().is_empty() => return Err(Refusal::NotEarlier),
        None => return Err(Refusal::HallClosed),
    };
    let reason = early.reason;
    Ok(Vec::from([Fact::ClosedEarly { issue_until, closes, reason, for_the_day }]))
}

pub(super) fn apply(
    state: &mut State,
    issue_until: Timestamp,
    closes: Timestamp,
    for_the_day: bool,
) {
    if let Some(session) = &mut state.session {
        session.issue_until = issue_until;
        session.closes = closes;
    }
    state.alerts.end_schedule(closes);
    state.ledger.end_schedule(closes);
    state.hours.close_early(issue_until, closes, for_the_day);
}
