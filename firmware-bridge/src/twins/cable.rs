//! The cable between a host and the twins on it: who hears what and when, with the time that bytes
//! take. No IO; time comes in as a value.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::{line::Habits, twin::Twin};
use crate::{bus::Reader, line::tongues};

/// A cable with twins on it.
#[derive(Debug)]
pub struct TwinCable {
    twins: Vec<Twin>,
    habits: Habits,
    /// A byte alone is an asking, so silence ends what is heard.
    has_polls: bool,
    reader: Reader,
    arriving: VecDeque<(Instant, Vec<u8>)>,
    leaving: VecDeque<(Instant, Vec<u8>)>,
    wire_until: Instant,
}

impl TwinCable {
    /// A quiet cable.
    #[must_use]
    pub fn new(twins: Vec<Twin>, habits: Habits, now: Instant) -> Self {
        let tongues = tongues(twins.iter().map(Twin::tongue));
        let has_polls = twins.iter().any(|twin| twin.profile().poll_millis > 0);
        Self {
            twins,
            habits,
            has_polls,
            reader: Reader::new(tongues),
            arriving: VecDeque::new(),
            leaving: VecDeque::new(),
            wire_until: now,
        }
    }

    /// The twins.
    #[must_use]
    pub fn twins(&self) -> &[Twin] {
        &self.twins
    }

    /// The twins, to press their keys or to cut their power.
    pub fn twins_mut(&mut self) -> &mut [Twin] {
        &mut self.twins
    }

    /// When the last byte on the cable will have passed.
    #[must_use]
    pub const fn passed(&self) -> Instant {
        self.wire_until
    }

    /// The host put bytes on the cable; gives back what its adapter echoes.
    pub fn handle_bytes(&mut self, bytes: Vec<u8>, now: Instant) -> Option<Vec<u8>> {
        let echo = self.habits.echo.then(|| bytes.clone());
        self.take_time(bytes.len(), now);
        self.arriving.push_back((self.wire_until, bytes));
        echo
    }

    /// Time has passed: what is heard by then is heard, and what is due is said.
    pub fn handle_timeout(&mut self, now: Instant) {
        while self.arriving.front().is_some_and(|(passed, _)| *passed <= now) {
            let Some((_, bytes)) = self.arriving.pop_front() else { break };
            self.reader.take(&bytes);
            self.hear(now);
        }
        let silent = self.silent_at().is_some_and(|at| at <= now);
        if silent {
            self.reader.give_up();
            self.hear(now);
        }
        for twin in &mut self.twins {
            twin.handle_timeout(now);
        }
        // One at a time: real devices that speak together only make noise.
        if self.leaving.is_empty()
            && let Some(bytes) = self.twins.iter_mut().find_map(|twin| twin.poll_transmit(now))
        {
            self.take_time(bytes.len(), now);
            self.leaving.push_back((self.wire_until, bytes));
        }
    }

    fn hear(&mut self, now: Instant) {
        while let Some((tongue, frame)) = self.reader.next() {
            for twin in self.twins.iter_mut().filter(|twin| *twin.tongue() == tongue) {
                twin.handle_frame(&frame, now);
            }
        }
    }

    /// When a piece that was heard will have been followed by nothing.
    fn silent_at(&self) -> Option<Instant> {
        let piece = self.has_polls && self.arriving.is_empty() && self.reader.held() > 0;
        piece.then(|| self.wire_until + 2 * self.byte_time())
    }

    /// The next bytes that have come to the host's end.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        let has_passed = self.leaving.front().is_some_and(|(passed, _)| *passed <= now);
        if has_passed { self.leaving.pop_front().map(|(_, bytes)| bytes) } else { None }
    }

    /// When [`TwinCable::handle_timeout`] is next due.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let arriving = self.arriving.front().map(|(passed, _)| *passed);
        let leaving = self.leaving.front().map(|(passed, _)| *passed);
        let twins = self.twins.iter().filter_map(Twin::poll_timeout).min();
        [arriving, leaving.or(twins), self.silent_at()].into_iter().flatten().min()
    }

    /// The adapter was pulled out: what was on the cable is gone.
    pub fn handle_unplugged(&mut self) {
        self.reader.clear();
        self.arriving.clear();
        self.leaving.clear();
    }

    fn take_time(&mut self, bytes: usize, now: Instant) {
        self.wire_until = self.wire_until.max(now) + self.byte_time() * bytes as u32;
    }

    fn byte_time(&self) -> Duration {
        Duration::from_secs(10) / self.habits.baud.max(300)
    }
}
