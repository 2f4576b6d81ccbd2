//! What must hold of 上门服务.

use alloc::{collections::BTreeSet, format, string::String};

use crate::{
    hall::Hall,
    limits::VISITS_OPEN_MAX,
    words::visit::{VisitMark, VisitOutcome},
};

pub(super) fn check(hall: &Hall) -> Result<(), String> {
    if hall.visits().filter(|visit| visit.over.is_none()).count() > VISITS_OPEN_MAX {
        return Err(String::from("more visits are open than a day can carry"));
    }
    let mut tokens = BTreeSet::new();
    for visit in hall.visits() {
        let id = visit.id.0;
        if !tokens.insert(visit.token) || hall.ticket_by_token(visit.token).is_some() {
            return Err(format!("visit {id} has somebody else's secret"));
        }
        if visit.begun.is_some() && visit.staff.is_none() {
            return Err(format!("visit {id} was begun by nobody"));
        }
        let outcome = visit.over.as_ref().map(|over| over.outcome);
        if outcome == Some(VisitOutcome::Done) && visit.begun.is_none() {
            return Err(format!("visit {id} is done and was never begun"));
        }
        if visit.given.is_some() && outcome != Some(VisitOutcome::Done) {
            return Err(format!("visit {id} was evaluated and is not done"));
        }
    }
    let over_today = hall.visits_of_day(VisitMark::Over);
    if over_today.into_iter().any(|visit| visit.over.is_none()) {
        return Err(String::from("the day counts a visit as over that is not"));
    }
    Ok(())
}
