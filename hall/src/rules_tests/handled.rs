//! What is done about matters, by chance, against a naive memory of it: whatever is asked in whatever
//! order, a step is taken or refused as the naive one says, and the limit is the naive one's.

use std::{vec, vec::Vec};

use alloc::{borrow::ToOwned, string::String};

use proptest::prelude::*;

use super::small_hall;
use crate::{
    Hall,
    command::{Command, Input, matter::MatterWish},
    event::Event,
    ids::MatterId,
    invariants,
    limits::MATTER_STEPS_MAX,
    time::{Day, Timestamp},
    words::{
        Actor, Reason,
        matter::{CallBackResult, MatterFinding, MatterGrade, MatterOutcome},
    },
};

/// What the naive one remembers of a matter that was told.
#[derive(Debug, Clone, Default)]
struct Naive {
    /// As the how-manieth working day from today on; 0 is today.
    due: usize,
    steps: usize,
    asked_by: Option<usize>,
    decided: bool,
    graded: bool,
    closed: bool,
}

#[derive(Debug, Clone)]
enum Step {
    Tell,
    Handle { matter: usize, by: usize, wish: usize, yes: bool },
    Close { matter: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        1 => Just(Step::Tell),
        12 => (0_usize..3, 0_usize..2, 0_usize..10, any::<bool>())
            .prop_map(|(matter, by, wish, yes)| Step::Handle { matter, by, wish, yes }),
        1 => (0_usize..3).prop_map(|matter| Step::Close { matter }),
    ];
    prop::collection::vec(step, 1..120)
}

const ORDINARY: usize = 5;
const COMPLEX: usize = 10;
const MOST: usize = 15;

fn wish_of(wish: usize, yes: bool) -> MatterWish {
    let note = String::from("so");
    match wish {
        0 => MatterWish::Assign { department: yes.then(|| "d".to_owned()), staff: None },
        1 => MatterWish::Grade { grade: MatterGrade::Simple },
        2 => MatterWish::Grade { grade: MatterGrade::Ordinary },
        3 => MatterWish::Grade { grade: MatterGrade::Complex },
        4 => MatterWish::Answer { note },
        5 => MatterWish::CallBack { result: CallBackResult::Content, note: String::new() },
        6 => MatterWish::AskExtension { reason: note },
        7 => MatterWish::DecideExtension { granted: yes, note: String::new() },
        8 => MatterWish::Publish { shown: yes },
        _ => MatterWish::Verify { finding: MatterFinding::Clear, note },
    }
}

impl Naive {
    /// Takes the step if it may be taken.
    fn takes(&mut self, by: usize, wish: usize, yes: bool) -> bool {
        if self.closed && wish != 5 && wish != 8 || self.steps == MATTER_STEPS_MAX {
            return false;
        }
        match wish {
            0 if !yes => return false,
            1 => self.due = 0,
            2 => self.due = ORDINARY,
            3 => self.due = COMPLEX,
            6 => {
                if self.asked_by.is_some() || self.due == MOST {
                    return false;
                }
                self.asked_by = Some(by);
            }
            7 => {
                if self.decided || self.asked_by.is_none_or(|asker| asker == by) {
                    return false;
                }
                if yes && self.due == MOST {
                    return false;
                }
                self.decided = true;
                if yes {
                    self.due = MOST;
                }
            }
            9 => return false,
            _ => {}
        }
        self.graded |= (1..=3).contains(&wish);
        self.steps += 1;
        true
    }
}

fn ask(hall: &mut Hall, by: &Actor, command: Command) -> bool {
    let at = Timestamp(1_700_006_400_000);
    let input = Input { at, luck: 1, by: by.clone(), request: None, command };
    let Ok(events) = hall.decide(&input) else { return false };
    for event in &events {
        let text = serde_json::to_string(event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), *event, "it is remembered");
        hall.apply(event);
        invariants::check(hall).unwrap();
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_matter_goes_only_ways_that_a_naive_one_knows(steps in steps()) {
        let days: Vec<Day> = (1..=16).map(|day| Day { year: 2026, month: 12, day }).collect();
        let mut hall = small_hall(|_| ());
        let open = Command::OpenDay { day: days[0], working_days: days[1..].to_vec() };
        prop_assert!(ask(&mut hall, &Actor::Hall, open));
        let actors = ["1001", "1002"].map(|no| Actor::Staff(no.parse().unwrap()));
        let mut all: Vec<Naive> = vec![];
        for step in steps {
            match step {
                Step::Tell => {
                    let command = Command::TellMatter { department: None, reasons: vec![Reason::Other] };
                    prop_assert!(ask(&mut hall, &Actor::Hall, command));
                    all.push(Naive { due: ORDINARY, ..Naive::default() });
                }
                Step::Handle { matter, by, wish, yes } => {
                    let id = MatterId(matter as u32 + 1);
                    let command = Command::HandleMatter { matter: id, wish: wish_of(wish, yes) };
                    let taken = ask(&mut hall, &actors[by], command);
                    let may = all.get_mut(matter).is_some_and(|each| each.takes(by, wish, yes));
                    prop_assert_eq!(taken, may, "{} {}", wish, yes);
                }
                Step::Close { matter } => {
                    let (id, note) = (MatterId(matter as u32 + 1), String::from("so"));
                    let outcome = MatterOutcome::Explained;
                    let command = Command::CloseMatter { matter: id, outcome, note };
                    let closes = |each: &&mut Naive| {
                        !each.closed && each.graded && (each.asked_by.is_none() || each.decided)
                    };
                    let found = all.get_mut(matter).filter(closes);
                    let may = found.is_some();
                    if let Some(each) = found { each.closed = true; }
                    prop_assert_eq!(ask(&mut hall, &actors[0], command), may);
                }
            }
            for (place, naive) in all.iter().enumerate() {
                let id = MatterId(place as u32 + 1);
                let closed = || hall.matters_closed().iter().map(|closed| &closed.matter);
                let matter = hall.matter(id).or_else(|| closed().find(|each| each.id == id)).unwrap();
                prop_assert_eq!(matter.due, Some(days[naive.due]));
                prop_assert_eq!(matter.steps.len(), naive.steps);
            }
        }
    }
}
