//! A naive hall: lists, loops and no cleverness. Chance compares the real one with it.

use std::{format, vec};

use alloc::{string::String, vec::Vec};

use proptest::prelude::*;

use super::small_hall;
use crate::{
    Hall,
    answer::Answer,
    command::{
        Command, Input, Issue, Purpose, SendTo, SessionTimes,
        offline::{HandIn, ReserveNumbers},
        plan::SessionPlan,
    },
    event::{Event, Fact, offline::NumberBlock},
    forecast::run::whom_a_run_calls,
    ids::{RequestId, TicketId, Token},
    invariants,
    limits::LEGS_PER_TICKET_MAX,
    number::TicketNo,
    time::{Day, Millis, Timestamp},
    words::{
        Actor, Channel, PauseReason, Printing, PriorityClass, TicketState, desk::Press,
        legs::TransferReason,
    },
};

const PROMOTED_AFTER: i64 = 30 * 60_000;

/// What the naive hall knows of a ticket.
#[derive(Debug, Clone)]
struct Person {
    id: TicketId,
    no: TicketNo,
    queue: usize,
    class: PriorityClass,
    entered: i64,
    waits: bool,
    /// After a re-activation: the queue's calls that must have been made before.
    after: Option<u64>,
    /// Only this window calls it.
    to: Option<usize>,
    /// 后续环节: the queues that still come.
    stops: Vec<usize>,
}

#[derive(Debug, Default)]
struct Naive {
    people: Vec<Person>,
    calls: [u64; 2],
    in_a_row: [u32; 2],
    /// 撤回: who stood at each window before its last press, and how its calls had gone.
    before: [Option<(Person, u32)>; 2],
    /// 离线号段: whose, which, and since when.
    blocks: Vec<(usize, NumberBlock, i64)>,
}

const QUEUES: [&str; 2] = ["A", "B"];
const WINDOWS: [&str; 2] = ["1", "2"];
const DAY: Day = Day { year: 2026, month: 11, day: 23 };
const KIOSKS: [&str; 2] = ["kiosk-1", "kiosk-2"];

impl Naive {
    /// Whom window 0 (A, then B) or 1 (B, then A) calls.
    fn pick(&self, window: usize, now: i64) -> Option<usize> {
        let sent = (0..self.people.len())
            .filter(|at| self.people[*at].waits && self.people[*at].to == Some(window));
        let sent: Vec<usize> = sent.collect();
        self.pick_of(window, window, &sent, now)
            .or_else(|| self.pick_of(window, 1 - window, &[], now))
    }

    /// Those of one queue, and those who were sent to the window, whatever their queue.
    fn pick_of(&self, window: usize, queue: usize, sent: &[usize], now: i64) -> Option<usize> {
        let stands = |person: &Person| person.waits && person.to.is_none() && person.queue == queue;
        let waits: Vec<usize> =
            (0..self.people.len()).filter(|at| stands(&self.people[*at])).collect();
        let plain = waits.iter().all(|at| self.people[*at].after.is_some());
        let soonest = waits.iter().copied().filter(|at| self.people[*at].after.is_some());
        let soonest = soonest.min_by_key(|at| {
            let person = &self.people[*at];
            (person.after, person.entered, person.id)
        });
        let able: Vec<usize> = waits
            .into_iter()
            .filter(|at| match self.people[*at].after {
                None => true,
                Some(after) => after <= self.calls[queue] || (plain && soonest == Some(*at)),
            })
            .chain(sent.iter().copied())
            .collect();
        let first = able.iter().copied().min_by_key(|at| self.key(*at, now))?;
        let special = self.people[first].class == PriorityClass::Special;
        if self.in_a_row[window] >= 2 && !special {
            let ordinary = able.iter().copied();
            let ordinary = ordinary.filter(|at| self.people[*at].class == PriorityClass::Ordinary);
            let oldest = ordinary.min_by_key(|at| (self.people[*at].entered, self.people[*at].id));
            return oldest.or(Some(first));
        }
        Some(first)
    }

