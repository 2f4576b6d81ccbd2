//! Bodies of 上门服务: somebody of the hall goes to a person who cannot come.

use std::fmt;

use hall::{
    ids::{ItemId, StaffNo},
    words::{
        CaseKind, Rating,
        alert::AlertLevel,
        visit::{VisitObstacle, VisitReason, VisitStage},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /visits`: those that are not over, the oldest first, then those that are over and may still be
/// evaluated. Who the person is and where they live is told on the office's page alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Visits {
    /// Not over.
    pub open: Vec<Visit>,
    /// Over.
    pub over: Vec<Visit>,
}

/// 上门服务.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Visit {
    /// 上门编号.
    pub id: u32,
    /// 上门进度: `asked`, `assigned`, `begun`, `done`, `not_done`, `withdrawn`.
    #[schema(value_type = String)]
    pub stage: VisitStage,
    /// `yellow` when its limit is near, `red` past it; none before, and once it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub level: Option<AlertLevel>,
    /// 事项: what is to be handled, or was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// 上门事由.
    #[schema(value_type = String)]
    pub reason: VisitReason,
    /// 希望日期: "2026-11-30".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wished: Option<String>,
    /// When it was asked for, in milliseconds since 1970.
    pub asked: i64,
    /// 办理期限: "2026-11-30".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// 上门人员.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub staff: Option<StaffNo>,
    /// 上门日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// When it was begun, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<i64>,
    /// When it was over, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<i64>,
    /// 件类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub case: Option<CaseKind>,
    /// 未办成原因.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub obstacle: Option<VisitObstacle>,
    /// In words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// 评价.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub rating: Option<Rating>,
}

/// `POST /visits`: 上门登记.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskVisitRequest {
    /// Names the asking; asking twice gives the same visit.
    pub request_id: String,
    /// 事项, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// 上门事由.
    #[schema(value_type = String)]
    pub reason: VisitReason,
    /// 希望日期: "2026-11-30", today at the earliest and 90 days ahead at the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wished: Option<String>,
    /// Whom to find, where; kept apart from everything else, and erased some days after the visit.
    #[serde(default, skip_serializing_if = "VisitContact::is_empty")]
    pub contact: VisitContact,
}

/// 联系方式, as people say it; nothing of it is ever told by the interface.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct VisitContact {
    /// 称呼, up to 20 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// 电话, up to 20 digits and signs; left out if they have none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// 上门地点 in plain words, up to 80 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
}

impl VisitContact {
    /// True if nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.who.is_empty() && self.phone.is_empty() && self.place.is_empty()
    }
}

impl fmt::Debug for VisitContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VisitContact(…)")
    }
}

/// The answer to it: the visit, and what stands on its slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AskedVisit {
    /// The visit.
    pub visit: Visit,
    /// The code of its slip: with it anybody asks how it stands, and evaluates it once it is done.
    pub code: String,
    /// Where a telephone finds the same; empty if telephones do not reach the hall.
    pub follow_url: String,
}

/// `POST /visits/{id}/steps`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandleVisitRequest {
    /// Names the asking.
    pub request_id: String,
    /// What is done.
    pub step: VisitStep,
}

/// What is done about a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitStep {
    /// 派单, 改派.
    Assign {
        /// 上门人员.
        #[schema(value_type = String)]
        staff: StaffNo,
        /// 上门日期: "2026-11-30".
        day: String,
    },
    /// 开始上门.
    Begin {},
    /// 办结.
    Finish {
        /// 件类.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        case: Option<CaseKind>,
        /// 实际办理事项, if it is another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        item: Option<ItemId>,
        /// 批量: how many were handled; one if not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        copies: Option<u16>,
    },
    /// 未办成.
    Fail {
        /// Why.
        #[schema(value_type = String)]
        obstacle: VisitObstacle,
        /// In words; `other` needs them.
        #[serde(default)]
        note: String,
    },
    /// 撤回.
    Withdraw {
        /// In words.
        #[serde(default)]
        note: String,
    },
}
