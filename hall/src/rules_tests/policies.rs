//! The orders of call under chance: each beside its own naive picture, and what it promises.

use alloc::{vec, vec::Vec};

use proptest::prelude::*;

use super::small_hall;
use crate::{
    Hall,
    answer::Answer,
    command::{Command, Input, Issue, Purpose, SessionTimes, plan::SessionPlan},
    event::Event,
    forecast::run::whom_a_run_calls,
    ids::TicketId,
    invariants,
    setup::Rules,
    time::{Day, Millis, Timestamp},
    words::{
        Actor, Channel, PriorityClass, QueueList, Why, WhyRule,
        order::{ClassOrder, ListOrder},
    },
};

const MINUTE: i64 = 60_000;

#[derive(Debug, Clone)]
enum Step {
    Issue { queue: usize, class: PriorityClass },
    Call { window: usize },
    Wait { minutes: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let class = prop_oneof![
        5 => Just(PriorityClass::Ordinary),
        2 => Just(PriorityClass::Military),
        3 => Just(PriorityClass::Vulnerable),
        1 => Just(PriorityClass::Special),
    ];
    let step = prop_oneof![
        5 => (0_usize..2, class).prop_map(|(queue, class)| Step::Issue { queue, class }),
        4 => (0_usize..2).prop_map(|window| Step::Call { window }),
        2 => (1_i64..25).prop_map(|minutes| Step::Wait { minutes }),
    ];
    prop::collection::vec(step, 1..150)
}

#[derive(Debug, Clone, Copy)]
struct Person {
    id: TicketId,
    class: PriorityClass,
    entered: i64,
}

/// A hall in which both windows serve both queues as one line.
struct Line {
    hall: Hall,
    waiting: Vec<Person>,
    log: Vec<Event>,
    now: i64,
}

/// A call: who waited before it, who was called, and why.
struct Called {
    waiting: Vec<Person>,
    who: Person,
    why: Why,
}

impl Line {
    fn open(change: impl Fn(&mut Rules)) -> Self {
        let hall = small_hall(|rules| {
            rules.order.lists = ListOrder::LongestWait;
            change(rules);
        });
        let mut line = Self { hall, waiting: vec![], log: vec![], now: 1_000_000_000 };
        let at = Timestamp(line.now);
        let late = at + Millis::from_minutes(100_000);
        let session = SessionTimes { issue_from: at, opens: at, issue_until: late, closes: late };
        line.ask(Command::OpenDay {
            day: Day { year: 2026, month: 11, day: 23 },
            working_days: Vec::new(),
        });
        line.ask(Command::OpenSession { session, plan: SessionPlan::default() });
        for window in ["1", "2"] {
            let (window, staff) = (window.parse().unwrap(), window.parse().unwrap());
            line.ask(Command::SignOn { window, staff });
        }
        line
    }

    fn ask(&mut self, command: Command) -> Option<Answer> {
        let (at, luck) = (Timestamp(self.now), self.now as u64);
        let input = Input { at, luck, by: Actor::Hall, request: None, command };
        let events = self.hall.decide(&input).ok()?;
        assert_eq!(self.hall.decide(&input).as_ref(), Ok(&events), "asked again it says the same");
        for event in &events {
            self.hall.apply(event);
            invariants::check(&self.hall).unwrap();
        }
        let answer = self.hall.answer_to(&input, &events);
        self.log.extend(events);
        Some(answer)
    }

    fn step(&mut self, step: &Step) -> Option<Called> {
        self.now += 2_000;
        match step {
            Step::Wait { minutes } => self.now += minutes * MINUTE,
            Step::Issue { queue, class } => self.issue(*queue, *class),
            Step::Call { window } => return self.call(*window),
        }
        None
    }

    fn issue(&mut self, queue: usize, class: PriorityClass) {
        let special = class == PriorityClass::Special;
        let channel = if special { Channel::GuideDesk } else { Channel::Kiosk };
        let queue = ["A", "B"][queue].parse().unwrap();
        let (item, person, agent, purpose) = (None, None, None, Purpose::One);
        let grounds = super::grounds_of(class);
        let issue = Issue {
            queue,
            item,
            channel,
            class,
            grounds,
            paper: false,
            person,
            agent,
            purpose,
            silent: false,
            estimate: None,
        };
        let Some(Answer::Issued(id)) = self.ask(Command::Issue(issue)) else {
            panic!("an open hall issues")
        };
        self.waiting.push(Person { id, class, entered: self.now });
    }

