//! What is due by a working day: how many are told at once, and what a night keeps of them.

use std::format;

use alloc::{borrow::ToOwned, boxed::Box, string::String, vec::Vec};

use super::small_hall;
use crate::{
    Hall,
    command::{
        Command, Evaluate, EvaluationTarget, Input, Issue, Purpose, SessionTimes,
        matter::MatterWish, plan::SessionPlan,
    },
    event::{
        Event, Fact,
        known_case::KnownCase,
        matter::Matter,
        people::{Carried, Grounds},
    },
    ids::{LegId, LegNo, MatterId, TicketId},
    invariants,
    limits::{CASES_DUE_TOLD, MATTERS_DUE_TOLD, MATTERS_MAX},
    refusal::Refusal,
    time::{Day, Millis, Timestamp},
    words::{
        Actor, Channel, EvaluationChannel, PriorityClass, Rating,
        alert::{AlertKind, AlertLevel, Subject},
        matter::{MatterFinding, MatterKind, MatterOutcome},
    },
};

const AT: Timestamp = Timestamp(1_700_006_400_000);

const fn day(day: u8) -> Day {
    Day { year: 2026, month: 11, day }
}

fn case(number: usize, due: Day) -> KnownCase {
    KnownCase {
        no: format!("X-{number:02}").parse().unwrap(),
        ticket: TicketId(1),
        leg: LegNo(0),
        visits: 1,
        notices: 0,
        accepted: true,
        declined: false,
        due: Some(due),
        item: None,
        closed: None,
        touched: AT,
    }
}

/// A hall on the 23rd with these cases in hand, and everything that happened there.
struct Morning(Hall, Vec<Event>);

impl Morning {
    fn with(cases: Vec<KnownCase>) -> Self {
        Self::carrying(cases, Carried::default())
    }

    fn carrying(cases: Vec<KnownCase>, carried: Carried) -> Self {
        let mut morning = Self(alerting(), Vec::new());
        let fact = Fact::DayOpened {
            day: day(23),
            next_ticket: TicketId(9),
            open_evaluations: Vec::new(),
            cases,
            carried: Box::new(carried),
            setup: None,
            working_days: Vec::from([24, 25, 26, 27, 30].map(day)),
        };
        morning.note(Event { at: AT, by: Actor::Hall, request: None, fact });
        morning
    }

    fn note(&mut self, event: Event) {
        self.0.apply(&event);
        invariants::check(&self.0).unwrap();
        self.1.push(event);
    }

    fn ask(&mut self, command: Command) {
        let input = Input { at: AT, luck: 0, by: Actor::Hall, request: None, command };
        self.0.decide(&input).unwrap().into_iter().for_each(|event| self.note(event));
    }

    /// Serves somebody, who is not satisfied and is going to say so.
    fn complaint(&mut self) -> Command {
        let window = "1".parse().unwrap();
        let until = AT + Millis::from_minutes(60);
        let session = SessionTimes { issue_from: AT, opens: AT, issue_until: until, closes: until };
        self.ask(Command::OpenSession { session, plan: SessionPlan::default() });
        self.ask(Command::SignOn { window, staff: "z3".parse().unwrap() });
        self.ask(Command::Issue(Issue {
            queue: "A".parse().unwrap(),
            item: None,
            channel: Channel::Kiosk,
            class: PriorityClass::Ordinary,
            paper: false,
            person: None,
            agent: None,
            grounds: Grounds::default(),
            purpose: Purpose::One,
            silent: false,
            estimate: None,
        }));
        self.ask(Command::CallNext { window, finish_current: false });
        self.ask(Command::Start { window });
        self.ask(Command::Finish { window, case: None, item: None, copies: None });
        Command::Evaluate(Evaluate {
            target: EvaluationTarget::Window(window),
            rating: Rating::VeryDissatisfied,
            reasons: Vec::new(),
            text: String::new(),
            channel: EvaluationChannel::Device,
            scale: 5,
        })
    }

    /// Cases told at a level, after the hall was woken as often as it wants.
    fn told(&mut self, level: AlertLevel) -> usize {
        while self.0.next_deadline().is_some_and(|due| due <= AT) {
            self.ask(Command::Tick);
        }
        let told = self.0.alerts().filter(|alert| alert.kind == AlertKind::CaseDue);
        told.filter(|alert| alert.level == Some(level)).count()
    }
}

fn alerting() -> Hall {
    small_hall(|rules| rules.alerts.on = true)
}

