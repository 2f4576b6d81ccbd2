//! Evaluations by chance over many days: a leg is evaluated once or never, for as long as the rule
//! says and no longer, and a hall that begins again with the day's opening knows the same.

use std::{format, vec};

use alloc::{boxed::Box, vec::Vec};

use proptest::prelude::*;

use super::{carried::LEGS_AND_CASES_BYTES_MAX, issue_of, small_hall};
use crate::{
    Hall,
    command::{Command, Evaluate, EvaluationTarget, Input, SessionTimes, plan::SessionPlan},
    event::{Event, Fact, known_case::KnownCase, open_evaluation::OpenEvaluation},
    ids::{LegId, Token},
    invariants,
    limits::{CASES_CARRIED_MAX, OPEN_EVALUATIONS_MAX},
    refusal::Refusal,
    time::{Day, Millis, Timestamp},
    words::{Actor, EvaluationChannel, Rating},
};

const HOUR: i64 = 3_600_000;
const WEEK: i64 = 7 * 24 * HOUR;

#[derive(Debug, Clone, Copy)]
enum Step {
    Serve,
    Night { hours: i64 },
    Close,
    Say { leg: usize, by: By },
    Wait { hours: i64 },
}

#[derive(Debug, Clone, Copy)]
enum By {
    Secret,
    Slip,
    Leg,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let by = prop_oneof![Just(By::Secret), Just(By::Slip), Just(By::Leg)];
    let step = prop_oneof![
        5 => Just(Step::Serve),
        3 => (1_i64..70).prop_map(|hours| Step::Night { hours }),
        1 => Just(Step::Close),
        6 => (0_usize..30, by).prop_map(|(leg, by)| Step::Say { leg, by }),
        1 => (1_i64..20).prop_map(|hours| Step::Wait { hours }),
    ];
    prop::collection::vec(step, 1..80)
}

struct Served {
    leg: LegId,
    slip: Token,
    secret: Token,
    finished: i64,
    said: bool,
}

struct Weeks {
    hall: Hall,
    served: Vec<Served>,
    /// Events since the last opening: what a server reads when it starts.
    since_opening: Vec<Event>,
    now: i64,
    day: u16,
    /// When the day opened: what had run out by then is forgotten.
    opened: i64,
    first_of_day: usize,
    luck: u64,
}

impl Weeks {
    fn begin() -> Self {
        let hall = small_hall(|_| ());
        let (served, since_opening) = (vec![], vec![]);
        let (now, day, opened, first_of_day, luck) = (1_000_000_000, 0, 0, 0, 0);
        let mut weeks = Self { hall, served, since_opening, now, day, opened, first_of_day, luck };
        weeks.open();
        weeks
    }

    fn ask(&mut self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.luck += 1;
        let (at, by) = (Timestamp(self.now), Actor::Hall);
        let input = Input { at, luck: self.luck, by, request: None, command };
        let events = self.hall.decide(&input)?;
        for event in &events {
            if matches!(event.fact, Fact::DayOpened { .. }) {
                self.since_opening.clear();
            }
            self.hall.apply(event);
            invariants::check(&self.hall).unwrap();
            self.since_opening.push(event.clone());
        }
        Ok(events)
    }

    fn open(&mut self) {
        self.day += 1;
        let day = Day { year: 2000 + self.day, month: 1, day: 1 };
        self.ask(Command::OpenDay { day, working_days: Vec::new() }).unwrap();
        let at = Timestamp(self.now);
        let late = at + Millis::from_minutes(100_000);
        let session = SessionTimes { issue_from: at, opens: at, issue_until: late, closes: late };
        self.ask(Command::OpenSession { session, plan: SessionPlan::default() }).unwrap();
        let (window, staff) = ("1".parse().unwrap(), "z3".parse().unwrap());
        self.ask(Command::SignOn { window, staff }).unwrap();
        (self.opened, self.first_of_day) = (self.now, self.served.len());
    }

    fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
        self.now += 60_000;
        match step {
            Step::Serve if self.hall.day().is_some() => self.serve(),
            Step::Serve => {}
            Step::Night { hours } => {
                let _ = self.ask(Command::CloseDay);
                self.now += hours * HOUR;
                self.open();
            }
            Step::Close => drop(self.ask(Command::CloseDay)),
            Step::Wait { hours } => self.now += hours * HOUR,
            Step::Say { leg, by } => return self.say(leg, by),
        }
        Ok(())
    }

    fn serve(&mut self) {
        let window = "1".parse().unwrap();
        self.ask(Command::Issue(issue_of("A".parse().unwrap()))).unwrap();
        self.ask(Command::CallNext { window, finish_current: false }).unwrap();
        self.now += 30_000;
        let events =
            self.ask(Command::Finish { window, case: None, item: None, copies: None }).unwrap();
        let Fact::Finished { leg, secret: Some(secret), .. } = events.last().unwrap().fact else {
            panic!("a finish tells the leg's secret")
        };
        let slip = self.hall.ticket(leg.ticket).unwrap().token;
        self.served.push(Served { leg, slip, secret, finished: self.now, said: false });
    }

    fn say(&mut self, at: usize, by: By) -> Result<(), TestCaseError> {
        let Some(served) = self.served.get(at) else { return Ok(()) };
        let of_today = at >= self.first_of_day;
        // What had run out when the day opened, or was said on an earlier day, is not known any more.
        let known = of_today || served.finished + WEEK >= self.opened;
        let target = match by {
            By::Secret => EvaluationTarget::Token(served.secret),
            By::Slip => EvaluationTarget::Token(served.slip),
            By::Leg => EvaluationTarget::Leg(served.leg),
        };
        let may = !served.said && known && self.now <= served.finished + WEEK;
        let evaluate = Evaluate {
            target,
            rating: Rating::VerySatisfied,
            reasons: vec![],
            text: alloc::string::String::new(),
            channel: EvaluationChannel::Phone,
            scale: 4,
        };
        let (leg, said) = (served.leg, served.said);
        match self.ask(Command::Evaluate(evaluate)) {
            Ok(events) => {
                let Fact::Evaluated(evaluated) = &events[0].fact else { panic!("an evaluation") };
                prop_assert!(may, "leg {leg:?} said {said}, yet again or too late");
                prop_assert_eq!((evaluated.leg, evaluated.scale), (leg, 4));
                prop_assert_eq!(evaluated.staff, Some("z3".parse().unwrap()));
                self.served[at].said = true;
            }
            Err(refusal) => prop_assert!(!may, "leg {leg:?} was refused: {refusal}"),
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_leg_is_evaluated_once_within_a_week(steps in steps()) {
        let mut weeks = Weeks::begin();
        for step in &steps {
            weeks.step(*step)?;
        }
        let mut again = small_hall(|_| ());
        for event in &weeks.since_opening {
            let text = serde_json::to_string(event).unwrap();
            again.apply(&serde_json::from_str(&text).unwrap());
        }
        prop_assert_eq!(again, weeks.hall);
    }
}

#[test]
fn a_day_opens_with_all_that_it_can_carry_and_fits_a_record() {
    let open = |number: usize| OpenEvaluation {
        ticket: crate::ids::TicketId(9_000_000 + number as u64),
        leg: crate::ids::LegNo(1),
        no: "A1000".parse().unwrap(),
        token: Token(u64::MAX - number as u64),
        secret: Some(Token(number as u64)),
        queue: "A".parse().unwrap(),
        window: "114A".parse().unwrap(),
        staff: Some("1003-1003".parse().unwrap()),
        item: Some("ITEM-0001".parse().unwrap()),
        finished: Timestamp(1_700_006_400_000 + number as i64),
        given: None,
    };
    let day = Day { year: 2026, month: 11, day: 23 };
    let too_many: Vec<OpenEvaluation> = (0..OPEN_EVALUATIONS_MAX + 5).map(open).collect();
    let next_ticket = crate::ids::TicketId(10_000_000);
    let case = |number: usize| KnownCase {
        no: format!("2026-1123-{number:08}").parse().unwrap(),
        ticket: crate::ids::TicketId(9_000_000 + number as u64),
        leg: crate::ids::LegNo(1),
        visits: 2,
        notices: 1,
        accepted: true,
        declined: false,
        due: Some(day),
        item: Some("ITEM-0001".parse().unwrap()),
        // Every third is in hand, the oldest among them.
        closed: (!number.is_multiple_of(3)).then_some(day),
        touched: Timestamp(1_700_006_400_000 + number as i64),
    };
    let cases: Vec<KnownCase> = (0..CASES_CARRIED_MAX + 5).map(case).collect();
    let fact = Fact::DayOpened {
        day,
        next_ticket,
        open_evaluations: too_many,
        cases,
        carried: Box::default(),
        setup: None,
        working_days: Vec::new(),
    };
    let at = Timestamp(1_700_006_500_000);
    let mut hall = small_hall(|_| ());
    hall.apply(&Event { at, by: Actor::Hall, request: None, fact });
    hall.apply(&Event { at, by: Actor::Hall, request: None, fact: Fact::DayClosed { day } });
    let command = Command::OpenDay { day: Day { day: 24, ..day }, working_days: Vec::new() };
    let input = Input { at, luck: 0, by: Actor::Hall, request: None, command };
    let events = hall.decide(&input).unwrap();
    let bytes = serde_json::to_string(&events).unwrap().len();
    assert!(
        bytes < LEGS_AND_CASES_BYTES_MAX,
        "{bytes} bytes are more than a day's opening gives them"
    );
    hall.apply(&events[0]);
    let kept = hall.open_evaluations();
    assert_eq!((kept.len(), kept[0].secret), (OPEN_EVALUATIONS_MAX, Some(Token(5))));
    assert_eq!(hall.state.cases.iter().count(), CASES_CARRIED_MAX);
    // Of the first the promises are kept, and room is made by what was closed.
    let kept = |number| hall.case_known(case(number).no).is_some();
    assert_eq!(
        (0..9).map(kept).collect::<Vec<_>>(),
        [true, false, false, true, false, false, true, false, true]
    );
}