    fn call(&mut self, window: usize) -> Option<Called> {
        let window = ["1", "2"][window].parse().unwrap();
        let _ = self.ask(Command::Finish { window, case: None, item: None, copies: None });
        let waiting = self.waiting.clone();
        let run = whom_a_run_calls(&self.hall, window, Timestamp(self.now));
        let answer = self.ask(Command::CallNext { window, finish_current: false });
        let Some(Answer::Called { leg, why }) = answer else {
            assert!(waiting.is_empty(), "somebody waits and nobody is called");
            return None;
        };
        assert_eq!(run, Some(leg.ticket), "a run forward calls somebody else");
        let at = self.waiting.iter().position(|person| person.id == leg.ticket).unwrap();
        Some(Called { waiting, who: self.waiting.remove(at), why })
    }
}

/// The small hall with so many people waiting, and the moment.
pub(crate) fn a_busy_hall(people: usize) -> (Hall, Timestamp) {
    let mut line = Line::open(|_| {});
    for at in 0..people {
        line.step(&Step::Issue { queue: at % 2, class: PriorityClass::Ordinary });
    }
    for window in 0..2 {
        line.step(&Step::Call { window });
        let window = ["1", "2"][window].parse().unwrap();
        line.ask(Command::Start { window });
    }
    line.step(&Step::Wait { minutes: 2 });
    (line.hall, Timestamp(line.now))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn in_one_line_the_longest_wait_of_the_best_class_goes(steps in steps()) {
        let mut line = Line::open(|rules| rules.guard = false);
        for step in &steps {
            if let Some(called) = line.step(step) {
                let first = called.waiting.iter().min_by_key(|it| (it.class, it.entered, it.id));
                prop_assert_eq!(called.who.id, first.unwrap().id);
                prop_assert_eq!(called.why.list, QueueList::Together);
            }
        }
    }

    #[test]
    fn a_class_is_worth_its_minutes_and_nobody_waits_past_the_hard_maximum(
        steps in steps(),
        most in 20_u32..90,
    ) {
        let mut line = Line::open(|rules| {
            rules.order.classes = ClassOrder::Weights;
            rules.order.wait_hard_max_minutes = most;
        });
        let worth = |class| match class {
            PriorityClass::Military => 20,
            PriorityClass::Vulnerable => 15,
            PriorityClass::Special
            | PriorityClass::Transferred
            | PriorityClass::Booked
            | PriorityClass::Ordinary => 0,
        };
        for step in &steps {
            let Some(Called { waiting, who, why }) = line.step(step) else { continue };
            let now = line.now;
            let over = |it: &Person| now - it.entered > i64::from(most) * MINUTE;
            if who.class == PriorityClass::Special {
                continue;
            }
            prop_assert!(waiting.iter().all(|it| it.class != PriorityClass::Special));
            let starved = waiting.iter().filter(|it| over(it)).min_by_key(|it| (it.entered, it.id));
            let first = starved.or_else(|| {
                let key = |it: &&Person| (it.entered - worth(it.class) * MINUTE, it.entered, it.id);
                waiting.iter().min_by_key(key)
            });
            prop_assert_eq!(who.id, first.unwrap().id);
            prop_assert!(why.rule != WhyRule::HardMax || over(&who));
        }
    }

    #[test]
    fn a_ratio_is_kept_exactly_while_both_wait(
        steps in steps(),
        (n, m) in (1_u8..5, 1_u8..4),
    ) {
        let mut line = Line::open(|rules| {
            rules.order.classes = ClassOrder::Ratio;
            (rules.order.ratio_priority, rules.order.ratio_ordinary) = (n, m);
        });
        let mut rounds: [Vec<bool>; 2] = [vec![], vec![]];
        for step in &steps {
            let Some(Called { waiting, who, why }) = line.step(step) else { continue };
            let Step::Call { window } = step else { panic!("only a call calls") };
            let ordinary = |it: &Person| it.class == PriorityClass::Ordinary;
            let both = waiting.iter().any(ordinary) && !waiting.iter().all(ordinary);
            let first = waiting.iter().filter(|it| ordinary(it) == ordinary(&who));
            let first = first.min_by_key(|it| (it.class, it.entered, it.id));
            prop_assert_eq!(who.id, first.unwrap().id);
            prop_assert_eq!(why.rule == WhyRule::Ratio, both && who.class != PriorityClass::Special);
            if why.rule == WhyRule::Ratio {
                rounds[*window].push(!ordinary(&who));
            }
        }
        for round in rounds.iter().flat_map(|calls| calls.chunks_exact(usize::from(n + m))) {
            prop_assert_eq!(round.iter().filter(|priority| **priority).count(), usize::from(n));
        }
    }

    #[test]
    fn the_same_events_give_the_same_line(steps in steps()) {
        let change = |rules: &mut Rules| {
            rules.order.lists = ListOrder::LongestWait;
            rules.order.classes = ClassOrder::Ratio;
        };
        let mut line = Line::open(change);
        for step in &steps {
            line.step(step);
        }
        let mut again = small_hall(change);
        line.log.iter().for_each(|event| again.apply(event));
        prop_assert_eq!(again, line.hall);
    }
}
