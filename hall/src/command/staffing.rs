//! 人员变动, as it is asked for.

use alloc::string::String;

use crate::{
    ids::{StaffNo, WindowId},
    time::{Day, Timestamp},
    words::post::ChangeOutcome,
};

/// 人员变动: who may work where, beside the posts of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Staffing {
    /// 批准顶岗.
    ApproveStandIn(ApproveStandIn),
    /// 不同意顶岗: nobody stands in while the person at the window is away.
    DeclineStandIn {
        /// The window.
        window: WindowId,
        /// Why.
        reason: String,
    },
    /// Ends an approval before its time.
    EndStandIn {
        /// The window.
        window: WindowId,
    },
    /// 换岗申请.
    AskChange(AskChange),
    /// Somebody else agrees or does not, or it is taken back.
    DecideChange {
        /// Which.
        number: u32,
        /// What.
        outcome: ChangeOutcome,
        /// Why; may be empty where it is agreed to.
        note: String,
    },
}

/// 批准顶岗: who may come to a window in another's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApproveStandIn {
    /// The window.
    pub window: WindowId,
    /// Who.
    pub staff: StaffNo,
    /// Until then; none: until the day is over.
    pub until: Option<Timestamp>,
    /// Why; may be empty.
    pub reason: String,
}

/// 换岗申请: who shall work at which window for some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskChange {
    /// Who.
    pub staff: StaffNo,
    /// Where.
    pub window: WindowId,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Why.
    pub reason: String,
}
