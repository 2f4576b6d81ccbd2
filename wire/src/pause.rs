//! 重连: how long to wait before connecting again.
//!
//! A connection that soon breaks counts like one that never came about: the next wait is longer. So
//! two programs under one client id, of which the broker keeps only the newest, do not throw each
//! other out as fast as they can.

use std::time::Duration;

/// The first wait.
const FIRST: Duration = Duration::from_millis(100);

/// The longest wait; a screen is right again within ten seconds after the broker is.
const LONGEST: Duration = Duration::from_secs(5);

/// A connection that stood so long was a good one.
const STEADY: Duration = Duration::from_secs(15);

/// So many connections in a row that soon broke are told.
const SHORT_ONES: u32 = 5;

/// The waits between attempts, longer each time until a connection stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    next: Duration,
    short_ones: u32,
}

impl Default for Pause {
    fn default() -> Self {
        Self { next: FIRST, short_ones: 0 }
    }
}

impl Pause {
    /// How long to wait now; `stood` is how long the connection stood, none if it never did.
    pub fn after(&mut self, stood: Option<Duration>) -> Duration {
        match stood {
            Some(stood) if stood >= STEADY => *self = Self::default(),
            Some(_) => self.short_ones += 1,
            None => {}
        }
        let now = self.next;
        self.next = (self.next * 2).min(LONGEST);
        now
    }

    /// True once, when several connections in a row broke soon after they were made: somebody else
    /// may be using the same name.
    #[must_use]
    pub const fn looks_thrown_out(&self) -> bool {
        self.short_ones == SHORT_ONES
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LONGEST, Pause};

    #[test]
    fn a_broker_that_is_away_is_asked_ever_more_seldom_and_a_good_connection_begins_anew() {
        let mut pause = Pause::default();
        let waits: Vec<u128> = (0..8).map(|_| pause.after(None).as_millis()).collect();
        assert_eq!(waits, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
        assert!(!pause.looks_thrown_out());
        assert_eq!(pause.after(Some(Duration::from_secs(60))).as_millis(), 100);
    }

    #[test]
    fn who_is_thrown_out_again_and_again_slows_down_and_it_is_told_once() {
        let mut pause = Pause::default();
        let mut told = 0;
        for _ in 0..20 {
            pause.after(Some(Duration::from_millis(3)));
            told += u32::from(pause.looks_thrown_out());
        }
        assert_eq!((pause.after(Some(Duration::ZERO)), told), (LONGEST, 1));
    }
}
