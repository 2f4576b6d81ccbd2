//! So much an hour: what people say at a kiosk is kept for the hall to read, and a hand that plays must
//! not fill the hall's lists.

use crate::{limits, moment::Moment};

/// What was said within the last hour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hourly(Vec<Moment>);

impl Hourly {
    /// True if one more may be said.
    pub fn has_room(&mut self, now: Moment) -> bool {
        self.0.retain(|at| at.after_secs(limits::HOUR_SECS) > now);
        self.0.len() < limits::SAID_PER_HOUR_MAX
    }

    /// One is said; false if it is one too many.
    pub fn take(&mut self, now: Moment) -> bool {
        let has_room = self.has_room(now);
        if has_room {
            self.0.push(now);
        }
        has_room
    }
}
