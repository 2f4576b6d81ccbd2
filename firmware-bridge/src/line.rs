//! One line with its devices: who may speak next, whose frame this is, and how each device is.
//! No IO; time comes in as a value.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

use wire::{
    device::{DeviceState, Happening, Health, Job, Wanted},
    ids::DeviceId,
};

use crate::{
    bus::{Bus, Counters, Echo},
    dialects::Tongue,
    moment::Moment,
    profile::Framing,
    session::{Session, Transmit, Wish},
};

/// Counters alone are told this often.
const COUNTERS_EVERY: Duration = Duration::from_secs(30);

/// So many bytes of garbage in [`RUBBISH_WITHIN`] mean a wrong speed or crossed wires.
const RUBBISH_BYTES: u64 = 64;
const RUBBISH_WITHIN: Duration = Duration::from_secs(10);
/// So many are enough when not one frame was understood beside them: a key pressed once on a pad of
/// another speed.
const RUBBISH_BYTES_ALONE: u64 = 24;

/// What the line is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum LineOrder {
    /// A face.
    Wanted(DeviceId, Box<Wanted>),
    /// A job, not to be done after this.
    Job(DeviceId, Job, Instant),
}

/// What the line tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineEvent {
    /// A device did something.
    Happened(DeviceId, Happening),
    /// A device is so now.
    State(DeviceId, DeviceState),
    /// The line failed by a fault of our own and knows nothing any more of what this device must
    /// show: the face is to be given again.
    Forgot(DeviceId),
}

/// Why a line is away, in a code for the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// Not opened yet, or not plugged in.
    PortMissing,
    /// Another program has it.
    PortBusy,
    /// It may not be opened, or opening fails.
    PortFault,
    /// Nobody answers at the network address.
    NotReached,
    /// A fault of our own; the line begins anew after a pause.
    LineFault,
}

impl Away {
    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PortMissing => "port_missing",
            Self::PortBusy => "port_busy",
            Self::PortFault => "port_fault",
            Self::NotReached => "not_reached",
            Self::LineFault => "line_fault",
        }
    }
}

/// A line and its devices.
#[derive(Debug, Clone)]
pub struct Line {
    bus: Bus,
    sessions: Vec<Session>,
    turn: usize,
    poll_turn: usize,
    /// The last frame was an asking for keys: the next is something else, if there is anything.
    polled: bool,
    away: Option<Away>,
    events: VecDeque<LineEvent>,
    told: BTreeMap<DeviceId, (DeviceState, Instant)>,
    rubbish: Rubbish,
}

/// Watches the garbage.
#[derive(Debug, Clone)]
struct Rubbish {
    since: Instant,
    bytes: u64,
    frames: u64,
    is_much: bool,
}

impl Line {
    /// A line that is not open yet.
    #[must_use]
    pub fn new(baud: u32, echo: Echo, sessions: Vec<Session>, now: Instant) -> Self {
        let tongues = tongues(sessions.iter().map(Session::tongue));
        Self {
            bus: Bus::new(baud, echo, tongues, now),
            sessions,
            turn: 0,
            poll_turn: 0,
            polled: false,
            away: Some(Away::PortMissing),
            events: VecDeque::new(),
            told: BTreeMap::new(),
            rubbish: Rubbish { since: now, bytes: 0, frames: 0, is_much: false },
        }
    }

    /// The port works at this speed.
    pub fn handle_speed(&mut self, baud: u32, framing: Framing) {
        self.bus.handle_speed(baud, framing);
    }

    /// The time on the wall, for devices that have a clock.
    pub fn handle_clock(&mut self, wall: Moment) {
        self.sessions.iter_mut().for_each(|session| session.handle_clock(wall));
    }

    /// Somebody on this line answers, and none of them has since it opened: perhaps the speed is
    /// wrong.
    #[must_use]
    pub fn is_unanswered(&self) -> bool {
        let mut answering =
            self.sessions.iter().filter(|session| session.profile().answers).peekable();
        answering.peek().is_some() && answering.all(|session| !session.has_answered())
    }

