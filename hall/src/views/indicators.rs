//! 指标: the one definition of every figure of `domain.md` 5, for a day and for whatever is added up
//! of days.
//!
//! [`of_day`] counts what happened into [`Figures`], by group; sums are merged, never shares or
//! means; [`define`] says what each indicator is of them. What stands only at a moment (waiting now,
//! the longest wait now, the forecast) is [`board`](super::board)'s.

mod day;
pub mod define;
pub mod figures;
pub mod group;
pub mod half_hours;
mod legs;
pub mod spans;
mod times;
mod visits;
mod waiting;

use alloc::collections::BTreeMap;

use self::{figures::Figures, group::Group, half_hours::HalfHours};
use crate::{hall::Hall, ids::WindowId, time::Timestamp, words::indicator::Grouping};

/// What is counted of a time, by group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// Groups in which something happened; a hall stands always.
    pub groups: BTreeMap<Group, Figures>,
    /// 时段 of the hall.
    pub half_hours: HalfHours,
}

/// Counts the hall's day up to now. `midnight` is where its half hours begin; only the groupings
/// that are wanted are filled, and half hours with the hall.
#[must_use]
pub fn of_day(hall: &Hall, now: Timestamp, midnight: Timestamp, wanted: &[Grouping]) -> Sums {
    day::Filling::new(hall, now, midnight, wanted).fill()
}

/// The hall's figures of the day up to now, without half hours.
#[must_use]
pub fn of_hall(hall: &Hall, now: Timestamp) -> Figures {
    of_day(hall, now, now, &[Grouping::Hall]).of(Group::Hall)
}

/// The legs and times of one window up to now: what a clerk is told of the day.
#[must_use]
pub fn of_window(hall: &Hall, window: WindowId, now: Timestamp) -> Figures {
    let mut figures = legs::of_window(hall, window);
    if let Some(stands) = hall.window(window) {
        figures.signed = stands.signed_until(now);
        (figures.pauses, figures.paused) = stands.paused_until(now);
    }
    figures
}

impl Sums {
    /// The figures of a group; of nothing if nothing happened.
    #[must_use]
    pub fn of(&self, group: Group) -> Figures {
        self.groups.get(&group).cloned().unwrap_or_default()
    }

    /// Takes another time in, a later or an earlier one.
    pub fn merge(&mut self, other: &Self) {
        for (group, figures) in &other.groups {
            self.groups.entry(*group).or_default().merge(figures);
        }
        for (at, half_hour) in &other.half_hours {
            self.half_hours.entry(*at).or_default().merge(half_hour);
        }
    }
}

#[cfg(test)]
mod tests;
