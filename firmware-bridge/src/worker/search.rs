//! The search for the speed of a card that answers nothing: each in turn, two rounds, then more
//! seldom. No IO; time comes in as a value.

use std::time::{Duration, Instant};

/// A card has so long to answer at a speed, as its maker says.
const EACH: Duration = Duration::from_secs(2);

/// After two rounds the search goes on this slowly: it is a fault of the line and not of the speed.
const LATER: Duration = Duration::from_secs(30);

/// The speeds of a line.
#[derive(Debug)]
pub struct Search {
    bauds: Vec<u32>,
    tried: usize,
    until: Option<Instant>,
}

impl Search {
    /// A line with these speeds; with a single one nothing is searched.
    #[must_use]
    pub const fn new(bauds: Vec<u32>) -> Self {
        Self { bauds, tried: 0, until: None }
    }

    /// The speed to open the port at.
    #[must_use]
    pub fn baud(&self) -> u32 {
        self.bauds.get(self.tried % self.bauds.len().max(1)).copied().unwrap_or(9_600)
    }

    /// The port was opened at this speed.
    pub fn opened(&mut self, now: Instant) {
        let patience = if self.tried < 2 * self.bauds.len() { EACH } else { LATER };
        self.until = (self.bauds.len() > 1).then_some(now + patience);
    }

    /// True if the port is to be opened again at the next speed.
    pub fn wants_next(&mut self, unanswered: bool, now: Instant) -> bool {
        if !unanswered {
            self.until = None;
        }
        if self.until.is_none_or(|until| until > now) {
            return false;
        }
        self.tried += 1;
        true
    }

    /// When [`Search::wants_next`] is to be asked.
    #[must_use]
    pub const fn poll_timeout(&self) -> Option<Instant> {
        self.until
    }
}

#[cfg(test)]
mod tests {
    //! The search, without a port.

    use super::*;

    #[test]
    fn each_speed_is_tried_twice_and_the_one_that_answers_is_kept() {
        let start = Instant::now();
        let mut search = Search::new(vec![9_600, 57_600]);
        let mut now = start;
        let mut tried = Vec::new();
        for _ in 0..4 {
            tried.push(search.baud());
            search.opened(now);
            assert!(!search.wants_next(true, now + EACH / 2));
            now += EACH;
            assert!(search.wants_next(true, now));
        }
        assert_eq!(tried, [9_600, 57_600, 9_600, 57_600]);
        search.opened(now);
        assert!(
            !search.wants_next(true, now + EACH),
            "a fault of the line is looked at more seldom"
        );
        assert!(search.wants_next(true, now + LATER));
        assert_eq!(search.baud(), 57_600);
        search.opened(now);
        assert!(!search.wants_next(false, now + LATER));
        assert_eq!(search.poll_timeout(), None);
        assert!(!search.wants_next(true, now + 2 * LATER), "one that is silent later was there");
    }

    #[test]
    fn a_line_with_one_speed_keeps_it() {
        let now = Instant::now();
        let mut search = Search::new(vec![19_200]);
        search.opened(now);
        assert!(!search.wants_next(true, now + LATER));
        assert_eq!((search.baud(), search.poll_timeout()), (19_200, None));
    }
}
