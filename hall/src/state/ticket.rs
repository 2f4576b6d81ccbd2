//! 号票: one number with its legs, and everything that was noted about them.

use alloc::vec::Vec;

use crate::{
    event::{
        issued::Issued,
        offline::Offline,
        open_evaluation::Given,
        people::Grounds,
        stop::Stop,
        wait_range::{Estimate, WaitRange},
    },
    ids::{
        CaseNo, DeviceId, ItemId, LegId, LegNo, PipelineId, QueueId, StaffNo, TicketId, Token,
        WindowId,
        person::{BookingNo, PersonMark},
    },
    number::TicketNo,
    state::desk::AtDesk,
    time::{Millis, Timestamp},
    words::{
        Actor, CaseKind, Channel, EvaluationChannel, Printing, PriorityClass, Rating, Reasons,
        TicketState, Why,
        legs::{TransferReason, Via},
        people::{CheckInTime, DayKind},
    },
};

/// 号票: a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// For ever, never shown.
    pub id: TicketId,
    /// The number people see.
    pub no: TicketNo,
    /// Its secret.
    pub token: Token,
    /// The item of the present leg, if one was chosen.
    pub item: Option<ItemId>,
    /// How it was taken.
    pub channel: Channel,
    /// The device at which it was taken; none if a person or another system asked.
    pub taken_at: Option<DeviceId>,
    /// The class in which it waits.
    pub class: PriorityClass,
    /// The class with which it was taken.
    pub taken_as: PriorityClass,
    /// What is known of its slip.
    pub printing: Printing,
    /// When it was taken.
    pub issued: Timestamp,
    /// 离线: a kiosk gave it out alone.
    pub offline: Option<Offline>,
    /// People ahead as it was told then.
    pub ahead: u32,
    /// The estimate as it was told then.
    pub wait: Option<WaitRange>,
    /// What that was rounded from.
    pub estimate: Option<Estimate>,
    /// Where it stands.
    pub state: TicketState,
    /// When it was re-activated, if it was.
    pub reactivated: Option<Timestamp>,
    /// When it reached the state that ends it.
    pub ended: Option<Timestamp>,
    /// Who, under the key of the day; none if nobody said, or it was erased.
    pub person: Option<PersonMark>,
    /// 代办员 who took it for somebody else.
    pub agent: Option<StaffNo>,
    /// The booking it was taken for; none also if it was erased.
    pub booking: Option<BookingNo>,
    /// 预约取号: in time or late; none if it was not booked.
    pub check_in: Option<CheckInTime>,
    /// 补打.
    pub reprints: u8,
    /// The version of the catalogue it was taken under.
    pub catalogue: u32,
    /// What kind of day it was taken on.
    pub day_kind: DayKind,
    /// 后续环节: the legs still to come, in order.
    pub stops: Vec<Stop>,
    /// The 流水线 it is on.
    pub pipeline: Option<PipelineId>,
    /// 已核验 or 不符合; none: nobody looked yet.
    pub fits: Option<bool>,
    /// 优先: what it was granted last; none if nobody gave it anything.
    pub granted: Option<Granted>,
    /// 领证取件: the case whose result is fetched.
    pub picks_up: Option<CaseNo>,
    /// 无声叫号: it is called without the voice.
    pub silent: bool,
    /// 帮办: who escorts whoever holds it.
    pub helped: Option<Helped>,
    /// Its legs, at least one; the last is the present one.
    pub legs: Vec<Leg>,
}

/// 优先: a class that somebody gave, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// Which.
    pub class: PriorityClass,
    /// 优先事由: why.
    pub grounds: Grounds,
    /// Where it was given.
    pub channel: Channel,
    /// By whom; a kiosk gives to whoever presses its button.
    pub by: Actor,
}

/// 帮办: somebody of the hall goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Helped {
    /// Who.
    pub by: StaffNo,
    /// Since when it was noted.
    pub since: Timestamp,
}