    fn key(&self, at: usize, now: i64) -> (PriorityClass, i64, TicketId) {
        let person = &self.people[at];
        let old = person.class == PriorityClass::Ordinary && now - person.entered > PROMOTED_AFTER;
        let rank = if old { PriorityClass::Vulnerable } else { person.class };
        (rank, person.entered, person.id)
    }

    /// Somebody's key is pressed at a window.
    fn pressed(&mut self, window: usize, id: TicketId) {
        let person = self.people.iter().find(|person| person.id == id).cloned();
        self.before[window] = person.map(|person| (person, self.in_a_row[window]));
    }

    /// The key was not pressed.
    fn taken_back(&mut self, window: usize, call: bool) {
        let (person, in_a_row) = self.before[window].take().unwrap();
        let now = self.people.iter_mut().find(|each| each.id == person.id).unwrap();
        if call {
            // Others were called from the queue meanwhile.
            self.calls[person.queue] -= 1;
            self.in_a_row[window] = in_a_row;
        }
        *now = Person { waits: call, ..person };
    }

    fn called(&mut self, window: usize, at: usize) {
        self.pressed(window, self.people[at].id);
        let person = &mut self.people[at];
        (person.waits, person.to) = (false, None);
        self.calls[person.queue] += 1;
        let ordinary = person.class == PriorityClass::Ordinary;
        self.in_a_row[window] = if ordinary { 0 } else { self.in_a_row[window] + 1 };
    }
}

/// What chance may do.
#[derive(Debug, Clone)]
enum Step {
    Issue { queue: usize, class: PriorityClass, paper: bool },
    Several { queue: usize, more: bool },
    Settle { ticket: usize, printed: bool },
    Reserve { kiosk: usize, low: bool },
    HandIn { kiosk: usize, queue: usize, class: PriorityClass, ago_secs: u64 },
    Cancel { ticket: usize },
    Next { window: usize },
    NoShow { window: usize },
    Reactivate { ticket: usize },
    Send { window: usize, queue: usize, to: bool },
    Hold { window: usize },
    CallBack { window: usize, ticket: usize },
    Pause { window: usize },
    TakeBack { window: usize },
    Tick,
    Wait { secs: u64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let class = prop_oneof![
        4 => Just(PriorityClass::Ordinary),
        1 => Just(PriorityClass::Military),
        2 => Just(PriorityClass::Vulnerable),
        1 => Just(PriorityClass::Special),
    ];
    let kiosk_class = prop_oneof![
        3 => Just(PriorityClass::Ordinary),
        1 => Just(PriorityClass::Vulnerable),
    ];
    let step = prop_oneof![
        6 => (0_usize..2, class, any::<bool>())
            .prop_map(|(queue, class, paper)| Step::Issue { queue, class, paper }),
        2 => (0_usize..2, any::<bool>()).prop_map(|(queue, more)| Step::Several { queue, more }),
        2 => (0_usize..60, any::<bool>()).prop_map(|(ticket, printed)| Step::Settle { ticket, printed }),
        1 => (0_usize..60).prop_map(|ticket| Step::Cancel { ticket }),
        1 => (0_usize..2, any::<bool>()).prop_map(|(kiosk, low)| Step::Reserve { kiosk, low }),
        2 => (0_usize..2, 0_usize..2, kiosk_class, 0_u64..3_000).prop_map(
            |(kiosk, queue, class, ago_secs)| Step::HandIn { kiosk, queue, class, ago_secs }
        ),
        5 => (0_usize..2).prop_map(|window| Step::Next { window }),
        2 => (0_usize..2).prop_map(|window| Step::NoShow { window }),
        1 => (0_usize..60).prop_map(|ticket| Step::Reactivate { ticket }),
        3 => (0_usize..2, 0_usize..2, any::<bool>())
            .prop_map(|(window, queue, to)| Step::Send { window, queue, to }),
        1 => (0_usize..2).prop_map(|window| Step::Hold { window }),
        1 => (0_usize..2, 0_usize..60)
            .prop_map(|(window, ticket)| Step::CallBack { window, ticket }),
        1 => (0_usize..2).prop_map(|window| Step::Pause { window }),
        3 => (0_usize..2).prop_map(|window| Step::TakeBack { window }),
        1 => Just(Step::Tick),
        2 => (1_u64..900).prop_map(|secs| Step::Wait { secs }),
    ];
    prop::collection::vec(step, 1..120)
}

struct Both {
    hall: Hall,
    naive: Naive,
    log: Vec<Event>,
    now: i64,
    asked: u64,
    /// From one step to the next; a clock that was set back stands still for a time.
    pace: i64,
    /// Whoever can be served on at the window stays there.
    stay: bool,
}

impl Both {
    fn open(pace: i64) -> Self {
        let stay = pace != 1_500;
        let hall = small_hall(|rules| rules.legs.stay_at_window = stay);
        let (naive, log, now) = (Naive::default(), vec![], 1_000_000_000);
        let mut both = Self { hall, naive, log, now, asked: 0, pace, stay };
        let at = Timestamp(both.now);
        let late = at + Millis::from_minutes(100_000);
        let session = SessionTimes { issue_from: at, opens: at, issue_until: late, closes: late };
        both.must(Command::OpenDay { day: DAY, working_days: Vec::new() });
        both.must(Command::OpenSession { session, plan: SessionPlan::default() });
        for window in WINDOWS {
            let staff = window.parse().unwrap();
            both.must(Command::SignOn { window: window.parse().unwrap(), staff });
        }
        both
    }

