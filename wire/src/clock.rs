//! The hall's clock as others read it: a moment and how fast it runs.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The hall's clock when the message was made. A demo hall may run faster than the world.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Clock {
    /// The hall's time: milliseconds since 1970-01-01 00:00 UTC.
    pub at: i64,
    /// Hall milliseconds for one millisecond of the world; 1 in a real hall.
    pub speed: f64,
    /// Minutes east of UTC: 480 in China.
    pub utc_offset_minutes: i32,
}

impl Clock {
    /// The hall's time after so many milliseconds of the world.
    #[must_use]
    pub fn after_millis(&self, world_millis: i64) -> i64 {
        self.at + (world_millis as f64 * self.speed) as i64
    }
}