/// 环节: one visit of a ticket to one queue and window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// The queue.
    pub queue: QueueId,
    /// How it came about.
    pub via: Via,
    /// 转移原因.
    pub reason: Option<TransferReason>,
    /// Only this window calls it; none once that window has closed.
    pub to: Option<WindowId>,
    /// Since when it waits; waiting time counts from here.
    pub entered: Timestamp,
    /// Its order counts from here: a ticket that is sent on keeps its place.
    pub place: Timestamp,
    /// The first call ever: waiting time ends here.
    pub called_first: Option<Timestamp>,
    /// The first call since it last began to wait (another one after a re-activation).
    pub summoned: Option<Timestamp>,
    /// The last call.
    pub called_last: Option<Timestamp>,
    /// Calls since it last began to wait.
    pub calls: u8,
    /// All recalls.
    pub recalls: u16,
    /// Where it was called.
    pub window: Option<WindowId>,
    /// Who worked there.
    pub staff: Option<StaffNo>,
    /// Why it was called.
    pub why: Option<Why>,
    /// When service began.
    pub started: Option<Timestamp>,
    /// True if the clerk never pressed start.
    pub presumed: bool,
    /// 自动开始 was taken back: it is started by the clerk's key alone until it is called anew.
    pub start_by_hand: bool,
    /// 延时服务: it was started after the session's end.
    pub extended: bool,
    /// 挂起: how long the person was away, up to the last return.
    pub held: Millis,
    /// How often.
    pub holds: u8,
    /// Since when the person is away.
    pub held_since: Option<Timestamp>,
    /// When the person came back last.
    pub resumed: Option<Timestamp>,
    /// When service ended.
    pub finished: Option<Timestamp>,
    /// 转移: when it ended here because the ticket was sent on.
    pub sent: Option<Timestamp>,
    /// 延时: how much of the service lies behind the session's end.
    pub overtime: Millis,
    /// How often nobody came.
    pub no_shows: u8,
    /// When nobody came last.
    pub no_show: Option<Timestamp>,
    /// 件类, if the clerk chose one.
    pub case: Option<CaseKind>,
    /// 实际办理事项, if it differs from the ticket's; of a leg that ended before, always.
    pub item: Option<ItemId>,
    /// The secret with which this leg is evaluated, from its end on.
    pub secret: Option<Token>,
    /// What was noted of the case.
    pub desk: AtDesk,
    /// 评价; none is 未评价 and stays so.
    pub evaluation: Option<Evaluation>,
}

/// 评价: what somebody said of a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// When.
    pub at: Timestamp,
    /// The level.
    pub rating: Rating,
    /// Reasons.
    pub reasons: Reasons,
    /// Where it was given.
    pub channel: EvaluationChannel,
    /// How many levels the device can express.
    pub scale: u8,
    /// Given after the day was closed and before the next one opened, which counts it.
    pub while_closed: bool,
}

impl From<Given> for Evaluation {
    fn from(given: Given) -> Self {
        let Given { at, rating, reasons, channel, scale } = given;
        Self { at, rating, reasons, channel, scale, while_closed: false }
    }
}

impl Ticket {
    /// A new ticket, as the event tells it.
    pub(crate) fn new(at: Timestamp, issued: &Issued, day_kind: DayKind) -> Self {
        let reserved = issued.printing == Printing::Pending;
        Self {
            id: issued.ticket,
            no: issued.no,
            token: issued.token,
            item: issued.item,
            channel: issued.channel,
            taken_at: None,
            class: issued.class,
            taken_as: issued.class,
            printing: issued.printing,
            issued: issued.offline.map_or(at, |offline| offline.taken),
            offline: issued.offline,
            ahead: issued.ahead,
            wait: issued.wait,
            estimate: issued.estimate,
            state: if reserved { TicketState::Reserved } else { TicketState::Waiting },
            reactivated: None,
            ended: None,
            person: issued.person,
            agent: issued.agent,
            booking: issued.booking.map(|check_in| check_in.booking),
            check_in: issued.booking.map(|check_in| check_in.time),
            reprints: 0,
            catalogue: issued.catalogue,
            day_kind,
            stops: issued.stops.clone(),
            pipeline: issued.pipeline,
            fits: None,
            granted: None,
            picks_up: issued.picks_up,
            silent: issued.silent,
            helped: None,
            legs: Vec::from([Leg::new(issued.queue, issued.waits_from.unwrap_or(at))]),
        }
    }