    fn must(&mut self, command: Command) {
        assert!(self.ask(command).is_some(), "the hall opens");
    }

    /// Asks twice with one request id: the second time nothing happens and the answer is the same.
    fn ask(&mut self, command: Command) -> Option<Answer> {
        self.asked += 1;
        let mut request = [0; 16];
        request[..8].copy_from_slice(&self.asked.to_le_bytes());
        let request = Some(RequestId(request));
        let at = Timestamp(self.now);
        let input = Input { at, luck: self.asked, by: Actor::Hall, request, command };
        let events = self.hall.decide(&input).ok()?;
        for event in &events {
            self.hall.apply(event);
            invariants::check(&self.hall).unwrap();
        }
        let answer = self.hall.answer_to(&input, &events);
        if !events.is_empty() {
            assert_eq!(self.hall.decide(&input), Ok(vec![]), "asking twice acts once");
            assert_eq!(self.hall.answer_to(&input, &[]), answer, "and answers the same");
        }
        self.log.extend(events);
        Some(answer)
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
        self.now += self.pace;
        match step {
            Step::Wait { secs } => self.now += *secs as i64 * 1_000,
            Step::Issue { queue, class, paper } => {
                self.issue(*queue, *class, *paper, &[]);
            }
            Step::Several { queue, more } => {
                let other = ["B01", "A01"][*queue];
                let items = if *more { vec![other, "A02"] } else { vec![other] };
                self.issue(*queue, PriorityClass::Ordinary, false, &items);
            }
            Step::Settle { ticket, printed } => self.settle(*ticket, *printed),
            Step::Reserve { kiosk, low } => self.reserve(*kiosk, *low),
            Step::HandIn { kiosk, queue, class, ago_secs } => {
                self.hand_in((*kiosk, *queue), *class, *ago_secs);
            }
            Step::Cancel { ticket } => self.cancel(*ticket),
            Step::Next { window } => return self.next(*window),
            Step::NoShow { window } => self.no_show(*window),
            Step::Reactivate { ticket } => self.reactivate(*ticket),
            Step::Send { window, queue, to } => self.send(*window, *queue, *to),
            Step::Hold { window } => {
                let _ = self.ask(Command::Hold { window: WINDOWS[*window].parse().unwrap() });
            }
            Step::CallBack { window, ticket } => {
                let no = self.naive.people.get(*ticket).map(|person| person.no);
                let window = WINDOWS[*window].parse().unwrap();
                let back = no.map(|no| self.ask(Command::ResumeHeld { window, no }));
                if back.flatten().is_some() {
                    assert!(!self.naive.people[*ticket].waits, "who waits is not held");
                }
            }
            Step::Pause { window } => self.pause(*window),
            Step::TakeBack { window } => self.take_back(*window),
            Step::Tick => {
                let _ = self.ask(Command::Tick);
                self.join_confirmed();
            }
        }
        Ok(())
    }

