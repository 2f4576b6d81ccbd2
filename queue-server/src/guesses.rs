//! Receipts are asked for, not guessed: whoever was wrong too often waits.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Wrong ones within the time: somebody who mistypes finds it after three.
const WRONG_MAX: u32 = 10;

/// The time in which they are counted.
const WITHIN: Duration = Duration::from_secs(10 * 60);

/// Askers remembered: credentials and people of the largest hall. Past it the one that began first goes.
const ASKERS_MAX: usize = 2_000;

/// Wrong guesses by who made them.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<BTreeMap<String, Wrong>>);

#[derive(Debug, Clone, Copy)]
struct Wrong {
    count: u32,
    began: Instant,
}

impl Guesses {
    /// True if this one may ask now.
    #[must_use]
    pub fn may_ask(&self, who: &str, now: Instant) -> bool {
        let wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_late = wrong.get(who).filter(|wrong| now.duration_since(wrong.began) < WITHIN);
        of_late.is_none_or(|wrong| wrong.count < WRONG_MAX)
    }

    /// Counts a wrong one.
    pub fn was_wrong(&self, who: &str, now: Instant) {
        let mut wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if wrong.len() >= ASKERS_MAX && !wrong.contains_key(who) {
            let first = wrong.iter().min_by_key(|(_, wrong)| wrong.began);
            let first = first.map(|(who, _)| who.clone());
            first.and_then(|who| wrong.remove(&who));
        }
        let fresh = Wrong { count: 0, began: now };
        let of_asker = wrong.entry(who.to_owned()).or_insert(fresh);
        if now.duration_since(of_asker.began) >= WITHIN {
            *of_asker = fresh;
        }
        of_asker.count = of_asker.count.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_wrong_ten_times_waits_and_nobody_else_does() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        for _ in 0..WRONG_MAX {
            assert!(guesses.may_ask("kiosk-1", now));
            guesses.was_wrong("kiosk-1", now);
        }
        assert!(!guesses.may_ask("kiosk-1", now) && guesses.may_ask("kiosk-2", now));
        assert!(!guesses.may_ask("kiosk-1", now + WITHIN - Duration::from_secs(1)));
        assert!(guesses.may_ask("kiosk-1", now + WITHIN));
    }

    #[test]
    fn the_memory_of_it_has_an_end() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        for asker in 0..=ASKERS_MAX as u64 {
            guesses.was_wrong(&asker.to_string(), now + Duration::from_millis(asker));
        }
        assert_eq!(guesses.0.lock().unwrap().len(), ASKERS_MAX);
    }
}
