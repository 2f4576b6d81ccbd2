//! 统计量 of closed days, by grouping: what reports of a week, a month or a year are added up of.
//!
//! One row for each grouping and day, so that a year by window reads nothing of clerks.

use std::collections::BTreeMap;

use hall::{
    time::Day,
    views::indicators::{Sums, figures::Figures, half_hours::HalfHours},
    words::indicator::Grouping,
};
use serde::{Deserialize, Serialize};

use super::{Store, StoreFault};
use crate::clock::{date_of, day_of};

/// What is kept of a day, or added up of several, in one grouping.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSums {
    /// By the names of the groups; the hall's is empty.
    #[serde(rename = "g")]
    pub groups: BTreeMap<String, Figures>,
    /// 时段, of the hall only.
    #[serde(rename = "h", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub half_hours: HalfHours,
}

impl GroupSums {
    /// What of a day's sums is in a grouping.
    #[must_use]
    pub fn of(sums: &Sums, grouping: Grouping) -> Self {
        let groups = sums.groups.iter().filter(|(group, _)| group.grouping() == grouping);
        let half_hours =
            if grouping == Grouping::Hall { sums.half_hours.clone() } else { HalfHours::new() };
        Self {
            groups: groups.map(|(group, figures)| (group.id(), figures.clone())).collect(),
            half_hours,
        }
    }

    /// Takes another day in.
    pub fn merge(&mut self, other: &Self) {
        for (id, figures) in &other.groups {
            self.groups.entry(id.clone()).or_default().merge(figures);
        }
        for (at, half_hour) in &other.half_hours {
            self.half_hours.entry(*at).or_default().merge(half_hour);
        }
    }

    /// The figures of the hall, of the sums that are by hall.
    #[must_use]
    pub fn hall(&self) -> Figures {
        self.groups.get("").cloned().unwrap_or_default()
    }
}

impl Store {
    pub(super) fn keep_sums(&self, day: Day, sums: &Sums) -> Result<(), StoreFault> {
        let mut batch = sled::Batch::default();
        for grouping in Grouping::ALL {
            let of_grouping = GroupSums::of(sums, *grouping);
            batch.insert(key(*grouping, day).as_str(), serde_json::to_vec(&of_grouping)?);
        }
        self.shared.sums.apply_batch(batch)?;
        for grouping in Grouping::ALL {
            self.shared.months.remove(key(*grouping, first_of(day)))?;
        }
        self.add_up_month_before(day)
    }

    /// A month is over when a day of a later one is kept: it is added up once, so that a year need not
    /// read all of its days.
    fn add_up_month_before(&self, day: Day) -> Result<(), StoreFault> {
        let begin = key(Grouping::Hall, Day { year: 0, month: 1, day: 1 });
        let mut earlier = self.shared.sums.range(begin..key(Grouping::Hall, first_of(day)));
        let Some((last, _)) = earlier.next_back().transpose()? else { return Ok(()) };
        let Some(last) = day_of_key(&last) else { return Ok(()) };
        for grouping in Grouping::ALL {
            let key = key(*grouping, first_of(last));
            if !self.shared.months.contains_key(&key)? {
                let mut month = GroupSums::default();
                let days = self.sums(*grouping, (first_of(last), last));
                days.for_each(|(_, sums)| month.merge(&sums));
                self.shared.months.insert(key, serde_json::to_vec(&month)?)?;
            }
        }
        Ok(())
    }

    /// The closed days from the one to the other added up, both included: whole months that are over
    /// are one row each.
    #[must_use]
    pub fn total(&self, grouping: Grouping, (from, until): (Day, Day)) -> GroupSums {
        let mut total = GroupSums::default();
        let mut begin = from;
        while begin <= until {
            if let Some((sums, next)) = self.year_from(grouping, begin, until) {
                total.merge(&sums);
                begin = next;
                continue;
            }
            let end = last_of(begin).min(until);
            let is_whole = begin == first_of(begin) && end == last_of(begin);
            match is_whole.then(|| self.month(grouping, begin)).flatten() {
                Some(month) => total.merge(&month),
                None => {
                    self.sums(grouping, (begin, end)).for_each(|(_, sums)| total.merge(&sums));
                }
            }
            begin = first_of_next(begin);
        }
        total
    }

    /// What stays of a year whose days are kept no longer, if a span takes in the whole of it.
    fn year_from(&self, grouping: Grouping, begin: Day, until: Day) -> Option<(GroupSums, Day)> {
        let is_first = (begin.month, begin.day) == (1, 1);
        if !is_first || until < (Day { month: 12, day: 31, ..begin }) {
            return None;
        }
        let sums = self.year(begin.year)?.sums.remove(&grouping)?;
        Some((sums, Day { year: begin.year + 1, ..begin }))
    }

    fn month(&self, grouping: Grouping, first: Day) -> Option<GroupSums> {
        let found = self.shared.months.get(key(grouping, first)).ok()??;
        serde_json::from_slice(&found).ok()
    }

    /// What is kept of the closed days from the one to the other, both included, oldest first.
    pub fn sums(
        &self,
        grouping: Grouping,
        (from, until): (Day, Day),
    ) -> impl Iterator<Item = (Day, GroupSums)> {
        let found = self.shared.sums.range(key(grouping, from)..=key(grouping, until)).flatten();
        found.filter_map(|(key, bytes)| {
            Some((day_of_key(&key)?, serde_json::from_slice(&bytes).ok()?))
        })
    }
}

fn day_of_key(key: &[u8]) -> Option<Day> {
    std::str::from_utf8(key).ok()?.split_once('/')?.1.parse().ok()
}

const fn first_of(day: Day) -> Day {
    Day { day: 1, ..day }
}

/// The last day that a month can have.
fn last_of(day: Day) -> Day {
    date_of(first_of(day)).map_or(Day { day: 31, ..day }, |date| day_of(date.last_of_month()))
}

const fn first_of_next(day: Day) -> Day {
    let Day { year, month, .. } = day;
    if month == 12 {
        Day { year: year + 1, month: 1, day: 1 }
    } else {
        Day { year, month: month + 1, day: 1 }
    }
}

fn key(grouping: Grouping, day: Day) -> String {
    format!("{grouping}/{day}")
}