    fn issue(&mut self, queue: usize, class: PriorityClass, paper: bool, then: &[&str]) {
        let special = class == PriorityClass::Special;
        let channel = if special { Channel::GuideDesk } else { Channel::Kiosk };
        let id = QUEUES[queue].parse().unwrap();
        let several = then.iter().map(|item| item.parse().unwrap()).collect();
        let item = (!then.is_empty()).then(|| ["A01", "B01"][queue].parse().unwrap());
        let purpose = if then.is_empty() { Purpose::One } else { Purpose::Several(several) };
        let (person, agent) = (None, None);
        let grounds = super::grounds_of(class);
        let issue = Issue {
            queue: id,
            item,
            channel,
            class,
            grounds,
            paper,
            person,
            agent,
            purpose,
            silent: false,
            estimate: None,
        };
        let Some(Answer::Issued(id)) = self.ask(Command::Issue(issue)) else {
            panic!("an open hall issues")
        };
        let ticket = self.hall.ticket(id).unwrap();
        let waits = !paper;
        let (no, entered) = (ticket.no, self.now);
        self.naive.people.push(Person {
            id,
            no,
            queue,
            class,
            entered,
            waits,
            after: None,
            to: None,
            stops: then.iter().map(|item| usize::from(!item.starts_with('A'))).collect(),
        });
    }

    /// No number is in two hands.
    fn reserve(&mut self, kiosk: usize, low: bool) {
        let low = if low { vec!['A', 'B'] } else { vec![] };
        let (id, book) = (KIOSKS[kiosk].parse().unwrap(), Token(kiosk as u64));
        let wish = ReserveNumbers { kiosk: id, book, low };
        self.ask(Command::ReserveNumbers(wish)).unwrap();
        let before = self.naive.blocks.len();
        let own = self.naive.blocks.iter().filter(|(of, ..)| *of == kiosk).count();
        for block in self.hall.numbers_of(id, book).skip(own) {
            self.naive.blocks.push((kiosk, block, self.now));
        }
        for (place, (_, block, _)) in self.naive.blocks.iter().enumerate().skip(before) {
            let is_in = |no: TicketNo| {
                no.letter == block.letter && block.first <= no.number && no.number <= block.last
            };
            assert!(!self.naive.people.iter().any(|person| is_in(person.no)), "given before");
            for (_, other, _) in &self.naive.blocks[..place] {
                let apart = block.last < other.first || other.last < block.first;
                assert!(block.letter != other.letter || apart, "in two hands");
            }
        }
    }

