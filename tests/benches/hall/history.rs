//! A year of a county hall, written by the hall's own rules through the real journal: 250 days of
//! 1,440 tickets, each issued, called, started, finished, and most of them evaluated.

use std::path::Path;

use hall::{
    Hall,
    command::{Command, Evaluate, EvaluationTarget, Input, Issue, SessionTimes, plan::SessionPlan},
    event::Fact,
    ids::{QueueId, RequestId, WindowId},
    time::{Millis, Timestamp},
    words::{Actor, Channel, EvaluationChannel, PriorityClass, Rating},
};
use journal::{Journal, disk::DiskJournal, files::RealFiles, record::Kind};
use queue_server::{clock::HallClock, day::Daybook, profile::Profile, record};

use crate::halls;

/// Tickets of a session; a county hall's mean day has 1,440.
pub const TICKETS_OF_A_SESSION: usize = 720;

/// Windows at work; each then serves for about sixteen minutes.
const WINDOWS: usize = 55;

/// The first of the old days: 250 working days end long before the Monday that is measured.
const FIRST_DAY: &str = "2025-11-24 00:00";

/// Days of a year, weekends too; the calendar says which are worked.
const DAYS_MAX: i64 = 365;

struct Year {
    hall: Hall,
    journal: DiskJournal,
    asked: u64,
    at: Timestamp,
}

/// Writes so many working days into a server's data; the tickets of all of them.
///
/// # Panics
/// If the hall refuses or the disk fails.
#[must_use]
pub fn write(profile: &Profile, data: &Path, days: usize) -> usize {
    let folder = record::folder(data);
    let opened = DiskJournal::open(&folder, std::sync::Arc::new(RealFiles));
    let (journal, _) = opened.expect("a journal for the bench");
    let offset = profile.details.utc_offset_minutes;
    let first = HallClock::read(FIRST_DAY, offset).expect("a literal moment is valid");
    let clock = HallClock::real(offset);
    let daybook = Daybook::new(profile.calendar.clone(), clock);
    let hall = Hall::new(profile.setup.clone());
    let mut year = Year { hall, journal, asked: 0, at: first };
    let (mut written, mut tickets) = (0, 0);
    for number in 0..DAYS_MAX {
        let midnight = Timestamp(first.0 + number * 24 * 3_600_000);
        let sessions: Vec<SessionTimes> = daybook.sessions(clock.date(midnight)).collect();
        if sessions.is_empty() || written == days {
            continue;
        }
        year.ask(midnight, Command::OpenDay { day: clock.day(midnight) });
        for session in &sessions {
            tickets += year.session(*session);
        }
        year.ask(clock.end_of(clock.day(midnight)), Command::CloseDay);
        year.journal.sync().expect("the disk syncs");
        written += 1;
    }
    tickets
}

impl Year {
    fn session(&mut self, session: SessionTimes) -> usize {
        self.ask(
            session.issue_from,
            Command::OpenSession { session, plan: SessionPlan::default() },
        );
        for at in 0..WINDOWS {
            let staff = format!("s{at}").parse().expect("a number of staff");
            self.ask(session.issue_from, Command::SignOn { window: window(at), staff });
        }
        let span = session.issue_until.since(session.issue_from).0;
        for turn in 0..TICKETS_OF_A_SESSION {
            let at = session.issue_from + Millis(span * turn as u64 / TICKETS_OF_A_SESSION as u64);
            self.issue(at, turn);
            self.serve(at, window(turn % WINDOWS), true);
        }
        self.ask(session.closes, Command::CloseSession);
        for at in 0..WINDOWS {
            self.serve(session.closes, window(at), false);
            self.ask(session.closes, Command::SignOff { window: window(at) });
        }
        self.ask(session.closes, Command::Sweep);
        TICKETS_OF_A_SESSION
    }

    fn issue(&mut self, at: Timestamp, turn: usize) {
        let queue: QueueId =
            halls::QUEUES[turn % halls::QUEUES.len()].parse().expect("a literal id is valid");
        let setup = self.hall.setup().clone();
        let items: Vec<_> = setup.items_of(queue).map(|item| item.id).collect();
        let item = (!items.is_empty()).then(|| items[turn % items.len()]);
        let (channel, class) = (Channel::Kiosk, PriorityClass::Ordinary);
        self.ask(
            at,
            Command::Issue(Issue {
                queue,
                item,
                channel,
                class,
                paper: false,
                person: None,
                agent: None,
                purpose: hall::command::Purpose::One,
            }),
        );
    }

    /// Finishes who is served at a window, lets most of them evaluate, and calls the next.
    fn serve(&mut self, at: Timestamp, window: WindowId, next: bool) {
        if let Some(leg) = self.hall.window(window).and_then(|now| now.current) {
            self.ask(at, Command::Finish { window, case: None, item: None, copies: None });
            if self.asked.is_multiple_of(3) {
                let (target, rating) = (EvaluationTarget::Leg(leg), Rating::from_level(5));
                let rating = rating.expect("there is a fifth level");
                let (reasons, channel) = (Vec::new(), EvaluationChannel::Device);
                self.ask(
                    at,
                    Command::Evaluate(Evaluate { target, rating, reasons, channel, scale: 5 }),
                );
            }
        }
        if next {
            self.ask(at, Command::CallNext { window, finish_current: false });
            self.ask(at + Millis::from_secs(10), Command::Start { window });
        }
    }

    fn ask(&mut self, at: Timestamp, command: Command) {
        self.asked += 1;
        self.at = self.at.max(at);
        let request = Some(RequestId(spread(self.asked).to_le_bytes()));
        let by = Actor::Device("kiosk-1".parse().expect("a literal id is valid"));
        let luck = spread(self.asked ^ u64::MAX) as u64;
        let input = Input { at: self.at, luck, by, request, command };
        let events = self.hall.decide(&input);
        let events = events.unwrap_or_else(|refusal| panic!("{:?}: {refusal}", input.command));
        events.iter().for_each(|event| self.hall.apply(event));
        let Some(first) = events.first() else { return };
        let mut kind = Kind::Entry;
        if let Fact::DayOpened { day, .. } = first.fact {
            self.journal.roll(&day.to_string()).expect("the disk takes a new segment");
            kind = Kind::Opening;
        }
        let payload = serde_json::to_vec(&events).expect("events can be written");
        self.journal.append(kind, &payload).expect("the disk takes records");
    }
}

fn window(at: usize) -> WindowId {
    halls::window(at).parse().expect("a window's number")
}

/// Bits that look like chance, the same in every run.
fn spread(count: u64) -> u128 {
    let mix = |salt: u64| {
        let mut bits = count.wrapping_add(salt).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        bits = (bits ^ (bits >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits ^ (bits >> 29)
    };
    u128::from(mix(1)) << 64 | u128::from(mix(2))
}
