//! 人员变动, as it is asked for.

use alloc::string::String;

use crate::{
    ids::{StaffNo, WindowId},
    time::Timestamp,
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