    /// Who took a number from a kiosk that was alone has waited since then.
    fn hand_in(&mut self, (kiosk, queue): (usize, usize), class: PriorityClass, ago_secs: u64) {
        let letter = ['A', 'B'][queue];
        let own = |of: &usize, block: &NumberBlock| *of == kiosk && block.letter == letter;
        let numbers = self.naive.blocks.iter().filter(|(of, block, _)| own(of, block)).flat_map(
            |(_, block, since)| (block.first..=block.last).map(|number| (number, *since)),
        );
        let is_new = |number: u16| {
            !self.naive.people.iter().any(|person| person.no == TicketNo { letter, number })
        };
        let next = numbers.into_iter().find(|(number, _)| is_new(*number));
        let taken = self.now - ago_secs as i64 * 1_000;
        let (number, since) = next.unwrap_or((700, self.now));
        let no = TicketNo { letter, number };
        let ticket = HandIn {
            kiosk: KIOSKS[kiosk].parse().unwrap(),
            day: DAY,
            no,
            token: Token(self.asked << 8 | 0xff),
            queue: QUEUES[queue].parse().unwrap(),
            item: None,
            class,
            grounds: super::grounds_of(class),
            silent: false,
            taken: Timestamp(taken),
            printing: Printing::Confirmed,
        };
        let answer = self.ask(Command::HandIn(ticket.clone()));
        let Some(Answer::Issued(id)) = answer else {
            assert!(next.is_none(), "a number in hand is taken over");
            return;
        };
        assert!(next.is_some(), "and no other");
        assert!(self.ask(Command::HandIn(ticket)).is_none(), "once");
        let entered = taken.max(since);
        let waits = true;
        let (after, to, stops) = (None, None, vec![]);
        self.naive.people.push(Person { id, no, queue, class, entered, waits, after, to, stops });
    }

    /// The place is kept, the class is no worse than 转移.
    fn send(&mut self, window: usize, queue: usize, to: bool) {
        let at = WINDOWS[window].parse().unwrap();
        let there = to.then(|| WINDOWS[1 - window].parse().unwrap());
        let to = SendTo { queue: QUEUES[queue].parse().ok(), window: there, item: None };
        let here = self.hall.ticket_at(at).map(|ticket| ticket.id);
        let reason = TransferReason::Other;
        if self.ask(Command::Transfer { window: at, to, reason }).is_some() {
            self.naive.pressed(window, here.unwrap());
            let person = self.naive.people.iter_mut().find(|person| Some(person.id) == here);
            let person = person.unwrap();
            (person.queue, person.waits, person.after) = (queue, true, None);
            person.class = person.class.min(PriorityClass::Transferred);
            person.to = there.map(|_| 1 - window);
        }
    }

    /// The last press was a mistake.
    fn take_back(&mut self, window: usize) {
        let id = WINDOWS[window].parse().unwrap();
        if self.ask(Command::TakeBack { window: id }).is_some() {
            let fact = &self.log.last().unwrap().fact;
            let call = matches!(fact, Fact::TakenBack { press: Press::Call, .. });
            self.naive.taken_back(window, call);
        }
    }

    /// For a moment: whom somebody sent there goes back to everybody.
    fn pause(&mut self, window: usize) {
        let id = WINDOWS[window].parse().unwrap();
        let (reason, whereabouts) = (PauseReason::Away, None);
        if self.ask(Command::Pause { window: id, reason, whereabouts }).is_some() {
            let sent = self.naive.people.iter_mut().filter(|person| person.to == Some(window));
            sent.for_each(|person| person.to = None);
            self.must(Command::Resume { window: id });
        }
    }

    fn id(&self, ticket: usize) -> TicketId {
        self.naive.people.get(ticket).map_or(TicketId(0), |person| person.id)
    }

    fn settle(&mut self, ticket: usize, printed: bool) {
        let id = self.id(ticket);
        let command = if printed {
            Command::ConfirmPrint { ticket: id, certain: true }
        } else {
            Command::FailPrint { ticket: id }
        };
        if self.ask(command).is_some() && !printed {
            self.naive.people[ticket].waits = false;
        }
        self.join_confirmed();
    }

    /// Reserved people who wait now, as the real hall says of their slips.
    fn join_confirmed(&mut self) {
        for person in &mut self.naive.people {
            let state = self.hall.ticket(person.id).unwrap().state;
            person.waits = person.waits || state == TicketState::Waiting;
        }
    }

    fn cancel(&mut self, ticket: usize) {
        if self.ask(Command::Cancel { ticket: self.id(ticket) }).is_some() {
            self.naive.people[ticket].waits = false;
        }
    }

