//! The words of scripts about home visits: `visit ask item=A01 because=ill wish=25`, `visit 1 assign z3 24`,
//! `visit 1 begin`, `visit 1 done on_the_spot`, `visit 1 fail nobody_home`, `visit 1 rate 5`, `show visit 1`.

use std::{format, vec, vec::Vec};

use alloc::string::String;

use super::{named, november};
use crate::{
    Hall,
    command::{
        Command, Evaluate, EvaluationTarget,
        visit::{VisitStepWish, VisitWish},
    },
    ids::VisitId,
    words::{
        CaseKind, EvaluationChannel, Rating, Reason,
        visit::{VisitObstacle, VisitReason},
    },
};

pub(super) fn command(hall: &Hall, words: &[&str]) -> Option<Command> {
    let word = |at: usize| words.get(at).copied().filter(|word| !word.contains('='));
    let item = || named(words, "item").map(|item| item.parse().unwrap());
    let day = |text: &str| november(text.parse().unwrap());
    if words[0] != "visit" {
        return None;
    }
    if words[1] == "ask" {
        let because = named(words, "because")
            .map_or(VisitReason::Elderly, |because| VisitReason::parse(because).unwrap());
        let wished = named(words, "wish").map(day);
        return Some(Command::Visit(VisitWish::Ask { item: item(), reason: because, wished }));
    }
    let visit = VisitId(words[1].parse().unwrap());
    let note = |at: usize| word(at).unwrap_or_default().replace('_', " ");
    let wish = match words[2] {
        "assign" => VisitStepWish::Assign {
            staff: word(3).unwrap().parse().unwrap(),
            day: day(word(4).unwrap()),
        },
        "begin" => VisitStepWish::Begin,
        "done" => VisitStepWish::Finish {
            case: word(3).map(|case| CaseKind::parse(case).unwrap()),
            item: item(),
            copies: named(words, "copies").map(|copies| copies.parse().unwrap()),
        },
        "fail" => VisitStepWish::Fail {
            obstacle: VisitObstacle::parse(word(3).unwrap()).unwrap(),
            note: note(4),
        },
        "withdraw" => VisitStepWish::Withdraw { note: note(3) },
        "rate" => {
            let token = hall.visit(visit).unwrap().token;
            return Some(Command::Evaluate(Evaluate {
                target: EvaluationTarget::Token(token),
                rating: Rating::from_level(word(3).unwrap().parse().unwrap()).unwrap(),
                reasons: word(4).map_or(vec![], |_| vec![Reason::Manner]),
                text: String::new(),
                channel: EvaluationChannel::Phone,
                scale: 5,
            }));
        }
        other => panic!("no such step: {other}"),
    };
    Some(Command::Visit(VisitWish::Handle { visit, wish }))
}

pub(super) fn told(hall: &Hall, id: VisitId) -> String {
    hall.visit(id).map_or(String::from("gone"), |visit| format!("visit {} {}", id.0, visit.stage()))
}

pub(super) fn show(hall: &Hall, words: &[&str]) -> String {
    let Some(visit) = hall.visit(VisitId(words[1].parse().unwrap())) else {
        return String::from("nothing");
    };
    let due = visit.due.map_or(String::from("no limit"), |due| format!("by {due}"));
    let level = hall.visit_level(visit).map(|level| format!("{level}"));
    let who = visit.staff.zip(visit.day).map(|(staff, day)| format!("{staff} on {day}"));
    let item = visit.item.map(|item| format!("{item}"));
    let over = visit.over.as_ref();
    let case = over.and_then(|over| over.case).map(|case| format!("{case}"));
    let note = over.map(|over| over.note.clone()).filter(|note| !note.is_empty());
    let said = visit.given.as_ref().map(|given| format!("{}", given.rating));
    let all = [Some(format!("{}", visit.stage())), Some(due), level, who, item, case, note, said];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
