//! 谁来播: two programs may be set to one voice by mistake, or one as the other's stand-in. The first
//! by name speaks; the other one is silent until it has heard nothing of it for a while.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// After so long without a word of whoever spoke, the next one speaks; it says so with its state,
/// every fifteen seconds.
const GONE_AFTER_MILLIS: u64 = 50_000;

/// The same between threads, by this machine's time.
#[derive(Debug)]
pub struct SharedTurn {
    turn: Mutex<Turn>,
    begun: Instant,
}

impl SharedTurn {
    /// The turn of a program with this credential.
    #[must_use]
    pub fn new(own: String) -> Self {
        Self { turn: Mutex::new(Turn::new(own)), begun: Instant::now() }
    }

    /// Somebody says that it speaks. True if we are to say that we do.
    pub fn heard(&self, by: &str) -> bool {
        let now = self.now();
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let before = turn.is_ours(now);
        let answers = turn.heard(by, now);
        if before && !turn.is_ours(now) {
            tracing::warn!(
                by,
                "another program speaks for this voice; this one is silent until it is gone"
            );
        }
        answers
    }

    /// True if nobody with an earlier name speaks.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner).is_ours(self.now())
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    own: String,
    /// An earlier name, and when it was heard last.
    other: Option<(String, u64)>,
}

impl Turn {
    /// The turn of a program with this credential.
    #[must_use]
    pub const fn new(own: String) -> Self {
        Self { own, other: None }
    }

    /// Somebody says that it speaks. True if we are to say that we do: it should have waited.
    pub fn heard(&mut self, by: &str, now: u64) -> bool {
        if by < self.own.as_str() {
            // The earliest of several counts.
            let earlier = self
                .other
                .as_ref()
                .is_none_or(|(name, at)| by <= name.as_str() || now >= at + GONE_AFTER_MILLIS);
            if earlier {
                self.other = Some((by.to_owned(), now));
            }
            return false;
        }
        by != self.own && self.is_ours(now)
    }

    /// True if nobody with an earlier name speaks.
    #[must_use]
    pub fn is_ours(&self, now: u64) -> bool {
        self.other.as_ref().is_none_or(|(_, at)| now >= at + GONE_AFTER_MILLIS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_by_name_speaks_and_the_other_takes_over_when_it_is_gone() {
        let (mut one, mut two) = (Turn::new("display-1".into()), Turn::new("display-2".into()));
        assert!(one.is_ours(0) && two.is_ours(0));
        assert!(!two.heard("display-1", 0));
        assert!(one.heard("display-2", 0), "it says again that it speaks");
        assert!(one.is_ours(1_000) && !two.is_ours(1_000));
        two.heard("display-1", 15_000);
        assert!(!two.is_ours(64_999) && two.is_ours(65_000));
        assert!(!one.heard("display-1", 70_000), "our own word says nothing new");
        two.heard("display-1", 80_000);
        assert!(!two.is_ours(80_001), "the first one is back");
    }

    fn speaker(turn: &Turn, now: u64) -> Option<&str> {
        turn.other.as_ref().filter(|_| !turn.is_ours(now)).map(|(name, _)| name.as_str())
    }

    #[test]
    fn of_three_the_first_speaks() {
        let mut three = Turn::new("c".into());
        three.heard("b", 0);
        three.heard("a", 0);
        three.heard("b", 40_000);
        assert_eq!(speaker(&three, 40_000), Some("a"));
        assert_eq!(speaker(&three, 50_000), None, "b has not been heard since a was gone");
        three.heard("b", 55_000);
        assert_eq!(speaker(&three, 55_000), Some("b"));
    }
}
