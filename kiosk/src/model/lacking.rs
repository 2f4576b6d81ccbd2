//! 没有找到要办的事项: what somebody came for and did not find in the lists.

use super::Model;

/// What somebody said that they did not find; neither, if they do not know themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lacking {
    /// 部门, as the catalogue names it.
    pub department: Option<String>,
    /// In words, as they were typed.
    pub words: Option<String>,
}

/// The page after it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// 我不知道: somebody who comes helps more than a number.
    pub at_a_loss: bool,
    /// It is on the kiosk's disk, or it is not; none while nobody knows.
    pub kept: Option<bool>,
}

impl Model {
    /// The departments of the hall's queues, in their order; the kinds of things that are done here.
    #[must_use]
    pub fn departments(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for queue in self.queues_of(None) {
            if !names.contains(&queue.department.as_str()) {
                names.push(&queue.department);
            }
        }
        names
    }
}
