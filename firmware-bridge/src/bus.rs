//! One line, many addresses: frames out of bytes, our own echo taken out, and pacing. No IO; time
//! comes in as a value.

mod echo;
mod reader;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

pub use echo::{Echo, EchoFilter};
pub use reader::Reader;

use crate::{
    dialects::{Frame, Tongue},
    profile::Framing,
};

/// Silence between two frames, in characters.
const GAP_CHARACTERS: f64 = 3.5;

/// A piece of a frame that does not go on for this long is given up; a USB adapter hands bytes
/// over every 16 ms.
const PIECE_LASTS: Duration = Duration::from_millis(60);

/// Noise holds up our own frames for so long and the longest frame that a device says; whoever is
/// drowned by us then says it again.
const NOISE_HOLDS: Duration = Duration::from_millis(100);

/// The longest frame that a device says of itself or answers, in bytes; a described language has
/// one byte for the length.
const HEARD_BYTES_MAX: u32 = 300;

/// Acknowledgements that may wait for the line; each device sends one frame at a time.
const URGENT_MAX: usize = 32;

/// A serial line shared by many devices.
#[derive(Debug, Clone)]
pub struct Bus {
    byte_time: Duration,
    reader: Reader,
    echo: EchoFilter,
    urgent: VecDeque<Vec<u8>>,
    /// Our own last frame has left, and acknowledgements may go from here on.
    free_at: Instant,
    /// Everything else.
    quiet_until: Instant,
    /// Somebody else has spoken until here.
    heard_until: Instant,
    /// Since when somebody else has spoken without saying a frame.
    noise_since: Option<Instant>,
    /// Since when the reader has held a piece of a frame.
    piece_since: Option<Instant>,
    /// When a piece is given up that does not go on.
    piece_until: Option<Instant>,
    counters: Counters,
}

/// How a device wants to be spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manners {
    /// Nobody speaks for so long after a frame to it, but for acknowledgements.
    pub quiet: Duration,
    /// Its answer cannot be told from an echo.
    pub answers_alike: bool,
}

/// What a line has seen, for the electrician.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Bytes heard, without our echo.
    pub bytes_heard: u64,
    /// Bytes sent.
    pub bytes_sent: u64,
    /// Frames heard.
    pub frames_heard: u64,
    /// Frames sent.
    pub frames_sent: u64,
    /// Bytes that belonged to no frame.
    pub garbage_bytes: u64,
    /// Bytes of our own that came back.
    pub echo_bytes: u64,
}

impl Bus {
    /// A quiet line.
    #[must_use]
    pub fn new(baud: u32, echo: Echo, tongues: Vec<Tongue>, now: Instant) -> Self {
        Self {
            byte_time: byte_time(baud, Framing::Usual),
            reader: Reader::new(tongues),
            echo: EchoFilter::new(echo),
            urgent: VecDeque::new(),
            free_at: now,
            quiet_until: now,
            heard_until: now,
            noise_since: None,
            piece_since: None,
            piece_until: None,
            counters: Counters::default(),
        }
    }

    /// From now on bytes take the time of this speed.
    pub fn handle_speed(&mut self, baud: u32, framing: Framing) {
        self.byte_time = byte_time(baud, framing);
    }

    /// Bytes came from the line.
    pub fn handle_bytes(&mut self, bytes: &[u8], now: Instant) {
        let theirs = self.echo.take(bytes, now);
        self.counters.echo_bytes = self.echo.removed();
        self.hear(&theirs, now);
    }

    /// Time has passed.
    pub fn handle_timeout(&mut self, now: Instant) {
        let released = self.echo.give_up(now);
        self.hear(&released, now);
        if self.piece_ends().is_some_and(|until| until <= now) {
            self.reader.give_up();
            (self.piece_since, self.piece_until) = (None, None);
        }
    }

    /// The line went away: what was half said is forgotten.
    pub fn handle_lost(&mut self, now: Instant) {
        self.reader.clear();
        self.echo.clear();
        self.urgent.clear();
        (self.piece_since, self.piece_until, self.noise_since) = (None, None, None);
        (self.free_at, self.quiet_until, self.heard_until) = (now, now, now);
    }

    /// The next frame heard.
    pub fn poll_frame(&mut self) -> Option<(Tongue, Frame)> {
        let frame = self.reader.next();
        self.counters.garbage_bytes = self.reader.garbage();
        if frame.is_some() {
            self.counters.frames_heard += 1;
            // Whoever says frames is no noise.
            self.noise_since = None;
            self.piece_since = None;
        }
        if self.reader.held() == 0 {
            (self.piece_since, self.piece_until) = (None, None);
        }
        frame
    }

