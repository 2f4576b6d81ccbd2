//! All that can be asked of the hall.

pub mod matter;
pub mod offline;
pub mod people;
pub mod plan;
pub mod staffing;
pub mod visit;

use alloc::{boxed::Box, string::String, vec::Vec};

use crate::{
    command::{
        matter::MatterWish,
        offline::{HandIn, ReserveNumbers},
        people::{Book, BookingRef, CheckIn, Erase},
        plan::{CloseEarly, LimitIssue, SessionPlan},
    },
    event::{
        calls::CallsReported, inspected::Inspected, people::Grounds, unfound::Unfound,
        wait_range::Estimate,
    },
    ids::{
        AlertId, CaseNo, DeviceId, ItemId, LegId, MatterId, PipelineId, QueueId, RequestId,
        SetupVersion, StaffNo, TicketId, Token, WindowId, ZoneId, person::PersonMark,
    },
    number::TicketNo,
    time::{Day, Timestamp},
    words::{
        Actor, CaseKind, Channel, EvaluationChannel, PauseReason, PriorityClass, Rating, Reasons,
        alert::DeviceTrouble,
        desk::{DeclineReason, Delivery, Material},
        legs::TransferReason,
        matter::MatterOutcome,
        people::ChangeKind,
        post::Whereabouts,
    },
};

/// One asking: when, with what luck, by whom, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The hall's time; the shell sees to it that it never goes back.
    pub at: Timestamp,
    /// Fresh random bits for what needs chance (tokens).
    pub luck: u64,
    /// Who asks.
    pub by: Actor,
    /// Names the asking, so that asking twice acts once.
    pub request: Option<RequestId>,
    /// What is asked.
    pub command: Command,
}

