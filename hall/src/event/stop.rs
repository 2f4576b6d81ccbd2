//! 后续环节, as it is remembered. The law of `event.rs` holds here too.

use serde::{Deserialize, Serialize};

use crate::ids::{ItemId, QueueId};

/// 后续环节: a leg that is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The queue.
    pub queue: QueueId,
    /// What is to be handled there, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
}
