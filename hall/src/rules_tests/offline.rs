//! 离线取号: numbers set aside for kiosks, and what comes of the tickets they gave out alone.

use alloc::{string::ToString, vec::Vec};

use super::{issue_of, small_hall};
use crate::{
    Hall,
    answer::Answer,
    command::{
        Command, Input, SessionTimes,
        offline::{HandIn, ReserveNumbers},
        plan::{Segment, SessionPlan},
    },
    event::{offline::NumberBlock, people::Grounds},
    ids::{TicketId, Token},
    refusal::Refusal,
    time::{Day, Millis, Timestamp},
    words::{Actor, Printing, PriorityClass},
};

const EIGHT: Timestamp = Timestamp(1_700_006_400_000);
const DAY: Day = Day { year: 2023, month: 11, day: 15 };

struct Stage(Hall);

impl Stage {
    fn open(block: u16, plan: SessionPlan) -> Self {
        let mut stage = Self(small_hall(|rules| rules.offline.block = block));
        stage.ask(0, Command::OpenDay { day: DAY, working_days: Vec::new() }).unwrap();
        let until = EIGHT + Millis::from_minutes(240);
        let session =
            SessionTimes { issue_from: EIGHT, opens: EIGHT, issue_until: until, closes: until };
        stage.ask(0, Command::OpenSession { session, plan }).unwrap();
        stage
    }

    fn ask(&mut self, minute: u64, command: Command) -> Result<Answer, Refusal> {
        let at = EIGHT + Millis::from_minutes(minute);
        let input = Input { at, luck: minute + 7, by: Actor::Hall, request: None, command };
        let events = self.0.decide(&input)?;
        events.iter().for_each(|event| self.0.apply(event));
        crate::invariants::check(&self.0).unwrap();
        Ok(self.0.answer_to(&input, &events))
    }

    fn reserve(&mut self, kiosk: &str, book: u64, low: &[char]) -> Vec<(char, u16, u16)> {
        let kiosk = kiosk.parse().unwrap();
        let wish = ReserveNumbers { kiosk, book: Token(book), low: low.to_vec() };
        self.ask(0, Command::ReserveNumbers(wish)).unwrap();
        let blocks = self.0.numbers_of(kiosk, Token(book));
        blocks.map(|NumberBlock { letter, first, last }| (letter, first, last)).collect()
    }

    fn issue(&mut self, minute: u64) -> TicketId {
        let issue = issue_of("A".parse().unwrap());
        let Ok(Answer::Issued(id)) = self.ask(minute, Command::Issue(issue)) else {
            panic!("no ticket")
        };
        id
    }
}

fn ticket(kiosk: &str, no: &str, taken: u64) -> HandIn {
    HandIn {
        kiosk: kiosk.parse().unwrap(),
        day: DAY,
        no: no.parse().unwrap(),
        token: Token(0xabcd),
        queue: "A".parse().unwrap(),
        item: None,
        class: PriorityClass::Ordinary,
        grounds: Grounds::default(),
        silent: false,
        taken: EIGHT + Millis::from_minutes(taken),
        printing: Printing::Confirmed,
    }
}

#[test]
fn each_kiosk_and_each_of_its_records_has_numbers_of_its_own() {
    let mut stage = Stage::open(25, SessionPlan::default());
    let first = stage.reserve("kiosk-1", 1, &[]);
    assert_eq!(first, [('A', 801, 825), ('B', 801, 825)], "S is no letter of a kiosk");
    assert_eq!(stage.reserve("kiosk-1", 1, &[]), first, "asking again sets nothing more aside");
    assert_eq!(stage.reserve("kiosk-2", 9, &[]), [('A', 826, 850), ('B', 826, 850)]);
    let lost = stage.reserve("kiosk-1", 2, &[]);
    assert_eq!(lost, [('A', 851, 875), ('B', 851, 875)], "a kiosk without its record begins anew");
    let more = stage.reserve("kiosk-1", 1, &['A']);
    assert_eq!(more[2..], [('A', 876, 900)], "who runs low gets one more");
}

#[test]
fn what_is_set_aside_ends() {
    let mut stage = Stage::open(100, SessionPlan::default());
    let blocks = stage.reserve("kiosk-1", 1, &['A']);
    assert_eq!(blocks[0], ('A', 801, 900));
    assert_eq!(stage.reserve("kiosk-1", 1, &['A'])[2], ('A', 901, 999));
    assert_eq!(stage.reserve("kiosk-1", 1, &['A']).len(), 3, "there are no more");
    let mut none = Stage::open(0, SessionPlan::default());
    assert_eq!(none.reserve("kiosk-1", 1, &[]), [], "a hall that does not want it");
}

