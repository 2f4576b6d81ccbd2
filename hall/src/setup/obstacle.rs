//! 今晚生效: what of the open day keeps another setup waiting.

use crate::ids::{ItemId, PipelineId, QueueId, StaffNo, WindowId};

/// Something that today uses and the new setup lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// The new setup is another hall's.
    Hall,
    /// The queue has numbers of today, or is lent to a window.
    Queue(QueueId),
    /// Somebody has worked at the window today, or should.
    Window(WindowId),
    /// A ticket of today is about the item.
    Item(ItemId),
    /// A ticket of today is on the pipeline.
    Pipeline(PipelineId),
    /// The person is at work.
    Staff(StaffNo),
}

impl Obstacle {
    /// The word in answers and text keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hall => "other_hall",
            Self::Queue(_) => "queue_in_use",
            Self::Window(_) => "window_in_use",
            Self::Item(_) => "item_in_use",
            Self::Pipeline(_) => "pipeline_in_use",
            Self::Staff(_) => "staff_at_work",
        }
    }

    /// The id of what is used; none for the hall.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::Hall => None,
            Self::Queue(id) => Some(id.as_str()),
            Self::Window(id) => Some(id.as_str()),
            Self::Item(id) => Some(id.as_str()),
            Self::Pipeline(id) => Some(id.as_str()),
            Self::Staff(no) => Some(no.as_str()),
        }
    }
}
