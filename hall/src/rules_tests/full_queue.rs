//! A queue with 800 tickets goes on behind the numbers set aside for kiosks, with a fourth digit, and
//! the first of them is still called first.

use crate::{
    Hall,
    answer::Answer,
    command::{Command, Input, SessionTimes, plan::SessionPlan},
    ids::TicketId,
    time::{Day, Millis, Timestamp},
    words::Actor,
};

use super::{issue_of, small_hall};

const EIGHT: Timestamp = Timestamp(1_700_006_400_000);

fn ask(hall: &mut Hall, command: Command) -> Answer {
    let input = Input { at: EIGHT, luck: 7, by: Actor::Hall, request: None, command };
    let events = hall.decide(&input).unwrap();
    events.iter().for_each(|event| hall.apply(event));
    hall.answer_to(&input, &events)
}

fn no_of(hall: &Hall, ticket: TicketId) -> alloc::string::String {
    alloc::format!("{}", hall.ticket(ticket).unwrap().no)
}

#[test]
fn a_queue_with_800_tickets_goes_on_and_calls_the_first() {
    let mut hall = small_hall(|_| {});
    let day = Day { year: 2023, month: 11, day: 15 };
    ask(&mut hall, Command::OpenDay { day, working_days: alloc::vec::Vec::new() });
    let until = EIGHT + Millis::from_minutes(240);
    let session =
        SessionTimes { issue_from: EIGHT, opens: EIGHT, issue_until: until, closes: until };
    ask(&mut hall, Command::OpenSession { session, plan: SessionPlan::default() });
    let issue = || Command::Issue(issue_of("A".parse().unwrap()));
    let mut told = alloc::vec::Vec::new();
    for _ in 0..1_000 {
        let Answer::Issued(ticket) = ask(&mut hall, issue()) else { panic!("no ticket") };
        told.push(no_of(&hall, ticket));
    }
    assert_eq!(told[..2], ["A001", "A002"]);
    assert_eq!(told[799..801], ["A800", "A1000"]);
    let window = "1".parse().unwrap();
    ask(&mut hall, Command::SignOn { window, staff: "z3".parse().unwrap() });
    ask(&mut hall, Command::CallNext { window, finish_current: false });
    assert_eq!(no_of(&hall, hall.ticket_at(window).unwrap().id), "A001");
    assert_eq!(hall.queue("A".parse().unwrap()).unwrap().waiting(), 999);
}