    /// An acknowledgement: it goes before everything else.
    pub fn acknowledge(&mut self, bytes: Vec<u8>) {
        if self.urgent.len() < URGENT_MAX {
            self.urgent.push_back(bytes);
        }
    }

    /// The next acknowledgement, if the line is free.
    pub fn poll_urgent(&mut self, now: Instant) -> Option<Vec<u8>> {
        let speaks = self.heard_until > now && self.is_patient(now);
        if self.free_at > now || speaks {
            return None;
        }
        self.urgent.pop_front()
    }

    /// True if a frame may be sent now.
    #[must_use]
    pub fn is_free(&self, now: Instant) -> bool {
        let speaks = (self.heard_until > now || self.reader.held() > 0) && self.is_patient(now);
        self.free_at.max(self.quiet_until) <= now && self.urgent.is_empty() && !speaks
    }

    /// A frame goes out now; says when its last byte will have left.
    pub fn sent(&mut self, bytes: &[u8], now: Instant) -> Instant {
        self.sent_to(bytes, Manners::default(), now)
    }

    /// A frame goes out now to a device with manners of its own; says when its last byte will have
    /// left.
    pub fn sent_to(&mut self, bytes: &[u8], manners: Manners, now: Instant) -> Instant {
        let leaves = now + self.byte_time * bytes.len() as u32;
        // An answer that looks like our frame is taken for an echo only where echoes are known of.
        if !manners.answers_alike || self.echo.hears_itself() {
            self.echo.expect(bytes, leaves);
        }
        self.counters.bytes_sent += bytes.len() as u64;
        self.counters.frames_sent += 1;
        self.free_at = leaves + self.gap();
        // Noise is waited for again before each frame, so that a device is heard between ours.
        self.noise_since = self.noise_since.map(|_| leaves);
        self.quiet_until = leaves + manners.quiet.max(self.gap());
        leaves
    }

    /// When [`Bus::handle_timeout`] or sending is next due.
    #[must_use]
    pub fn poll_timeout(&self, now: Instant) -> Option<Instant> {
        let noise = self.noise_since.map(|since| since + self.noise_holds());
        let free = [self.free_at, self.quiet_until, self.heard_until].into_iter().chain(noise);
        let free = free.filter(|at| *at > now).min();
        [free, self.piece_ends(), self.echo.poll_timeout()].into_iter().flatten().min()
    }

    /// What the line has seen.
    #[must_use]
    pub const fn counters(&self) -> Counters {
        self.counters
    }

    /// From now on only these languages are understood.
    pub fn understand(&mut self, tongues: Vec<Tongue>) {
        self.reader.understand(tongues);
    }

    /// The time a byte takes on the wire.
    #[must_use]
    pub const fn byte_time(&self) -> Duration {
        self.byte_time
    }

    fn hear(&mut self, bytes: &[u8], now: Instant) {
        if bytes.is_empty() {
            return;
        }
        self.counters.bytes_heard += bytes.len() as u64;
        if self.heard_until + PIECE_LASTS <= now && self.reader.held() == 0 {
            self.noise_since = None;
        }
        self.noise_since.get_or_insert(now);
        self.piece_since.get_or_insert(now);
        self.reader.take(bytes);
        self.piece_until = Some(now + PIECE_LASTS);
        self.heard_until = self.heard_until.max(now + self.gap());
    }

    /// A piece ends when it does not go on, and at the latest when the longest frame would be whole.
    fn piece_ends(&self) -> Option<Instant> {
        let longest = self.piece_since.map(|since| since + self.noise_holds());
        self.piece_until.map(|until| longest.map_or(until, |longest| until.min(longest)))
    }

    /// True while it is worth waiting until the other one has finished.
    fn is_patient(&self, now: Instant) -> bool {
        self.noise_since.is_none_or(|since| now < since + self.noise_holds())
    }

    fn noise_holds(&self) -> Duration {
        NOISE_HOLDS + self.byte_time * HEARD_BYTES_MAX
    }

    fn gap(&self) -> Duration {
        self.byte_time.mul_f64(GAP_CHARACTERS)
    }
}

fn byte_time(baud: u32, framing: Framing) -> Duration {
    Duration::from_secs(1) * framing.bits() / baud.max(300)
}

#[cfg(test)]
mod tests;
