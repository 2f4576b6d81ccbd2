//! 评价台账, 诉求台账 and 巡查台账 of closed days: every evaluation, every matter with what came of it, and
//! what inspections found. One row a day.

use hall::{
    Hall,
    event::{matter::ClosedMatter, visit::Visit},
    ids::{CaseNo, ItemId, LegId, LegNo, MatterId, QueueId, StaffNo, VisitId, WindowId},
    number::TicketNo,
    state::{
        inspections::InspectionDone,
        ticket::{Evaluation, Ticket},
    },
    time::Day,
    words::{EvaluationChannel, Rating, Reasons, visit::VisitMark},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Store, StoreFault};

/// Days in which a closed matter is looked for: two years of them.
const LOOKED_BACK: usize = 520;

/// 评价: one, with what it is about. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationRow {
    /// When it was given.
    pub at: i64,
    /// The leg; none of a home visit.
    #[serde(default)]
    pub leg: Option<LegId>,
    /// The home visit, if it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// The number people saw; none of a home visit.
    #[serde(default)]
    pub no: Option<TicketNo>,
    /// The queue; none of a home visit for nobody knows what.
    #[serde(default)]
    pub queue: Option<QueueId>,
    /// The window.
    pub window: Option<WindowId>,
    /// Who served.
    pub staff: Option<StaffNo>,
    /// What was handled.
    pub item: Option<ItemId>,
    /// 办件编号; none of a service of days before, whose number is not carried.
    pub case: Option<CaseNo>,
    /// When the service ended.
    pub finished: Option<i64>,
    /// The level.
    pub rating: Rating,
    /// Reasons.
    pub reasons: Reasons,
    /// Where it was given.
    pub channel: EvaluationChannel,
    /// How many levels the device can express.
    pub scale: u8,
    /// In the person's own words; gone when they were erased.
    pub text: String,
}

/// The evaluations that a day counts, in the order in which they were given.
#[must_use]
pub fn evaluations(hall: &Hall) -> Vec<EvaluationRow> {
    let late = hall.late_evaluations().map(|(leg, said)| EvaluationRow {
        window: Some(leg.window),
        staff: leg.staff,
        item: leg.item,
        finished: Some(leg.finished.0),
        ..row(hall, leg.leg_id(), (leg.no, leg.queue), said)
    });
    let counted = |row: &(EvaluationRow, bool)| !row.1;
    let late = late.zip(hall.late_evaluations().map(|(_, said)| said.while_closed));
    let today = hall.tickets().flat_map(|ticket| of_ticket(hall, ticket));
    let mut rows: Vec<EvaluationRow> =
        today.chain(late).filter(counted).map(|(row, _)| row).collect();
    rows.extend(hall.visits_of_day(VisitMark::Given).filter_map(|visit| of_visit(hall, visit)));
    rows.sort_by_key(|row| (row.at, row.leg, row.visit));
    rows
}

fn of_ticket<'h>(
    hall: &'h Hall,
    ticket: &'h Ticket,
) -> impl Iterator<Item = (EvaluationRow, bool)> + use<'h> {
    ticket.legs.iter().enumerate().filter_map(move |(place, leg)| {
        let said = leg.evaluation.as_ref()?;
        let id = LegId { ticket: ticket.id, leg: LegNo(u8::try_from(place).ok()?) };
        let of_leg = EvaluationRow {
            window: leg.window,
            staff: leg.staff,
            item: leg.item.or(ticket.item),
            case: leg.desk.case,
            finished: leg.finished.map(|at| at.0),
            ..row(hall, id, (ticket.no, leg.queue), said)
        };
        Some((of_leg, said.while_closed))
    })
}

fn of_visit(hall: &Hall, visit: &Visit) -> Option<EvaluationRow> {
    let given = visit.given.as_ref()?;
    let matter = hall.matter_of_visit(visit.id);
    Some(EvaluationRow {
        at: given.at.0,
        leg: None,
        visit: Some(visit.id),
        no: None,
        queue: hall.queue_of_visit(visit),
        window: None,
        staff: visit.staff,
        item: visit.item,
        case: None,
        finished: visit.over.as_ref().map(|over| over.at.0),
        rating: given.rating,
        reasons: given.reasons.clone(),
        channel: given.channel,
        scale: given.scale,
        text: matter.map_or_else(String::new, |matter| matter.text.clone()),
    })
}

fn row(
    hall: &Hall,
    leg: LegId,
    (no, queue): (TicketNo, QueueId),
    said: &Evaluation,
) -> EvaluationRow {
    EvaluationRow {
        at: said.at.0,
        leg: Some(leg),
        visit: None,
        no: Some(no),
        queue: Some(queue),
        window: None,
        staff: None,
        item: None,
        case: None,
        finished: None,
        rating: said.rating,
        reasons: said.reasons.clone(),
        channel: said.channel,
        scale: said.scale,
        text: hall.matter_of(leg).map_or_else(String::new, |matter| matter.text.clone()),
    }
}

impl Store {
    pub(super) fn keep_said(&self, day: Day, hall: &Hall) -> Result<(), StoreFault> {
        let (key, shared) = (day.to_string(), &self.shared);
        shared.evaluations.insert(&key, serde_json::to_vec(&evaluations(hall))?)?;
        shared.matters.insert(&key, serde_json::to_vec(hall.matters_closed())?)?;
        shared.inspections.insert(&key, serde_json::to_vec(hall.inspections())?)?;
        Ok(())
    }

    /// 日巡查 of closed days from the one to the other, both included, the oldest first.
    pub fn inspections(&self, span: (Day, Day)) -> impl Iterator<Item = InspectionDone> + use<> {
        rows(&self.shared.inspections, span)
    }

    /// The evaluations of closed days from the one to the other, both included, the oldest first.
    pub fn evaluations(&self, span: (Day, Day)) -> impl Iterator<Item = EvaluationRow> + use<> {
        rows(&self.shared.evaluations, span)
    }

    /// A matter closed on one of the last days that are kept.
    #[must_use]
    pub fn matter(&self, id: MatterId) -> Option<ClosedMatter> {
        let days = self.shared.matters.iter().values().flatten().rev().take(LOOKED_BACK);
        let mut closed = days.flat_map(|bytes| {
            serde_json::from_slice::<Vec<ClosedMatter>>(&bytes).unwrap_or_default()
        });
        closed.find(|closed| closed.matter.id == id)
    }

    /// The matters closed on closed days from the one to the other, both included, the oldest first.
    pub fn matters(&self, span: (Day, Day)) -> impl Iterator<Item = ClosedMatter> + use<> {
        rows(&self.shared.matters, span)
    }
}

pub(super) fn rows<T: DeserializeOwned>(
    tree: &sled::Tree,
    (from, until): (Day, Day),
) -> impl Iterator<Item = T> + use<T> {
    let days = tree.range(from.to_string()..=until.to_string()).values().flatten();
    days.flat_map(|bytes| serde_json::from_slice::<Vec<T>>(&bytes).unwrap_or_default())
}
