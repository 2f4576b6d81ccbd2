//! 统计口径: for whom figures are told.

use alloc::string::{String, ToString};

use crate::{
    ids::{DepartmentId, DeviceId, ItemId, QueueId, StaffNo, WindowId, ZoneId},
    words::indicator::Grouping,
};

/// For whom figures are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The hall.
    Hall,
    /// A zone: its queues' people, its windows' times.
    Zone(ZoneId),
    /// A department: its queues' people.
    Department(DepartmentId),
    /// A queue.
    Queue(QueueId),
    /// What was handled, or asked for while nothing was handled.
    Item(ItemId),
    /// A window: the legs that it served.
    Window(WindowId),
    /// A clerk: the legs they served, wherever they sat.
    Clerk(StaffNo),
    /// A device: what was taken there, and when it did not work.
    Device(DeviceId),
}

impl Group {
    /// What kind of group it is.
    #[must_use]
    pub const fn grouping(self) -> Grouping {
        match self {
            Self::Hall => Grouping::Hall,
            Self::Zone(_) => Grouping::Zone,
            Self::Department(_) => Grouping::Department,
            Self::Queue(_) => Grouping::Queue,
            Self::Item(_) => Grouping::Item,
            Self::Window(_) => Grouping::Window,
            Self::Clerk(_) => Grouping::Clerk,
            Self::Device(_) => Grouping::Device,
        }
    }

    /// Its name within its grouping; the hall's is empty.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Hall => String::new(),
            Self::Zone(id) => id.to_string(),
            Self::Department(id) => id.to_string(),
            Self::Queue(id) => id.to_string(),
            Self::Item(id) => id.to_string(),
            Self::Window(id) => id.to_string(),
            Self::Clerk(id) => id.to_string(),
            Self::Device(id) => id.to_string(),
        }
    }
}