#[test]
fn a_kiosk_that_always_begins_anew_leaves_numbers_to_the_others() {
    let mut stage = Stage::open(25, SessionPlan::default());
    for book in 1..50 {
        stage.reserve("kiosk-1", book, &['A', 'B']);
    }
    assert_eq!(stage.reserve("kiosk-2", 1, &[]), [('A', 901, 925), ('B', 901, 925)]);
}

#[test]
fn a_ticket_handed_in_waits_since_it_was_taken() {
    let mut stage = Stage::open(25, SessionPlan::default());
    stage.reserve("kiosk-1", 1, &[]);
    let later = stage.issue(20);
    let Ok(Answer::Issued(id)) = stage.ask(30, Command::HandIn(ticket("kiosk-1", "A803", 10)))
    else {
        panic!("it is taken over")
    };
    let found = stage.0.ticket(id).unwrap();
    assert_eq!((found.no.to_string().as_str(), found.token), ("A803", Token(0xabcd)));
    assert_eq!(found.issued, EIGHT + Millis::from_minutes(10));
    assert_eq!(found.leg().entered, found.issued);
    let window = "1".parse().unwrap();
    stage.ask(30, Command::SignOn { window, staff: "z3".parse().unwrap() }).unwrap();
    let next = Command::CallNext { window, finish_current: false };
    stage.ask(31, next).unwrap();
    assert_eq!(stage.0.ticket_at(window).unwrap().id, id, "before whoever came after");
    assert_eq!(stage.0.ticket(later).unwrap().no.to_string(), "A001");
}

#[test]
fn a_number_is_taken_over_once_and_only_from_whoever_holds_it() {
    let mut stage = Stage::open(25, SessionPlan::default());
    stage.reserve("kiosk-1", 1, &[]);
    let mut hand_in = |ticket: HandIn| stage.ask(30, Command::HandIn(ticket)).map(drop);
    let no = "A803".parse().unwrap();
    assert_eq!(
        hand_in(ticket("kiosk-2", "A803", 10)),
        Err(Refusal::NumberNotReserved { no }),
        "another kiosk's"
    );
    let beyond = "A826".parse().unwrap();
    assert_eq!(
        hand_in(ticket("kiosk-1", "A826", 10)),
        Err(Refusal::NumberNotReserved { no: beyond })
    );
    let other_queue = HandIn { queue: "B".parse().unwrap(), ..ticket("kiosk-1", "A803", 10) };
    assert_eq!(hand_in(other_queue), Err(Refusal::NoSuchQueue));
    assert_eq!(hand_in(ticket("kiosk-1", "A803", 10)), Ok(()));
    assert_eq!(hand_in(ticket("kiosk-1", "A803", 10)), Err(Refusal::NumberTaken { no }));
    let yesterday = HandIn { day: Day { day: 14, ..DAY }, ..ticket("kiosk-1", "A804", 10) };
    assert_eq!(hand_in(yesterday), Err(Refusal::NotOfToday));
    let tomorrow = HandIn { day: Day { day: 16, ..DAY }, ..ticket("kiosk-1", "A804", 10) };
    assert_eq!(hand_in(tomorrow), Err(Refusal::HallClosed), "the hall opens first");
}

#[test]
fn a_wrong_clock_puts_nobody_before_the_opening_or_behind_now() {
    let mut stage = Stage::open(25, SessionPlan::default());
    stage.reserve("kiosk-1", 1, &[]);
    let mut taken = |no: &str, at: Timestamp| {
        let ticket = HandIn { taken: at, ..ticket("kiosk-1", no, 0) };
        let Ok(Answer::Issued(id)) = stage.ask(30, Command::HandIn(ticket)) else { panic!("no") };
        stage.0.ticket(id).unwrap().issued
    };
    assert_eq!(taken("A801", Timestamp(0)), EIGHT);
    assert_eq!(taken("A802", Timestamp(i64::MAX)), EIGHT + Millis::from_minutes(30));
}

#[test]
fn a_sold_out_segment_takes_in_who_has_a_number_from_a_kiosk() {
    let mut plan = SessionPlan::default();
    let until = EIGHT + Millis::from_minutes(240);
    let segment = Segment { from: EIGHT, until, cap: Some(1) };
    plan.segments.insert("A".parse().unwrap(), Vec::from([segment]));
    let mut stage = Stage::open(25, plan);
    stage.reserve("kiosk-1", 1, &[]);
    stage.issue(1);
    stage.ask(30, Command::HandIn(ticket("kiosk-1", "A801", 10))).unwrap();
    assert_eq!(stage.0.queue("A".parse().unwrap()).unwrap().waiting(), 2);
}
