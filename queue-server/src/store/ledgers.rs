//! 台账 of a day, line by line: 一次性告知, 过号与清号, 延时, 双休日, 帮办代办, 上门, 顶岗. Made of what the hall
//! holds of the day, and kept so when it closes. No line tells who somebody was.

use hall::{
    Hall,
    event::visit::Visit,
    ids::{ItemId, QueueId, StaffNo, VisitId, WindowId},
    number::TicketNo,
    state::{
        posts::StandIn,
        ticket::{Leg, Ticket},
    },
    time::{Day, Timestamp},
    words::{
        CaseKind, Channel, TicketState,
        desk::Material,
        people::DayKind,
        visit::{VisitMark, VisitObstacle, VisitOutcome, VisitReason},
    },
};
use serde::{Deserialize, Serialize};

use super::{Store, StoreFault};

/// Which 台账.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerKind {
    /// 一次性告知.
    Notices,
    /// 过号与清号: whoever left without being served.
    Gone,
    /// 延时服务.
    Extended,
    /// 双休日和节假日服务.
    DaysOff,
    /// 帮办: the guide desk took the ticket, or somebody was noted who went along.
    Assisted,
    /// 代办: a 代办员 took it.
    Agents,
    /// 上门服务 that was over.
    Visits,
    /// 顶岗: who stood in for whom.
    StandIns,
}

impl LedgerKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Notices,
        Self::Gone,
        Self::Extended,
        Self::DaysOff,
        Self::Assisted,
        Self::Agents,
        Self::Visits,
        Self::StandIns,
    ];

    /// Its word in addresses and texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Notices => "notices",
            Self::Gone => "gone",
            Self::Extended => "extended",
            Self::DaysOff => "days_off",
            Self::Assisted => "assisted",
            Self::Agents => "agents",
            Self::Visits => "visits",
            Self::StandIns => "stand_ins",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A line. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// Of which 台账.
    pub kind: LedgerKind,
    /// When.
    pub at: i64,
    /// Until when, of what lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// The number people saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<TicketNo>,
    /// The queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    /// The item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// The window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowId>,
    /// Who served, or stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffNo>,
    /// 代办员, who went along, or who was away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<StaffNo>,
    /// Who approved it, of a 顶岗 that needed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffNo>,
    /// How it ended, of whoever left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<TicketState>,
    /// 上门服务, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitLine>,
    /// 缺少的材料.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// What a line says of a home visit; neither who nor where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitLine {
    /// 上门编号.
    pub no: VisitId,
    /// 上门事由.
    pub reason: VisitReason,
    /// What came of it.
    pub outcome: VisitOutcome,
    /// 件类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseKind>,
    /// 未办成原因.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<VisitObstacle>,
    /// In words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// 办理期限.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// Done by it.
    pub in_time: bool,
}

impl LedgerLine {
    fn of(kind: LedgerKind, at: Timestamp) -> Self {
        Self {
            kind,
            at: at.0,
            until: None,
            no: None,
            queue: None,
            item: None,
            window: None,
            staff: None,
            other: None,
            by: None,
            state: None,
            visit: None,
            missing: Vec::new(),
        }
    }

    fn of_ticket(kind: LedgerKind, at: Timestamp, ticket: &Ticket) -> Self {
        let first = &ticket.legs[0];
        let (no, item) = (Some(ticket.no), ticket.item);
        Self { no, queue: Some(first.queue), item, ..Self::of(kind, at) }
    }

    fn of_leg(kind: LedgerKind, at: Timestamp, ticket: &Ticket, leg: &Leg) -> Self {
        Self {
            queue: Some(leg.queue),
            item: leg.item.or(ticket.item),
            window: leg.window,
            staff: leg.staff,
            ..Self::of_ticket(kind, at, ticket)
        }
    }
}

/// The lines of a day, in their order.
#[must_use]
pub fn lines(hall: &Hall) -> Vec<LedgerLine> {
    let mut lines: Vec<LedgerLine> =
        hall.tickets().flat_map(|ticket| of_ticket(hall, ticket)).collect();
    lines.extend(hall.stand_ins().map(stand_in));
    lines.extend(hall.visits_of_day(VisitMark::Over).filter_map(|visit| of_visit(hall, visit)));
    lines.sort_by_key(|line| (line.kind, line.at, line.no));
    lines
}

