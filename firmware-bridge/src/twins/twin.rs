//! A virtual device: hears bytes, keeps its own picture of what they did, answers and repeats like
//! the real one. No IO; time comes in as a value.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use wire::{device::Picture, ids::DeviceId};

use crate::{
    config::said,
    dialects::{Frame, a090, ff68},
    profile::{Ack, Kind, Profile},
};

/// How long a device takes before it answers.
const TURN_ROUND: Duration = Duration::from_millis(2);

/// A pad says a key again if it hears no acknowledgement for this long.
const SAYS_AGAIN: Duration = Duration::from_millis(300);

/// How often it says it in all.
const SAYS_MAX: u8 = 4;

/// Digits typed before a function key; S11 drops frames with more.
const TYPED_MAX: usize = 2;

/// An evaluator that nobody presses goes dark after this long.
pub const LIT_FOR: Duration = Duration::from_secs(60);

/// Positions of a pad's display.
const POSITIONS: usize = 6;

/// The keys of a pad by the names that are printed on them.
const PAD_KEYS: [(&str, u8); 9] = [
    ("start", 0x0A),
    ("finish", 0x0B),
    ("call", 0x0C),
    ("recall", 0x0D),
    ("cancel", 0x0E),
    ("ok", 0x0F),
    ("one_metre", 0x11),
    ("pause", 0x12),
    ("transfer", 0x13),
];

/// A virtual device.
#[derive(Debug)]
pub struct Twin {
    id: DeviceId,
    address: u8,
    profile: Arc<Profile>,
    shows: Shows,
    powered: bool,
    deaf: u32,
    saying: Option<Saying>,
    answers: Vec<(Instant, Vec<u8>)>,
    lit_for: Duration,
    changes: u64,
    repeats: u64,
}

/// What it shows.
#[derive(Debug)]
enum Shows {
    Strip { text: Vec<(char, u8)> },
    Pad { digits: [u8; POSITIONS], beeps: u32, feedback: Option<bool>, typed: Vec<u8> },
    Evaluator { lit_until: Option<Instant> },
}

