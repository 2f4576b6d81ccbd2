//! Which calls stand on a hall screen: each new one for at least its time, however many come at
//! once. What has no room waits its turn and is shown then; nothing is skipped.

use std::collections::{BTreeMap, VecDeque};

use wire::board::HallRow;

use super::is_call;

/// Calls that may wait for room: as many as the largest hall has windows. Past it the oldest one
/// that stands gives way.
const WAITING_MAX: usize = 128;

/// Windows at work and paused ones that do not all have room take turns of so many milliseconds.
const TURN_MILLIS: u64 = 10_000;

/// The calls of a hall screen, by their announcements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Rows that fit on the screen.
    room: usize,
    /// Rows of the face, and how many of them call.
    all: (usize, usize),
    /// The newest call that was taken in.
    newest: Option<u64>,
    /// Since when a call stands, in milliseconds since the start.
    since: BTreeMap<u64, u64>,
    /// Calls without room, oldest first.
    waiting: VecDeque<u64>,
}

impl Default for Stand {
    fn default() -> Self {
        Self {
            room: 8,
            all: (0, 0),
            newest: None,
            since: BTreeMap::new(),
            waiting: VecDeque::new(),
        }
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
        self.all = (rows.len(), rows.iter().filter(|row| is_call(row)).count());
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
    /// others, and nothing that still waits. Where the windows without a call do not all have room,
    /// they take turns, so that a paused one is told too.
    #[must_use]
    pub fn rows<'a>(&self, rows: &'a [HallRow], stands_millis: u64, now: u64) -> Vec<&'a HallRow> {
        let holds = |row: &HallRow| {
            self.since.get(&row.announcement).is_some_and(|since| now < since + stands_millis)
        };
        let shown =
            || rows.iter().filter(|row| !is_call(row) || !self.waiting.contains(&row.announcement));
        let calls = shown().filter(|row| is_call(row));
        let held = calls.clone().filter(|row| holds(row)).count();
        let mut free = self.room.saturating_sub(held);
        let fits = |row: &&HallRow| {
            let takes = holds(row) || free > 0;
            free -= usize::from(takes && !holds(row));
            takes
        };
        let mut rows: Vec<&HallRow> = calls.filter(fits).take(self.room).collect();
        let quiet: Vec<&HallRow> = shown().filter(|row| !is_call(row)).collect();
        let free = self.room.saturating_sub(rows.len());
        if free > 0 {
            let turns = quiet.len().div_ceil(free).max(1);
            let turn = usize::try_from(now / TURN_MILLIS).unwrap_or(0) % turns;
            rows.extend(quiet.into_iter().skip(turn * free).take(free));
        }
        rows
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

    /// When the next waiting call gets room, or the next turn begins; none if neither does.
    #[must_use]
    pub fn changes_at(&self, stands_millis: u64, now: u64) -> Option<u64> {
        let waits = !self.waiting.is_empty();
        let ends = self.holding(stands_millis, now).map(|since| since + stands_millis);
        let (all, calls) = self.all;
        let turns =
            (all > self.room && calls < self.room).then(|| (now / TURN_MILLIS + 1) * TURN_MILLIS);
        ends.min().filter(|_| waits).into_iter().chain(turns).min()
    }

    /// Since when those stand that have not had their time.
    fn holding(&self, stands_millis: u64, now: u64) -> impl Iterator<Item = u64> {
        self.all_since().filter(move |since| now < since + stands_millis)
    }
}

#[cfg(test)]
mod tests;
