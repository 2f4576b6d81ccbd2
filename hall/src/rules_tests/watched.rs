//! Alerts by chance: a hall that is woken at its deadlines says at every second what somebody says
//! who looks at everything every second.

use std::vec;

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use proptest::prelude::*;

use super::{issue_of, small_hall};
use crate::{
    Hall,
    command::{
        Command, Evaluate, EvaluationTarget, Input, SendTo, SessionTimes, plan::SessionPlan,
    },
    event::Fact,
    ids::{DeviceId, LegId, QueueId, WindowId},
    invariants,
    state::ticket::Ticket,
    time::{Day, Millis, Timestamp},
    words::{
        Actor, EvaluationChannel, PauseReason, Rating, Reason, TicketState,
        alert::{AlertKind, AlertLevel, DeviceTrouble, Subject},
        legs::TransferReason,
    },
};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const WINDOWS: [(&str, [&str; 3]); 2] = [("1", ["A", "B", "B"]), ("2", ["B", "S", "A"])];
const QUEUES: [(&str, i64); 3] = [("A", 10), ("B", 5), ("S", 3)];

type Levels = BTreeMap<(AlertKind, Subject), AlertLevel>;

#[derive(Debug, Clone, Copy)]
enum Step {
    Issue { queue: usize },
    On { window: usize },
    Off { window: usize },
    Pause { window: usize },
    Resume { window: usize },
    Next { window: usize },
    Start { window: usize },
    NoShow { window: usize },
    Complain,
    Device { trouble: Option<usize> },
    Help,
    Schedule { window: usize, minutes: i64 },
    Shut { which: usize },
    Wait { secs: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let window = 0_usize..2;
    let step = prop_oneof![
        8 => (0_usize..2).prop_map(|queue| Step::Issue { queue }),
        3 => window.clone().prop_map(|window| Step::On { window }),
        1 => window.clone().prop_map(|window| Step::Off { window }),
        2 => window.clone().prop_map(|window| Step::Pause { window }),
        2 => window.clone().prop_map(|window| Step::Resume { window }),
        5 => window.clone().prop_map(|window| Step::Next { window }),
        3 => window.clone().prop_map(|window| Step::Start { window }),
        2 => window.clone().prop_map(|window| Step::NoShow { window }),
        1 => Just(Step::Complain),
        2 => prop::option::of(0_usize..6).prop_map(|trouble| Step::Device { trouble }),
        1 => Just(Step::Help),
        1 => (window, 1_i64..60).prop_map(|(window, minutes)| Step::Schedule { window, minutes }),
        3 => (0_usize..20).prop_map(|which| Step::Shut { which }),
        8 => (1_i64..500).prop_map(|secs| Step::Wait { secs }),
    ];
    prop::collection::vec(step, 1..70)
}

/// What somebody who looks every second writes down.
#[derive(Default)]
struct Notes {
    levels: Levels,
    left: BTreeMap<&'static str, i64>,
    scheduled: Option<(&'static str, i64, i64)>,
    outcomes: Vec<(i64, bool)>,
    device: Option<(DeviceTrouble, i64)>,
    help: Option<i64>,
    complaints: BTreeSet<LegId>,
}

struct Watched {
    hall: Hall,
    notes: Notes,
    now: i64,
    opens: i64,
}

impl Watched {
    fn open() -> Self {
        let hall = small_hall(|rules| {
            (rules.recalls_max, rules.no_show_after_secs) = (0, 0);
            (rules.alerts.queue_yellow, rules.alerts.queue_red) = (4, 6);
            rules.alerts.no_shows_least = 3;
            rules.alerts.on = true;
        });
        let now = 1_000_000 * SECOND;
        let mut watched = Self { hall, notes: Notes::default(), now, opens: now + 15 * MINUTE };
        let at = |millis| Timestamp(now + millis);
        let session = SessionTimes {
            issue_from: at(0),
            opens: Timestamp(watched.opens),
            issue_until: at(3 * 60 * MINUTE),
            closes: at(4 * 60 * MINUTE),
        };
        assert!(watched.ask(Command::OpenDay {
            day: Day { year: 2026, month: 11, day: 23 },
            working_days: Vec::new()
        }));
        assert!(watched.ask(Command::OpenSession { session, plan: SessionPlan::default() }));
        watched
    }

