//! 应显示 against 已显示: the faces that a device has not confirmed yet, and for how long.

use std::{collections::VecDeque, time::Duration};

/// Faces remembered; a device that owes more owes the oldest all the same.
const FACES_MAX: usize = 32;

/// What a device owes. A face that is overtaken by a newer one is paid with it: the age that counts
/// is that of the oldest face that no confirmation has reached.
#[derive(Debug, Clone, Default)]
pub struct Owed {
    faces: VecDeque<(u64, Duration)>,
    shown: u64,
}

impl Owed {
    /// A face must be shown from now on; the same revision again changes nothing.
    pub fn handle_wanted(&mut self, revision: u64) {
        let is_known = self.faces.back().is_some_and(|(last, _)| *last >= revision);
        if revision > self.shown && !is_known && self.faces.len() < FACES_MAX {
            self.faces.push_back((revision, Duration::ZERO));
        }
    }

    /// A face is shown, and so is every one before it.
    pub fn handle_shown(&mut self, revision: u64) {
        self.shown = self.shown.max(revision);
        while self.faces.front().is_some_and(|(first, _)| *first <= revision) {
            self.faces.pop_front();
        }
    }

    /// So much time has passed.
    pub fn handle_time(&mut self, passed: Duration) {
        for (_, age) in &mut self.faces {
            *age = age.saturating_add(passed);
        }
    }

    /// The device was away and has its time again.
    pub fn begin_again(&mut self) {
        for (_, age) in &mut self.faces {
            *age = Duration::ZERO;
        }
    }

    /// The age of the oldest face that is not confirmed.
    #[must_use]
    pub fn oldest(&self) -> Option<Duration> {
        self.faces.front().map(|(_, age)| *age)
    }
}
