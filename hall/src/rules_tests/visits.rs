//! Home visits by chance, against a naive memory of them: whatever is asked in whatever order and over
//! whatever nights, a step is taken or refused as the naive one says, and every day counts what it must.

use std::vec::Vec;

use alloc::string::String;

use proptest::prelude::*;

use super::{hall_of, parts};
use crate::{
    Hall,
    command::{
        Command, Evaluate, EvaluationTarget, Input,
        visit::{VisitStepWish, VisitWish},
    },
    event::Event,
    ids::VisitId,
    invariants,
    setup::{Parts, staff::Staff},
    time::{Day, Millis, Timestamp},
    views::indicators,
    words::{
        Actor, EvaluationChannel, Rating,
        visit::{VisitObstacle, VisitReason},
    },
};

#[derive(Debug, Clone, Copy, Default)]
struct Naive {
    assigned: bool,
    begun: bool,
    over: bool,
    done: bool,
    rated: bool,
}

/// What the naive one counts of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    asked: u32,
    done: u32,
    not_done: u32,
    withdrawn: u32,
    rated: u32,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Ask,
    Handle { visit: usize, what: usize },
    Rate { visit: usize },
    Night,
    Evening,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => Just(Step::Ask),
        12 => (0_usize..5, 0_usize..5).prop_map(|(visit, what)| Step::Handle { visit, what }),
        4 => (0_usize..5).prop_map(|visit| Step::Rate { visit }),
        1 => Just(Step::Night),
        1 => Just(Step::Evening),
    ];
    prop::collection::vec(step, 1..120)
}

struct Both {
    hall: Hall,
    naive: Vec<Naive>,
    counts: Counts,
    day: u8,
    open: bool,
    at: Timestamp,
}

impl Both {
    fn ask(&mut self, command: Command) -> bool {
        self.at = self.at + Millis::from_secs(1);
        let input =
            Input { at: self.at, luck: self.at.0 as u64, by: Actor::Hall, request: None, command };
        let Ok(events) = self.hall.decide(&input) else { return false };
        for event in &events {
            let text = serde_json::to_string(event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), *event, "it is remembered");
            self.hall.apply(event);
            invariants::check(&self.hall).unwrap();
        }
        true
    }

    fn step(&mut self, step: Step) {
        let took = match step {
            Step::Ask => {
                let reason = VisitReason::Elderly;
                self.naive.push(Naive::default());
                self.counts.asked += 1;
                let wish = VisitWish::Ask { item: None, reason, wished: None };
                (self.ask(Command::Visit(wish)), true)
            }
            Step::Handle { visit, what } => {
                let expected = self.takes(visit, what);
                let visit = VisitId(visit as u32 + 1);
                let wish = VisitWish::Handle { visit, wish: self.wish(what) };
                (self.ask(Command::Visit(wish)), expected)
            }
            Step::Rate { visit } => {
                let expected = self.naive.get(visit).is_some_and(|it| it.done && !it.rated);
                if expected {
                    self.naive[visit].rated = true;
                    self.counts.rated += 1;
                }
                let found = self.hall.visit(VisitId(visit as u32 + 1));
                let Some(token) = found.map(|visit| visit.token) else {
                    assert!(!expected);
                    return;
                };
                (self.ask(Command::Evaluate(of(token))), expected)
            }
            Step::Evening => {
                let was_open = core::mem::replace(&mut self.open, false);
                let closed = was_open && self.ask(Command::CloseDay);
                if was_open {
                    self.counted();
                    self.counts = Counts::default();
                }
                (closed, was_open)
            }
            Step::Night => {
                if self.open {
                    self.step(Step::Evening);
                }
                self.day += 1;
                self.open = true;
                let day = Day { year: 2026, month: 11, day: self.day };
                (self.ask(Command::OpenDay { day, working_days: Vec::new() }), true)
            }
        };
        assert_eq!(took.0, took.1, "{step:?}");
        if self.open {
            self.counted();
        }
    }

    fn counted(&self) {
        let figures = indicators::of_hall(&self.hall, self.at);
        let counts = Counts {
            asked: figures.visits_asked,
            done: figures.visits_done,
            not_done: figures.visits_not_done,
            withdrawn: figures.visits_withdrawn,
            rated: figures.visit_evaluations.iter().sum(),
        };
        assert_eq!(counts, self.counts);
    }

    fn wish(&self, what: usize) -> VisitStepWish {
        let note = String::new();
        let day = Day { year: 2026, month: 11, day: self.day };
        match what {
            0 => VisitStepWish::Assign { staff: "z3".parse().unwrap(), day },
            1 => VisitStepWish::Begin,
            2 => VisitStepWish::Finish { case: None, item: None, copies: None },
            3 => VisitStepWish::Fail { obstacle: VisitObstacle::NobodyHome, note },
            _ => VisitStepWish::Withdraw { note },
        }
    }

    fn takes(&mut self, visit: usize, what: usize) -> bool {
        let Some(it) = self.naive.get_mut(visit).filter(|it| !it.over) else { return false };
        let takes = match what {
            0 | 4 => true,
            1 => it.assigned && !it.begun,
            2 => it.begun,
            _ => it.assigned,
        };
        if !takes {
            return false;
        }
        match what {
            0 => (it.assigned, it.begun) = (true, false),
            1 => it.begun = true,
            2 => self.counts.done += 1,
            3 => self.counts.not_done += 1,
            _ => self.counts.withdrawn += 1,
        }
        (it.over, it.done) = (what >= 2, what == 2);
        true
    }
}

fn clerk() -> Staff {
    let no = "z3".parse().unwrap();
    Staff { no, posts: Vec::new(), agent: false, grants: Vec::new() }
}

fn of(token: crate::ids::Token) -> Evaluate {
    Evaluate {
        target: EvaluationTarget::Token(token),
        rating: Rating::ALL[4],
        reasons: Vec::new(),
        text: String::new(),
        channel: EvaluationChannel::Phone,
        scale: 5,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn visits_go_as_the_naive_memory_of_them_says(steps in steps()) {
        let mut both = Both {
            hall: hall_of(Parts { staff: Vec::from([clerk()]), ..parts() }),
            naive: Vec::new(),
            counts: Counts::default(),
            day: 1,
            open: false,
            at: Timestamp(1_700_006_400_000),
        };
        both.step(Step::Night);
        for step in &steps {
            if both.day < 29 {
                both.step(*step);
            }
        }
    }
}
