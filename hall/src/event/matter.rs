//! 诉求: what must be answered by a day, as it is opened and carried from day to day. The law of
//! `event.rs` holds here too.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::matter_step::StepTaken;
use crate::{
    ids::{ItemId, LegId, MatterId, QueueId, StaffNo, VisitId, WindowId, receipt::Receipt},
    number::TicketNo,
    time::{Day, Timestamp},
    words::{
        Rating, Reasons,
        matter::{MatterKind, MatterOutcome},
    },
};

/// 诉求: what somebody found wrong, with whoever must see to it. What is not known is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Its number.
    #[serde(rename = "n")]
    pub id: MatterId,
    /// How it was said.
    #[serde(rename = "m")]
    pub kind: MatterKind,
    /// The leg it is about.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<LegId>,
    /// The home visit it is about.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// The number people saw.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub no: Option<TicketNo>,
    /// The queue, whose department must see to it.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    /// The window.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowId>,
    /// 谁办理、谁负责: who served.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffNo>,
    /// What was handled.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// The level, of a 差评.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Reasons given.
    #[serde(rename = "x", default, skip_serializing_if = "Reasons::is_empty")]
    pub reasons: Reasons,
    /// What was added in the person's own words.
    #[serde(rename = "z", default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// When it was opened.
    #[serde(rename = "o")]
    pub opened: Timestamp,
    /// 整改期限: the day by which it is closed; none while no calendar has told it.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// Somebody has seen the alert that told it; until then every morning tells it again.
    #[serde(rename = "s", default, skip_serializing_if = "core::ops::Not::not")]
    pub seen: bool,
    /// 回执号, of what somebody told at a kiosk or the guide desk.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// 部门 that it is about, where no queue tells it: its name, as people saw it.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// 核实期限: the day by which somebody has looked into it; none: nobody is held to one.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub verify_by: Option<Day>,
    /// 延期最长至: no extension goes further; none: there is none.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub due_at_most: Option<Day>,
    /// 处理过程, in its order.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepTaken>,
}

/// 诉求 closed: since the day began, or while no day was open, and then carried into the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedMatter {
    /// What it was.
    #[serde(rename = "m")]
    pub matter: Matter,
    /// When it was closed.
    #[serde(rename = "a")]
    pub at: Timestamp,
    /// By whom, if it was somebody of the hall.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffNo>,
    /// The day that was open then, or had been last.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// What came of it.
    #[serde(rename = "x")]
    pub outcome: MatterOutcome,
    /// In words.
    #[serde(rename = "n")]
    pub note: String,
    /// No day was open then.
    #[serde(skip)]
    pub while_closed: bool,
}

impl ClosedMatter {
    /// 按时: closed by the day it was due; one without a limit is in time.
    #[must_use]
    pub fn in_time(&self) -> bool {
        self.matter.due.zip(self.day).is_none_or(|(due, day)| day <= due)
    }
}

/// 诉求 with a receipt, closed on a day before: whoever holds the receipt may still ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredMatter {
    /// 回执号.
    #[serde(rename = "k")]
    pub receipt: Receipt,
    /// When it was opened.
    #[serde(rename = "o")]
    pub opened: Timestamp,
    /// When it was closed.
    #[serde(rename = "c")]
    pub closed: Timestamp,
    /// What came of it.
    #[serde(rename = "x")]
    pub outcome: MatterOutcome,
}

/// 诉求 closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterClosed {
    /// Which.
    pub matter: MatterId,
    /// What came of it.
    pub outcome: MatterOutcome,
    /// In words.
    pub note: String,
}
