//! Every polite no. A refusal is a value that a person understands; its words are in `assets/texts`.

use crate::{
    ids::TicketId,
    number::TicketNo,
    time::Timestamp,
    words::{TicketState, people::BookingState},
};

/// Why the hall says no. Nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The day is not open.
    #[error("the hall is closed")]
    HallClosed,
    /// A day or session is open already, or this day has been open before.
    #[error("already open")]
    AlreadyOpen,
    /// Outside the issue hours.
    #[error("no tickets at this time")]
    IssueClosed,
    /// No such window in the profile.
    #[error("no such window")]
    NoSuchWindow,
    /// No such queue in the profile.
    #[error("no such queue")]
    NoSuchQueue,
    /// No such item in the profile, or it does not belong to the queue.
    #[error("no such item")]
    NoSuchItem,
    /// No such ticket today.
    #[error("no such ticket today")]
    NoSuchTicket,
    /// 排队号已取完.
    #[error("all numbers of the queue are used up")]
    SoldOut,
    /// Nobody waits for this window.
    #[error("nobody waits for this window")]
    QueueEmpty,
    /// Nobody has signed on here.
    #[error("nobody has signed on at this window")]
    NotSignedOn,
    /// Somebody has signed on here already.
    #[error("somebody has signed on at this window")]
    WindowTaken,
    /// This person works at another window.
    #[error("this person has signed on at another window")]
    SignedOnElsewhere,
    /// The window pauses.
    #[error("the window pauses")]
    WindowPaused,
    /// The window does not pause.
    #[error("the window does not pause")]
    NotPaused,
    /// A called ticket must first be started, finished or passed over.
    #[error("{no} is called and not yet settled")]
    CalledNotSettled {
        /// The ticket at the window.
        no: TicketNo,
    },
    /// A ticket is in service; finish it first.
    #[error("{no} is being served")]
    Serving {
        /// The ticket at the window.
        no: TicketNo,
    },
    /// Nobody is called at this window.
    #[error("nobody is called at this window")]
    NothingCalled,
    /// Nobody is served at this window.
    #[error("nobody is served at this window")]
    NothingServed,
    /// Neither a queue nor a window to send the ticket to.
    #[error("say where to")]
    NoDestination,
    /// The window to send to is not open.
    #[error("the window to send to is not open")]
    TargetClosed,
    /// The ticket is at this window already.
    #[error("the ticket is at this window already")]
    SameWindow,
    /// The window does not serve this queue, item or class.
    #[error("that window does not serve this")]
    NotServedThere,
    /// The hall has no cashier, or the ticket is there.
    #[error("there is no cashier to go to")]
    NoCashier,
    /// 回原窗口: the ticket came from no other window.
    #[error("the ticket came from no other window")]
    NothingToReturn,
    /// More legs than a ticket can have.
    #[error("the ticket was sent on too often")]
    TooManyLegs,
    /// 联办转号: the ticket has no leg to come.
    #[error("the ticket has no leg to come")]
    NoNextLeg,
    /// No such pipeline in the profile.
    #[error("no such pipeline")]
    NoSuchPipeline,
    /// 一次多办: more items than one ticket takes.
    #[error("one ticket is for {most} items at most")]
    TooManyItems {
        /// How many it takes.
        most: u8,
    },
    /// 领证取件: somebody waits for the result of this case already.
    #[error("{no} waits for this case")]
    CaseQueued {
        /// The number.
        no: TicketNo,
    },
    /// 领证取件: the case was declined, so there is nothing to fetch.
    #[error("the case was declined")]
    CaseDeclined,
    /// The window holds as many tickets as it may.
    #[error("{most} tickets are held here already")]
    HeldEnough {
        /// How many may be.
        most: u8,
    },
    /// The recall limit is reached.
    #[error("recalled often enough")]
    RecallLimit,
    /// Too soon for a recall or a no-show.
    #[error("too soon")]
    TooSoon {
        /// When it is allowed.
        until: Timestamp,
    },
    /// Not enough calls for a no-show.
    #[error("call again before passing over")]
    TooFewCalls {
        /// Calls still to be made.
        missing: u8,
    },
    /// The ticket is in a state in which this cannot be done.
    #[error("the ticket is in another state")]
    WrongState {
        /// The state it is in.
        state: TicketState,
    },
    /// 过号无效: this hall does not re-activate.
    #[error("a passed ticket is void here")]
    NoReactivation,
    /// Re-activated once already.
    #[error("re-activated once already")]
    ReactivatedBefore,
    /// Too late to re-activate.
    #[error("too late to re-activate")]
    ReactivationTooLate,
    /// There is nothing to evaluate.
    #[error("nothing to evaluate")]
    NothingToEvaluate,
    /// Evaluated once already.
    #[error("evaluated already")]
    AlreadyEvaluated,
    /// A level of the lower two needs a reason.
    #[error("a reason is needed")]
    ReasonNeeded,
    /// The window serves another queue than the ticket's.
    #[error("another window serves this ticket")]
    OtherWindow,
    /// 核验证件: this class asks for no proof, or it was shown.
    #[error("there is nothing to verify")]
    NothingToVerify,
    /// 特事特办 and other classes that need a right.
    #[error("this class is not granted here")]
    ClassNotGranted,
    /// 优先事由 of another class than the one asked for, or of none.
    #[error("the reason is none of this class")]
    ReasonNotOfClass,
    /// 未获授权: the clerk may not handle this item.
    #[error("this person is not authorised for this item")]
    NotAuthorised,
    /// 授权已过期 or not begun.
    #[error("no authorisation of this person holds today")]
    AuthorisationOver,
    /// The staff number is not in the profile, and this hall asks for that.
    #[error("this staff number is not in the profile")]
    UnknownStaff,
    /// Neither posted at the window nor approved for it, and this hall asks for that.
    #[error("this person is neither posted nor approved for this window")]
    NotPostedHere,
    /// The window is this person's own post: nobody's word is needed.
    #[error("this window is the person's own post")]
    OwnPost,
    /// 不同意顶岗: nobody stands in here while the person of the window is away.
    #[error("a stand-in was declined here")]
    StandInDeclined,
    /// There is no tide to close.
    #[error("the window has no tide to close")]
    NoTide,
    /// The window serves the queue already.
    #[error("the window serves this queue already")]
    ServesAlready,
    /// The queue is not lent to this window.
    #[error("the queue is not lent to this window")]
    NotLent,
    /// A moment that is over, or no time at all.
    #[error("this moment is over")]
    InThePast,
    /// 去向 follows from the window where this person works.
    #[error("this person is at a window")]
    AtWindow,
    /// A list or a text longer than can be kept, or a number out of its bounds.
    #[error("more than can be kept")]
    TooMuch,
    /// The days in which the service could be evaluated are over.
    #[error("too late to evaluate")]
    EvaluationOver,
    /// This visit is about another case.
    #[error("this visit is about another case")]
    OtherCase,
    /// 一次性告知 without a paper.
    #[error("name at least one missing paper")]
    MaterialNeeded,
    /// The item has no paper of this number in its list.
    #[error("the item has no such paper")]
    NoSuchMaterial,
    /// 此身份证同类业务未办理: this person holds a live ticket in this queue; 补打 is offered.
    #[error("this person has {no} in this queue")]
    HasTicket {
        /// The ticket held.
        ticket: TicketId,
        /// Its number.
        no: TicketNo,
    },
    /// 非代办员: this staff number may take nothing for others.
    #[error("this staff number is no agent")]
    NotAnAgent,
    /// This 代办员 holds as many live tickets as allowed.
    #[error("this agent holds {most} tickets already")]
    AgentLimit {
        /// How many are allowed.
        most: u16,
    },
    /// Printed again often enough.
    #[error("printed again often enough")]
    ReprintLimit,
    /// Nothing about this person is kept.
    #[error("nothing is kept of this person")]
    NothingToErase,
    /// The session's plan names an unknown queue, or its segments do not follow one another.
    #[error("the session's plan does not hold together")]
    BadPlan,
    /// The session would not end any earlier.
    #[error("this is no earlier end")]
    NotEarlier,
    /// 提前闭厅: no session opens any more today.
    #[error("the hall has closed for today")]
    ClosedForToday,
    /// 本时段不办理: the item is not in the session's list.
    #[error("not done in this session")]
    ItemNotToday,
    /// 该事项已取消，无需办理.
    #[error("this item was cancelled and needs no doing")]
    ItemCancelled,
    /// 该事项已下放: another tier does it now.
    #[error("this item was handed down to another tier")]
    ItemHandedDown,
    /// 承接 of an item that is there.
    #[error("this item is in the catalogue already")]
    ItemExists,
    /// The item as it shall be lacks something, names an unknown queue, or is too long.
    #[error("the item is not told whole")]
    ItemIncomplete,
    /// A change of the catalogue cannot take effect on a day that is past.
    #[error("this day is past")]
    EffectivePast,
    /// The hall was not handed a setup of this version.
    #[error("no setup of this version is at hand")]
    NoSuchSetup,
    /// 今晚生效: today uses something that the new setup lacks.
    #[error("the new setup must wait for the night")]
    SetupMustWait,
    /// Too many changes that items.csv does not hold yet.
    #[error("write the changes into the profile first")]
    CatalogueFull,
    /// Nothing can be booked for this queue or item.
    #[error("this cannot be booked")]
    NotBookable,
    /// Not one of the days that can be booked now.
    #[error("this day cannot be booked now")]
    DayNotBookable,
    /// No slot begins at this time, or it has begun, or windows are closed in it.
    #[error("no such slot")]
    NoSuchSlot,
    /// 约满: every place of the slot is taken.
    #[error("the slot is full")]
    SlotFull,
    /// The hall can keep no more bookings.
    #[error("no more bookings can be kept")]
    BookingsFull,
    /// A booking from outside the hall needs a document.
    #[error("a document is needed to book from outside")]
    PersonNeeded,
    /// This person has a booking on that day.
    #[error("booked on that day already")]
    BookedAlready,
    /// 爽约过多: no booking from outside for a time; a ticket in the hall is always given.
    #[error("missed too often to book from outside")]
    BookingRestricted {
        /// When it is allowed again.
        until: Timestamp,
    },
    /// No such booking, or of a day that is over.
    #[error("no such booking")]
    NoSuchBooking,
    /// The booking is another person's.
    #[error("the booking is another person's")]
    NotYourBooking,
    /// The booking is no longer to come.
    #[error("the booking is {state}")]
    BookingOver {
        /// What became of it.
        state: BookingState,
    },
    /// Too late to cancel a booking.
    #[error("too late to cancel")]
    TooLateToCancel,
    /// 预约时段未到.
    #[error("too early for the booked slot")]
    BookingEarly {
        /// The slot begins.
        from: Timestamp,
        /// The slot ends.
        until: Timestamp,
        /// From when on a ticket is given.
        opens: Timestamp,
    },
    /// 已超过预约时段，可转为现场号.
    #[error("too late for the booked slot; an ordinary ticket can be given")]
    BookingLate,
    /// No such case is known here.
    #[error("no such case")]
    NoSuchCase,
    /// 办结: only what was accepted is closed.
    #[error("the case was not accepted")]
    CaseNotAccepted,
    /// 办结 before.
    #[error("the case is closed")]
    CaseClosed,
    /// No such matter, or it was closed.
    #[error("no such matter is open")]
    NoSuchMatter,
    /// No such home visit, or it is over.
    #[error("no such visit is open")]
    NoSuchVisit,
    /// So many home visits are open, or were asked for today, that no more is taken.
    #[error("no more visits are taken")]
    VisitsFull,
    /// 待派单: nobody goes there yet.
    #[error("nobody was sent yet")]
    VisitNotAssigned,
    /// 未开始上门: what was not begun is not done.
    #[error("the visit was not begun")]
    VisitNotBegun,
    /// No such alert today, or it was closed.
    #[error("no such alert")]
    NoSuchAlert,
    /// What the alert tells still holds.
    #[error("what the alert tells still holds")]
    AlertStands,
    /// An alert is closed with a note.
    #[error("a note is needed")]
    NoteNeeded,
    /// 离线号: the number was not set aside for this kiosk.
    #[error("{no} was not set aside for this kiosk")]
    NumberNotReserved {
        /// The number.
        no: TicketNo,
    },
    /// 离线号: the number was handed in before.
    #[error("{no} was handed in before")]
    NumberTaken {
        /// The number.
        no: TicketNo,
    },
    /// 离线号: it is of a day that is over.
    #[error("the ticket is of a day that is over")]
    NotOfToday,
    /// 广播 without a word.
    #[error("there is nothing to say")]
    TextNeeded,
    /// The zone does not exist.
    #[error("no such zone")]
    NoSuchZone,
    /// 没有找到的事项: too long, of no department, or with a number that could be somebody's.
    #[error("it cannot be taken down in these words")]
    UnfoundUnfit,
    /// As much was taken down today as a day has room for.
    #[error("no more is taken down today")]
    UnfoundFull,
    /// No department of the hall has this name.
    #[error("no such department")]
    NoSuchDepartment,
    /// So many matters are open that no more is taken.
    #[error("too many matters are open")]
    MattersFull,
    /// 本人的申请: who asked for something does not decide it.
    #[error("somebody else must decide what one asked for")]
    OwnRequest,
    /// There is nothing that waits to be decided.
    #[error("nothing waits to be decided")]
    NothingAsked,
    /// The same waits to be decided already, or was decided.
    #[error("it was asked before")]
    AskedBefore,
    /// 误评: only a granted appeal closes a 差评 as unfounded.
    #[error("a granted appeal is needed first")]
    AppealNeeded,
    /// An appeal or an extension waits to be decided.
    #[error("something still waits to be decided")]
    StillAsked,
    /// 待核实, 待分类: a 差评 is verified and 办不成事 graded before it is closed.
    #[error("it must be looked into first")]
    NotLookedInto,
    /// 延期 goes no further.
    #[error("there is no later day to which it could be extended")]
    NoLaterDay,
    /// The day is farther away than anything is asked for.
    #[error("too far ahead")]
    TooFarAhead,
    /// The step is none for a matter of this kind.
    #[error("this is not done with a matter of this kind")]
    NotForThisMatter,
    /// As much was written about the matter as is kept.
    #[error("no more is kept of this matter")]
    StepsFull,
    /// 巡查 that looked at nothing, or at a window twice.
    #[error("nothing was inspected, or a window twice")]
    NothingInspected,
    /// So many inspections were noted today that no more is taken.
    #[error("no more inspections are noted today")]
    InspectionsFull,
    /// 交办 to nobody.
    #[error("a department or a person is needed")]
    AssigneeNeeded,
    /// 撤回: the last press at the window is none that can be taken back.
    #[error("there is nothing to take back")]
    NothingToTakeBack,
    /// 撤回: the press is too long ago.
    #[error("too late to take back")]
    TakeBackTooLate,
    /// 撤回: something has happened since that the press led to.
    #[error("somebody went on from there")]
    WentOn,
}

