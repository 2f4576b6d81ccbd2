//! What a reader's thread decides: when a card is looked for, what the kiosk is told, how the reader
//! is. No IO; time comes in as a value.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

use wire::{
    device::{DeviceState, Happening, Health, Job, Work},
    ids::DeviceId,
    reader::{KioskSays, ReaderSays},
};

use crate::{
    idcard::{
        ReaderKey,
        reader::{Reader, Reading},
    },
    line::{Away, LineEvent},
    moment::Wall,
};

/// How long a trial looks for a card: whoever asked may have to walk to the kiosk.
pub const TRIAL_LOOKS: Duration = Duration::from_secs(20);

/// Counters alone are told this often.
const COUNTERS_EVERY: Duration = Duration::from_secs(30);

/// So many bytes that are no frame, from a reader that does not answer: a wrong speed, or something
/// else on the port. Noise at plugging in is a byte or two.
const RUBBISH_BYTES: u64 = 8;

/// What a trial found, in codes for the texts.
const NOTHING_LAID: &str = "no_card";
const UNREAD: &str = "unread";

/// A reader and its kiosk.
pub struct ReaderDesk {
    id: DeviceId,
    about: String,
    reader: Reader,
    away: Option<Away>,
    /// Garbage when the reader answered last.
    clean: u64,
    kiosk: bool,
    key: Option<ReaderKey>,
    wanted: bool,
    trial: Option<Trial>,
    cards: u64,
    unread: u64,
    said: Option<ReaderSays>,
    sayings: VecDeque<ReaderSays>,
    events: VecDeque<LineEvent>,
    told: Option<(DeviceState, Instant)>,
}

/// 测试: a card is looked for, and nothing of it is told but that it was read.
struct Trial {
    id: u64,
    boot: u64,
    until: Instant,
}

impl ReaderDesk {
    /// A reader whose port is not open yet.
    #[must_use]
    pub fn new(id: DeviceId, baud: u32, now: Instant) -> Self {
        let mut desk = Self {
            id,
            about: format!("SAM {baud}"),
            reader: Reader::new(now),
            away: Some(Away::PortMissing),
            clean: 0,
            kiosk: false,
            key: None,
            wanted: false,
            trial: None,
            cards: 0,
            unread: 0,
            said: None,
            sayings: VecDeque::new(),
            events: VecDeque::new(),
            told: None,
        };
        desk.settle(now);
        desk
    }

    /// The port is open.
    pub fn handle_open(&mut self, now: Instant) {
        self.away = None;
        self.reader.handle_lost(now);
        self.clean = self.reader.counters().garbage_bytes;
        self.settle(now);
    }

    /// The port is away.
    pub fn handle_away(&mut self, away: Away, now: Instant) {
        if self.away.is_none() {
            self.reader.handle_lost(now);
        }
        self.away = Some(away);
        self.settle(now);
    }

    /// A kiosk has come; it takes the place of the one before.
    pub fn handle_kiosk(&mut self, now: Instant) {
        self.handle_kiosk_gone(now);
        self.kiosk = true;
        self.settle(now);
    }

    /// The kiosk has gone: its key is forgotten, and no card is looked for.
    pub fn handle_kiosk_gone(&mut self, now: Instant) {
        (self.kiosk, self.key, self.wanted, self.said) = (false, None, false, None);
        self.sayings.clear();
        self.settle(now);
    }

    /// The kiosk says something; false if it makes no sense.
    pub fn handle_kiosk_says(&mut self, says: KioskSays, now: Instant) -> bool {
        match says {
            KioskSays::Key(given) => {
                let Some(bytes) = given.key.bytes() else { return false };
                self.key = Some(ReaderKey::new(bytes, given.elderly_from_years));
            }
            KioskSays::Want(wanted) => self.wanted = wanted,
        }
        self.settle(now);
        true
    }

    /// A job; a reader can be asked for nothing but a trial.
    pub fn handle_job(&mut self, job: &Job, expires: Instant, now: Instant) {
        let (id, boot) = (job.id, job.boot);
        let is_trial = match &job.work {
            Work::Test { .. } => true,
            Work::Say { .. } | Work::Beep | Work::Feedback { .. } | Work::Print(_) => false,
        };
        self.end_trial(false, "");
        let until = expires.min(now + TRIAL_LOOKS);
        if !is_trial || until <= now {
            let undone = Happening::job_done(id, boot, false);
            self.events.push_back(LineEvent::Happened(self.id, undone));
        } else {
            self.trial = Some(Trial { id, boot, until });
        }
        self.settle(now);
    }

