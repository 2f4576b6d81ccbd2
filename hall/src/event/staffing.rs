//! 人员变动, as it is remembered. The law of `event.rs` holds here too.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{StaffNo, WindowId},
    time::{Day, Timestamp},
    words::{Actor, post::ChangeOutcome},
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
    /// 换岗申请: somebody shall work at a window for some days; it counts once somebody else agreed.
    ChangeAsked {
        /// The how-manieth that was asked for here.
        number: u32,
        /// Who.
        staff: StaffNo,
        /// Where.
        window: WindowId,
        /// The first day.
        from: Day,
        /// The last day.
        until: Day,
        /// Why.
        reason: String,
    },
    /// What was decided about a 换岗申请.
    ChangeDecided {
        /// Which.
        number: u32,
        /// What.
        outcome: ChangeOutcome,
        /// Why, if it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
}

/// 换岗: a change of posts that was asked for, as a day's opening tells it too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostChange {
    /// The how-manieth that was asked for here.
    pub number: u32,
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
    /// When it was asked for.
    pub at: Timestamp,
    /// Who asked.
    pub by: Actor,
    /// What was decided; none while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<ChangeDecision>,
}

/// What was decided about a 换岗申请, when, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeDecision {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// What.
    pub outcome: ChangeOutcome,
    /// Why, if it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl PostChange {
    /// True if it was agreed to and counts on a day.
    #[must_use]
    pub fn counts_on(&self, day: Day) -> bool {
        let outcome = self.decided.as_ref().map(|decided| decided.outcome);
        outcome == Some(ChangeOutcome::Granted) && self.from <= day && day <= self.until
    }
}
