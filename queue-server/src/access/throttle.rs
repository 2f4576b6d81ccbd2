//! Slows down guessing, without letting a stranger lock a clerk out by typing wrong passwords.
//!
//! A try counts as a failure before its password is looked at, so that tries side by side do not
//! outrun the count; a right password takes it back. Three counts stand side by side:
//!
//! - of an account from one place: after [`FREE_TRIES`] each failure doubles the wait;
//! - of an account from everywhere, and of a place over all accounts: wide, for guessing from many
//!   places or at many accounts. Neither holds for a place where the account signed in before.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    time::{Duration, Instant},
};

use super::SignInRefusal;

/// Failures of an account from one place that cost no wait: a clerk mistypes, and looks it up.
const FREE_TRIES: u32 = 5;

/// The wait after the last free failure; it doubles with each further one.
const WAIT_FIRST: Duration = Duration::from_secs(5);

/// The longest wait of an account from one place.
const WAIT_MAX: Duration = Duration::from_secs(15 * 60);

/// An account that was not tried from a place for so long begins anew there.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(60 * 60);

/// The time over which the wide counts count.
const WITHIN: Duration = Duration::from_secs(15 * 60);

/// Failures of one account from places where it never signed in.
const OF_ACCOUNT_MAX: u32 = 50;

/// Failures from one place: a hall's desks may all stand behind one address.
const OF_PLACE_MAX: u32 = 100;

/// Counts remembered; past it the one that rested longest goes.
const REMEMBERED_MAX: usize = 4_096;

/// Longer staff numbers are the same one to the counts.
const NO_LENGTH_MAX: usize = 32;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    AccountFrom(String, IpAddr),
    Account(String),
    Place(IpAddr),
}

impl Key {
    fn is_of(&self, account: &str) -> bool {
        match self {
            Self::AccountFrom(no, _) | Self::Account(no) => no == account,
            Self::Place(_) => false,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    began: Instant,
    last: Instant,
}

#[derive(Debug, Default)]
pub struct Throttle {
    failures: BTreeMap<Key, Failures>,
}

impl Throttle {
    /// Lets a try through and counts it as a failure, or says how long to wait; `known` if the
    /// account signed in from this place before.
    pub fn begin(
        &mut self,
        no: &str,
        from: IpAddr,
        known: bool,
        now: Instant,
    ) -> Result<(), SignInRefusal> {
        let keys = keys(no, from);
        let counted = if known { &keys[..1] } else { &keys[..] };
        if let Some(wait) = counted.iter().filter_map(|key| self.wait(key, now)).max() {
            return Err(SignInRefusal::Wait { secs: wait.as_secs().max(1) });
        }
        for key in counted {
            self.count(key.clone(), now);
        }
        Ok(())
    }

    /// Takes the last try back: the password was right.
    pub fn succeeded(&mut self, no: &str, from: IpAddr) {
        let [here, wide @ ..] = keys(no, from);
        self.failures.remove(&here);
        for key in wide {
            if let Some(failures) = self.failures.get_mut(&key) {
                failures.count = failures.count.saturating_sub(1);
            }
        }
    }

    /// How long the account waits somewhere, if it does.
    pub fn locked(&self, no: &str, now: Instant) -> Option<Duration> {
        let of_account = self.failures.keys().filter(|key| key.is_of(no));
        of_account.filter_map(|key| self.wait(key, now)).max()
    }

    /// Forgets every failure of an account.
    pub fn forget(&mut self, no: &str) {
        self.failures.retain(|key, _| !key.is_of(no));
    }

    fn wait(&self, key: &Key, now: Instant) -> Option<Duration> {
        let failures = self.failures.get(key)?;
        let since = |then: Instant| now.saturating_duration_since(then);
        let (passed, wait) = match key {
            Key::AccountFrom(..) => {
                let doublings = failures.count.checked_sub(FREE_TRIES)?.min(16);
                (since(failures.last), (WAIT_FIRST * 2_u32.pow(doublings)).min(WAIT_MAX))
            }
            Key::Account(_) if failures.count >= OF_ACCOUNT_MAX => (since(failures.began), WITHIN),
            Key::Place(_) if failures.count >= OF_PLACE_MAX => (since(failures.began), WITHIN),
            Key::Account(_) | Key::Place(_) => return None,
        };
        wait.checked_sub(passed).filter(|left| !left.is_zero())
    }

    fn count(&mut self, key: Key, now: Instant) {
        if self.failures.len() >= REMEMBERED_MAX && !self.failures.contains_key(&key) {
            let oldest = self.failures.iter().min_by_key(|(_, failures)| failures.last);
            let oldest = oldest.map(|(key, _)| key.clone());
            oldest.and_then(|key| self.failures.remove(&key));
        }
        let fresh = Failures { count: 0, began: now, last: now };
        let failures = self.failures.entry(key.clone()).or_insert(fresh);
        let over = match key {
            Key::AccountFrom(..) => now.saturating_duration_since(failures.last) > FORGOTTEN_AFTER,
            Key::Account(_) | Key::Place(_) => {
                now.saturating_duration_since(failures.began) > WITHIN
            }
        };
        if over {
            *failures = fresh;
        }
        failures.count = failures.count.saturating_add(1);
        failures.last = now;
    }
}

/// The account from here, then the wide ones.
fn keys(no: &str, from: IpAddr) -> [Key; 3] {
    let no: String = no.chars().take(NO_LENGTH_MAX).collect();
    [Key::AccountFrom(no.clone(), from), Key::Account(no), Key::Place(from)]
}

#[cfg(test)]
mod tests;
