//! What the shell knows of the rest of the day and the hall does not: the calendar.

use alloc::vec::Vec;

use crate::{
    command::SessionTimes,
    ids::{QueueId, WindowId},
    time::Timestamp,
};

/// The rest of the day as it is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The local midnight with which the day began.
    pub midnight: Timestamp,
    /// The day's place in the week; 0 is Monday.
    pub weekday: u8,
    /// Sessions of today; none: only the one that is open.
    pub sessions: Vec<SessionTimes>,
    /// When a window is known to be without its clerk: lunch by turns, a meeting.
    pub shut: Vec<Shut>,
    /// 潮汐 by the calendar.
    pub tides: Vec<Tide>,
}

/// A window without its clerk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shut {
    /// The window.
    pub window: WindowId,
    /// From …
    pub from: Timestamp,
    /// … until.
    pub until: Timestamp,
}

/// 潮汐: a window serves more queues for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tide {
    /// The window.
    pub window: WindowId,
    /// Which.
    pub queues: Vec<QueueId>,
    /// From …
    pub from: Timestamp,
    /// … until.
    pub until: Timestamp,
}

impl Outlook {
    /// Nothing is planned but the day itself.
    #[must_use]
    pub const fn plain(midnight: Timestamp, weekday: u8) -> Self {
        Self { midnight, weekday, sessions: Vec::new(), shut: Vec::new(), tides: Vec::new() }
    }
}