    fn next(&mut self, window: usize) -> Result<(), String> {
        let id = WINDOWS[window].parse().unwrap();
        let here = self.hall.ticket_at(id).map(|ticket| (ticket.id, ticket.legs.len()));
        let finish = Command::Finish { window: id, case: None, item: None, copies: None };
        let finished = self.ask(finish).is_some();
        if finished {
            self.naive.pressed(window, here.unwrap().0);
        }
        if finished && self.goes_on(here.unwrap()) {
            let still = self.hall.ticket_at(id).map(|ticket| ticket.state);
            let served = still == Some(TicketState::Serving);
            return if served { Ok(()) } else { Err(format!("the next matter is {still:?}")) };
        }
        let expected = self.naive.pick(window, self.now);
        let run = whom_a_run_calls(&self.hall, id, Timestamp(self.now));
        let answer = self.ask(Command::CallNext { window: id, finish_current: false });
        let called = answer.map(|answer| {
            let Answer::Called { leg, .. } = answer else {
                panic!("a call answers with a leg, not {answer:?}")
            };
            leg.ticket
        });
        let wanted = expected.map(|at| self.naive.people[at].id);
        if called != wanted {
            return Err(format!("called {called:?}, the naive hall {wanted:?}"));
        }
        if called.is_some() && run != called {
            return Err(format!("called {called:?}, a run forward calls {run:?}"));
        }
        if let Some(at) = expected {
            self.naive.called(window, at);
        }
        Ok(())
    }

    /// 联办转号 at 办结; true if the person stays. Both windows serve both queues.
    fn goes_on(&mut self, (id, legs): (TicketId, usize)) -> bool {
        let stay = self.stay;
        let people = &mut self.naive.people;
        let person = people.iter_mut().find(|person| person.id == id).unwrap();
        if person.stops.is_empty() || legs == LEGS_PER_TICKET_MAX {
            return false;
        }
        person.queue = person.stops.remove(0);
        person.class = person.class.min(PriorityClass::Transferred);
        (person.waits, person.after, person.to) = (!stay, None, None);
        self.naive.calls[person.queue] += u64::from(stay);
        stay
    }

    fn no_show(&mut self, at: usize) {
        let window = WINDOWS[at].parse().unwrap();
        let here = self.hall.ticket_at(window).map(|ticket| ticket.id);
        for _ in 0..2 {
            self.now += 30_000;
            let _ = self.ask(Command::Recall { window });
        }
        if self.ask(Command::NoShow { window }).is_some() {
            self.naive.pressed(at, here.unwrap());
        }
    }

    fn reactivate(&mut self, ticket: usize) {
        if self.ask(Command::Reactivate { ticket: self.id(ticket) }).is_some() {
            let person = &mut self.naive.people[ticket];
            person.waits = true;
            person.after = Some(self.naive.calls[person.queue] + 3);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_hall_calls_whom_a_naive_hall_calls(
        steps in steps(),
        pace in prop_oneof![3 => Just(1_500), 1 => Just(0), 1 => Just(300_000), 1 => Just(3_600_000)],
    ) {
        let mut both = Both::open(pace);
        for step in &steps {
            if let Err(wrong) = both.step(step) {
                return Err(TestCaseError::fail(wrong));
            }
        }
        let mut numbers: Vec<_> = both.naive.people.iter().map(|person| person.no).collect();
        numbers.sort_unstable();
        let given = numbers.len();
        numbers.dedup();
        prop_assert_eq!(numbers.len(), given, "a number was given twice");
    }

    #[test]
    fn the_same_events_give_the_same_hall_also_through_text(steps in steps()) {
        let mut both = Both::open(1_500);
        for step in &steps {
            let _ = both.step(step);
        }
        let mut again = small_hall(|rules| rules.legs.stay_at_window = both.stay);
        for event in &both.log {
            let text = serde_json::to_string(event).unwrap();
            again.apply(&serde_json::from_str(&text).unwrap());
        }
        prop_assert_eq!(again, both.hall);
    }
}