/// A frame that waits for its acknowledgement.
#[derive(Debug)]
struct Saying {
    frame: Vec<u8>,
    due: Instant,
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
        let shows = dark(profile.kind);
        Self {
            id,
            address,
            profile,
            shows,
            powered: true,
            deaf: 0,
            saying: None,
            answers: Vec::new(),
            lit_for: LIT_FOR,
            changes: 0,
            repeats: 0,
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

    /// The last success or failure that a pad was told.
    #[must_use]
    pub const fn feedback(&self) -> Option<bool> {
        match self.shows {
            Shows::Pad { feedback, .. } => feedback,
            Shows::Strip { .. } | Shows::Evaluator { .. } => None,
        }
    }

    /// The names of its keys.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        match self.profile.kind {
            Kind::Strip => Vec::new(),
            Kind::Pad => {
                let digits = (0..=9).map(|digit: u8| digit.to_string());
                let printed = PAD_KEYS.iter().map(|(name, _)| (*name).to_owned());
                let known: Vec<String> = digits.chain(printed).collect();
                let meant = self.profile.meanings();
                let meant: Vec<String> =
                    meant.into_iter().filter(|key| !known.contains(key)).collect();
                [known, meant].concat()
            }
            Kind::Evaluator => self.profile.levels().iter().map(u8::to_string).collect(),
        }
    }

    /// Power is cut or comes back; everything shown is gone.
    pub fn power(&mut self, on: bool) {
        self.powered = on;
        self.shows = dark(self.profile.kind);
        self.saying = None;
        self.answers.clear();
        self.changes += 1;
    }

    /// So many of the next frames from the host are lost.
    pub const fn deafen(&mut self, frames: u32) {
        self.deaf = frames;
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
        let changed = match &mut self.shows {
            Shows::Strip { text } => {
                self.answers.push((now + TURN_ROUND, a090::answer(self.address).to_vec()));
                let read = a090::read_text(&frame.data);
                let shows = frame.func == a090::CMD_SHOW && *text != read;
                if shows {
                    *text = read;
                }
                shows
            }
            Shows::Pad { digits, beeps, feedback, .. } => match (frame.func, &frame.data[..]) {
                (ff68::FUNC_KEY, _) => {
                    self.saying = None;
                    false
                }
                (ff68::FUNC_BEEP, []) => {
                    *beeps = beeps.wrapping_add(1);
                    true
                }
                (ff68::FUNC_SHOW, &[done]) if done <= 1 => {
                    *feedback = Some(done == 1);
                    true
                }
                (ff68::FUNC_SHOW, shown) => put(digits, shown),
                _ => false,
            },
            Shows::Evaluator { lit_until } => match (frame.func, &frame.data[..]) {
                (ff68::FUNC_KEY, &[ff68::KEY_EVALUATE]) => {
                    lit_until.replace(now + self.lit_for).is_none()
                }
                (ff68::FUNC_KEY, _) if acknowledges(&self.profile, frame) => {
                    self.saying = None;
                    false
                }
                _ => false,
            },
        };
        self.changes += u64::from(changed);
    }

    /// Time has passed: lamps that nobody pressed go out.
    pub fn handle_timeout(&mut self, now: Instant) {
        if let Shows::Evaluator { lit_until } = &mut self.shows
            && lit_until.is_some_and(|until| until <= now)
        {
            *lit_until = None;
            self.changes += 1;
        }
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
        let frame = match &mut self.shows {
            Shows::Strip { .. } => return Err(no_such),
            Shows::Pad { typed, .. } => {
                if let Some(digit) = key.parse::<u8>().ok().filter(|digit| *digit <= 9) {
                    if typed.len() < TYPED_MAX {
                        typed.push(digit);
                    }
                    return Ok(());
                }
                let printed = PAD_KEYS.iter().find(|(name, _)| *name == key);
                let data = match printed {
                    Some(&(_, function)) => {
                        let mut data = std::mem::take(typed);
                        data.push(function);
                        data
                    }
                    None => {
                        typed.clear();
                        self.profile.bytes_of(key).ok_or(no_such)?
                    }
                };
                ff68::frame(self.address, ff68::FUNC_KEY, &data)
            }
            Shows::Evaluator { lit_until } => {
                let level = key.parse::<u8>().map_err(|_| no_such.clone())?;
                let byte = self.profile.grades.iter().find(|(_, found)| **found == level);
                let byte = byte.and_then(|(byte, _)| u8::from_str_radix(byte, 16).ok());
                let byte = byte.ok_or(no_such)?;
                self.changes += u64::from(lit_until.take().is_some());
                ff68::frame(self.address, ff68::FUNC_RESULT, &[byte])
            }
        };
        self.saying = Some(Saying { frame, due: now, left: SAYS_MAX });
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
        let saying = self.saying.as_mut().filter(|saying| saying.due <= now)?;
        self.repeats += u64::from(saying.left < SAYS_MAX);
        saying.left -= 1;
        saying.due = now + SAYS_AGAIN;
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
        let lit_until = match self.shows {
            Shows::Evaluator { lit_until } => lit_until,
            Shows::Strip { .. } | Shows::Pad { .. } => None,
        };
        answers.chain(self.saying.as_ref().map(|saying| saying.due)).chain(lit_until).min()
    }

    /// What it shows.
    #[must_use]
    pub fn picture(&self) -> Picture {
        match &self.shows {
            Shows::Strip { text } => Picture::Strip {
                text: text.iter().map(|(character, _)| *character).collect(),
                colour: text.first().map_or(0, |(_, colour)| *colour),
            },
            Shows::Pad { digits, beeps, .. } => {
                let digit = |&digit: &u8| match digit {
                    0..=9 => char::from(b'0' + digit),
                    _ => ' ',
                };
                let digits = digits.iter().map(digit).collect();
                Picture::Pad { digits, beeps: *beeps, keys: self.profile.meanings() }
            }
            Shows::Evaluator { lit_until } => {
                let levels = self.profile.levels();
                Picture::Evaluator { asking: lit_until.is_some(), keys: levels.len() as u8, levels }
            }
        }
    }

    /// A strip's characters with their colours.
    #[must_use]
    pub fn strip(&self) -> Option<&[(char, u8)]> {
        match &self.shows {
            Shows::Strip { text } => Some(text),
            Shows::Pad { .. } | Shows::Evaluator { .. } => None,
        }
    }
}

const fn dark(kind: Kind) -> Shows {
    match kind {
        Kind::Strip => Shows::Strip { text: Vec::new() },
        Kind::Pad => Shows::Pad {
            digits: [ff68::BLANK; POSITIONS],
            beeps: 0,
            feedback: None,
            typed: Vec::new(),
        },
        Kind::Evaluator => Shows::Evaluator { lit_until: None },
    }
}

/// Lets through the acknowledgement of this profile only, so that a wrong style is noticed.
fn acknowledges(profile: &Profile, frame: &Frame) -> bool {
    match profile.ack {
        Ack::None => false,
        Ack::Same => frame.func == ff68::FUNC_RESULT && !frame.bare,
        Ack::Func01 => !frame.bare && frame.data.len() == 1,
        Ack::Short => frame.bare && frame.data.is_empty(),
    }
}

/// Digits come from the left. A blank beside digits leaves its position as it is: S11 sends the
/// number and the waiting count one after the other, each with blanks in the other's place; how a
/// real pad takes that is our reading.
fn put(digits: &mut [u8; POSITIONS], shown: &[u8]) -> bool {
    let before = *digits;
    let whole = shown.len() >= POSITIONS;
    let all_blank = shown.iter().all(|&digit| digit == ff68::BLANK);
    for (place, digit) in digits.iter_mut().enumerate() {
        match shown.get(place) {
            Some(&ff68::BLANK) if whole && !all_blank => {}
            Some(&found) => *digit = found,
            None => *digit = ff68::BLANK,
        }
    }
    *digits != before
}

#[cfg(test)]
mod tests;