impl Refusal {
    /// The code that stands in problem documents and text keys: `queue_empty`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::HallClosed => "hall_closed",
            Self::AlreadyOpen => "already_open",
            Self::IssueClosed => "issue_closed",
            Self::NoSuchWindow => "no_such_window",
            Self::NoSuchQueue => "no_such_queue",
            Self::NoSuchItem => "no_such_item",
            Self::NoSuchTicket => "no_such_ticket",
            Self::SoldOut => "sold_out",
            Self::QueueEmpty => "queue_empty",
            Self::NotSignedOn => "not_signed_on",
            Self::WindowTaken => "window_taken",
            Self::SignedOnElsewhere => "signed_on_elsewhere",
            Self::WindowPaused => "window_paused",
            Self::NotPaused => "not_paused",
            Self::CalledNotSettled { .. } => "called_not_settled",
            Self::Serving { .. } => "serving",
            Self::NothingCalled => "nothing_called",
            Self::NothingServed => "nothing_served",
            Self::NoDestination => "no_destination",
            Self::TargetClosed => "target_closed",
            Self::SameWindow => "same_window",
            Self::NotServedThere => "not_served_there",
            Self::NoCashier => "no_cashier",
            Self::NothingToReturn => "nothing_to_return",
            Self::TooManyLegs => "too_many_legs",
            Self::NoNextLeg => "no_next_leg",
            Self::NoSuchPipeline => "no_such_pipeline",
            Self::TooManyItems { .. } => "too_many_items",
            Self::CaseQueued { .. } => "case_queued",
            Self::CaseDeclined => "case_declined",
            Self::HeldEnough { .. } => "held_enough",
            Self::RecallLimit => "recall_limit",
            Self::TooSoon { .. } => "too_soon",
            Self::TooFewCalls { .. } => "too_few_calls",
            Self::WrongState { .. } => "wrong_state",
            Self::NoReactivation => "no_reactivation",
            Self::ReactivatedBefore => "reactivated_before",
            Self::ReactivationTooLate => "reactivation_too_late",
            Self::NothingToEvaluate => "nothing_to_evaluate",
            Self::AlreadyEvaluated => "already_evaluated",
            Self::ReasonNeeded => "reason_needed",
            Self::OtherWindow => "other_window",
            Self::NothingToVerify => "nothing_to_verify",
            Self::ClassNotGranted => "class_not_granted",
            Self::ReasonNotOfClass => "reason_not_of_class",
            Self::NotAuthorised => "not_authorised",
            Self::AuthorisationOver => "authorisation_over",
            Self::UnknownStaff => "unknown_staff",
            Self::NotPostedHere => "not_posted_here",
            Self::OwnPost => "own_post",
            Self::StandInDeclined => "stand_in_declined",
            Self::NoTide => "no_tide",
            Self::ServesAlready => "serves_already",
            Self::NotLent => "not_lent",
            Self::InThePast => "in_the_past",
            Self::AtWindow => "at_window",
            Self::TooMuch => "too_much",
            Self::EvaluationOver => "evaluation_over",
            Self::OtherCase => "other_case",
            Self::MaterialNeeded => "material_needed",
            Self::NoSuchMaterial => "no_such_material",
            Self::HasTicket { .. } => "has_ticket",
            Self::NotAnAgent => "not_an_agent",
            Self::AgentLimit { .. } => "agent_limit",
            Self::ReprintLimit => "reprint_limit",
            Self::NothingToErase => "nothing_to_erase",
            Self::BadPlan => "bad_plan",
            Self::NotEarlier => "not_earlier",
            Self::ClosedForToday => "closed_for_today",
            Self::ItemNotToday => "item_not_today",
            Self::ItemCancelled => "item_cancelled",
            Self::ItemHandedDown => "item_handed_down",
            Self::ItemExists => "item_exists",
            Self::ItemIncomplete => "item_incomplete",
            Self::EffectivePast => "effective_past",
            Self::NoSuchSetup => "no_such_setup",
            Self::SetupMustWait => "setup_must_wait",
            Self::CatalogueFull => "catalogue_full",
            Self::NotBookable => "not_bookable",
            Self::DayNotBookable => "day_not_bookable",
            Self::NoSuchSlot => "no_such_slot",
            Self::SlotFull => "slot_full",
            Self::BookingsFull => "bookings_full",
            Self::PersonNeeded => "person_needed",
            Self::BookedAlready => "booked_already",
            Self::BookingRestricted { .. } => "booking_restricted",
            Self::NoSuchBooking => "no_such_booking",
            Self::NotYourBooking => "not_your_booking",
            Self::BookingOver { .. } => "booking_over",
            Self::TooLateToCancel => "too_late_to_cancel",
            Self::BookingEarly { .. } => "booking_early",
            Self::BookingLate => "booking_late",
            Self::NoSuchCase => "no_such_case",
            Self::CaseNotAccepted => "case_not_accepted",
            Self::CaseClosed => "case_closed",
            Self::NoSuchMatter => "no_such_matter",
            Self::NoSuchVisit => "no_such_visit",
            Self::VisitsFull => "visits_full",
            Self::VisitNotAssigned => "visit_not_assigned",
            Self::VisitNotBegun => "visit_not_begun",
            Self::NoSuchAlert => "no_such_alert",
            Self::AlertStands => "alert_stands",
            Self::NoteNeeded => "note_needed",
            Self::NumberNotReserved { .. } => "number_not_reserved",
            Self::NumberTaken { .. } => "number_taken",
            Self::NotOfToday => "not_of_today",
            Self::TextNeeded => "text_needed",
            Self::NoSuchZone => "no_such_zone",
            Self::UnfoundUnfit => "unfound_unfit",
            Self::UnfoundFull => "unfound_full",
            Self::NoSuchDepartment => "no_such_department",
            Self::MattersFull => "matters_full",
            Self::OwnRequest => "own_request",
            Self::NothingAsked => "nothing_asked",
            Self::AskedBefore => "asked_before",
            Self::AppealNeeded => "appeal_needed",
            Self::StillAsked => "still_asked",
            Self::NotLookedInto => "not_looked_into",
            Self::NoLaterDay => "no_later_day",
            Self::TooFarAhead => "too_far_ahead",
            Self::NotForThisMatter => "not_for_this_matter",
            Self::StepsFull => "steps_full",
            Self::AssigneeNeeded => "assignee_needed",
            Self::NothingInspected => "nothing_inspected",
            Self::InspectionsFull => "inspections_full",
            Self::NothingToTakeBack => "nothing_to_take_back",
            Self::TakeBackTooLate => "take_back_too_late",
            Self::WentOn => "went_on",
        }
    }
}
