//! 诉求: opened by a 差评, closed with what came of it. It outlives the nights until then.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{Facts, desk};
use crate::{
    event::{
        Fact,
        matter::{Matter, MatterClosed},
    },
    hall::Hall,
    ids::{MatterId, receipt::Receipt},
    limits::MATTERS_MAX,
    refusal::Refusal,
    state::{State, handled::Asked, matters::Closing},
    time::Timestamp,
    words::{
        Actor, Rating, Reasons,
        alert::{AlertKind, Subject},
        matter::{MatterKind, MatterOutcome},
    },
};

/// 办不成事: somebody tells it, with at least one reason, and gets a receipt.
pub(super) fn tell(
    hall: &Hall,
    (at, luck): (Timestamp, u64),
    department: Option<&String>,
    reasons: &Reasons,
) -> Result<Facts, Refusal> {
    let mut reasons = reasons.clone();
    reasons.sort_unstable();
    reasons.dedup();
    if reasons.is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    if department.is_some_and(|name| !hall.has_department(name)) {
        return Err(Refusal::NoSuchDepartment);
    }
    let matters = &hall.state.matters;
    if !matters.has_room_for_told() {
        return Err(Refusal::MattersFull);
    }
    let id = matters.next_id();
    Ok(Vec::from([Fact::MatterOpened(Matter {
        id,
        kind: MatterKind::Unresolved,
        leg: None,
        visit: None,
        no: None,
        queue: None,
        window: None,
        staff: None,
        item: None,
        rating: None,
        text: String::new(),
        reasons,
        opened: at,
        due: hall.rectify_by(),
        seen: false,
        receipt: Some(Receipt::of(id, luck)),
        department: department.cloned(),
        verify_by: None,
        due_at_most: hall.extend_to(),
        steps: Vec::new(),
    })]))
}

/// 差评: it must be seen to, nothing said yet of what it is about. Past the bound of what can be kept it is
/// an alert of the day only.
pub(super) fn negative(
    hall: &Hall,
    at: Timestamp,
    rating: Rating,
    (reasons, text): (&Reasons, &str),
) -> Option<Matter> {
    let matters = &hall.state.matters;
    (rating.is_negative() && matters.has_room()).then(|| Matter {
        id: matters.next_id(),
        kind: MatterKind::Negative,
        leg: None,
        visit: None,
        no: None,
        queue: None,
        window: None,
        staff: None,
        item: None,
        rating: Some(rating),
        reasons: reasons.clone(),
        text: text.to_string(),
        opened: at,
        due: hall.rectify_by(),
        seen: false,
        receipt: None,
        department: None,
        verify_by: hall.verify_by(),
        due_at_most: hall.extend_to(),
        steps: Vec::new(),
    })
}

/// What came of it closes the 差评's own alert too, so that nobody writes it twice.
pub(super) fn close(
    hall: &Hall,
    id: MatterId,
    outcome: MatterOutcome,
    note: &str,
) -> Result<Facts, Refusal> {
    let matter = hall.matter(id).ok_or(Refusal::NoSuchMatter)?;
    desk::text(note, Refusal::NoteNeeded)?;
    let is_unfounded = matter.kind == MatterKind::Negative && outcome == MatterOutcome::Unfounded;
    if is_unfounded && matter.appeal() != Asked::Granted {
        return Err(Refusal::AppealNeeded);
    }
    let waits = |asked| matches!(asked, Asked::Waits(_));
    if waits(matter.appeal()) || waits(matter.extension()) {
        return Err(Refusal::StillAsked);
    }
    // A granted appeal was looked into by whoever granted it.
    if !matter.is_looked_into() && matter.appeal() != Asked::Granted {
        return Err(Refusal::NotLookedInto);
    }
    let note = note.to_string();
    let told = about(matter)
        .and_then(|about| hall.state.alerts.get(AlertKind::Negative, about))
        .map(|alert| alert.id);
    let mut facts = Facts::new();
    facts.extend(told.map(|alert| Fact::AlertClosed { alert, note: note.clone() }));
    facts.push(Fact::MatterClosed(MatterClosed { matter: id, outcome, note }));
    Ok(facts)
}

pub(super) fn apply_closed(state: &mut State, at: Timestamp, by: &Actor, said: &MatterClosed) {
    let by = match by {
        Actor::Staff(staff) => Some(*staff),
        Actor::Hall | Actor::Device(_) | Actor::Citizen | Actor::System(_) => None,
    };
    let (day, while_closed) = (state.last_day, state.day.is_none());
    state.matters.close(Closing { at, by, said, day, while_closed });
}

/// What is carried into a day; a limit that no calendar had told begins with it.
pub(super) fn carried(hall: &Hall) -> Vec<Matter> {
    let due = |matter: &Matter| Matter {
        due: matter.due.or_else(|| hall.rectify_by()),
        due_at_most: matter.due_at_most.or_else(|| hall.extend_to()),
        ..matter.clone()
    };
    hall.matters().map(due).take(MATTERS_MAX).collect()
}

/// 差评 whose alert nobody has seen is told again in the morning.
pub(super) fn note_carried(state: &mut State, carried: &[Matter]) {
    for matter in carried.iter().filter(|matter| !matter.seen) {
        match (matter.kind, about(matter)) {
            (MatterKind::Negative, Some(about)) => {
                state.alerts.note_happened(AlertKind::Negative, about);
            }
            (MatterKind::Negative, None) | (MatterKind::Unresolved, _) => {}
        }
    }
}

/// What the alert of a 差评 is about.
fn about(matter: &Matter) -> Option<Subject> {
    matter.leg.map(Subject::Leg).or_else(|| matter.visit.map(Subject::Visit))
}

/// Somebody has seen an alert, or closed it.
pub(super) fn note_seen(state: &mut State, alert: crate::ids::AlertId) {
    let seen = state.alerts.by_id(alert).map(|alert| (alert.kind, alert.subject));
    match seen {
        Some((AlertKind::Negative, Subject::Leg(leg))) => {
            state.matters.see(|matter| matter.leg == Some(leg));
        }
        Some((AlertKind::Negative, Subject::Visit(visit))) => {
            state.matters.see(|matter| matter.visit == Some(visit));
        }
        Some((AlertKind::MatterDue, Subject::Matter(id))) => state.matters.see_limit(id),
        Some(_) | None => {}
    }
}
