//! Windows at work by chance: who is called is somebody whom a naive reading of the rules allows,
//! and the hall wakes at exactly the moment at which it has something to say.

use std::{format, string::ToString, vec};

use alloc::{string::String, vec::Vec};

use proptest::prelude::*;

use super::{hall_of, parts};
use crate::{
    Hall,
    command::{
        Command, Input, Issue, Purpose, SessionTimes,
        plan::{LimitIssue, SessionPlan},
        staffing::{ApproveStandIn, AskChange, Staffing},
    },
    event::{Event, Fact},
    ids::{ItemId, QueueId, StaffNo, WindowId},
    invariants,
    setup::staff::{Grant, Post, Staff},
    state::ticket::Ticket,
    time::{Day, Millis, Timestamp},
    words::{
        Actor, Channel, PauseReason, PriorityClass, QueueList, TicketState,
        post::{ChangeOutcome, PostRole, Whereabouts},
    },
};

const QUEUES: [&str; 3] = ["A", "B", "S"];
const WINDOWS: [&str; 3] = ["1", "2", "3"];
const PEOPLE: [&str; 4] = ["free", "a01", "b", "late"];
/// More than all that can be due at once, each in a tick of its own.
const TICKS_MAX: usize = 50;
const TODAY: Day = Day { year: 2026, month: 11, day: 23 };

#[derive(Debug, Clone)]
enum Step {
    Issue { queue: usize, item: Option<usize>, class: PriorityClass },
    On { window: usize, person: usize },
    Off { window: usize },
    Pause { window: usize },
    Resume { window: usize },
    Tide { window: usize, queue: usize, minutes: Option<u16> },
    Ebb { window: usize, scheduled: bool },
    Lend { window: usize, queue: usize, minutes: Option<u16> },
    TakeBack { window: usize, queue: usize },
    Next { window: usize },
    Wait { secs: u64 },
    Tick,
    Goes { person: usize, place: usize },
    Gone { window: usize, undo: bool },
    Limit { queue: usize, more: u32, minutes: u16 },
    Unlimit { queue: usize },
    Approve { window: usize, person: usize, minutes: Option<u16> },
    Decline { window: usize, at_all: bool },
    Change { window: usize, person: usize, by: bool },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let class = prop_oneof![
        3 => Just(PriorityClass::Ordinary),
        1 => Just(PriorityClass::Military),
        2 => Just(PriorityClass::Vulnerable),
    ];
    let (w, q) = (0_usize..3, 0_usize..3);
    let minutes = prop::option::of(1_u16..40);
    let step = prop_oneof![
        6 => (0_usize..2, prop::option::of(0_usize..2), class)
            .prop_map(|(queue, item, class)| Step::Issue { queue, item, class }),
        3 => (w.clone(), 0_usize..4).prop_map(|(window, person)| Step::On { window, person }),
        1 => (0_usize..2, 0_u32..4, 1_u16..60)
            .prop_map(|(queue, more, minutes)| Step::Limit { queue, more, minutes }),
        1 => (0_usize..2).prop_map(|queue| Step::Unlimit { queue }),
        2 => (w.clone(), 0_usize..4, minutes.clone())
            .prop_map(|(window, person, minutes)| Step::Approve { window, person, minutes }),
        1 => (w.clone(), any::<bool>())
            .prop_map(|(window, at_all)| Step::Decline { window, at_all }),
        1 => (w.clone(), 0_usize..4, any::<bool>())
            .prop_map(|(window, person, by)| Step::Change { window, person, by }),
        1 => w.clone().prop_map(|window| Step::Off { window }),
        1 => w.clone().prop_map(|window| Step::Pause { window }),
        1 => w.clone().prop_map(|window| Step::Resume { window }),
        2 => (w.clone(), q.clone(), minutes.clone())
            .prop_map(|(window, queue, minutes)| Step::Tide { window, queue, minutes }),
        1 => (w.clone(), any::<bool>())
            .prop_map(|(window, scheduled)| Step::Ebb { window, scheduled }),
        2 => (w.clone(), q.clone(), minutes)
            .prop_map(|(window, queue, minutes)| Step::Lend { window, queue, minutes }),
        1 => (w.clone(), q).prop_map(|(window, queue)| Step::TakeBack { window, queue }),
        6 => w.clone().prop_map(|window| Step::Next { window }),
        3 => (w, any::<bool>()).prop_map(|(window, undo)| Step::Gone { window, undo }),
        2 => (1_u64..1_500).prop_map(|secs| Step::Wait { secs }),
        2 => Just(Step::Tick),
        1 => (0_usize..4, 0_usize..7).prop_map(|(person, place)| Step::Goes { person, place }),
    ];
    prop::collection::vec(step, 1..100)
}

