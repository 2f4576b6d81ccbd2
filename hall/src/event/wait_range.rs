//! 预计等候, as it is remembered. The law of `event.rs` holds here too.

use serde::{Deserialize, Serialize};

/// 预计等候: a range in whole minutes, steps of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitRange {
    /// The lower end.
    pub low_minutes: u16,
    /// The upper end.
    pub high_minutes: u16,
}
