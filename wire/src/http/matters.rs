//! Bodies of 诉求: what must be answered by a day.

use hall::{
    ids::{ItemId, StaffNo, WindowId, receipt::Receipt},
    number::TicketNo,
    words::{
        Rating, Reason,
        alert::AlertLevel,
        matter::{CallBackResult, MatterFinding, MatterGrade, MatterKind, MatterOutcome},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /matters`: those that are open, the oldest first, then those closed since the day began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Matters {
    /// Not closed.
    pub open: Vec<Matter>,
    /// Closed since the day began.
    pub closed: Vec<ClosedMatter>,
}

/// 诉求.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Matter {
    /// Its number.
    pub id: u32,
    /// How it was said.
    #[schema(value_type = String)]
    pub kind: MatterKind,
    /// `yellow` when its limit is near, `red` past it; none before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub level: Option<AlertLevel>,
    /// The day by which it is to be closed: "2026-11-30".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// When it was opened, in milliseconds since 1970.
    pub opened: i64,
    /// The number people saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub no: Option<TicketNo>,
    /// The window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub window: Option<WindowId>,
    /// Who served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub staff: Option<StaffNo>,
    /// The department that must see to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// What was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// The level given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub rating: Option<Rating>,
    /// Reasons given.
    #[schema(value_type = Vec<String>)]
    pub reasons: Vec<Reason>,
    /// What was added in the person's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// True once somebody has seen the alert that told it.
    pub seen: bool,
    /// 回执号, of what somebody told at a kiosk or the guide desk: "00017482".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub receipt: Option<Receipt>,
    /// 责任人: to whom it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub assigned_staff: Option<StaffNo>,
    /// 核实结论 of a 差评.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub finding: Option<MatterFinding>,
    /// 分类 of what was told for a receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub grade: Option<MatterGrade>,
    /// 回访.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub call_back: Option<CallBackResult>,
    /// 公开.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub published: bool,
}

/// 诉求 closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClosedMatter {
    /// What it was; its level as when it is asked.
    pub matter: Matter,
    /// When it was closed, in milliseconds since 1970.
    pub closed: i64,
    /// By whom, if it was somebody of the hall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub by: Option<StaffNo>,
    /// What came of it.
    #[schema(value_type = String)]
    pub outcome: MatterOutcome,
    /// In words.
    pub note: String,
}

/// `POST /matters/{id}/close`: 办结 of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseMatterRequest {
    /// Names the asking.
    pub request_id: String,
    /// What came of it.
    #[schema(value_type = String)]
    pub outcome: MatterOutcome,
    /// In words.
    pub note: String,
}

/// `POST /matters/{id}/steps`: 处理过程, a step of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandleMatterRequest {
    /// Names the asking.
    pub request_id: String,
    /// What is done.
    pub step: MatterStep,
}

/// What is done about a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MatterStep {
    /// 交办, 转办: a department, a person, or both.
    Assign {
        /// 部门, as the catalogue names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<String>,
        /// The staff number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        staff: Option<StaffNo>,
    },
    /// 核实 of a 差评.
    Verify {
        /// What was found.
        #[schema(value_type = String)]
        finding: MatterFinding,
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// 分类 of what was told for a receipt; the limit follows from it.
    Grade {
        /// The grade.
        #[schema(value_type = String)]
        grade: MatterGrade,
    },
    /// 反馈.
    Answer {
        /// In words.
        note: String,
    },
    /// 回访.
    CallBack {
        /// How it went.
        #[schema(value_type = String)]
        result: CallBackResult,
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// 申请延期.
    AskExtension {
        /// Why.
        reason: String,
    },
    /// 延期审批, by somebody else than who asked.
    DecideExtension {
        /// Granted.
        granted: bool,
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// 申诉 against a 差评.
    Appeal {
        /// Why.
        reason: String,
    },
    /// 复核, by somebody else than who appealed.
    DecideAppeal {
        /// 申诉成立.
        granted: bool,
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// 公开, or no more.
    Publish {
        /// It is shown.
        shown: bool,
    },
}

/// `POST /matters`: 办不成事, told by somebody who holds a receipt afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellMatterRequest {
    /// Names the asking.
    pub request_id: String,
    /// 部门 that it is about, as the catalogue names it; left out if they do not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// What it was, at least one.
    #[schema(value_type = Vec<String>)]
    pub reasons: Vec<Reason>,
}

/// `POST /matters/find`: what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindMatterRequest {
    /// 回执号.
    #[schema(value_type = String)]
    pub receipt: Receipt,
}

/// The answer to both: how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ToldMatter {
    /// 回执号.
    #[schema(value_type = String)]
    pub receipt: Receipt,
    /// The day on which it was told: "2026-11-23".
    pub told: String,
    /// The day by which it is to be closed, while it is open and a calendar has told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Its day has passed.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub overdue: bool,
    /// The day on which it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    /// What came of it, once it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub outcome: Option<MatterOutcome>,
}
