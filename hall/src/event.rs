//! All that can be remembered. Events are the only thing ever stored.
//!
//! **The law of this file:** it is append-only. Never rename, remove or reuse a field or a variant;
//! add a field with a default, or add a variant. The golden files in `tests/golden/events` are
//! changed in the same commit, which holds nothing else.

pub mod calls;
pub mod evaluated;
mod in_force;
pub mod inspected;
pub mod issued;
pub mod known_case;
pub mod matter;
pub mod matter_step;
pub mod offline;
pub mod open_evaluation;
pub mod people;
mod skipped;
pub mod staffing;
pub mod stop;
pub mod unfound;
pub mod visit;
pub mod wait_range;

use alloc::{boxed::Box, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    command::{SessionTimes, plan::SessionPlan},
    event::people::{Booked, Carried, CatalogueChanged, Erased},
    ids::{
        AlertId, CaseNo, DeviceId, ItemId, LegId, PipelineId, QueueId, RequestId, SetupVersion,
        StaffNo, TicketId, Token, WindowId, ZoneId, person::BookingNo,
    },
    time::{Day, Timestamp},
    words::{
        Actor, CaseKind, PauseReason, Printing, PriorityClass, Why,
        alert::{AlertKind, AlertLevel, DeviceTrouble, Subject},
        desk::{DeclineReason, Delivery, Material, Press},
        legs::{TransferReason, Via},
        people::EarlyReason,
        post::{PostRole, Whereabouts},
    },
};

