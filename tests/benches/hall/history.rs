//! A year of a hall, lived by its own rules and written through the real journal: 250 days of
//! tickets, each issued, called, started, finished, and a third of them evaluated.

use std::path::Path;

use hall::{
    Hall,
    command::{Command, Evaluate, EvaluationTarget, Input, Issue, SessionTimes, plan::SessionPlan},
    event::{Fact, people::Grounds},
    ids::{QueueId, RequestId, WindowId},
    refusal::Refusal,
    time::{Millis, Timestamp},
    words::{Actor, Channel, EvaluationChannel, PriorityClass, Rating},
};
use journal::{Journal, disk::DiskJournal, files::RealFiles, record::Kind};
use queue_server::{clock::HallClock, day::Daybook, profile::Profile, record};

use crate::halls;

/// How busy a hall is.
pub struct Shape {
    /// Queues that tickets are taken for, in turn.
    pub queues: Vec<QueueId>,
    /// Windows at work, which call in turn.
    pub windows: Vec<WindowId>,
    /// Tickets of a session; a day has two.
    pub tickets: usize,
}

/// The first of the old days: 250 working days end long before the Monday that is measured.
const FIRST_DAY: &str = "2025-11-24 00:00";

/// Days of a year, weekends too; the calendar says which are worked.
const DAYS_MAX: i64 = 365;

struct Year<'a> {
    shape: &'a Shape,
    hall: Hall,
    /// None: nothing is written.
    journal: Option<DiskJournal>,
    asked: u64,
    at: Timestamp,
}

/// Writes so many working days into a server's data; the tickets of all of them.
///
/// # Panics
/// If the hall refuses or the disk fails.
#[must_use]
pub fn write(profile: &Profile, data: &Path, days: usize, shape: &Shape) -> usize {
    let folder = record::folder(data);
    let opened = DiskJournal::open(&folder, std::sync::Arc::new(RealFiles));
    let (journal, _) = opened.expect("a journal for the bench");
    year(profile, days, shape, Some(journal)).0
}

/// Lives so many working days without writing anything; the tickets and what was asked.
#[must_use]
pub fn live(profile: &Profile, days: usize, shape: &Shape) -> (usize, u64) {
    year(profile, days, shape, None)
}

fn year(
    profile: &Profile,
    days: usize,
    shape: &Shape,
    journal: Option<DiskJournal>,
) -> (usize, u64) {
    let offset = profile.details.utc_offset_minutes;
    let first = HallClock::read(FIRST_DAY, offset).expect("a literal moment is valid");
    let clock = HallClock::real(offset);
    let daybook = Daybook::new(profile.calendar.clone(), clock);
    let hall = Hall::new(profile.setup.clone());
    let mut year = Year { shape, hall, journal, asked: 0, at: first };
    let (mut written, mut tickets) = (0, 0);
    for number in 0..DAYS_MAX {
        let midnight = Timestamp(first.0 + number * 24 * 3_600_000);
        let sessions: Vec<SessionTimes> = daybook.sessions(clock.date(midnight)).collect();
        if sessions.is_empty() || written == days {
            continue;
        }
        year.ask(
            midnight,
            Command::OpenDay {
                day: clock.day(midnight),
                working_days: daybook.working_days(clock.date(midnight)),
            },
        );
        for session in &sessions {
            tickets += year.session(*session);
        }
        year.ask(clock.end_of(clock.day(midnight)), Command::CloseDay);
        if let Some(journal) = &mut year.journal {
            journal.sync().expect("the disk syncs");
        }
        written += 1;
    }
    (tickets, year.asked)
}

impl Shape {
    /// A county hall's mean day of 1,440 tickets; each of its windows serves for about sixteen
    /// minutes.
    pub fn county() -> Self {
        let queue = |text: &str| text.parse().expect("a literal id is valid");
        let window = |at| halls::window(at).parse().expect("a window's number");
        Self {
            queues: halls::QUEUES.map(queue).to_vec(),
            windows: (0..55).map(window).collect(),
            tickets: 720,
        }
    }

    /// The largest sample hall: 3,000 tickets a day for all its queues, at all its windows.
    pub fn largest(profile: &Profile) -> Self {
        let setup = &profile.setup;
        let issued = setup.queues().iter().filter(|queue| queue.issued);
        Self {
            queues: issued.map(|queue| queue.id).collect(),
            windows: setup.windows().iter().map(|window| window.id).collect(),
            tickets: 1_500,
        }
    }
}

impl Year<'_> {
    fn session(&mut self, session: SessionTimes) -> usize {
        self.ask(
            session.issue_from,
            Command::OpenSession { session, plan: SessionPlan::default() },
        );
        let shape = self.shape;
        for (at, window) in shape.windows.iter().enumerate() {
            let staff = format!("s{at}").parse().expect("a number of staff");
            self.ask(session.issue_from, Command::SignOn { window: *window, staff });
        }
        let span = session.issue_until.since(session.issue_from).0;
        for turn in 0..shape.tickets {
            let at = session.issue_from + Millis(span * turn as u64 / shape.tickets as u64);
            self.issue(at, turn);
            self.serve(at, shape.windows[turn % shape.windows.len()], true);
        }
        self.ask(session.closes, Command::CloseSession);
        for window in &shape.windows {
            self.serve(session.closes, *window, false);
            self.ask(session.closes, Command::SignOff { window: *window });
        }
        self.ask(session.closes, Command::Sweep);
        shape.tickets
    }

    fn issue(&mut self, at: Timestamp, turn: usize) {
        let queue = self.shape.queues[turn % self.shape.queues.len()];
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
                grounds: Grounds::default(),
                paper: false,
                person: None,
                agent: None,
                purpose: hall::command::Purpose::One,
                silent: false,
                estimate: None,
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
                    Command::Evaluate(Evaluate {
                        target,
                        rating,
                        reasons,
                        text: String::new(),
                        channel,
                        scale: 5,
                    }),
                );
            }
        }
        if next && self.ask(at, Command::CallNext { window, finish_current: false }) {
            self.ask(at + Millis::from_secs(10), Command::Start { window });
        }
    }

    /// False if there was nobody to call.
    fn ask(&mut self, at: Timestamp, command: Command) -> bool {
        self.asked += 1;
        self.at = self.at.max(at);
        let request = Some(RequestId(spread(self.asked).to_le_bytes()));
        let by = Actor::Device("kiosk-1".parse().expect("a literal id is valid"));
        let luck = spread(self.asked ^ u64::MAX) as u64;
        let input = Input { at: self.at, luck, by, request, command };
        let events = match self.hall.decide(&input) {
            Ok(events) => events,
            Err(Refusal::QueueEmpty) => return false,
            Err(refusal) => panic!("{:?}: {refusal}", input.command),
        };
        events.iter().for_each(|event| self.hall.apply(event));
        let (Some(first), Some(journal)) = (events.first(), &mut self.journal) else { return true };
        let mut kind = Kind::Entry;
        if let Fact::DayOpened { day, .. } = first.fact {
            journal.roll(&day.to_string()).expect("the disk takes a new segment");
            kind = Kind::Opening;
        }
        let payload = serde_json::to_vec(&events).expect("events can be written");
        journal.append(kind, &payload).expect("the disk takes records");
        true
    }
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
