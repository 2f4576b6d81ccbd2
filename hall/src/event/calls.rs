//! 叫号送达: what became of calls at a window.

use serde::{Deserialize, Serialize};

use crate::ids::WindowId;

/// What became of calls at a window since the last word of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallsReported {
    /// The window.
    pub window: WindowId,
    /// Calls that strip or voice had to bring, 1 or more.
    pub calls: u32,
    /// Of them those that arrived in time.
    pub in_time: u32,
}
