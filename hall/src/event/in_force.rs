//! 配置: which setup a fact puts in force.

use super::Fact;
use crate::ids::SetupVersion;

impl Fact {
    /// The setup that it puts in force, if it does.
    #[must_use]
    pub const fn puts_in_force(&self) -> Option<SetupVersion> {
        if let Self::SetupChanged { to } = self {
            return Some(*to);
        }
        if let Self::DayOpened { setup, .. } = self { *setup } else { None }
    }
}