/// A wish to the hall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 开厅: begins a working day; numbers start again.
    OpenDay {
        /// The day.
        day: Day,
        /// 工作日: the next ones after it, in order.
        working_days: Vec<Day>,
    },
    /// Ends the day: what still waits is swept.
    CloseDay,
    /// Begins a session: issuing is allowed from now.
    OpenSession {
        /// Its moments.
        session: SessionTimes,
        /// What is special about it.
        plan: SessionPlan,
    },
    /// Ends a session: no more tickets; who has one is still served (延时).
    CloseSession,
    /// 登录: a clerk takes a window.
    SignOn {
        /// The window.
        window: WindowId,
        /// Who.
        staff: StaffNo,
    },
    /// 退出.
    SignOff {
        /// The window.
        window: WindowId,
    },
    /// 暂停服务.
    Pause {
        /// The window.
        window: WindowId,
        /// Why.
        reason: PauseReason,
        /// 去向, if the reason does not say it.
        whereabouts: Option<Whereabouts>,
    },
    /// 恢复服务.
    Resume {
        /// The window.
        window: WindowId,
    },
    /// 取号.
    Issue(Issue),
    /// 离线号段: sets numbers aside for a kiosk.
    ReserveNumbers(ReserveNumbers),
    /// 离线号: takes over a ticket that a kiosk gave out alone.
    HandIn(HandIn),
    /// The printer confirmed the slip (or nobody knows): the ticket waits.
    ConfirmPrint {
        /// The ticket.
        ticket: TicketId,
        /// False: it may or may not have come out.
        certain: bool,
    },
    /// The slip did not come out; the number stays retired.
    FailPrint {
        /// The ticket.
        ticket: TicketId,
    },
    /// 取消.
    Cancel {
        /// The ticket.
        ticket: TicketId,
    },
    /// 叫号: the next by rule.
    CallNext {
        /// The window.
        window: WindowId,
        /// Finish the ticket in service first (a second F2, a pad's call key).
        finish_current: bool,
    },
    /// 选呼: a chosen number.
    CallChosen {
        /// The window.
        window: WindowId,
        /// The number.
        no: TicketNo,
    },
    /// 重呼.
    Recall {
        /// The window.
        window: WindowId,
    },
    /// 开始办理.
    Start {
        /// The window.
        window: WindowId,
    },
    /// 办结.
    Finish {
        /// The window.
        window: WindowId,
        /// 件类, if the clerk chose one.
        case: Option<CaseKind>,
        /// 实际办理事项, if it differs from the ticket's.
        item: Option<ItemId>,
        /// 批量: how many were handled; none is one.
        copies: Option<u16>,
    },
    /// 转移: to another queue, or to one window.
    Transfer {
        /// The window.
        window: WindowId,
        /// Where to.
        to: SendTo,
        /// Why.
        reason: TransferReason,
    },
    /// 转收费.
    ToCashier {
        /// The window.
        window: WindowId,
    },
    /// 回原窗口: back to the window the ticket came from.
    Return {
        /// The window.
        window: WindowId,
    },
    /// 联办转号: the service here is done, and the ticket goes on to the next of its stops.
    NextLeg {
        /// The window.
        window: WindowId,
        /// 流水线: puts the ticket on it first; none: it goes on as it was told before.
        pipeline: Option<PipelineId>,
    },
    /// The stops that were still to come are not wanted any more.
    DropStops {
        /// The window.
        window: WindowId,
    },
    /// 撤回: the last press at the window was a mistake.
    TakeBack {
        /// The window.
        window: WindowId,
    },
    /// 核验证件: the person at the window shows what the class asks for.
    Verify {
        /// The window.
        window: WindowId,
        /// 已核验; false: 不符合.
        fits: bool,
    },
    /// 特事特办: a supervisor puts a waiting ticket in front.
    Expedite {
        /// The ticket.
        ticket: TicketId,
        /// Why; kept for ever.
        reason: String,
    },
    /// 挂起: the person goes away for a moment.
    Hold {
        /// The window.
        window: WindowId,
    },
    /// 回呼: the person is called back and served on.
    ResumeHeld {
        /// The window.
        window: WindowId,
        /// The number.
        no: TicketNo,
    },
    /// 过号.
    NoShow {
        /// The window.
        window: WindowId,
    },
    /// 过号激活.
    Reactivate {
        /// The ticket.
        ticket: TicketId,
    },
    /// 评价.
    Evaluate(Evaluate),
    /// 清号: ends what still waits or was called.
    Sweep,
    /// A deadline of the hall has passed.
    Tick,
    /// 潮汐窗口: a window serves more queues for a time.
    OpenTide {
        /// The window.
        window: WindowId,
        /// The queues, served like its own.
        queues: Vec<QueueId>,
        /// By hand: for so many minutes. None: by the calendar, which will close it.
        minutes: Option<u16>,
    },
    /// Ends a tide before its time, or when the calendar says so.
    CloseTide {
        /// The window.
        window: WindowId,
        /// True: the calendar's; false: the one opened by hand.
        scheduled: bool,
    },
    /// 借用: a queue goes to a window too, served when nobody of the window's own waits.
    Lend {
        /// The queue.
        queue: QueueId,
        /// The window.
        window: WindowId,
        /// Until then; none: until it is ended or the day is over.
        until: Option<Timestamp>,
    },
    /// Takes a lent queue back.
    EndLend {
        /// The queue.
        queue: QueueId,
        /// The window.
        window: WindowId,
    },
    /// 去向 of somebody who is at no window now.
    SetWhereabouts {
        /// Who.
        staff: StaffNo,
        /// Where.
        whereabouts: Whereabouts,
    },
    /// 办件编号: the visit at the window is about this case.
    NameCase {
        /// The window.
        window: WindowId,
        /// The case.
        case: CaseNo,
    },
    /// 一次性告知: tells everything that is missing, at once.
    Notice {
        /// The window.
        window: WindowId,
        /// The case, if it has a number yet.
        case: Option<CaseNo>,
        /// The item, if it differs from the ticket's.
        item: Option<ItemId>,
        /// The papers that are missing.
        missing: Vec<Material>,
    },
    /// 受理.
    Accept {
        /// The window.
        window: WindowId,
        /// The case.
        case: Option<CaseNo>,
        /// The item, if it differs from the ticket's.
        item: Option<ItemId>,
        /// 承诺时限, reckoned in working days by the shell's calendar.
        due: Option<Day>,
    },
    /// 不予受理.
    Decline {
        /// The window.
        window: WindowId,
        /// The case.
        case: Option<CaseNo>,
        /// The item, if it differs from the ticket's.
        item: Option<ItemId>,
        /// Why; at least one.
        reasons: Vec<DeclineReason>,
    },
    /// 办结 of a case that was accepted.
    CloseCase {
        /// The case.
        case: CaseNo,
    },
    /// 领取方式 of the one who is served, or who was served last.
    Deliver {
        /// The window.
        window: WindowId,
        /// How.
        delivery: Delivery,
    },
    /// 提前闭厅.
    CloseEarly(CloseEarly),
    /// 限号.
    LimitIssue(LimitIssue),
    /// Ends 限号 before its time.
    EndLimit {
        /// The queue.
        queue: QueueId,
    },
    /// 预约.
    Book(Book),
    /// 取消预约.
    CancelBooking {
        /// Which.
        booking: BookingRef,
    },
    /// 预约取号.
    CheckIn(CheckIn),
    /// 补打: the same number on paper once more.
    Reprint {
        /// The ticket.
        ticket: TicketId,
    },
    /// 清除: removes whatever could identify a person.
    Erase(Erase),
    /// 目录调整.
    ChangeItem(ChangeItem),
    /// 换配置: puts the setup of this version in force, which was handed to the hall.
    ChangeSetup {
        /// Which.
        to: SetupVersion,
    },
    /// 确认: somebody sees to an alert.
    AcknowledgeAlert {
        /// The alert.
        alert: AlertId,
        /// What is said.
        note: Option<String>,
    },
    /// 关闭: an alert that has passed, or that tells what has happened.
    CloseAlert {
        /// The alert.
        alert: AlertId,
        /// What came of it.
        note: String,
    },
    /// 办不成事: somebody tells what was not done, and gets a receipt.
    TellMatter {
        /// 部门 that it is about, by its name; none if they do not know.
        department: Option<String>,
        /// What it was, at least one.
        reasons: Reasons,
    },
    /// 诉求: says what came of a matter.
    CloseMatter {
        /// Which.
        matter: MatterId,
        /// What came of it.
        outcome: MatterOutcome,
        /// In words.
        note: String,
    },
    /// 处理过程: does something about a matter.
    HandleMatter {
        /// Which.
        matter: MatterId,
        /// What.
        wish: MatterWish,
    },
    /// 没有找到要办的事项: somebody says what they came for and did not find.
    NoteUnfound(Unfound),
    /// 人员变动.
    Staffing(staffing::Staffing),
    /// 上门服务.
    Visit(visit::VisitWish),
    /// 日巡查: tells what was looked at and what was not in order.
    Inspect(Inspected),
    /// 设备: how a device is; only a change makes an event.
    ReportDevice {
        /// The device.
        device: DeviceId,
        /// What ails it; none: it is well.
        trouble: Option<DeviceTrouble>,
        /// Since when.
        since: Timestamp,
    },
    /// 叫号送达: what became of calls at a window since the last word of them.
    ReportCalls(CallsReported),
    /// 求助: somebody asks for help.
    AskHelp {
        /// Through which device or desk.
        from: DeviceId,
        /// Where, as people say it.
        place: String,
    },
    /// 无声叫号: a live ticket is called without the voice from now on, or with it again.
    SetSilent {
        /// The ticket.
        ticket: TicketId,
        /// Without.
        silent: bool,
    },
    /// 帮办: a live ticket is escorted by somebody of the hall.
    SetHelper {
        /// The ticket.
        ticket: TicketId,
        /// By whom; none: the mark was a mistake.
        helper: Option<StaffNo>,
    },
    /// 广播: says something to the hall.
    Announce {
        /// The words, up to 200 characters.
        text: String,
        /// 紧急.
        urgent: bool,
        /// Only in this zone.
        zone: Option<ZoneId>,
    },
    /// 排班: these windows should be staffed, by the calendar; takes the place of what was said before.
    ScheduleWindows {
        /// Which.
        windows: Vec<WindowId>,
        /// From then …
        from: Timestamp,
        /// … to then.
        until: Timestamp,
    },
}

