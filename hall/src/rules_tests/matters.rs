//! What people say in own words, and how often they may tell what was not done.

use alloc::{
    string::{String, ToString},
    vec,
    vec::Vec,
};

use super::{issue_of, small_hall};
use crate::{
    Hall,
    command::{
        Command, Evaluate, EvaluationTarget, Input, SessionTimes, people::Erase, plan::SessionPlan,
    },
    event::{Event, Fact},
    ids::TicketId,
    limits::TOLD_A_DAY_MAX,
    refusal::Refusal,
    time::{Day, Millis, Timestamp},
    words::{Actor, EvaluationChannel, Rating, Reason},
};

const EIGHT: Timestamp = Timestamp(1_700_006_400_000);

fn ask(hall: &mut Hall, command: Command) -> Result<Vec<Event>, Refusal> {
    let input = Input { at: EIGHT, luck: 1, by: Actor::Hall, request: None, command };
    let events = hall.decide(&input)?;
    events.iter().for_each(|event| hall.apply(event));
    Ok(events)
}

fn opened(day: u8) -> Hall {
    let mut hall = small_hall(|_| ());
    open(&mut hall, day);
    hall
}

fn open(hall: &mut Hall, day: u8) {
    let day = Day { year: 2026, month: 11, day };
    ask(hall, Command::OpenDay { day, working_days: Vec::new() }).unwrap();
    let late = EIGHT + Millis::from_minutes(200);
    let session = SessionTimes { issue_from: EIGHT, opens: EIGHT, issue_until: late, closes: late };
    ask(hall, Command::OpenSession { session, plan: SessionPlan::default() }).unwrap();
    let (window, staff) = ("1".parse().unwrap(), "z3".parse().unwrap());
    ask(hall, Command::SignOn { window, staff }).unwrap();
}

/// Somebody without a document was served, and says something of it.
fn served_and_says(hall: &mut Hall, rating: Rating, words: &str) -> (TicketId, String) {
    let issue = issue_of("A".parse().unwrap());
    let window = "1".parse().unwrap();
    ask(hall, Command::Issue(issue)).unwrap();
    ask(hall, Command::CallNext { window, finish_current: false }).unwrap();
    ask(hall, Command::Finish { window, case: None, item: None, copies: None }).unwrap();
    let ticket = hall.tickets().last().unwrap();
    let (id, token) = (ticket.id, ticket.token);
    let evaluate = Evaluate {
        target: EvaluationTarget::Token(token),
        rating,
        reasons: if rating.is_negative() { vec![Reason::Manner] } else { vec![] },
        text: words.to_string(),
        channel: EvaluationChannel::Phone,
        scale: 5,
    };
    let events = ask(hall, Command::Evaluate(evaluate)).unwrap();
    let mut kept = events.iter().filter_map(|event| {
        if let Fact::Evaluated(evaluated) = &event.fact {
            Some(evaluated.text.clone())
        } else {
            None
        }
    });
    (id, kept.next().unwrap())
}

fn said(hall: &Hall) -> Vec<&str> {
    hall.matters().map(|matter| matter.text.as_str()).collect()
}

#[test]
fn own_words_are_kept_of_low_levels_only_and_hold_no_telephone() {
    let mut hall = opened(23);
    ask(&mut hall, Command::SignOn { window: "1".parse().unwrap(), staff: "z3".parse().unwrap() })
        .unwrap();
    let (_, kept) = served_and_says(&mut hall, Rating::VerySatisfied, "谢谢张三");
    assert!(kept.is_empty() && said(&hall).is_empty(), "{kept}");
    served_and_says(&mut hall, Rating::VeryDissatisfied, "请回电13800138000");
    assert_eq!(said(&hall), ["请回电***********"]);
}

#[test]
fn on_request_the_words_go_also_of_somebody_without_a_document() {
    let mut hall = opened(23);
    ask(&mut hall, Command::SignOn { window: "1".parse().unwrap(), staff: "z3".parse().unwrap() })
        .unwrap();
    let (one, _) = served_and_says(&mut hall, Rating::Dissatisfied, "窗口的李四不理人");
    served_and_says(&mut hall, Rating::Dissatisfied, "等了很久");
    let erase = || Command::Erase(Erase::Ticket(one));
    ask(&mut hall, erase()).unwrap();
    assert_eq!(said(&hall), ["", "等了很久"]);
    assert_eq!(ask(&mut hall, erase()), Err(Refusal::NothingToErase));
}

#[test]
fn what_was_not_done_is_told_so_often_a_day_and_again_the_next() {
    let mut hall = opened(23);
    let tell = || Command::TellMatter { department: None, reasons: vec![Reason::LongWait] };
    for _ in 0..TOLD_A_DAY_MAX {
        ask(&mut hall, tell()).unwrap();
    }
    assert_eq!(ask(&mut hall, tell()), Err(Refusal::MattersFull));
    ask(&mut hall, Command::CloseDay).unwrap();
    open(&mut hall, 24);
    ask(&mut hall, tell()).unwrap();
}