/// Something that happened: when, through whom, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, by the hall's time.
    pub at: Timestamp,
    /// Through whom.
    pub by: Actor,
    /// The asking it answers; remembered for the day so that a repeat gets the same answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// What happened.
    pub fact: Fact,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// 开厅: a day began; replay begins here.
    DayOpened {
        /// The day.
        day: Day,
        /// The id that the next ticket gets: ids go on over the days.
        next_ticket: TicketId,
        /// 待评价: legs of earlier days that may still be evaluated.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        open_evaluations: Vec<open_evaluation::OpenEvaluation>,
        /// 办件: case numbers that were at a desk lately.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        cases: Vec<known_case::KnownCase>,
        /// What outlives the days before.
        #[serde(default, skip_serializing_if = "skipped::carries_nothing")]
        carried: Box<Carried>,
        /// 配置: the setup in force; none if it has no name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        setup: Option<SetupVersion>,
        /// 工作日: the next ones after this day, in order, as the shell's calendar has them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        working_days: Vec<Day>,
    },
    /// 换配置: another setup is in force from now on.
    SetupChanged {
        /// Which.
        to: SetupVersion,
    },
    /// The day ended.
    DayClosed {
        /// The day.
        day: Day,
    },
    /// A session began.
    SessionOpened {
        /// Its moments.
        session: SessionTimes,
        /// What is special about it.
        #[serde(default, skip_serializing_if = "SessionPlan::is_plain")]
        plan: SessionPlan,
    },
    /// A session ended.
    SessionClosed,
    /// 登录.
    SignedOn {
        /// The window.
        window: WindowId,
        /// Who.
        staff: StaffNo,
    },
    /// 退出.
    SignedOff {
        /// The window.
        window: WindowId,
    },
    /// 暂停服务.
    Paused {
        /// The window.
        window: WindowId,
        /// Why.
        reason: PauseReason,
        /// 去向, if the reason does not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        whereabouts: Option<Whereabouts>,
    },
    /// 恢复服务.
    Resumed {
        /// The window.
        window: WindowId,
    },
    /// 取号: a ticket was made.
    Issued(issued::Issued),
    /// What became of a reserved ticket's slip; unless it failed, the ticket waits from its issue.
    Printed {
        /// The ticket.
        ticket: TicketId,
        /// What is known.
        printing: Printing,
    },
    /// 取消.
    Cancelled {
        /// The ticket.
        ticket: TicketId,
    },
    /// 叫号.
    Called {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// Why this one.
        why: Why,
    },
    /// 重呼.
    Recalled {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
    },
    /// 开始办理.
    Started {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// When the service began; earlier than the event if the clerk never pressed start.
        since: Timestamp,
        /// True if the clerk never pressed start.
        presumed: bool,
        /// 自动开始: the hall did it when its time had come, and nobody pressed anything.
        #[serde(default, skip_serializing_if = "skipped::is_false")]
        by_itself: bool,
    },
    /// 办结.
    Finished {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// 件类.
        case: Option<CaseKind>,
        /// 实际办理事项.
        item: Option<ItemId>,
        /// The secret with which this leg, and no other, is evaluated once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret: Option<Token>,
        /// 批量: how many were handled.
        #[serde(default = "skipped::one_copy", skip_serializing_if = "skipped::is_one_copy")]
        copies: u16,
    },
    /// 转移, 转收费, 回原窗口, 联办转号: the ticket goes on as a new leg.
    SentOn {
        /// The leg that ended.
        leg: LegId,
        /// Where it ended.
        window: WindowId,
        /// How the new leg came about.
        via: Via,
        /// Why, if it is a 转移.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TransferReason>,
        /// The queue of the new leg.
        queue: QueueId,
        /// Only this window calls it, until that is taken back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<WindowId>,
        /// What is to be handled.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemId>,
        /// The class in which it waits.
        class: PriorityClass,
        /// The place in its class counts from here.
        place: Timestamp,
    },
    /// The window to which a ticket was sent closed: any window of its queue calls it.
    Released {
        /// The ticket.
        ticket: TicketId,
        /// The window.
        window: WindowId,
    },
    /// 挂起.
    Held {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// Until then the person should be back.
        until: Timestamp,
    },
    /// 回呼.
    HoldEnded {
        /// The leg.
        leg: LegId,
        /// Where it is served on.
        window: WindowId,
    },
    /// 挂起超时: nobody came back; the ticket is passed over and may be re-activated.
    HoldExpired {
        /// The leg.
        leg: LegId,
    },
    /// 过号.
    NoShowed {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
    },
    /// 过号激活.
    Reactivated {
        /// The ticket.
        ticket: TicketId,
        /// How many others of its queue are called before it.
        behind: u8,
    },
    /// 评价.
    Evaluated(evaluated::Evaluated),
    /// 清号: these tickets ended without service.
    Swept {
        /// The tickets.
        tickets: Vec<TicketId>,
    },
    /// A second call key so soon that it is the same press; remembered only so that a repeat of
    /// this asking, however late, gets the same call.
    SamePress {
        /// The leg called.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// Why that one was called.
        why: Why,
    },
    /// 潮汐窗口 opened.
    TideOpened {
        /// The window.
        window: WindowId,
        /// The queues it serves like its own.
        queues: Vec<QueueId>,
        /// By hand until then; none: by the calendar.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// 潮汐窗口 closed.
    TideClosed {
        /// The window.
        window: WindowId,
        /// True: the calendar's; false: the one opened by hand.
        scheduled: bool,
    },
    /// 借用: a queue went to a window too.
    Lent {
        /// The queue.
        queue: QueueId,
        /// The window.
        window: WindowId,
        /// Until then; none: until it is ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// A lent queue went back.
    LendEnded {
        /// The queue.
        queue: QueueId,
        /// The window.
        window: WindowId,
    },
    /// 顶岗: somebody took a window over from somebody else, who is signed off by it.
    TookOver {
        /// The window.
        window: WindowId,
        /// Who was there.
        from: StaffNo,
        /// Who is there now.
        staff: StaffNo,
        /// B: stands in. A: is back.
        role: PostRole,
    },
    /// B角 was asked to come.
    StandInAsked {
        /// The window.
        window: WindowId,
        /// Who is away.
        absent: StaffNo,
        /// Who may come.
        stand_ins: Vec<StaffNo>,
    },
    /// 去向 of somebody who is at no window.
    WhereaboutsSet {
        /// Who.
        staff: StaffNo,
        /// Where.
        whereabouts: Whereabouts,
    },
    /// 办件编号: the visit is about this case.
    CaseNamed {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// The case.
        case: CaseNo,
    },
    /// 再次来访未见告知: the case was here before, and neither a notice nor a decision is on file.
    ReturnedUnnoticed {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// The case.
        case: CaseNo,
        /// The leg of the visit before.
        before: LegId,
    },
    /// 一次性告知.
    Noticed {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// The case, if it has a number yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseNo>,
        /// The item.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemId>,
        /// The papers that are missing.
        missing: Vec<Material>,
    },
    /// 受理.
    Accepted {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// The case.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseNo>,
        /// The item.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemId>,
        /// 承诺时限: the day by which it is done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
    },
    /// 不予受理.
    Declined {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// The case.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseNo>,
        /// The item.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemId>,
        /// Why.
        reasons: Vec<DeclineReason>,
    },
    /// 领取方式.
    DeliveryChosen {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// How.
        delivery: Delivery,
    },
    /// 提前闭厅: the open session got an earlier end.
    ClosedEarly {
        /// Issuing ends.
        issue_until: Timestamp,
        /// Windows close.
        closes: Timestamp,
        /// Why.
        reason: EarlyReason,
        /// No session opens any more today.
        for_the_day: bool,
    },
    /// 预约.
    Booked(Booked),
    /// 取消预约.
    BookingCancelled {
        /// Which.
        booking: BookingNo,
    },
    /// A booked slot ended and nobody had come.
    BookingEnded {
        /// Which.
        booking: BookingNo,
        /// 爽约: it counts against the person; false if the hall could not have kept it.
        missed: bool,
    },
    /// 补打.
    Reprinted {
        /// The ticket.
        ticket: TicketId,
    },
    /// 清除.
    Erased(Erased),
    /// 目录调整.
    CatalogueChanged(CatalogueChanged),
    /// 警报 raised, or worse than before.
    AlertRaised {
        /// Its number in the day.
        alert: AlertId,
        /// What it is.
        kind: AlertKind,
        /// 黄牌 or 红牌.
        level: AlertLevel,
        /// What it is about.
        subject: Subject,
    },
    /// 警报 less bad than before, or passed.
    AlertEased {
        /// The alert.
        alert: AlertId,
        /// What it is now; none: passed.
        level: Option<AlertLevel>,
    },
    /// 确认: somebody sees to it.
    AlertAcknowledged {
        /// The alert.
        alert: AlertId,
        /// What was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// 关闭: with what came of it.
    AlertClosed {
        /// The alert.
        alert: AlertId,
        /// What came of it.
        note: String,
    },
    /// 设备: ill, or well again.
    DeviceReported {
        /// The device.
        device: DeviceId,
        /// What ails it; none: it is well.
        trouble: Option<DeviceTrouble>,
        /// Since when.
        since: Timestamp,
    },
    /// 叫号送达: what became of calls at a window.
    CallsReported(calls::CallsReported),
    /// 求助.
    HelpAsked {
        /// Through which device or desk.
        from: DeviceId,
        /// Where, as people say it.
        place: String,
    },
    /// 排班: these windows should be staffed.
    WindowsScheduled {
        /// Which.
        windows: Vec<WindowId>,
        /// From then …
        from: Timestamp,
        /// … to then.
        until: Timestamp,
    },
    /// 后续环节: what a ticket still has before it changed.
    StopsChanged {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// The 流水线 it is on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pipeline: Option<PipelineId>,
        /// What is still to come, in order.
        stops: Vec<stop::Stop>,
    },
    /// 已核验 or 不符合: what the person showed for the class.
    Verified {
        /// The leg.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// 已核验; false: 不符合.
        fits: bool,
        /// The class it has now.
        class: PriorityClass,
        /// It waits again, at the place it would have had.
        waits: bool,
    },
    /// 特事特办 by whoever caused the event.
    Expedited {
        /// The ticket.
        ticket: TicketId,
        /// Why.
        reason: String,
    },
    /// 诉求 opened.
    MatterOpened(matter::Matter),
    /// 诉求 closed.
    MatterClosed(matter::MatterClosed),
    /// 处理过程: something was done about a 诉求.
    MatterHandled(matter_step::MatterHandled),
    /// 办结 of a case: what was promised is done.
    CaseClosed {
        /// The case.
        case: CaseNo,
    },
    /// 离线号段: numbers that only this kiosk gives out.
    NumbersReserved {
        /// Whose.
        kiosk: DeviceId,
        /// In which of its records it notes them.
        book: Token,
        /// Which.
        blocks: Vec<offline::NumberBlock>,
    },
    /// 无声叫号 of a ticket, or no more.
    SilentSet {
        /// The ticket.
        ticket: TicketId,
        /// It is called without the voice.
        silent: bool,
    },
    /// 帮办 of a ticket, or no more.
    HelperSet(people::HelperSet),
    /// 广播: something was said to the hall by whoever caused the event.
    Announced {
        /// The words.
        text: String,
        /// 紧急: before everything that waits, and in quiet hours too.
        #[serde(default, skip_serializing_if = "skipped::is_false")]
        urgent: bool,
        /// Only in this zone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        zone: Option<ZoneId>,
    },
    /// 没有找到要办的事项: somebody said what they came for and did not find.
    UnfoundNoted(unfound::Unfound),
    /// 日巡查.
    Inspected(inspected::Inspected),
    /// 撤回: the last press at a window was a mistake, and what it changed is as it was before. What
    /// was spoken and shown meanwhile was spoken and shown.
    TakenBack {
        /// The leg that the press was about.
        leg: LegId,
        /// Where.
        window: WindowId,
        /// What was pressed.
        press: Press,
    },
    /// 限号.
    Limited(issued::Limited),
    /// 人员变动.
    Staffing(staffing::Staffing),
    /// 上门服务.
    Visit(visit::VisitFact),
}
