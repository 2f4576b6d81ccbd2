//! The conversation with a reader: find, select, read, and lift before the next. No IO; time comes
//! in as a value.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::{
    Presented, ReaderKey, Unread,
    frame::{FOUND, Frames, NOT_READ, OK, Request},
    text,
};
use crate::moment::Wall;

/// How often a card is looked for; more often heats the reader and finds nothing sooner.
const FIND_EVERY: Duration = Duration::from_millis(300);

/// A reader answers a find and a select within this.
const ANSWER_WAITS: Duration = Duration::from_millis(400);

/// Reading takes the chip a second.
const READ_WAITS: Duration = Duration::from_millis(2_500);

/// So many silences in a row, and the reader counts as away.
const SILENCES_MAX: u32 = 3;

/// What a reader tells the program that issues tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A card.
    Card(Presented),
    /// A card that gave nothing.
    Unread(Unread),
    /// The reader is there, or is not.
    Here(bool),
}

/// What is asked next, or was asked last.
#[derive(Debug, Clone, Copy)]
enum Turn {
    /// To be asked at this time.
    Due(Request, Instant),
    /// Its answer is awaited until then.
    Asked(Request, Instant),
}

/// A reader.
pub struct Reader {
    frames: Frames,
    turn: Turn,
    /// The card that was read still lies there.
    lies: bool,
    silences: u32,
    here: Option<bool>,
    readings: VecDeque<Reading>,
}

impl Reader {
    /// A reader that nothing is known of yet.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self {
            frames: Frames::default(),
            turn: Turn::Due(Request::Find, now),
            lies: false,
            silences: 0,
            here: None,
            readings: VecDeque::new(),
        }
    }

    /// Bytes came from the reader; a card that is read becomes what the key and the day make of it.
    pub fn handle_bytes(&mut self, bytes: &[u8], key: &ReaderKey, today: Wall, now: Instant) {
        self.frames.take(bytes);
        while let Some(body) = self.frames.next() {
            let Some((state, data)) = body.answer() else { continue };
            let Turn::Asked(request, _) = self.turn else { continue };
            self.silences = 0;
            self.is_here(true);
            match (request, state) {
                (Request::Find, FOUND) if !self.lies => self.ask(Request::Select, now),
                (Request::Find, FOUND) => self.rest(now),
                (Request::Select, OK) => self.ask(Request::Read, now),
                (Request::Read, OK) => {
                    self.lies = true;
                    let read = text_of(data).ok_or(Unread::Again);
                    let read = read.and_then(|text| text::read(text, key, today));
                    self.readings.push_back(match read {
                        Ok(card) => Reading::Card(card),
                        Err(why) => Reading::Unread(why),
                    });
                    self.rest(now);
                }
                (Request::Read, NOT_READ) | (Request::Read | Request::Select, _) => {
                    self.readings.push_back(Reading::Unread(Unread::Again));
                    self.lies = true;
                    self.rest(now);
                }
                (Request::Find | Request::Status, _) => {
                    // No card: the one that was read has been lifted.
                    self.lies = false;
                    self.rest(now);
                }
            }
        }
    }

    /// Time has passed: a reader that does not answer is asked again, and told to be away after a
    /// while.
    pub fn handle_timeout(&mut self, now: Instant) {
        if !matches!(self.turn, Turn::Asked(_, until) if until <= now) {
            return;
        }
        self.frames.give_up();
        self.silences = self.silences.saturating_add(1);
        if self.silences >= SILENCES_MAX {
            self.is_here(false);
            self.lies = false;
        }
        self.rest(now);
    }

    /// What to ask now.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        let Turn::Due(request, at) = self.turn else { return None };
        if at > now {
            return None;
        }
        let patience = if request == Request::Read { READ_WAITS } else { ANSWER_WAITS };
        self.turn = Turn::Asked(request, now + patience);
        Some(request.bytes())
    }

    /// What there is to tell.
    pub fn poll_reading(&mut self) -> Option<Reading> {
        self.readings.pop_front()
    }

    /// When [`Reader::handle_timeout`] or [`Reader::poll_transmit`] is due.
    #[must_use]
    pub fn poll_timeout(&self) -> Instant {
        match self.turn {
            Turn::Due(_, at) | Turn::Asked(_, at) => at,
        }
    }

    /// Bytes that belonged to no frame.
    #[must_use]
    pub const fn garbage(&self) -> u64 {
        self.frames.garbage()
    }

    fn ask(&mut self, request: Request, now: Instant) {
        self.turn = Turn::Due(request, now);
    }

    fn rest(&mut self, now: Instant) {
        self.turn = Turn::Due(Request::Find, now + FIND_EVERY);
    }

    fn is_here(&mut self, here: bool) {
        if self.here.replace(here) != Some(here) {
            self.readings.push_back(Reading::Here(here));
        }
    }
}

/// Behind the lengths of text and photo (and, with four more bytes, of a fingerprint) comes the
/// text; what follows it is not looked at.
fn text_of(data: &[u8]) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*data.first()?, *data.get(1)?]));
    if length != text::TEXT_BYTES {
        return None;
    }
    data.get(4..4 + length)
}
