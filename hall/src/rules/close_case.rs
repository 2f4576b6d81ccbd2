//! 办结 of a case: what was promised at the desk is done.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact, hall::Hall, ids::CaseNo, refusal::Refusal, state::State, time::Timestamp,
};

pub(super) fn decide(hall: &Hall, at: Timestamp, case: CaseNo) -> Result<Facts, Refusal> {
    hall.open_day()?;
    let known = hall.case(case, at).ok_or(Refusal::NoSuchCase)?;
    if known.closed.is_some() {
        return Err(Refusal::CaseClosed);
    }
    if !known.accepted {
        return Err(Refusal::CaseNotAccepted);
    }
    Ok(Vec::from([Fact::CaseClosed { case }]))
}

/// Said, or seen by its result being fetched.
pub(super) fn apply(state: &mut State, at: Timestamp, case: CaseNo) {
    if let Some(day) = state.day {
        state.cases.close(at, case, day);
    }
}
