//! A virtual device: hears bytes, keeps its own picture of what they did, answers and repeats like
//! the real one. No IO; time comes in as a value.

pub mod card;
mod keys;
mod shows;
mod told;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use card::Card;
use shows::Shows;
use told::Told;
use wire::{device::Picture, ids::DeviceId};

use super::led::{Diodes, Letter};
use crate::{
    config::said,
    dialects::{Frame, Tongue},
    profile::{Ack, Kind, Profile},
};

/// How long a device takes before it answers.
const TURN_ROUND: Duration = Duration::from_millis(2);

/// A pad says a key again if it hears no acknowledgement for this long.
const SAYS_AGAIN: Duration = Duration::from_millis(300);

/// How often it says it in all.
const SAYS_MAX: u8 = 4;

/// An evaluator that nobody presses goes dark after this long.
pub const LIT_FOR: Duration = Duration::from_secs(60);

/// A virtual device.
#[derive(Debug)]
pub struct Twin {
    id: DeviceId,
    address: u8,
    profile: Arc<Profile>,
    tongue: Tongue,
    shows: Shows,
    typed: Vec<u8>,
    powered: bool,
    deaf: u32,
    /// A card says no so often, with this error.
    refuses: (u32, u8),
    card: Card,
    saying: Option<Saying>,
    answers: Vec<(Instant, Vec<u8>)>,
    lit_for: Duration,
    changes: u64,
    repeats: u64,
    acknowledged: u64,
}

/// A frame that waits for its acknowledgement.
#[derive(Debug)]
struct Saying {
    frame: Vec<u8>,
    /// None while it waits to be asked.
    due: Option<Instant>,
    left: u8,
}

/// A key that the device does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", said("bridge.twin_bad_key", &[("key", key), ("keys", keys)]))]
pub struct NoSuchKey {
    /// The key asked for.
    pub key: String,
    /// Those that there are.
    pub keys: String,
}

impl Twin {
    /// A device just switched on.
    #[must_use]
    pub fn new(id: DeviceId, address: u8, profile: Arc<Profile>) -> Self {
        Self {
            id,
            address,
            tongue: profile.tongue(),
            shows: Shows::dark(&profile),
            profile,
            typed: Vec::new(),
            powered: true,
            deaf: 0,
            refuses: (0, 0),
            card: Card::default(),
            saying: None,
            answers: Vec::new(),
            lit_for: LIT_FOR,
            changes: 0,
            repeats: 0,
            acknowledged: 0,
        }
    }

    /// The same device, if an evaluator with lamps that go out after this long.
    #[must_use]
    pub const fn lit_for(mut self, time: Duration) -> Self {
        self.lit_for = time;
        self
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> DeviceId {
        self.id
    }

    /// Its profile.
    #[must_use]
    pub const fn profile(&self) -> &Arc<Profile> {
        &self.profile
    }

    /// What finds the frames that it hears.
    #[must_use]
    pub const fn tongue(&self) -> &Tongue {
        &self.tongue
    }

    /// Counts the changes of its picture.
    #[must_use]
    pub const fn changes(&self) -> u64 {
        self.changes
    }

    /// How often it had to say something again.
    #[must_use]
    pub const fn repeats(&self) -> u64 {
        self.repeats
    }

    /// How many of its keys were acknowledged.
    #[must_use]
    pub const fn acknowledged(&self) -> u64 {
        self.acknowledged
    }

    /// The last success or failure that a pad was told.
    #[must_use]
    pub const fn feedback(&self) -> Option<bool> {
        match self.shows {
            Shows::Pad { feedback, .. } => feedback,
            Shows::Strip { .. } | Shows::Panel { .. } | Shows::Evaluator { .. } => None,
        }
    }

    /// What a card keeps beside its areas; of other devices it says nothing.
    pub const fn card(&mut self) -> &mut Card {
        &mut self.card
    }

    /// The names of its keys.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        keys::names(&self.profile)
    }

    /// Power is cut or comes back; everything shown is gone.
    pub fn power(&mut self, on: bool) {
        self.powered = on;
        self.shows = Shows::dark(&self.profile);
        self.saying = None;
        self.answers.clear();
        self.changes += 1;
    }

    /// So many of the next frames from the host are lost.
    pub const fn deafen(&mut self, frames: u32) {
        self.deaf = frames;
    }

    /// A card says no to so many of the next frames, with this error.
    pub const fn refuse(&mut self, frames: u32, error: u8) {
        self.refuses = (frames, error);
    }