    fn ask(&mut self, command: Command) -> bool {
        let (at, by) = (Timestamp(self.now), Actor::Hall);
        let input = Input { at, luck: self.now as u64, by, request: None, command };
        let Ok(events) = self.hall.decide(&input) else { return false };
        for event in &events {
            self.hall.apply(event);
            invariants::check(&self.hall).unwrap();
            if let Fact::SignedOff { window } = event.fact {
                self.notes.left.insert(name(window), self.now);
            } else if let Fact::Finished { .. } = event.fact {
                self.notes.outcomes.push((self.now, false));
            } else if let Fact::NoShowed { .. } = event.fact {
                self.notes.outcomes.push((self.now, true));
            } else if let Fact::Evaluated(said) = &event.fact {
                self.notes.complaints.insert(said.leg);
            }
        }
        true
    }

    fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
        let id = |at: usize| -> WindowId { WINDOWS[at].0.parse().unwrap() };
        let device: DeviceId = "strip-3".parse().unwrap();
        match step {
            Step::Wait { secs } => {
                for _ in 0..secs {
                    self.now += SECOND;
                    self.compare()?;
                }
                return Ok(());
            }
            Step::Issue { queue } => {
                let _ = self.ask(Command::Issue(issue_of(QUEUES[queue].0.parse().unwrap())));
            }
            Step::On { window } => {
                let staff = WINDOWS[window].0.parse().unwrap();
                self.ask(Command::SignOn { window: id(window), staff });
            }
            Step::Off { window } => drop(self.ask(Command::SignOff { window: id(window) })),
            Step::Pause { window } => drop(self.ask(Command::Pause {
                window: id(window),
                reason: PauseReason::Meal,
                whereabouts: None,
            })),
            Step::Resume { window } => drop(self.ask(Command::Resume { window: id(window) })),
            Step::Next { window } => {
                self.ask(Command::CallNext { window: id(window), finish_current: true });
            }
            Step::Start { window } => drop(self.ask(Command::Start { window: id(window) })),
            Step::NoShow { window } => drop(self.ask(Command::NoShow { window: id(window) })),
            Step::Complain => self.complain(),
            Step::Device { trouble } => {
                let trouble = trouble.map(|at| DeviceTrouble::ALL[at]);
                let since = Timestamp(self.now);
                if self.notes.device.map(|(before, _)| before) != trouble {
                    self.notes.device = trouble.map(|trouble| (trouble, self.now));
                }
                self.ask(Command::ReportDevice { device, trouble, since });
            }
            Step::Help => {
                self.ask(Command::AskHelp { from: device, place: String::from("1") });
                self.notes.help = Some(self.now);
            }
            Step::Schedule { window, minutes } => {
                let (from, until) = (self.now + MINUTE, self.now + minutes * MINUTE + 2 * MINUTE);
                self.notes.scheduled = Some((WINDOWS[window].0, from, until));
                let (from, until) = (Timestamp(from), Timestamp(until));
                self.ask(Command::ScheduleWindows { windows: vec![id(window)], from, until });
            }
            Step::Shut { which } => self.shut(which),
        }
        self.compare()?;
        self.now += SECOND;
        self.compare()
    }

    fn complain(&mut self) {
        let done = |ticket: &&Ticket| ticket.state == TicketState::Done;
        let open = |ticket: &&Ticket| ticket.leg().evaluation.is_none();
        let leg = self.hall.tickets().filter(done).find(open).map(Ticket::leg_id);
        let Some(leg) = leg else { return };
        self.ask(Command::Evaluate(Evaluate {
            target: EvaluationTarget::Leg(leg),
            rating: Rating::VeryDissatisfied,
            reasons: vec![Reason::LongWait],
            text: String::new(),
            channel: EvaluationChannel::Phone,
            scale: 5,
        }));
    }

    fn shut(&mut self, which: usize) {
        let alert =
            self.hall.alerts().nth(which).map(|alert| (alert.id, alert.kind, alert.subject));
        let Some((alert, kind, subject)) = alert else { return };
        let stands = self.notes.levels.contains_key(&(kind, subject));
        let may = !stands || matches!(kind, AlertKind::Negative | AlertKind::Help);
        let note = String::from("seen to");
        assert_eq!(self.ask(Command::CloseAlert { alert, note }), may, "{kind} {subject}");
        if let (true, Subject::Leg(leg)) = (may, subject) {
            self.notes.complaints.remove(&leg);
        }
        if may && kind == AlertKind::Help {
            self.notes.help = None;
        }
    }

    /// The hall is woken at its deadlines; the notes look at everything.
    fn compare(&mut self) -> Result<(), TestCaseError> {
        let mut ticks = 0;
        while self.hall.next_deadline().is_some_and(|due| due.0 <= self.now) {
            let before = self.hall.clone();
            self.ask(Command::Tick);
            prop_assert_ne!(&before, &self.hall, "a deadline at which nothing happens");
            ticks += 1;
            prop_assert!(ticks < 20, "a deadline that does not pass");
        }
        self.look();
        let told = self.hall.alerts();
        let told: Levels =
            told.filter_map(|alert| Some(((alert.kind, alert.subject), alert.level?))).collect();
        prop_assert_eq!(&told, &self.notes.levels, "at {} s", (self.now - 1_000_000_000) / SECOND);
        Ok(())
    }