/// What was added to a window, as somebody with a pencil would write it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Added {
    window: usize,
    queue: usize,
    kind: Kind,
    until: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Scheduled,
    ByHand,
    Lent,
}

struct Morning {
    hall: Hall,
    added: Vec<Added>,
    /// 限号 of a queue: numbers left, and until when.
    limits: [Option<(u32, i64)>; 2],
    /// 批准顶岗 at a window: who, and until when.
    approved: [Option<(usize, i64)>; 3],
    /// 换岗 that was agreed to: window and person.
    changed: Vec<(usize, usize)>,
    log: Vec<Event>,
    now: i64,
}

fn profile() -> crate::setup::Parts {
    let mut parts = parts();
    parts.rules.alerts.on = true;
    (parts.rules.start_after_secs, parts.rules.recalls_max) = (15, 1);
    parts.rules.windows.posted_staff_only = true;
    let mut green = parts.windows[0].clone();
    (green.id, green.only) = ("3".parse().unwrap(), Some(PriorityClass::Vulnerable));
    parts.windows.push(green);
    let grant = |queues: &[&str], items: &[&str], until: Option<Day>| Grant {
        queues: queues.iter().map(|id| id.parse().unwrap()).collect(),
        items: items.iter().map(|id| id.parse().unwrap()).collect(),
        from: None,
        until,
    };
    let person = |no: &str, posts: Vec<Post>, grants: Vec<Grant>| Staff {
        no: no.parse().unwrap(),
        posts,
        agent: false,
        grants,
    };
    let post = |window: &str, role| Post { window: window.parse().unwrap(), role };
    let yesterday = Day { day: 22, ..TODAY };
    parts.staff = vec![
        person("free", vec![post("2", PostRole::StandIn), post("1", PostRole::Primary)], vec![]),
        person("a01", vec![post("1", PostRole::StandIn)], vec![grant(&[], &["A01"], Some(TODAY))]),
        person("b", vec![post("2", PostRole::Primary)], vec![grant(&["B", "S"], &[], None)]),
        person("late", vec![], vec![grant(&["A"], &[], Some(yesterday))]),
    ];
    parts
}

impl Morning {
    fn open() -> Self {
        let hall = hall_of(profile());
        let mut morning = Self {
            hall,
            added: vec![],
            limits: [None; 2],
            approved: [None; 3],
            changed: vec![],
            log: vec![],
            now: 1_000_000_000,
        };
        let at = Timestamp(morning.now);
        let late = at + Millis::from_minutes(100_000);
        let session = SessionTimes { issue_from: at, opens: at, issue_until: late, closes: late };
        assert!(morning.ask(Command::OpenDay { day: TODAY, working_days: Vec::new() }));
        assert!(morning.ask(Command::OpenSession { session, plan: SessionPlan::default() }));
        morning
    }

    fn decide(&self, at: i64, command: Command) -> Option<Vec<Event>> {
        let luck = at as u64;
        let input = Input { at: Timestamp(at), luck, by: Actor::Hall, request: None, command };
        self.hall.decide(&input).ok()
    }

    fn ask(&mut self, command: Command) -> bool {
        self.ask_by(Actor::Hall, command)
    }