    /// A frame of the host came.
    pub fn handle_frame(&mut self, frame: &Frame, now: Instant) {
        if frame.address != self.address || !self.powered || frame.answer {
            return;
        }
        if self.deaf > 0 {
            self.deaf -= 1;
            return;
        }
        if self.refuses.0 > 0 {
            self.refuses.0 -= 1;
            let no = self.card.no(self.address, self.refuses.1);
            self.answers.push((now + TURN_ROUND, no));
            return;
        }
        let told = told::read(frame, &self.profile);
        self.card.take(frame, now);
        let answer = told::answer(frame, &told, &self.profile, &self.card, now);
        self.answers.extend(answer.map(|bytes| (now + TURN_ROUND, bytes)));
        if told == Told::Ack {
            self.acknowledged += u64::from(self.saying.take().is_some());
        } else if told == Told::Poll
            && let Some(saying) = self.saying.as_mut().filter(|saying| saying.due.is_none())
        {
            saying.due = Some(now + TURN_ROUND);
        }
        let changed = self.shows.take(&told, self.lit_for, now);
        self.changes += u64::from(changed);
    }

    /// Time has passed: lamps that nobody pressed go out, a card's old areas go away.
    pub fn handle_timeout(&mut self, now: Instant) {
        let changed = self.shows.handle_timeout(now);
        self.changes += u64::from(changed);
    }

    /// A key is pressed, by the name printed on it or by its meaning.
    ///
    /// # Errors
    /// If the device has no such key.
    pub fn press(&mut self, key: &str, now: Instant) -> Result<(), NoSuchKey> {
        if !self.powered {
            return Ok(());
        }
        let no_such = NoSuchKey { key: key.to_owned(), keys: self.keys().join(" ") };
        let frame = match self.profile.kind {
            Kind::Strip | Kind::Screen => None,
            Kind::Pad => {
                if let Some(digit) = key.parse::<u8>().ok().filter(|digit| *digit <= 9) {
                    if self.typed.len() < keys::typed_max(&self.profile) {
                        self.typed.push(digit);
                    }
                    return Ok(());
                }
                let typed = std::mem::take(&mut self.typed);
                let printed = keys::printed(&self.profile).iter().find(|(name, _)| *name == key);
                let data = match printed {
                    Some(&(_, function)) => Some([&typed[..], &[function]].concat()),
                    None => self.profile.bytes_of(key),
                };
                data.and_then(|data| keys::pad_frame(self.address, &data, &self.profile))
            }
            Kind::Evaluator => {
                let level = key.parse().ok();
                level.and_then(|level| keys::grade_frame(self.address, level, &self.profile))
            }
        };
        let frame = frame.ok_or(no_such)?;
        if let Shows::Evaluator { lit_until } = &mut self.shows {
            self.changes += u64::from(lit_until.take().is_some());
        }
        let due = (self.profile.poll_millis == 0).then_some(now);
        self.saying = Some(Saying { frame, due, left: SAYS_MAX });
        Ok(())
    }

    /// Says the same frame this often although nobody asks: a bouncing key.
    pub fn bounce(&mut self, frame: Vec<u8>, now: Instant) {
        self.answers.push((now, frame));
    }

    /// What it says now.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        if let Some(at) = self.answers.iter().position(|(due, _)| *due <= now) {
            return Some(self.answers.remove(at).1);
        }
        let waits = self.profile.ack != Ack::None;
        let is_polled = self.profile.poll_millis > 0;
        let saying =
            self.saying.as_mut().filter(|saying| saying.due.is_some_and(|due| due <= now))?;
        self.repeats += u64::from(saying.left < SAYS_MAX);
        saying.left -= 1;
        saying.due = (!is_polled).then(|| now + SAYS_AGAIN);
        let frame = saying.frame.clone();
        if saying.left == 0 || !waits {
            self.saying = None;
        }
        Some(frame)
    }

    /// When it next has something to say, or changes by itself.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let answers = self.answers.iter().map(|(due, _)| *due);
        let saying = self.saying.as_ref().and_then(|saying| saying.due);
        answers.chain(saying).chain(self.shows.poll_timeout()).min()
    }

    /// What it shows.
    #[must_use]
    pub fn picture(&self) -> Picture {
        self.shows.picture(&self.profile)
    }

    /// A strip's or a screen's characters with their colours.
    #[must_use]
    pub fn strip(&self) -> Option<&[Letter]> {
        self.shows.letters()
    }

    /// The diodes of a strip or a screen.
    #[must_use]
    pub fn diodes(&self) -> Option<Diodes> {
        self.shows.diodes(self.profile.panel.as_ref())
    }
}

#[cfg(test)]
mod tests;
