//! 没有找到的事项, today's and those of the weeks before.

use alloc::{sync::Arc, vec::Vec};

use crate::{
    event::unfound::Unfound,
    limits::{UNFOUND_KEPT_FOR, UNFOUND_KEPT_MAX, UNFOUND_PER_DAY_MAX},
    time::Timestamp,
};

/// What is kept, in the order in which it was taken down. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct UnfoundKept {
    all: Arc<Vec<Unfound>>,
    /// How many of them came since the day opened.
    today: usize,
}

impl UnfoundKept {
    /// What a day begins with.
    pub fn of_day(carried: &[Unfound]) -> Self {
        Self { all: Arc::new(carried.to_vec()), today: 0 }
    }

    pub fn all(&self) -> &[Unfound] {
        &self.all
    }

    pub fn has_room(&self) -> bool {
        self.today < UNFOUND_PER_DAY_MAX
    }

    pub fn add(&mut self, unfound: Unfound) {
        Arc::make_mut(&mut self.all).push(unfound);
        self.today += 1;
    }

    /// What is carried into a day that opens then: the newest, of the last weeks.
    pub fn carried(&self, at: Timestamp) -> Vec<Unfound> {
        let recent = self.all.iter().filter(|each| at < each.at + UNFOUND_KEPT_FOR);
        let recent: Vec<Unfound> = recent.cloned().collect();
        let too_many = recent.len().saturating_sub(UNFOUND_KEPT_MAX);
        recent.into_iter().skip(too_many).collect()
    }
}
