//! The same few callers for every way: each asks, waits for its answer, and asks again.

use std::time::{Duration, Instant};

use crate::stats::Found;

/// How many callers at once are measured.
pub const CALLERS: [usize; 3] = [1, 8, 32];

/// What is asked again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// A ticket without paper.
    Issue,
    /// The next at the caller's own window; between two calls the clerk finishes the ticket, which
    /// is not measured but takes its time.
    CallNext,
}

/// What a caller asks next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// A ticket for the queue of this place.
    Issue {
        /// Among the hall's queues.
        queue: usize,
    },
    /// The next one.
    CallNext,
    /// The service is over.
    Finish,
}

impl Work {
    /// The asking of a caller's n-th turn.
    #[must_use]
    pub const fn asking(self, caller: usize, turn: usize) -> Asking {
        match self {
            Self::Issue => Asking::Issue { queue: (caller + turn) % crate::halls::QUEUES.len() },
            Self::CallNext if turn.is_multiple_of(2) => Asking::CallNext,
            Self::CallNext => Asking::Finish,
        }
    }

    /// True if a caller may stop before this turn: its window is free again.
    #[must_use]
    pub const fn may_stop(self, turn: usize) -> bool {
        matches!(self.asking(0, turn), Asking::Issue { .. } | Asking::CallNext)
    }
}

impl Asking {
    /// True if its time is measured.
    #[must_use]
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Finish)
    }
}

/// When measuring begins and ends.
#[derive(Debug, Clone, Copy)]
pub struct Watch {
    begin: Instant,
    end: Instant,
}

impl Watch {
    /// Begins after the warm-up and measures for a span.
    #[must_use]
    pub fn start(warm_up: Duration, span: Duration) -> Self {
        let begin = Instant::now() + warm_up;
        Self { begin, end: begin + span }
    }

    /// True while callers go on.
    #[must_use]
    pub fn runs(&self) -> bool {
        Instant::now() < self.end
    }

    /// Notes an asking, if it was answered within the span.
    pub fn note(&self, asked: Instant, found: &mut Found) {
        let now = Instant::now();
        if self.begin <= now && now < self.end {
            found.each.push(now - asked);
        }
    }

    /// The span.
    #[must_use]
    pub fn span(&self) -> Duration {
        self.end - self.begin
    }
}