    fn ask_by(&mut self, by: Actor, command: Command) -> bool {
        let (at, luck) = (Timestamp(self.now), self.now as u64);
        let input = Input { at, luck, by, request: None, command };
        let Ok(events) = self.hall.decide(&input) else { return false };
        for event in events {
            self.hall.apply(&event);
            invariants::check(&self.hall).unwrap();
            self.log.push(event);
        }
        true
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
        self.now += 1_500;
        let id = |list: &[&str], at: usize| list[at].to_string();
        let window = |at: usize| -> WindowId { id(&WINDOWS, at).parse().unwrap() };
        let queue = |at: usize| -> QueueId { id(&QUEUES, at).parse().unwrap() };
        let person = |at: usize| -> StaffNo { id(&PEOPLE, at).parse().unwrap() };
        match *step {
            Step::Issue { queue: at, item, class } => {
                let item = item.map(|item| -> ItemId {
                    [["A01", "A02"], ["B01", "B01"]][at][item].parse().unwrap()
                });
                let (queue, channel) = (queue(at), Channel::Kiosk);
                let now = self.now;
                let left = self.limits[at].as_mut().filter(|(_, until)| now < *until);
                let none_left = left.as_ref().is_some_and(|(left, _)| *left == 0);
                left.into_iter().for_each(|(left, _)| *left = left.saturating_sub(1));
                let issued = self.ask(Command::Issue(Issue {
                    queue,
                    item,
                    channel,
                    class,
                    grounds: super::grounds_of(class),
                    paper: false,
                    person: None,
                    agent: None,
                    purpose: Purpose::One,
                    silent: false,
                    estimate: None,
                }));
                if issued == none_left {
                    return Err(format!("a number of {queue}: {issued}, none left: {none_left}"));
                }
            }
            Step::On { window: at, person: who } => {
                let was = self.hall.staff_at(window(at));
                let done = self.ask(Command::SignOn { window: window(at), staff: person(who) })
                    && was != Some(person(who));
                if done && PEOPLE[who] == "late" {
                    return Err("who is not authorised signed on".into());
                }
                let posted = [[0, 1].as_slice(), &[0, 2], &[]][at].contains(&who);
                let approved = self.approved[at]
                    .is_some_and(|(approved, until)| approved == who && self.now < until);
                let changed = self.changed.contains(&(at, who));
                if done && !posted && !approved && !changed {
                    return Err("who has no post signed on without approval".into());
                }
            }
            Step::Off { window: at } => drop(self.ask(Command::SignOff { window: window(at) })),
            Step::Pause { window: at } => drop(self.ask(Command::Pause {
                window: window(at),
                reason: PauseReason::Away,
                whereabouts: None,
            })),
            Step::Resume { window: at } => drop(self.ask(Command::Resume { window: window(at) })),
            Step::Tide { window: at, queue: q, minutes } => {
                let queues = vec![queue(q)];
                if self.ask(Command::OpenTide { window: window(at), queues, minutes }) {
                    let kind = if minutes.is_some() { Kind::ByHand } else { Kind::Scheduled };
                    self.added.retain(|each| each.window != at || each.kind != kind);
                    self.add(at, q, kind, minutes);
                }
            }
            Step::Ebb { window: at, scheduled } => {
                let kind = if scheduled { Kind::Scheduled } else { Kind::ByHand };
                let open = self.added.iter().any(|each| each.window == at && each.kind == kind);
                if self.ask(Command::CloseTide { window: window(at), scheduled }) != open {
                    return Err(format!("{kind:?} at {at}: {open}"));
                }
                self.added.retain(|each| each.window != at || each.kind != kind);
            }
            Step::Lend { window: at, queue: q, minutes } => {
                let until = minutes.map(|minutes| self.until(minutes));
                let until = until.map(Timestamp);
                if self.ask(Command::Lend { window: window(at), queue: queue(q), until }) {
                    self.forget(at, q);
                    self.add(at, q, Kind::Lent, minutes);
                }
            }
            Step::TakeBack { window: at, queue: q } => {
                if self.ask(Command::EndLend { window: window(at), queue: queue(q) }) {
                    self.forget(at, q);
                }
            }
            Step::Next { window: at } => return self.next(at),
            Step::Wait { secs } => self.now += secs as i64 * 1_000,
            Step::Tick => {
                for _ in 0..TICKS_MAX {
                    if self.hall.next_deadline().is_some_and(|due| due.0 <= self.now) {
                        self.ask(Command::Tick);
                    }
                }
                if self.hall.next_deadline().is_some_and(|due| due.0 <= self.now) {
                    return Err("a deadline that does not pass".into());
                }
                let now = self.now;
                self.added.retain(|each| each.until.is_none_or(|until| until > now));
            }
            Step::Goes { person: who, place } => {
                let (staff, whereabouts) = (person(who), Whereabouts::ALL[place]);
                self.ask(Command::SetWhereabouts { staff, whereabouts });
            }
            Step::Limit { queue: at, more, minutes } => {
                let until = self.until(minutes);
                let (queue, reason) = (queue(at), "full".into());
                let limit = LimitIssue { queue, more, until: Some(Timestamp(until)), reason };
                assert!(self.ask(Command::LimitIssue(limit)));
                self.limits[at] = Some((more, until));
            }
            Step::Unlimit { queue: at } => {
                assert!(self.ask(Command::EndLimit { queue: queue(at) }));
                self.limits[at] = None;
            }
            Step::Approve { window: at, person: who, minutes } => {
                let until = minutes.map(|minutes| self.until(minutes));
                let wish = ApproveStandIn {
                    window: window(at),
                    staff: person(who),
                    until: until.map(Timestamp),
                    reason: String::new(),
                };
                if self.ask(Command::Staffing(Staffing::ApproveStandIn(wish))) {
                    self.approved[at] = Some((who, until.unwrap_or(i64::MAX)));
                }
            }
            Step::Change { window: at, person: who, by } => {
                let (staff, window, reason) = (person(who), window(at), "ill".into());
                let wish = AskChange { staff, window, from: TODAY, until: TODAY, reason };
                self.ask(Command::Staffing(Staffing::AskChange(wish)));
                let last = self.hall.post_changes().last().map(|change| change.number);
                let Some(number) = last else { return Ok(()) };
                let (outcome, note) = (ChangeOutcome::Granted, String::new());
                let decide = Command::Staffing(Staffing::DecideChange { number, outcome, note });
                // Who asked does not agree to it.
                let actor = if by { Actor::Hall } else { Actor::Staff("boss".parse().unwrap()) };
                if self.ask_by(actor, decide) {
                    let change = self.hall.post_changes().last().unwrap();
                    let at =
                        |list: &[&str], id: &str| list.iter().position(|it| *it == id).unwrap();
                    let staff = at(&PEOPLE, change.staff.as_str());
                    self.changed.push((at(&WINDOWS, change.window.as_str()), staff));
                }
            }
            Step::Decline { window: at, at_all: true } => {
                let (window, reason) = (window(at), "no".into());
                if self.ask(Command::Staffing(Staffing::DeclineStandIn { window, reason })) {
                    self.approved[at] = None;
                }
            }
            Step::Decline { window: at, at_all: false } => {
                assert!(self.ask(Command::Staffing(Staffing::EndStandIn { window: window(at) })));
                self.approved[at] = None;
            }
            Step::Gone { window: at, undo: true } => {
                self.ask(Command::TakeBack { window: window(at) });
            }
            Step::Gone { window: at, undo: false } => {
                self.ask(Command::Recall { window: window(at) });
                self.ask(Command::NoShow { window: window(at) });
            }
        }
        Ok(())
    }