fn of_ticket(hall: &Hall, ticket: &Ticket) -> Vec<LedgerLine> {
    let mut lines = Vec::new();
    let taken = |kind| LedgerLine::of_ticket(kind, ticket.issued, ticket);
    let left = match ticket.state {
        TicketState::NoShow | TicketState::Swept | TicketState::Cancelled => true,
        TicketState::Reserved
        | TicketState::Waiting
        | TicketState::Called
        | TicketState::Serving
        | TicketState::Held
        | TicketState::Done
        | TicketState::NotPrinted => false,
    };
    if left {
        let leg = ticket.leg();
        let ended = ticket.ended.map(|at| at.0);
        let of_leg = LedgerLine::of_leg(LedgerKind::Gone, ticket.issued, ticket, leg);
        lines.push(LedgerLine { until: ended, state: Some(ticket.state), ..of_leg });
    }
    if matches!(ticket.day_kind, DayKind::Weekend | DayKind::Holiday) {
        lines.push(taken(LedgerKind::DaysOff));
    }
    if ticket.channel == Channel::GuideDesk || ticket.helped.is_some() {
        let other = ticket.helped.map(|helped| helped.by);
        lines.push(LedgerLine { other, ..taken(LedgerKind::Assisted) });
    }
    if ticket.agent.is_some() {
        lines.push(LedgerLine { other: ticket.agent, ..taken(LedgerKind::Agents) });
    }
    for leg in &ticket.legs {
        if leg.desk.notices > 0 {
            let at = leg.finished.or(leg.started).unwrap_or(ticket.issued);
            let of_leg = LedgerLine::of_leg(LedgerKind::Notices, at, ticket, leg);
            let missing = leg.desk.missing.iter().map(|paper| named(hall, of_leg.item, paper));
            lines.push(LedgerLine { missing: missing.collect(), ..of_leg });
        }
        if let Some(started) = leg.started.filter(|_| leg.extended) {
            let of_leg = LedgerLine::of_leg(LedgerKind::Extended, started, ticket, leg);
            lines.push(LedgerLine { until: leg.finished.map(|at| at.0), ..of_leg });
        }
    }
    lines
}

/// A paper by its name: as the item's list has it, or as it was typed.
fn named(hall: &Hall, item: Option<ItemId>, paper: &Material) -> String {
    match paper {
        Material::Named(name) => name.clone(),
        Material::Numbered(no) => {
            let place = usize::from(*no).checked_sub(1);
            let list = item.and_then(|item| hall.item_ever(item)).map(|item| &item.bring);
            let name = list.zip(place).and_then(|(list, place)| list.get(place));
            name.cloned().unwrap_or_else(|| no.to_string())
        }
    }
}

fn stand_in(each: &StandIn) -> LedgerLine {
    LedgerLine {
        until: each.until.map(|at| at.0),
        window: Some(each.window),
        staff: Some(each.staff),
        other: Some(each.absent),
        by: each.approved_by,
        ..LedgerLine::of(LedgerKind::StandIns, each.since)
    }
}

fn of_visit(hall: &Hall, visit: &Visit) -> Option<LedgerLine> {
    let over = visit.over.as_ref()?;
    Some(LedgerLine {
        until: Some(over.at.0),
        queue: hall.queue_of_visit(visit),
        item: visit.item,
        staff: visit.staff,
        visit: Some(VisitLine {
            no: visit.id,
            reason: visit.reason,
            outcome: over.outcome,
            case: over.case,
            obstacle: over.obstacle,
            note: over.note.clone(),
            due: visit.due,
            in_time: over.outcome == VisitOutcome::Done && visit.in_time(),
        }),
        ..LedgerLine::of(LedgerKind::Visits, visit.asked)
    })
}

impl Store {
    pub(super) fn keep_ledgers(&self, day: Day, hall: &Hall) -> Result<(), StoreFault> {
        self.shared.ledgers.insert(day.to_string(), serde_json::to_vec(&lines(hall))?)?;
        Ok(())
    }

    /// The lines of closed days from the one to the other, both included, the oldest first.
    pub fn ledgers(&self, span: (Day, Day)) -> impl Iterator<Item = LedgerLine> + use<> {
        super::said::rows(&self.shared.ledgers, span)
    }
}