    fn look(&mut self) {
        let mut levels = Levels::new();
        let mut see = |notes: &Notes, kind, subject, raw: u8, keep: u8| {
            let before = notes.levels.get(&(kind, subject)).map_or(0, |level| *level as u8 + 1);
            match raw.max(before.min(keep)) {
                0 => {}
                level => {
                    levels.insert((kind, subject), AlertLevel::ALL[usize::from(level) - 1]);
                }
            }
        };
        let (notes, now) = (&self.notes, self.now);
        for (queue, _) in QUEUES {
            let subject = Subject::Queue(queue.parse().unwrap());
            let longest = self.oldest(&[queue]).map_or(-1, |oldest| now - oldest);
            let raw = grade(longest >= 20 * MINUTE, longest >= 30 * MINUTE);
            let keep = grade(longest >= 15 * MINUTE, longest >= 25 * MINUTE);
            see(notes, AlertKind::LongWait, subject, raw, keep);
            let (waiting, open) = (self.waiting(queue), self.windows_of(queue, true).max(1));
            let opened = now >= self.opens;
            let raw = grade(opened && waiting >= 4 * open, opened && waiting >= 6 * open);
            let keep = grade(waiting > 2 * open, waiting > 4 * open);
            see(notes, AlertKind::LongQueue, subject, raw, keep);
            let issuing = opened && now < self.opens - 15 * MINUTE + 180 * MINUTE;
            let nobody = self.windows_of(queue, false) == 0;
            see(notes, AlertKind::Unassigned, subject, grade(issuing && nobody, false), 0);
        }
        for (window, queues) in WINDOWS {
            let subject = Subject::Window(window.parse().unwrap());
            let state = self.hall.window(window.parse().unwrap()).unwrap();
            let oldest = self.oldest(&queues);
            let raw = self.unstaffed(window, state.staff().is_some());
            see(notes, AlertKind::Unstaffed, subject, raw, 0);
            let paused = state.paused.map_or(-1, |(_, since)| now - since.0);
            let waited = oldest.is_some();
            let raw = grade(waited && paused >= 10 * MINUTE, waited && paused >= 20 * MINUTE);
            see(notes, AlertKind::LongPause, subject, raw, if paused >= 0 { 2 } else { 0 });
            let free =
                (state.is_open() && state.current.is_none()).then_some(state.since).flatten();
            let both = free.zip(oldest).map(|(free, oldest)| free.0.max(oldest).max(self.opens));
            let idle = both.map_or(-1, |since| now - since);
            let raw = grade(idle >= 2 * MINUTE, idle >= 5 * MINUTE);
            see(notes, AlertKind::Idle, subject, raw, if both.is_some() { 2 } else { 0 });
        }
        for ticket in self.hall.tickets().filter(|each| each.state == TicketState::Serving) {
            let minutes = QUEUES.iter().find(|(id, _)| ticket.queue().as_str() == *id).unwrap().1;
            let served = now - ticket.leg().started.unwrap().0;
            let raw = grade(served * 2 >= minutes * MINUTE * 3, served * 2 >= minutes * MINUTE * 5);
            see(notes, AlertKind::LongService, Subject::Leg(ticket.leg_id()), raw, 0);
        }
        let (raw, keep) = self.no_shows();
        see(notes, AlertKind::NoShows, Subject::Hall, raw, keep);
        let device = Subject::Device("strip-3".parse().unwrap());
        let ill = notes.device.map_or(0, |(trouble, since)| match trouble {
            DeviceTrouble::Silent => grade(now >= since + MINUTE, now >= since + 5 * MINUTE),
            DeviceTrouble::PaperLow => 1,
            DeviceTrouble::PaperOut | DeviceTrouble::Jam => 2,
            DeviceTrouble::CoverOpen | DeviceTrouble::Fault => {
                grade(true, now >= since + 5 * MINUTE)
            }
        });
        see(notes, AlertKind::Device, device, ill, 0);
        let asks = notes.help.is_some_and(|asked| now < asked + 10 * MINUTE);
        see(notes, AlertKind::Help, device, grade(false, asks), 0);
        for leg in &notes.complaints {
            see(notes, AlertKind::Negative, Subject::Leg(*leg), 2, 2);
        }
        self.notes.levels = levels;
    }

