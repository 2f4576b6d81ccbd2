//! Bodies of 没有找到要办的事项: what somebody came for and did not find.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /unfound`: takes down what somebody did not find. Neither department nor words: they do not
/// know themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnfoundRequest {
    /// Names the asking.
    pub request_id: String,
    /// 部门, as the catalogue names it; one that the hall does not have any more is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// In words: 1 to 40 characters, at most four digits among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// When it was said, in milliseconds since 1970; now if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<i64>,
}
