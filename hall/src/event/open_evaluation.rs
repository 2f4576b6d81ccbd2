//! 待评价: a finished leg that may still be evaluated, as it is carried from day to day. The keys are
//! short because thousands of them stand in a day's opening.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ItemId, LegId, LegNo, QueueId, StaffNo, TicketId, Token, WindowId},
    number::TicketNo,
    time::Timestamp,
    words::{EvaluationChannel, Rating, Reasons},
};

/// 待评价: a leg of an earlier day, by whom and for what it was served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenEvaluation {
    /// The ticket.
    #[serde(rename = "t")]
    pub ticket: TicketId,
    /// Which of its legs.
    #[serde(rename = "l", default = "first", skip_serializing_if = "is_first")]
    pub leg: LegNo,
    /// The number people saw.
    #[serde(rename = "n")]
    pub no: TicketNo,
    /// The secret of the slip.
    #[serde(rename = "k")]
    pub token: Token,
    /// The secret of the leg.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Token>,
    /// The queue.
    #[serde(rename = "q")]
    pub queue: QueueId,
    /// The window.
    #[serde(rename = "w")]
    pub window: WindowId,
    /// Who served.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffNo>,
    /// What was handled.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// When the service ended.
    #[serde(rename = "f")]
    pub finished: Timestamp,
    /// What was said of it while the hall was closed: carried once, so that a day counts it.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
}

/// 评价, given while the hall was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// When.
    pub at: Timestamp,
    /// The level.
    pub rating: Rating,
    /// Reasons.
    #[serde(default, skip_serializing_if = "Reasons::is_empty")]
    pub reasons: Reasons,
    /// Where it was given.
    pub channel: EvaluationChannel,
    /// How many levels the device can express.
    pub scale: u8,
}

impl OpenEvaluation {
    /// The leg's id.
    #[must_use]
    pub const fn leg_id(&self) -> LegId {
        LegId { ticket: self.ticket, leg: self.leg }
    }
}

const fn first() -> LegNo {
    LegNo(0)
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_first(leg: &LegNo) -> bool {
    leg.0 == 0
}
