//! 人员变动, as it is remembered. The law of `event.rs` holds here too.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{StaffNo, WindowId},
    time::Timestamp,
};

/// 人员变动 by whoever caused the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Staffing {
    /// 批准顶岗: somebody may sign on at a window in another's place. It takes the place of what was
    /// said of the window before.
    StandInApproved {
        /// The window.
        window: WindowId,
        /// Who may.
        staff: StaffNo,
        /// For whom; none if nobody has the post.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        absent: Option<StaffNo>,
        /// Until then; none: until the day is over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        /// Why, if it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// 不同意顶岗: nobody stands in while the person at the window is away.
    StandInDeclined {
        /// The window.
        window: WindowId,
        /// Who is away.
        absent: StaffNo,
        /// Why.
        reason: String,
    },
    /// An approval is over: by its time, because whoever was away is back, or by somebody's word.
    StandInOver {
        /// The window.
        window: WindowId,
        /// Who was approved.
        staff: StaffNo,
    },
}