    fn until(&self, minutes: u16) -> i64 {
        self.now + i64::from(minutes) * 60_000
    }

    fn add(&mut self, window: usize, queue: usize, kind: Kind, minutes: Option<u16>) {
        let until = minutes.map(|minutes| self.until(minutes));
        self.added.push(Added { window, queue, kind, until });
    }

    fn forget(&mut self, window: usize, queue: usize) {
        self.added
            .retain(|each| (each.window, each.queue, each.kind) != (window, queue, Kind::Lent));
    }

    /// True if a window has the queue on its list now, by the profile or by what was added.
    fn has(&self, window: usize, queue: &str, list: QueueList) -> bool {
        let own: [(&[&str], &[&str]); 3] =
            [(&["A"], &["B"]), (&["B", "S"], &["A"]), (&["A"], &["B"])];
        let added = |lent: bool| {
            let of_kind = |each: &&Added| (each.kind == Kind::Lent) == lent;
            let here = self.added.iter().filter(of_kind).filter(|each| each.window == window);
            here.map(|each| QUEUES[each.queue]).any(|each| each == queue)
        };
        let primary = own[window].0.contains(&queue) || added(false);
        match list {
            QueueList::Primary => primary,
            QueueList::Secondary => !primary && (own[window].1.contains(&queue) || added(true)),
            QueueList::Chosen | QueueList::Together => false,
        }
    }