    /// The port is open.
    pub fn handle_open(&mut self, now: Instant) {
        self.away = None;
        self.bus.handle_lost(now);
        self.sessions.iter_mut().for_each(|session| session.handle_line(true, now));
        self.tell(now);
    }

    /// The port is away.
    pub fn handle_away(&mut self, away: Away, now: Instant) {
        if self.away.is_none() {
            self.bus.handle_lost(now);
            self.sessions.iter_mut().for_each(|session| session.handle_line(false, now));
        }
        self.away = Some(away);
        self.tell(now);
    }

    /// This line takes the place of one that failed.
    pub fn handle_failed(&mut self, now: Instant) {
        self.away = Some(Away::LineFault);
        self.events.extend(self.sessions.iter().map(|session| LineEvent::Forgot(session.id())));
        self.tell(now);
    }

    /// Somebody wants something of a device.
    pub fn handle_order(&mut self, order: LineOrder, now: Instant) {
        match order {
            LineOrder::Wanted(id, wanted) => {
                if let Some(session) = self.session(id) {
                    session.handle_wanted(*wanted, now);
                }
            }
            LineOrder::Job(id, job, expires) => {
                if let Some(session) = self.session(id) {
                    session.handle_job(job, expires);
                }
            }
        }
        self.tell(now);
    }

    /// Bytes came from the line.
    pub fn handle_bytes(&mut self, bytes: &[u8], now: Instant) {
        self.bus.handle_bytes(bytes, now);
        self.hear(now);
    }

    /// Time has passed.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.bus.handle_timeout(now);
        self.sessions.iter_mut().for_each(|session| session.handle_timeout(now));
        self.hear(now);
    }

    /// The bytes to send now, if it is anybody's turn.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        if self.away.is_some() {
            return None;
        }
        if let Some(bytes) = self.bus.poll_urgent(now) {
            self.bus.sent(&bytes, now);
            return Some(bytes);
        }
        if !self.bus.is_free(now) || self.sessions.iter().any(Session::is_waiting) {
            return None;
        }
        let sent = match self.polled {
            true => self.send_face(now).or_else(|| self.send_poll(now)),
            false => self.send_poll(now).or_else(|| self.send_face(now)),
        };
        self.tell(now);
        sent
    }

    fn send_face(&mut self, now: Instant) -> Option<Vec<u8>> {
        for wish in [Wish::Fresh, Wish::Again] {
            for place in 0..self.sessions.len() {
                let place = (self.turn + place) % self.sessions.len();
                let session = &mut self.sessions[place];
                if session.wish(now) != Some(wish) {
                    continue;
                }
                let Some(transmit) = session.poll_transmit(now) else { continue };
                self.turn = place + 1;
                self.polled = false;
                return Some(self.send(place, transmit, now));
            }
        }
        None
    }

    /// Asks the next pad for its keys, each in its turn.
    fn send_poll(&mut self, now: Instant) -> Option<Vec<u8>> {
        for place in 0..self.sessions.len() {
            let place = (self.poll_turn + place) % self.sessions.len();
            let Some(transmit) = self.sessions[place].poll_question(now) else { continue };
            self.poll_turn = place + 1;
            self.polled = true;
            return Some(self.send(place, transmit, now));
        }
        None
    }

    fn send(&mut self, place: usize, transmit: Transmit, now: Instant) -> Vec<u8> {
        let session = &mut self.sessions[place];
        let leaves = self.bus.sent_to(&transmit.bytes, session.manners(), now);
        session.handle_sent(leaves, transmit.what);
        transmit.bytes
    }

    /// What there is to tell.
    pub fn poll_event(&mut self) -> Option<LineEvent> {
        self.events.pop_front()
    }

    /// When [`Line::handle_timeout`] is next due.
    #[must_use]
    pub fn poll_timeout(&self, now: Instant) -> Option<Instant> {
        let sessions = self.sessions.iter().filter_map(Session::poll_timeout);
        // What is overdue waits for the line, and the bus says when that is free.
        let later = sessions.filter(|due| *due > now).min();
        let waiting = self.sessions.iter().filter(|session| session.is_waiting());
        let waiting = waiting.filter_map(Session::poll_timeout).min();
        [later, waiting, self.bus.poll_timeout(now)].into_iter().flatten().min()
    }

    /// What the line has seen.
    #[must_use]
    pub const fn counters(&self) -> Counters {
        self.bus.counters()
    }

    fn session(&mut self, id: DeviceId) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id() == id)
    }

    fn hear(&mut self, now: Instant) {
        while let Some((tongue, frame)) = self.bus.poll_frame() {
            for session in &mut self.sessions {
                if *session.tongue() != tongue || session.address() != frame.address {
                    continue;
                }
                if let Some(bytes) = session.handle_frame(&frame, now) {
                    self.bus.acknowledge(bytes);
                }
            }
        }
        self.watch_rubbish(now);
        self.tell(now);
    }

    fn watch_rubbish(&mut self, now: Instant) {
        if now.saturating_duration_since(self.rubbish.since) < RUBBISH_WITHIN {
            return;
        }
        let Counters { garbage_bytes: bytes, frames_heard: frames, .. } = self.bus.counters();
        let alone = frames == self.rubbish.frames;
        let much = if alone { RUBBISH_BYTES_ALONE } else { RUBBISH_BYTES };
        let is_much = bytes - self.rubbish.bytes >= much;
        self.rubbish = Rubbish { since: now, bytes, frames, is_much };
    }

    /// Puts what happened, and states that are new, among the events.
    fn tell(&mut self, now: Instant) {
        for session in &mut self.sessions {
            let id = session.id();
            while let Some(happening) = session.poll_happening() {
                self.events.push_back(LineEvent::Happened(id, happening));
            }
            let rubbish = self.rubbish.is_much;
            let (health, why) = health(session, self.away, rubbish);
            let told = self.told.get(&id);
            let same = told.is_some_and(|(told, at)| {
                let so = (told.health, told.why.as_str(), told.shown, told.about.as_str());
                so == (health, why, session.shown(), session.about())
                    && now.saturating_duration_since(*at) < COUNTERS_EVERY
            });
            if same {
                continue;
            }
            let state = state(session, self.away, rubbish, self.bus.counters());
            // An old state with the same counters is no news.
            let is_new = told.is_none_or(|(told, _)| *told != state);
            if is_new {
                self.told.insert(id, (state.clone(), now));
                self.events.push_back(LineEvent::State(id, state));
            }
        }
    }
}