    /// Bytes came from the port.
    pub fn handle_bytes(&mut self, bytes: &[u8], today: Wall, now: Instant) {
        // A trial may come while no kiosk has given a key; what it reads is told to nobody.
        let nobodys = ReaderKey::nobodys();
        let key = self.key.as_ref().unwrap_or(&nobodys);
        let answers = self.reader.counters().answers;
        self.reader.handle_bytes(bytes, key, today, now);
        if self.reader.counters().answers > answers {
            self.clean = self.reader.counters().garbage_bytes;
        }
        self.settle(now);
    }

    /// Time has passed.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.reader.handle_timeout(now);
        if self.trial.as_ref().is_some_and(|trial| trial.until <= now) {
            // A reader that is away says by itself why nothing was read.
            let is_well = self.health().0 == Health::Online;
            self.end_trial(false, if is_well { NOTHING_LAID } else { "" });
        }
        self.settle(now);
    }

    /// What to send to the reader now.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        if self.away.is_some() { None } else { self.reader.poll_transmit(now) }
    }

    /// What to say to the kiosk.
    pub fn poll_saying(&mut self) -> Option<ReaderSays> {
        self.sayings.pop_front()
    }

    /// What to tell the switchboard.
    pub fn poll_event(&mut self) -> Option<LineEvent> {
        self.events.pop_front()
    }

    /// When [`ReaderDesk::handle_timeout`] or [`ReaderDesk::poll_transmit`] is due.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let reader = self.away.is_none().then(|| self.reader.poll_timeout());
        let trial = self.trial.as_ref().map(|trial| trial.until);
        reader.into_iter().chain(trial).min()
    }

    /// True if something that is laid down now is for the kiosk.
    fn serves_kiosk(&self) -> bool {
        self.kiosk && self.wanted && self.key.is_some()
    }

    /// Passes on what the reader said, and tells what is new.
    fn settle(&mut self, now: Instant) {
        while let Some(reading) = self.reader.poll_reading() {
            let says = match reading {
                Reading::Here(_) => continue,
                Reading::Card(card) => {
                    self.cards += 1;
                    self.end_trial(true, "");
                    ReaderSays::Card(card)
                }
                Reading::Unread(why) => {
                    self.unread += 1;
                    self.end_trial(false, UNREAD);
                    ReaderSays::Unread { why }
                }
            };
            if self.serves_kiosk() {
                self.sayings.push_back(says);
            }
        }
        self.reader.handle_look(self.serves_kiosk() || self.trial.is_some(), now);
        let (health, why) = self.health();
        let says = match health {
            Health::Online => ReaderSays::Here,
            Health::Ill | Health::Offline => ReaderSays::Away { why: why.to_owned() },
        };
        if self.kiosk && self.said.as_ref() != Some(&says) {
            self.said = Some(says.clone());
            self.sayings.push_back(says);
        }
        self.tell((health, why), now);
    }

    fn end_trial(&mut self, done: bool, why: &str) {
        if let Some(Trial { id, boot, .. }) = self.trial.take() {
            let why = why.to_owned();
            let ended = Happening::JobDone { id, boot, done, why };
            self.events.push_back(LineEvent::Happened(self.id, ended));
        }
    }

    fn health(&self) -> (Health, &'static str) {
        let garbage = self.reader.counters().garbage_bytes.saturating_sub(self.clean);
        match (self.away, self.reader.is_here()) {
            (Some(away), _) => (Health::Offline, away.code()),
            (None, true) => (Health::Online, ""),
            (None, false) if garbage >= RUBBISH_BYTES => (Health::Ill, "rubbish"),
            (None, false) => (Health::Offline, "no_answer"),
        }
    }

    fn tell(&mut self, (health, why): (Health, &str), now: Instant) {
        let told = self.told.as_ref();
        let is_old = told.is_some_and(|(told, at)| {
            let is_same = (told.health, told.why.as_str()) == (health, why);
            is_same && now.saturating_duration_since(*at) < COUNTERS_EVERY
        });
        if is_old {
            return;
        }
        let state = DeviceState {
            health,
            why: why.to_owned(),
            shown: None,
            about: self.about.clone(),
            counters: self.counters(),
        };
        if told.is_none_or(|(told, _)| *told != state) {
            self.told = Some((state.clone(), now));
            self.events.push_back(LineEvent::State(self.id, state));
        }
    }

    fn counters(&self) -> BTreeMap<String, u64> {
        let reader = self.reader.counters();
        let counted = [
            ("answers", reader.answers),
            ("timeouts", reader.timeouts),
            ("line_garbage_bytes", reader.garbage_bytes),
            ("cards", self.cards),
            ("cards_unread", self.unread),
        ];
        counted.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
    }
}
