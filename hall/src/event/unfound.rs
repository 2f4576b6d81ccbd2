//! 没有找到要办的事项: what somebody came for and did not find. The law of `event.rs` holds here too.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// 没有找到的事项: nothing of whoever said it. What was not said is left out; somebody may have said
/// only that they do not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfound {
    /// When it was said, which is earlier than the event if a kiosk was alone.
    #[serde(rename = "a")]
    pub at: Timestamp,
    /// 部门: its name, as people saw it then.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// In words, 1 to 40 characters.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}
