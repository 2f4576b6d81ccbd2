//! 评价, as it is remembered for ever.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ItemId, LegId, StaffNo, WindowId},
    words::{EvaluationChannel, Rating, Reasons},
};

/// 评价: what is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluated {
    /// The leg.
    pub leg: LegId,
    /// The window that served it.
    pub window: WindowId,
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
    /// Who served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffNo>,
    /// What was handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
}