    fn allowed(&self, window: usize, ticket: &Ticket) -> bool {
        let staff = self.hall.window(WINDOWS[window].parse().unwrap()).unwrap().staff();
        let item = ticket.item.map(|item| item.to_string());
        let by_clerk = match staff.as_ref().map(StaffNo::as_str) {
            Some("a01") => match item {
                Some(item) => item == "A01",
                None => ticket.queue().as_str() == "A",
            },
            Some("b") => ticket.queue().as_str() != "A",
            Some(_) | None => true,
        };
        by_clerk && (window != 2 || ticket.class == PriorityClass::Vulnerable)
    }

    fn next(&mut self, at: usize) -> Result<(), String> {
        let window: WindowId = WINDOWS[at].parse().unwrap();
        self.ask(Command::Finish { window, case: None, item: None, copies: None });
        let Some(events) =
            self.decide(self.now, Command::CallNext { window, finish_current: false })
        else {
            let open = self.hall.window(window).unwrap().is_open();
            let somebody =
                self.waiting(at, QueueList::Primary) + self.waiting(at, QueueList::Secondary);
            let wrong = open && somebody > 0;
            return if wrong { Err(format!("nobody called, {somebody} wait")) } else { Ok(()) };
        };
        let Fact::Called { leg, why, .. } = events[0].fact else { panic!("a call calls") };
        let ticket = self.hall.ticket(leg.ticket).unwrap();
        let on_list = self.has(at, ticket.queue().as_str(), why.list);
        let first = why.list == QueueList::Primary || self.waiting(at, QueueList::Primary) == 0;
        if !self.allowed(at, ticket) || !on_list || !first {
            return Err(format!("{} was called to {window} as {}", ticket.no, why.list));
        }
        if why.candidates as usize != self.waiting(at, why.list) {
            return Err(format!(
                "{} candidates, not {}",
                self.waiting(at, why.list),
                why.candidates
            ));
        }
        self.ask(Command::CallNext { window, finish_current: false });
        self.now += 20_000;
        Ok(())
    }

    fn waiting(&self, window: usize, list: QueueList) -> usize {
        let waiting = self.hall.tickets().filter(|each| each.state == TicketState::Waiting);
        let here = waiting.filter(|each| self.has(window, each.queue().as_str(), list));
        here.filter(|each| self.allowed(window, each)).count()
    }

    /// A moment before its deadline the hall has nothing to say, and at it something.
    fn wakes_exactly(&self) -> Result<(), String> {
        let Some(due) = self.hall.next_deadline() else {
            let later = self.decide(self.now + 1_000_000_000, Command::Tick);
            return if later == Some(vec![]) {
                Ok(())
            } else {
                Err(format!("unforeseen: {later:?}"))
            };
        };
        let at = due.0.max(self.now);
        if self.decide(at, Command::Tick).is_none_or(|events| events.is_empty()) {
            return Err(format!("nothing to say at the deadline {due:?}"));
        }
        let early = (due.0 > self.now).then(|| self.decide(due.0 - 1, Command::Tick)).flatten();
        match early.filter(|events| !events.is_empty()) {
            Some(events) => Err(format!("{events:?} before the deadline {due:?}")),
            None => Ok(()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_window_calls_only_whom_it_may_serve_now(steps in steps()) {
        let mut morning = Morning::open();
        for step in &steps {
            let came = morning.step(step).and_then(|()| morning.wakes_exactly());
            if let Err(wrong) = came {
                return Err(TestCaseError::fail(wrong));
            }
        }
        let mut again = hall_of(profile());
        for event in &morning.log {
            let text = serde_json::to_string(event).unwrap();
            again.apply(&serde_json::from_str(&text).unwrap());
        }
        prop_assert_eq!(again, morning.hall);
    }
}
