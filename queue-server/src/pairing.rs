//! 配对: whoever sets up a new bridge, kiosk or screen types a short code once and gets its credential.
//!
//! A code is made by the office, is good for ten minutes and for one use, and lives in memory only: a
//! restart voids it. Eight digits can be typed at any keyboard; guessing them is bounded from each
//! place and over all, and past the bound every open code is void.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use hall::ids::WindowId;

use crate::access::{self, CredentialName, Role};

/// How long a code is good.
pub const CODE_LASTS: Duration = Duration::from_secs(10 * 60);

/// Codes open at once; more are made when these are used or void.
const OPEN_MAX: usize = 16;

/// Wrong codes from one place within [`CODE_LASTS`]; past it nothing from there is looked at.
const WRONG_OF_PLACE_MAX: u32 = 5;

/// Wrong codes from everywhere since a code was made; past it every open code is void.
const WRONG_MAX: u32 = 50;

/// Places whose wrong codes are counted; past it the oldest goes.
const PLACES_MAX: usize = 1_024;

/// Eight digits.
const CODES: u64 = 100_000_000;

/// What a code gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The credential's name.
    pub name: CredentialName,
    /// What it may do.
    pub role: Role,
    /// The only windows it may act at; empty for all.
    pub windows: Vec<WindowId>,
}

/// A code that nobody has used yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Eight digits.
    pub code: String,
    /// What it gives.
    pub offer: Offer,
    /// How long it is still good.
    pub left: Duration,
}

/// No code was made, or none was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairingRefusal {
    /// Too many codes are open.
    #[error("too many codes are open")]
    TooManyOpen,
    /// No such code, or not any more.
    #[error("no such code")]
    NoSuchCode,
    /// Too many wrong codes from this place.
    #[error("too many wrong codes")]
    TooManyWrong,
    /// The system gives no random bytes.
    #[error("no random bytes")]
    NoLuck,
}

/// The open codes.
#[derive(Default)]
pub struct Pairings {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    open: BTreeMap<String, (Offer, Instant)>,
    wrong: u32,
    places: BTreeMap<IpAddr, (u32, Instant)>,
}

impl Pairings {
    /// Makes a code; an open one for the same credential is void.
    ///
    /// # Errors
    /// [`PairingRefusal`].
    pub fn offer(&self, offer: Offer, now: Instant) -> Result<String, PairingRefusal> {
        let mut inner = self.lock();
        inner.forget(now);
        inner.open.retain(|_, (open, _)| open.name != offer.name);
        if inner.open.len() >= OPEN_MAX {
            return Err(PairingRefusal::TooManyOpen);
        }
        let code = loop {
            let luck = getrandom::u64().map_err(|_| PairingRefusal::NoLuck)?;
            let code = format!("{:08}", luck % CODES);
            if !inner.open.contains_key(&code) {
                break code;
            }
        };
        if inner.open.is_empty() {
            inner.wrong = 0;
        }
        inner.open.insert(code.clone(), (offer, now));
        Ok(code)
    }

    /// Takes a code, which is void from now on; blanks and dashes do not count.
    ///
    /// # Errors
    /// [`PairingRefusal`].
    pub fn redeem(&self, code: &str, from: IpAddr, now: Instant) -> Result<Offer, PairingRefusal> {
        let code: String = code.chars().filter(char::is_ascii_digit).take(16).collect();
        let place = access::network(from);
        let mut inner = self.lock();
        inner.forget(now);
        if inner.places.get(&place).is_some_and(|(wrong, _)| *wrong >= WRONG_OF_PLACE_MAX) {
            return Err(PairingRefusal::TooManyWrong);
        }
        if let Some((offer, _)) = inner.open.remove(&code) {
            inner.places.remove(&place);
            return Ok(offer);
        }
        inner.note_wrong(place, now);
        Err(PairingRefusal::NoSuchCode)
    }

    /// Takes a code back.
    pub fn void(&self, name: CredentialName) {
        self.lock().open.retain(|_, (open, _)| open.name != name);
    }

    /// The codes that are open now.
    #[must_use]
    pub fn open(&self, now: Instant) -> Vec<Open> {
        let mut inner = self.lock();
        inner.forget(now);
        let open = |(code, (offer, made)): (&String, &(Offer, Instant))| Open {
            code: code.clone(),
            offer: offer.clone(),
            left: CODE_LASTS.saturating_sub(now.saturating_duration_since(*made)),
        };
        inner.open.iter().map(open).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn forget(&mut self, now: Instant) {
        let lasts = |made: &Instant| now.saturating_duration_since(*made) < CODE_LASTS;
        self.open.retain(|_, (_, made)| lasts(made));
        self.places.retain(|_, (_, last)| lasts(last));
    }

    fn note_wrong(&mut self, place: IpAddr, now: Instant) {
        if self.places.len() >= PLACES_MAX
            && let Some(oldest) = self.places.iter().min_by_key(|(_, (_, last))| *last)
        {
            let oldest = *oldest.0;
            self.places.remove(&oldest);
        }
        let (count, last) = self.places.entry(place).or_insert((0, now));
        (*count, *last) = (*count + 1, now);
        self.wrong += 1;
        if self.wrong >= WRONG_MAX && !self.open.is_empty() {
            tracing::warn!("too many wrong pairing codes: every open one is void");
            self.open.clear();
        }
    }
}

#[cfg(test)]
mod tests;