/// Each language once.
pub(crate) fn tongues<'a>(found: impl Iterator<Item = &'a Tongue>) -> Vec<Tongue> {
    let mut tongues: Vec<Tongue> = Vec::new();
    for tongue in found {
        if !tongues.contains(tongue) {
            tongues.push(tongue.clone());
        }
    }
    tongues
}

fn health(session: &Session, away: Option<Away>, rubbish: bool) -> (Health, &'static str) {
    match (away, session.health()) {
        (Some(Away::LineFault), _) => (Health::Ill, Away::LineFault.code()),
        (Some(away), _) => (Health::Offline, away.code()),
        // Who does not answer amid rubbish may well be there, and speak or hear at another speed.
        (None, (Health::Online, _) | (Health::Offline, "no_answer")) if rubbish => {
            (Health::Ill, "rubbish")
        }
        (None, found) => found,
    }
}

fn state(session: &Session, away: Option<Away>, rubbish: bool, line: Counters) -> DeviceState {
    let (health, why) = health(session, away, rubbish);
    let mut counters: BTreeMap<String, u64> =
        session.counters().iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    counters.extend([
        ("line_frames_heard".to_owned(), line.frames_heard),
        ("line_frames_sent".to_owned(), line.frames_sent),
        ("line_garbage_bytes".to_owned(), line.garbage_bytes),
        ("line_echo_bytes".to_owned(), line.echo_bytes),
    ]);
    DeviceState {
        health,
        why: why.to_owned(),
        shown: session.shown(),
        about: session.about().to_owned(),
        counters,
    }
}

#[cfg(test)]
mod tests;
