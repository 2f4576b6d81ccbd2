//! 处理过程: what is done about a matter between its opening and its closing. The law of `event.rs`
//! holds here too.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{MatterId, StaffNo},
    time::{Day, Timestamp},
    words::{
        Actor,
        matter::{CallBackResult, MatterFinding, MatterGrade},
    },
};

/// 处理过程: a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MatterStep {
    /// 交办, 转办: who sees to it from now on.
    Assigned {
        /// 部门, by its name.
        #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
        department: Option<String>,
        /// The person.
        #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
        staff: Option<StaffNo>,
    },
    /// 核实.
    Verified {
        /// What was found.
        #[serde(rename = "f")]
        finding: MatterFinding,
        /// In words.
        #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// 分类, with the limit that follows from it.
    Graded {
        /// The grade.
        #[serde(rename = "g")]
        grade: MatterGrade,
        /// The day by which it is closed; none while no calendar tells it.
        #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
    },
    /// 反馈: what whoever sees to it has done so far.
    Answered {
        /// In words.
        #[serde(rename = "t")]
        note: String,
    },
    /// 回访.
    CalledBack {
        /// How.
        #[serde(rename = "r")]
        result: CallBackResult,
        /// In words.
        #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// 申请延期.
    ExtensionAsked {
        /// Why.
        #[serde(rename = "t")]
        reason: String,
    },
    /// 延期审批.
    ExtensionDecided {
        /// The new limit; none: it was not granted.
        #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
        /// In words.
        #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// 申诉: whoever was evaluated holds it for mistaken or malicious.
    Appealed {
        /// Why.
        #[serde(rename = "t")]
        reason: String,
    },
    /// 复核.
    AppealDecided {
        /// 申诉成立.
        #[serde(rename = "y")]
        granted: bool,
        /// In words.
        #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// 公开, or not any more.
    Published {
        /// It is shown.
        #[serde(rename = "y")]
        shown: bool,
    },
}

/// A step that was taken, as it is carried with its matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTaken {
    /// When.
    #[serde(rename = "a")]
    pub at: Timestamp,
    /// By whom.
    #[serde(rename = "b")]
    pub by: Actor,
    /// What.
    #[serde(rename = "s")]
    pub step: MatterStep,
}

/// 处理: a step was taken for a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterHandled {
    /// Which.
    pub matter: MatterId,
    /// What.
    pub step: MatterStep,
}

/// What a step without its words takes in the record, at most.
const STEP_BYTES: usize = 160;

impl StepTaken {
    /// How much of a day's opening it takes, at most.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let words = self.step.words();
        STEP_BYTES + words.len() + words.matches(['"', '\\']).count()
    }
}

impl MatterStep {
    /// What was said with it.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Verified { note, .. }
            | Self::Answered { note }
            | Self::CalledBack { note, .. }
            | Self::ExtensionDecided { note, .. }
            | Self::AppealDecided { note, .. } => note,
            Self::ExtensionAsked { reason } | Self::Appealed { reason } => reason,
            Self::Assigned { department, .. } => department.as_deref().unwrap_or_default(),
            Self::Graded { .. } | Self::Published { .. } => "",
        }
    }
}
