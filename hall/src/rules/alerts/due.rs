//! 承诺件到期: what is due by a working day. The days follow from the day's opening, so as long as
//! nothing happens nothing changes.

use super::{ALWAYS, Watch};
use crate::{
    hall::Hall,
    ids::CaseNo,
    limits::CASES_DUE_TOLD,
    time::Day,
    words::alert::{AlertKind, Subject},
};

/// The soonest cases that are not told yet, as many as may be told besides those that are.
pub(super) fn cases(hall: &Hall) -> impl Iterator<Item = (AlertKind, Subject)> {
    let alerts = &hall.state.alerts;
    let subject = |no| (AlertKind::CaseDue, Subject::Case(no));
    let told = alerts.standing().filter(|alert| alert.kind == AlertKind::CaseDue);
    let told = told.filter(|alert| alert.level.is_some()).count();
    let untold = hall.cases_due().map(subject).filter(|(kind, subject)| {
        alerts.get(*kind, *subject).is_none_or(|alert| alert.level.is_none())
    });
    untold.take(CASES_DUE_TOLD.saturating_sub(told))
}

pub(super) fn case(hall: &Hall, no: CaseNo) -> Option<Watch> {
    let due = hall.state.cases.get(no)?.promised()?;
    Some(watch(due, hall.cases_told_up_to()?, hall.day()?))
}

/// Yellow for what is due up to a day, red for what is overdue.
fn watch(due: Day, up_to: Day, today: Day) -> Watch {
    let since = |holds: bool| holds.then_some(ALWAYS);
    Watch::new(since(due <= up_to), since(due < today))
}