#[test]
fn of_many_cases_the_soonest_are_told_and_the_others_follow() {
    let cases = (0..CASES_DUE_TOLD + 5).map(|number| case(number, day(24)));
    let overdue = [case(90, day(20)), case(91, day(20))];
    let later = [case(95, day(26))];
    let mut morning = Morning::with(cases.chain(overdue).chain(later).collect());
    assert_eq!(morning.told(AlertLevel::Red), 2);
    assert_eq!(morning.told(AlertLevel::Yellow), CASES_DUE_TOLD - 2);
    assert_eq!(morning.0.cases_due_count(), CASES_DUE_TOLD + 7, "the third working day is far");
    morning.ask(Command::CloseCase { case: "X-90".parse().unwrap() });
    morning.ask(Command::CloseCase { case: "X-00".parse().unwrap() });
    assert_eq!(morning.told(AlertLevel::Red), 1);
    assert_eq!(morning.told(AlertLevel::Yellow), CASES_DUE_TOLD - 1);
    let passed = Subject::Case("X-90".parse().unwrap());
    let passed = morning.0.alerts().find(|alert| alert.subject == passed);
    assert_eq!(passed.unwrap().level, None, "a red one waits for its note");

    let mut again = alerting();
    morning.1.iter().for_each(|event| again.apply(event));
    assert_eq!(again, morning.0, "replay equals live");
}

#[test]
fn a_day_that_told_no_working_days_tells_only_what_is_overdue() {
    let mut morning = Morning::with(Vec::from([case(1, day(20)), case(2, day(23))]));
    let working_days = Vec::new();
    morning.ask(Command::CloseDay);
    morning.ask(Command::OpenDay { day: day(24), working_days });
    assert_eq!((morning.told(AlertLevel::Red), morning.told(AlertLevel::Yellow)), (2, 0));
}

fn matter(number: u32, seen: bool, due: Day) -> Matter {
    Matter {
        visit: None,
        id: MatterId(number),
        kind: MatterKind::Negative,
        leg: Some(LegId { ticket: TicketId(number.into()), leg: LegNo(0) }),
        no: None,
        queue: None,
        window: None,
        staff: None,
        item: None,
        rating: None,
        reasons: Vec::new(),
        text: String::new(),
        opened: AT,
        due: Some(due),
        seen,
        receipt: None,
        department: None,
        verify_by: None,
        due_at_most: None,
        steps: Vec::new(),
    }
}

#[test]
fn of_many_matters_the_oldest_are_told_and_past_the_bound_a_negative_review_is_an_alert_only() {
    let matters: Vec<Matter> =
        (1..=MATTERS_MAX as u32).map(|number| matter(number, true, day(24))).collect();
    let matters_opened = MATTERS_MAX as u32;
    let mut morning =
        Morning::carrying(Vec::new(), Carried { matters, matters_opened, ..Carried::default() });
    assert_eq!(morning.told(AlertLevel::Yellow), 0);
    let told = |morning: &Morning, kind| morning.0.alerts().filter(|it| it.kind == kind).count();
    assert_eq!(told(&morning, AlertKind::MatterDue), MATTERS_DUE_TOLD);
    assert_eq!(told(&morning, AlertKind::Negative), 0, "they were seen");

    let evaluate = morning.complaint();
    morning.ask(evaluate);
    morning.told(AlertLevel::Red);
    assert_eq!(morning.0.matters().count(), MATTERS_MAX);
    assert_eq!(told(&morning, AlertKind::Negative), 1);

    let (finding, note) = (MatterFinding::NoGround, String::new());
    let wish = MatterWish::Verify { finding, note };
    morning.ask(Command::HandleMatter { matter: MatterId(3), wish });
    let (outcome, note) = (MatterOutcome::Explained, String::from("told them"));
    morning.ask(Command::CloseMatter { matter: MatterId(3), outcome, note });
    morning.told(AlertLevel::Red);
    assert_eq!(told(&morning, AlertKind::MatterDue), MATTERS_DUE_TOLD, "the next one follows");
    assert_eq!(morning.0.matters_closed().len(), 1);

    let mut again = alerting();
    morning.1.iter().for_each(|event| again.apply(event));
    assert_eq!(again, morning.0, "replay equals live");
}

#[test]
fn what_somebody_adds_in_own_words_goes_into_the_evaluation_and_its_matter() {
    let mut morning = Morning::with(Vec::new());
    let Command::Evaluate(mut evaluate) = morning.complaint() else { panic!("an evaluation") };
    for text in ["x".repeat(101), "两行\n字".to_owned()] {
        let too_much = Command::Evaluate(Evaluate { text, ..evaluate.clone() });
        let input = Input { at: AT, luck: 0, by: Actor::Citizen, request: None, command: too_much };
        assert_eq!(morning.0.decide(&input), Err(Refusal::TooMuch));
    }
    evaluate.text = "  3号窗口排了两次 ".to_owned();
    morning.ask(Command::Evaluate(evaluate));
    let matter = morning.0.matters().next().expect("a complaint is a matter");
    assert_eq!(matter.text, "3号窗口排了两次");
}