/// 取号: what a person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The queue, if it was chosen directly or follows from the item.
    pub queue: QueueId,
    /// The item, if one was chosen.
    pub item: Option<ItemId>,
    /// How it is taken.
    pub channel: Channel,
    /// The class asked for.
    pub class: PriorityClass,
    /// 优先事由: why; 特事特办 needs it in words.
    pub grounds: Grounds,
    /// True: reserved until the printer confirmed; false: waits at once.
    pub paper: bool,
    /// Who, if a document was shown: one live ticket of a person in a queue.
    pub person: Option<PersonMark>,
    /// 代办员 who takes it for somebody else, and may hold several.
    pub agent: Option<StaffNo>,
    /// What else it is for.
    pub purpose: Purpose,
    /// 无声叫号: the person does not hear; it is called without the voice.
    pub silent: bool,
    /// 预计等候 as the shell reckoned it; none, or one that is not sound: by the queue's length.
    pub estimate: Option<Estimate>,
}

/// What a ticket is for beside its queue and item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Purpose {
    /// Nothing else.
    #[default]
    One,
    /// 一次多办: these items after the first, in this order, with the same number.
    Several(Vec<ItemId>),
    /// 流水线: its legs one after another; the queue is that of the first.
    Pipeline(PipelineId),
    /// 领证取件: the result of this case; the queue is 统一出件.
    PickUp(CaseNo),
}

/// 转往: where a ticket is sent; what is not said follows from what is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SendTo {
    /// The queue.
    pub queue: Option<QueueId>,
    /// Only this window calls it, as long as somebody works there.
    pub window: Option<WindowId>,
    /// What is to be handled there.
    pub item: Option<ItemId>,
}

/// 目录调整: a change of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeItem {
    /// The item.
    pub item: ItemId,
    /// Why.
    pub kind: ChangeKind,
    /// The item as it shall be; for 承接 and 调整.
    pub to: Option<Box<crate::setup::Item>>,
    /// From which day on; today at the earliest.
    pub effective: Day,
    /// Who approved it.
    pub approver: StaffNo,
}

/// 评价: by whom it is known which leg is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluate {
    /// What is evaluated.
    pub target: EvaluationTarget,
    /// The level.
    pub rating: Rating,
    /// Reasons; asked of the lower two levels except on a device without a screen.
    pub reasons: Reasons,
    /// In the person's own words; empty if nothing was added.
    pub text: String,
    /// Where it was given.
    pub channel: EvaluationChannel,
    /// How many levels the device can express; five otherwise.
    pub scale: u8,
}

/// Which leg an evaluation means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvaluationTarget {
    /// The leg that the window's device asks about.
    Window(WindowId),
    /// The newest finished leg of the ticket with this secret.
    Token(Token),
    /// Exactly this leg.
    Leg(LegId),
}

/// The moments of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SessionTimes {
    /// Issuing begins.
    pub issue_from: Timestamp,
    /// Windows open.
    pub opens: Timestamp,
    /// Issuing ends.
    pub issue_until: Timestamp,
    /// Windows close.
    pub closes: Timestamp,
}
