//! The hall's time: it follows the clock and never goes back. After the clock was set back it goes
//! on at half the pace until the clock has caught up, so that pauses between calls, time limits
//! and services still last (`docs/decisions/0006-*`).

use hall::time::{Millis, Timestamp};

/// A clock behind the hall's time by more than this is told; less is a clock that is kept right.
pub const CLOCK_BEHIND_TOLD: Millis = Millis::from_secs(30);

/// So many milliseconds of the clock for one of the hall, while the clock is behind.
const CLOCK_PER_HALL: i64 = 2;

/// The hall's time, and the clock as it was read last.
#[derive(Debug, Clone, Copy)]
pub(super) struct HallTime {
    now: Timestamp,
    /// None before the first look: what passed while nobody looked is not known.
    seen: Option<Timestamp>,
    told: bool,
}

impl HallTime {
    /// A hall whose last event was then.
    pub const fn after(last: Timestamp) -> Self {
        Self { now: last, seen: None, told: false }
    }

    /// What the hall's time is when the clock shows this.
    pub fn at(&self, clock: Timestamp) -> Timestamp {
        clock.max(Timestamp(self.now.0 + self.passed(clock)))
    }

    /// Goes on to what the clock shows.
    pub fn follow(&mut self, clock: Timestamp) -> Timestamp {
        let passed = self.passed(clock);
        // Half milliseconds are not lost: what was not counted is counted with the next look.
        let counted = self.seen.map(|seen| Timestamp(seen.0 + passed * CLOCK_PER_HALL));
        self.now = self.at(clock);
        self.seen = Some(match counted {
            Some(counted) if self.now > clock && counted <= clock => counted,
            Some(_) | None => clock,
        });
        self.tell(clock);
        self.now
    }

    /// What the clock shows when the hall's time is `due`.
    pub fn clock_at(&self, due: Timestamp) -> Timestamp {
        let (Some(seen), true) = (self.seen, due > self.now) else { return due };
        // Whichever comes first: the clock itself, or the hall's time at half the pace.
        due.min(Timestamp(seen.0.saturating_add((due.0 - self.now.0) * CLOCK_PER_HALL)))
    }

    /// Milliseconds of the hall since the last look, if the clock is behind.
    fn passed(&self, clock: Timestamp) -> i64 {
        self.seen.map_or(0, |seen| (clock.0 - seen.0).max(0) / CLOCK_PER_HALL)
    }

    fn tell(&mut self, clock: Timestamp) {
        let behind = self.now.since(clock);
        if behind > CLOCK_BEHIND_TOLD && !self.told {
            let seconds = behind.0 / 1_000;
            tracing::warn!(
                seconds,
                "the clock was set back; the hall goes on at half the pace until it has caught up"
            );
            self.told = true;
        } else if behind == Millis(0) && self.told {
            tracing::info!("the clock has caught up with the hall");
            self.told = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn at(minute: i64) -> Timestamp {
        Timestamp(minute * MINUTE)
    }

    #[test]
    fn it_is_the_clock_s_as_long_as_that_goes_on() {
        let mut time = HallTime::after(at(600));
        for minute in [600, 601, 601, 660, 2_000] {
            assert_eq!(time.follow(at(minute)), at(minute));
        }
    }

    #[test]
    fn set_back_five_minutes_it_goes_on_at_half_the_pace_until_the_clock_has_caught_up() {
        let mut time = HallTime::after(at(600));
        assert_eq!(time.follow(at(600)), at(600));
        assert_eq!(time.follow(at(595)), at(600));
        assert_eq!(time.at(at(597)), at(601));
        assert_eq!(time.follow(at(599)), at(602));
        assert_eq!(time.follow(at(605)), at(605));
        assert_eq!(time.follow(at(606)), at(606));
    }

    #[test]
    fn a_look_every_millisecond_is_no_slower_than_one_a_minute() {
        let mut time = HallTime::after(at(600));
        time.follow(at(595));
        for clock in at(595).0..=at(597).0 {
            time.follow(Timestamp(clock));
        }
        assert_eq!(time.at(at(597)), at(601));
    }

    #[test]
    fn set_back_again_while_it_catches_up_it_never_goes_back() {
        let mut time = HallTime::after(at(600));
        let clocks = [600, 595, 597, 592, 593, 590, 591, 598, 620];
        let times: Vec<Timestamp> = clocks.map(|minute| time.follow(at(minute))).to_vec();
        assert!(times.is_sorted(), "{times:?}");
        assert_eq!(times.last(), Some(&at(620)));
    }

    #[test]
    fn it_says_when_the_clock_will_show_what_is_due() {
        let mut time = HallTime::after(at(600));
        assert_eq!(time.clock_at(at(610)), at(610), "nobody has looked yet");
        time.follow(at(595));
        assert_eq!(time.clock_at(at(601)), at(597));
        assert_eq!(time.clock_at(at(620)), at(620), "by then the clock has caught up");
        time.follow(at(600));
        assert_eq!(time.clock_at(at(600)), at(600), "what is due is due at once");
    }
}
