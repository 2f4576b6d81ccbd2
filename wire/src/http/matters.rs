//! Bodies of 诉求: what must be answered by a day.

use hall::{
    ids::{ItemId, StaffNo, WindowId},
    number::TicketNo,
    words::{
        Rating, Reason,
        alert::AlertLevel,
        matter::{MatterKind, MatterOutcome},
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