    /// True while it holds a place: printed or about to be, waiting, called or served.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        match self.state {
            TicketState::Reserved
            | TicketState::Waiting
            | TicketState::Called
            | TicketState::Serving
            | TicketState::Held => true,
            TicketState::Done
            | TicketState::NoShow
            | TicketState::Swept
            | TicketState::Cancelled
            | TicketState::NotPrinted => false,
        }
    }

    /// The present leg.
    #[must_use]
    pub fn leg(&self) -> &Leg {
        self.legs.last().expect("a ticket is made with a leg and never loses one")
    }

    pub(crate) fn leg_mut(&mut self) -> &mut Leg {
        self.legs.last_mut().expect("a ticket is made with a leg and never loses one")
    }

    /// The present leg's id.
    #[must_use]
    pub fn leg_id(&self) -> LegId {
        LegId { ticket: self.id, leg: LegNo((self.legs.len() - 1) as u8) }
    }

    /// A leg by its place.
    #[must_use]
    pub fn leg_at(&self, leg: LegNo) -> Option<&Leg> {
        self.legs.get(usize::from(leg.0))
    }

    /// The queue of the present leg.
    #[must_use]
    pub fn queue(&self) -> QueueId {
        self.leg().queue
    }

    /// 转移: how often it was sent on to somewhere else; paying, coming back and the next leg of
    /// several are no transfers.
    #[must_use]
    pub fn transfers(&self) -> u32 {
        self.legs.iter().filter(|leg| leg.via == Via::Transferred).count() as u32
    }

    /// 回原窗口: the leg before this one that had a window.
    #[must_use]
    pub fn came_from(&self) -> Option<&Leg> {
        let before = self.legs.len().checked_sub(2)?;
        self.legs.get(before).filter(|leg| leg.window.is_some())
    }

    /// 回原窗口, seen from a window: the leg before, unless the same window served it.
    #[must_use]
    pub fn returns_from(&self, window: WindowId) -> Option<&Leg> {
        self.came_from().filter(|leg| leg.window != Some(window))
    }

    /// True while it is called or served.
    #[must_use]
    pub fn is_at_window(&self) -> bool {
        matches!(self.state, TicketState::Called | TicketState::Serving)
    }
}

impl Leg {
    pub(crate) fn new(queue: QueueId, entered: Timestamp) -> Self {
        Self {
            queue,
            via: Via::Issued,
            reason: None,
            to: None,
            entered,
            place: entered,
            called_first: None,
            summoned: None,
            called_last: None,
            calls: 0,
            recalls: 0,
            window: None,
            staff: None,
            why: None,
            started: None,
            presumed: false,
            start_by_hand: false,
            extended: false,
            held: Millis(0),
            holds: 0,
            held_since: None,
            resumed: None,
            finished: None,
            sent: None,
            overtime: Millis(0),
            no_shows: 0,
            no_show: None,
            case: None,
            item: None,
            secret: None,
            desk: AtDesk::default(),
            evaluation: None,
        }
    }

    /// 等候: from entering to the first call.
    #[must_use]
    pub fn wait(&self) -> Option<Millis> {
        Some(self.called_first?.since(self.entered))
    }

    /// 响应: from the call to the start, if the clerk pressed start.
    #[must_use]
    pub fn response(&self) -> Option<Millis> {
        if self.presumed { None } else { Some(self.started?.since(self.summoned?)) }
    }

    /// 办理: from the start to the end, without the time in which the person was away.
    #[must_use]
    pub fn service(&self) -> Option<Millis> {
        Some(self.at_desk(self.finished?))
    }

    /// 环节办理: the same of a leg that ended by sending the ticket on.
    #[must_use]
    pub fn service_until_sent(&self) -> Option<Millis> {
        self.started?;
        Some(self.at_desk(self.sent?))
    }

    /// How long it has been served since it began or the person came back.
    pub(crate) fn served_until(&self, at: Timestamp) -> Millis {
        self.resumed.or(self.started).map_or(Millis(0), |since| at.since(since))
    }

    fn at_desk(&self, until: Timestamp) -> Millis {
        let all = self.started.map_or(Millis(0), |started| until.since(started));
        Millis(all.0.saturating_sub(self.held.0))
    }

    /// True once nothing more happens to it at a window.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.finished.is_some() || self.sent.is_some()
    }
}
