//! The conversation with a reader: find, select, read, and lift before the next; while nobody is asked
//! for a card, only whether it is well. No IO; time comes in as a value.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use wire::reader::{ReadCard, Unread};

use super::{
    ReaderKey,
    frame::{FOUND, Frames, NOT_READ, OK, Request},
    text,
};
use crate::moment::Wall;

/// How often a card is looked for; more often heats the reader and finds nothing sooner.
const FIND_EVERY: Duration = Duration::from_millis(300);

/// How often a reader is asked whether it is well, while no card is looked for.
const STATUS_EVERY: Duration = Duration::from_secs(2);

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
    Card(ReadCard),
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

/// What a conversation has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Answers.
    pub answers: u64,
    /// Questions without one.
    pub timeouts: u64,
    /// Bytes that belonged to no frame.
    pub garbage_bytes: u64,
}

/// A reader.
pub struct Reader {
    frames: Frames,
    turn: Turn,
    /// Cards are looked for.
    looks: bool,
    /// The card that was read still lies there.
    lies: bool,
    silences: u32,
    here: Option<bool>,
    answers: u64,
    timeouts: u64,
    readings: VecDeque<Reading>,
}

impl Reader {
    /// A reader that nothing is known of yet; no card is looked for.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self {
            frames: Frames::default(),
            turn: Turn::Due(Request::Status, now),
            looks: false,
            lies: false,
            silences: 0,
            here: None,
            answers: 0,
            timeouts: 0,
            readings: VecDeque::new(),
        }
    }

    /// From now on cards are looked for, or not any more. What lies there when that begins is read.
    pub fn handle_look(&mut self, looks: bool, now: Instant) {
        if std::mem::replace(&mut self.looks, looks) == looks {
            return;
        }
        self.lies = false;
        if let Turn::Due(..) = self.turn {
            self.turn = Turn::Due(self.calm(), now);
        }
    }

    /// The port was opened anew: nothing is known of the reader any more.
    pub fn handle_lost(&mut self, now: Instant) {
        self.frames.give_up();
        (self.lies, self.silences, self.here) = (false, 0, None);
        self.turn = Turn::Due(self.calm(), now);
    }

    /// Bytes came from the reader; a card that is read becomes what the key and the day make of it.
    pub fn handle_bytes(&mut self, bytes: &[u8], key: &ReaderKey, today: Wall, now: Instant) {
        self.frames.take(bytes);
        while let Some(body) = self.frames.next() {
            let Some((state, data)) = body.answer() else { continue };
            let Turn::Asked(request, _) = self.turn else { continue };
            self.silences = 0;
            self.answers += 1;
            self.note_here(true);
            match (request, state) {
                (Request::Find, FOUND) if self.looks && !self.lies => {
                    self.ask(Request::Select, now)
                }
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
        self.timeouts += 1;
        if self.silences >= SILENCES_MAX {
            self.note_here(false);
            self.lies = false;
            self.rest(now);
        } else {
            self.turn = Turn::Due(self.calm(), now + FIND_EVERY);
        }
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

    /// True if it answered lately.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.here == Some(true)
    }

    /// What the conversation has seen.
    #[must_use]
    pub const fn counters(&self) -> Counters {
        let Self { answers, timeouts, .. } = *self;
        Counters { answers, timeouts, garbage_bytes: self.frames.garbage() }
    }

    fn ask(&mut self, request: Request, now: Instant) {
        self.turn = Turn::Due(request, now);
    }

    fn rest(&mut self, now: Instant) {
        let pause = if self.looks { FIND_EVERY } else { STATUS_EVERY };
        self.turn = Turn::Due(self.calm(), now + pause);
    }

    /// What is asked while nothing lies there.
    const fn calm(&self) -> Request {
        if self.looks { Request::Find } else { Request::Status }
    }

    fn note_here(&mut self, here: bool) {
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
