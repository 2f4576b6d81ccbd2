//! `[rules.windows]`: who may work where, and when the stand-in is asked for.

use serde::{Deserialize, Serialize};

use super::check::Range;

/// The settings of windows at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WindowRules {
    /// B角 is asked for when A has paused so long; 0 never asks.
    pub stand_in_after_minutes: u32,
    /// Only staff numbers of the profile may sign on.
    pub known_staff_only: bool,
    /// Only A角 and B角 of a window, and who was approved for it, may sign on there.
    pub posted_staff_only: bool,
}

impl Default for WindowRules {
    fn default() -> Self {
        Self { stand_in_after_minutes: 10, known_staff_only: false, posted_staff_only: false }
    }
}

impl WindowRules {
    pub(super) fn ranges(&self) -> [Range; 1] {
        [("windows.stand_in_after_minutes", self.stand_in_after_minutes, 0, 600)]
    }
}
