//! 没有找到的事项, as the office asks.

use super::Hall;
use crate::event::unfound::Unfound;

impl Hall {
    /// 没有找到的事项 of the last weeks, in the order in which they were taken down.
    #[must_use]
    pub fn unfound(&self) -> &[Unfound] {
        self.state.unfound.all()
    }
}