    fn waiting_in<'a>(&'a self, queues: &'a [&str]) -> impl Iterator<Item = &'a Ticket> {
        let waits = self.hall.tickets().filter(|each| each.state == TicketState::Waiting);
        waits.filter(move |each| queues.contains(&each.queue().as_str()))
    }

    fn waiting(&self, queue: &str) -> usize {
        self.waiting_in(&[queue]).count()
    }

    fn oldest(&self, queues: &[&str]) -> Option<i64> {
        self.waiting_in(queues).map(|each| each.leg().entered.0).min()
    }

    fn windows_of(&self, queue: &str, open: bool) -> usize {
        let queue: QueueId = queue.parse().unwrap();
        let here = WINDOWS.iter().filter(|(id, _)| {
            let window = self.hall.window(id.parse().unwrap()).unwrap();
            if open { window.is_open() } else { window.staff().is_some() }
        });
        here.filter(|(_, queues)| queues.contains(&queue.as_str())).count()
    }

    fn unstaffed(&self, window: &str, staffed: bool) -> u8 {
        let Some((id, from, until)) = self.notes.scheduled else { return 0 };
        let since = self.notes.left.get(id).map_or(from, |left| from.max(*left));
        let holds = id == window && !staffed && self.now < until;
        let away = self.now - since;
        grade(holds && away >= 5 * MINUTE, holds && away >= 10 * MINUTE)
    }

    fn no_shows(&self) -> (u8, u8) {
        let Some((last, _)) = self.notes.outcomes.last().copied() else { return (0, 0) };
        let minute = |at: i64| at.div_euclid(MINUTE);
        let hour = self.notes.outcomes.iter().filter(|(at, _)| minute(*at) > minute(last) - 60);
        let (all, none) =
            hour.fold((0, 0), |(all, none), (_, gone)| (all + 1, none + u32::from(*gone)));
        let above =
            |percent: u32| all >= 3 && none * 100 > percent * all && self.now < last + 60 * MINUTE;
        (grade(above(15), above(25)), grade(above(12), above(22)))
    }
}

fn grade(yellow: bool, red: bool) -> u8 {
    if red { 2 } else { u8::from(yellow) }
}

fn name(window: WindowId) -> &'static str {
    WINDOWS.iter().find(|(id, _)| window.as_str() == *id).unwrap().0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn a_hall_woken_at_its_deadlines_says_what_a_watcher_says(steps in steps()) {
        let mut watched = Watched::open();
        for step in &steps {
            watched.step(*step)?;
        }
    }
}

#[test]
fn a_hall_that_was_asleep_catches_up() {
    let mut watched = Watched::open();
    for queue in [0, 0, 0, 1] {
        watched.step(Step::Issue { queue }).unwrap();
    }
    watched.step(Step::On { window: 0 }).unwrap();
    watched.step(Step::Pause { window: 0 }).unwrap();
    watched.now += Millis::from_minutes(50).0 as i64;
    watched.compare().unwrap();
    assert!(watched.notes.levels.values().all(|level| *level >= AlertLevel::Yellow));
    assert!(watched.notes.levels.len() >= 4, "{:?}", watched.notes.levels);
}

#[test]
fn a_ticket_sent_on_again_and_again_is_told_while_its_person_is_here() {
    let mut watched = Watched::open();
    watched.step(Step::On { window: 0 }).unwrap();
    watched.step(Step::Issue { queue: 0 }).unwrap();
    let id = watched.hall.tickets().next().unwrap().id;
    let told = |watched: &Watched| {
        let alert = watched.hall.alerts().find(|alert| alert.kind == AlertKind::Transfers);
        alert.map(|alert| (alert.subject, alert.level))
    };
    let window = "1".parse().unwrap();
    for (transfers, level) in [(1, None), (2, Some(AlertLevel::Yellow)), (3, Some(AlertLevel::Red))]
    {
        watched.now += MINUTE;
        assert!(watched.ask(Command::CallNext { window, finish_current: false }));
        let to = SendTo { queue: Some("A".parse().unwrap()), ..SendTo::default() };
        let reason = TransferReason::Specialist;
        assert!(watched.ask(Command::Transfer { window, to, reason }));
        assert_eq!(watched.hall.ticket(id).unwrap().transfers(), transfers);
        watched.ask(Command::Tick);
        assert_eq!(told(&watched), level.map(|level| (Subject::Ticket(id), Some(level))));
    }
    watched.now += MINUTE;
    assert!(watched.ask(Command::CallNext { window, finish_current: false }));
    watched.now += MINUTE;
    watched.ask(Command::Finish {
        window: "1".parse().unwrap(),
        case: None,
        item: None,
        copies: None,
    });
    watched.ask(Command::Tick);
    assert_eq!(told(&watched), Some((Subject::Ticket(id), None)), "red waits for its note");
}
