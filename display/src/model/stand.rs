//! Which calls stand on a hall screen: each new one for at least its time, however many come at
//! once. What has no room waits its turn and is shown then; nothing is skipped.

use std::collections::{BTreeMap, VecDeque};

use wire::board::HallRow;

use super::is_call;

/// Calls that may wait for room: as many as the largest hall has windows. Past it the oldest one
/// that stands gives way.
const WAITING_MAX: usize = 128;

/// The calls of a hall screen, by their announcements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Rows that fit on the screen.
    room: usize,
    /// The newest call that was taken in.
    newest: Option<u64>,
    /// Since when a call stands, in milliseconds since the start.
    since: BTreeMap<u64, u64>,
    /// Calls without room, oldest first.
    waiting: VecDeque<u64>,
}

impl Default for Stand {
    fn default() -> Self {
        Self { room: 8, newest: None, since: BTreeMap::new(), waiting: VecDeque::new() }
    }
}

impl Stand {
    /// A face came with these rows. What was called before this screen was switched on just stands.
    pub fn take(&mut self, rows: &[HallRow], stands_millis: u64, now: u64) {
        let is_there =
            |announcement: &u64| rows.iter().any(|row| row.announcement == *announcement);
        self.since.retain(|announcement, _| is_there(announcement));
        self.waiting.retain(is_there);
        let calls = rows.iter().filter(|row| is_call(row)).map(|row| row.announcement);
        let mut fresh: Vec<u64> =
            calls.filter(|call| self.newest.is_none_or(|newest| *call > newest)).collect();
        fresh.sort_unstable();
        let is_first = self.newest.is_none();
        self.newest = fresh.last().copied().or(self.newest).or(Some(0));
        if !is_first {
            self.waiting.extend(fresh);
        }
        self.advance(stands_millis, now);
    }

    /// So many rows fit from now on.
    pub fn set_room(&mut self, room: usize, stands_millis: u64, now: u64) {
        self.room = room.max(1);
        self.advance(stands_millis, now);
    }

    /// Time passed: whoever waits takes the place of a call that has had its time.
    pub fn advance(&mut self, stands_millis: u64, now: u64) {
        while let Some(next) = self.waiting.front().copied() {
            let is_full = self.holding(stands_millis, now).count() >= self.room;
            if is_full && self.waiting.len() <= WAITING_MAX {
                return;
            }
            if is_full && let Some(oldest) = self.since.iter().min_by_key(|(_, since)| **since) {
                let oldest = *oldest.0;
                self.since.remove(&oldest);
            }
            self.waiting.pop_front();
            self.since.insert(next, now);
        }
    }

    /// The rows to show, in the order of the face: calls that have not had their time before all
    /// others, and nothing that still waits.
    #[must_use]
    pub fn rows<'a>(&self, rows: &'a [HallRow], stands_millis: u64, now: u64) -> Vec<&'a HallRow> {
        let holds = |row: &HallRow| {
            self.since.get(&row.announcement).is_some_and(|since| now < since + stands_millis)
        };
        let shown =
            || rows.iter().filter(|row| !is_call(row) || !self.waiting.contains(&row.announcement));
        let held = shown().filter(|row| holds(row)).count();
        let mut free = self.room.saturating_sub(held);
        let fits = |row: &&HallRow| {
            let takes = holds(row) || free > 0;
            free -= usize::from(takes && !holds(row));
            takes
        };
        shown().filter(fits).take(self.room).collect()
    }

    /// Since when a call stands; none of one that stood here when the screen began.
    #[must_use]
    pub fn since(&self, announcement: u64) -> Option<u64> {
        self.since.get(&announcement).copied()
    }

    /// Since when each new call stands.
    pub fn all_since(&self) -> impl Iterator<Item = u64> {
        self.since.values().copied()
    }

    /// When the next waiting call gets room; none if none waits.
    #[must_use]
    pub fn changes_at(&self, stands_millis: u64, now: u64) -> Option<u64> {
        let waits = !self.waiting.is_empty();
        let ends = self.holding(stands_millis, now).map(|since| since + stands_millis);
        ends.min().filter(|_| waits)
    }

    /// Since when those stand that have not had their time.
    fn holding(&self, stands_millis: u64, now: u64) -> impl Iterator<Item = u64> {
        self.all_since().filter(move |since| now < since + stands_millis)
    }
}

#[cfg(test)]
mod tests;
