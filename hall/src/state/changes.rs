//! 换岗: changes of posts that were asked for.

use alloc::{sync::Arc, vec::Vec};

use crate::{
    event::{people::Carried, staffing::PostChange},
    limits::{POST_CHANGE_KEPT, POST_CHANGES_MAX},
    time::{Day, Timestamp},
};

/// Those that are kept, the oldest first. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PostChanges {
    kept: Arc<Vec<PostChange>>,
    asked: u32,
}

impl PostChanges {
    pub fn of(carried: &Carried) -> Self {
        Self { kept: Arc::new(carried.changes.clone()), asked: carried.changes_asked }
    }

    pub fn all(&self) -> &[PostChange] {
        &self.kept
    }

    /// Asked since the beginning.
    pub fn asked(&self) -> u32 {
        self.asked
    }

    pub fn find(&self, number: u32) -> Option<&PostChange> {
        self.kept.iter().find(|change| change.number == number)
    }

    /// True if one more can be kept, once what was decided long ago, or first, made room.
    pub fn has_room(&self, today: Option<Day>) -> bool {
        self.kept.len() < POST_CHANGES_MAX || self.first_over(today).is_some()
    }

    fn first_over(&self, today: Option<Day>) -> Option<usize> {
        self.kept.iter().position(|change| is_over(change, today))
    }

    pub fn add(&mut self, change: PostChange, today: Option<Day>) {
        self.asked = change.number;
        let full = self.kept.len() >= POST_CHANGES_MAX;
        let over = self.first_over(today).filter(|_| full);
        let kept = Arc::make_mut(&mut self.kept);
        over.into_iter().for_each(|place| drop(kept.remove(place)));
        kept.push(change);
    }

    pub fn find_mut(&mut self, number: u32) -> Option<&mut PostChange> {
        Arc::make_mut(&mut self.kept).iter_mut().find(|change| change.number == number)
    }

    /// What the next day still needs or lists.
    pub fn carried(&self, at: Timestamp, day: Day) -> Vec<PostChange> {
        let lately = |change: &PostChange| {
            let since = change.decided.as_ref().map_or(change.at, |decided| decided.at);
            at < since + POST_CHANGE_KEPT
        };
        let kept = self.kept.iter().filter(|change| !is_over(change, Some(day)) || lately(change));
        kept.cloned().collect()
    }
}

/// Nothing follows from it any more: it was declined or taken back, or its last day is over.
fn is_over(change: &PostChange, today: Option<Day>) -> bool {
    use crate::words::post::ChangeOutcome::{Declined, Granted, Withdrawn};
    match change.decided.as_ref().map(|decided| decided.outcome) {
        Some(Declined | Withdrawn) => true,
        Some(Granted) => today.is_some_and(|day| change.until < day),
        None => false,
    }
}
