//! 承诺件到期 and 差评限期: what is due by a working day. The days follow from the day's opening, so as
//! long as nothing happens nothing changes.

use super::{ALWAYS, Watch};
use crate::{
    hall::Hall,
    ids::{CaseNo, MatterId, VisitId},
    limits::{CASES_DUE_TOLD, MATTERS_DUE_TOLD},
    words::alert::{AlertKind, AlertLevel, Subject},
};

/// The soonest cases that are not told yet.
pub(super) fn cases(hall: &Hall) -> impl Iterator<Item = (AlertKind, Subject)> {
    let due = hall.cases_due().map(Subject::Case);
    untold(hall, AlertKind::CaseDue, due, CASES_DUE_TOLD)
}

/// The oldest matters whose limit is near and not told yet.
pub(super) fn matters(hall: &Hall) -> impl Iterator<Item = (AlertKind, Subject)> {
    let told = hall.setup().rules().alerts.matter_due_working_days > 0;
    let due = hall.matters().filter(move |matter| told && hall.matter_level(matter).is_some());
    let due = due.map(|matter| Subject::Matter(matter.id));
    untold(hall, AlertKind::MatterDue, due, MATTERS_DUE_TOLD)
}

/// The oldest visits whose limit is near and not told yet.
pub(super) fn visits(hall: &Hall) -> impl Iterator<Item = (AlertKind, Subject)> {
    let told = hall.setup().rules().alerts.matter_due_working_days > 0;
    let due = hall.visits().filter(move |visit| told && hall.visit_level(visit).is_some());
    let due = due.map(|visit| Subject::Visit(visit.id));
    untold(hall, AlertKind::MatterDue, due, MATTERS_DUE_TOLD)
}

/// As many as may be told besides those that are.
fn untold(
    hall: &Hall,
    kind: AlertKind,
    due: impl Iterator<Item = Subject>,
    most: usize,
) -> impl Iterator<Item = (AlertKind, Subject)> {
    let alerts = &hall.state.alerts;
    let told = alerts.standing().filter(|alert| alert.kind == kind && alert.level.is_some());
    let room = most.saturating_sub(told.count());
    let untold = due.filter(move |subject| {
        alerts.get(kind, *subject).is_none_or(|alert| alert.level.is_none())
    });
    untold.take(room).map(move |subject| (kind, subject))
}

pub(super) fn case(hall: &Hall, no: CaseNo) -> Option<Watch> {
    let due = hall.state.cases.get(no)?.promised()?;
    let near = due <= hall.cases_told_up_to()?;
    let level = if due < hall.day()? { AlertLevel::Red } else { AlertLevel::Yellow };
    near.then(|| at(level))
}

pub(super) fn matter(hall: &Hall, id: MatterId) -> Option<Watch> {
    (hall.setup().rules().alerts.matter_due_working_days > 0).then_some(())?;
    Some(at(hall.matter_level(hall.matter(id)?)?))
}

pub(super) fn visit(hall: &Hall, id: VisitId) -> Option<Watch> {
    (hall.setup().rules().alerts.matter_due_working_days > 0).then_some(())?;
    Some(at(hall.visit_level(hall.visit(id)?)?))
}

fn at(level: AlertLevel) -> Watch {
    match level {
        AlertLevel::Yellow => Watch::new(Some(ALWAYS), None),
        AlertLevel::Red => Watch::new(None, Some(ALWAYS)),
    }
}
