//! Our own bytes that come back from an adapter that hears itself.
//!
//! An acknowledgement of the FF 68 family equals the press it acknowledges, so an echo that is not
//! taken out is a new press.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use serde::Deserialize;

/// Whether the line gives our own bytes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Echo {
    /// Found out by listening.
    #[default]
    Auto,
    /// It never does.
    No,
    /// It always does.
    Yes,
}

/// An echo comes while the bytes leave; a USB adapter may hold them back for 16 ms, a busy machine
/// for a little longer.
const ECHO_LATE_MAX: Duration = Duration::from_millis(80);

/// Frames whose echo is waited for; acknowledgements may follow each other closely.
const EXPECTED_MAX: usize = 8;

/// Takes our own frames out of what is heard, wherever they begin in it.
#[derive(Debug, Clone)]
pub struct EchoFilter {
    echo: Echo,
    expected: VecDeque<(Vec<u8>, Instant)>,
    held: Vec<u8>,
    removed: u64,
}

impl EchoFilter {
    /// A filter that waits for nothing yet.
    #[must_use]
    pub const fn new(echo: Echo) -> Self {
        Self { echo, expected: VecDeque::new(), held: Vec::new(), removed: 0 }
    }

    /// These bytes go out and will have left at `leaves`.
    pub fn expect(&mut self, bytes: &[u8], leaves: Instant) {
        if self.echo == Echo::No || bytes.is_empty() {
            return;
        }
        if self.expected.len() == EXPECTED_MAX {
            self.expected.pop_front();
        }
        self.expected.push_back((bytes.to_vec(), leaves + ECHO_LATE_MAX));
    }

    /// It is known that the line gives our bytes back: it was told, or it has done so.
    #[must_use]
    pub fn hears_itself(&self) -> bool {
        self.echo == Echo::Yes || self.removed > 0
    }

    /// What of the bytes heard is not ours.
    pub fn take(&mut self, bytes: &[u8], now: Instant) -> Vec<u8> {
        let mut theirs = self.give_up(now);
        for &byte in bytes {
            self.held.push(byte);
            self.settle(&mut theirs);
        }
        theirs
    }

    /// Gives back what was held for an echo that did not come in time.
    pub fn give_up(&mut self, now: Instant) -> Vec<u8> {
        let mut theirs = Vec::new();
        while self.expected.front().is_some_and(|(_, until)| *until <= now) {
            self.expected.pop_front();
            self.settle(&mut theirs);
        }
        theirs
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.expected.clear();
        self.held.clear();
    }

    /// When [`EchoFilter::give_up`] is due; only while something is held.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        if self.held.is_empty() {
            return None;
        }
        self.expected.front().map(|(_, until)| *until)
    }

    /// Bytes of our own that came back.
    #[must_use]
    pub const fn removed(&self) -> u64 {
        self.removed
    }

    /// Holds the longest end of what was heard that may still become an expected frame. An echo may
    /// have been spoiled by somebody who spoke at the same time, so those behind it count as well.
    fn settle(&mut self, theirs: &mut Vec<u8>) {
        let begins = |expected: &VecDeque<(Vec<u8>, Instant)>, held: &[u8]| {
            expected.iter().position(|(frame, _)| frame.starts_with(held))
        };
        while !self.held.is_empty() && begins(&self.expected, &self.held).is_none() {
            theirs.push(self.held.remove(0));
        }
        let is_whole = |(frame, _): &(Vec<u8>, Instant)| *frame == self.held;
        if let Some(place) = self.expected.iter().position(is_whole) {
            self.removed += self.held.len() as u64;
            self.held.clear();
            self.expected.drain(..=place);
        }
    }
}
