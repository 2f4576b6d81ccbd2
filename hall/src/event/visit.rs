//! 上门服务: somebody of the hall goes to a person, as it is asked for, handled and carried from day to
//! day. Who the person is and where they live is no part of it. The law of `event.rs` holds here too.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{open_evaluation::Given, skipped};
use crate::{
    ids::{ItemId, StaffNo, Token, VisitId},
    time::{Day, Timestamp},
    words::{
        CaseKind, EvaluationChannel, Rating, Reasons,
        visit::{VisitMark, VisitObstacle, VisitOutcome, VisitReason, VisitStage},
    },
};

/// 上门服务, as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VisitFact {
    /// 上门登记.
    Asked(Visit),
    /// Something was done about it.
    Handled {
        /// Which.
        visit: VisitId,
        /// What.
        step: VisitStep,
    },
    /// 评价 by the code of its slip.
    Evaluated(VisitEvaluated),
}

/// 上门申请: what is to be done at somebody's, with whoever goes there. What is not known is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// 上门编号; it goes on over the days.
    #[serde(rename = "n")]
    pub id: VisitId,
    /// The secret of its slip.
    #[serde(rename = "k")]
    pub token: Token,
    /// 事项, if it is known.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// 上门事由.
    #[serde(rename = "r")]
    pub reason: VisitReason,
    /// 希望日期.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub wished: Option<Day>,
    /// When it was asked for.
    #[serde(rename = "o")]
    pub asked: Timestamp,
    /// 办理期限: the day by which it is over; none while no calendar has told it.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// 上门人员.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffNo>,
    /// 上门日期.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// When it was begun.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<Timestamp>,
    /// What came of it.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub over: Option<VisitOver>,
    /// 评价.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    /// What happened while no day was open, and which no day has counted yet.
    #[serde(rename = "x", default, skip_serializing_if = "Vec::is_empty")]
    pub uncounted: Vec<VisitMark>,
}

/// A visit that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitOver {
    /// When.
    #[serde(rename = "a")]
    pub at: Timestamp,
    /// The day that was open then, or had been last.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// What came of it.
    #[serde(rename = "x")]
    pub outcome: VisitOutcome,
    /// 件类.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseKind>,
    /// 批量: how many were handled.
    #[serde(
        rename = "m",
        default = "skipped::one_copy",
        skip_serializing_if = "skipped::is_one_copy"
    )]
    pub copies: u16,
    /// 未办成原因.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<VisitObstacle>,
    /// In words.
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A step of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VisitStep {
    /// 派单, 改派: who goes there, and when.
    Assigned {
        /// 上门人员.
        #[serde(rename = "s")]
        staff: StaffNo,
        /// 上门日期.
        #[serde(rename = "d")]
        day: Day,
    },
    /// 开始上门.
    Begun,
    /// 办结.
    Done {
        /// 件类.
        #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseKind>,
        /// 实际办理事项, if it is another.
        #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemId>,
        /// 批量: how many were handled.
        #[serde(
            rename = "m",
            default = "skipped::one_copy",
            skip_serializing_if = "skipped::is_one_copy"
        )]
        copies: u16,
    },
    /// 未办成.
    NotDone {
        /// Why.
        #[serde(rename = "r")]
        obstacle: VisitObstacle,
        /// In words.
        #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// 撤回.
    Withdrawn {
        /// In words.
        #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
}

/// 评价 of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitEvaluated {
    /// Which.
    pub visit: VisitId,
    /// The level.
    pub rating: Rating,
    /// Reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Reasons,
    /// In the person's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Where it was given.
    pub channel: EvaluationChannel,
    /// How many levels the device can express.
    pub scale: u8,
    /// Who went there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffNo>,
    /// What was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
}

impl Visit {
    /// 上门进度.
    #[must_use]
    pub fn stage(&self) -> VisitStage {
        match (&self.over, self.begun, self.staff) {
            (Some(over), _, _) => match over.outcome {
                VisitOutcome::Done => VisitStage::Done,
                VisitOutcome::NotDone => VisitStage::NotDone,
                VisitOutcome::Withdrawn => VisitStage::Withdrawn,
            },
            (None, Some(_), _) => VisitStage::Begun,
            (None, None, Some(_)) => VisitStage::Assigned,
            (None, None, None) => VisitStage::Asked,
        }
    }

    /// 按时: done by the day it was due; one without a limit is in time.
    #[must_use]
    pub fn in_time(&self) -> bool {
        let day = self.over.as_ref().and_then(|over| over.day);
        self.due.zip(day).is_none_or(|(due, day)| day <= due)
    }
}
