//! Sums that are added up are the same as if everything had been counted at once.

use std::vec;

use alloc::{string::String, vec::Vec};

use super::{
    Sums, day, define,
    figures::{AtEnd, Figures, Peak},
    group::Group,
    half_hours, legs, of_day,
    spans::Spans,
};
use crate::{
    Hall,
    command::{Command, Evaluate, EvaluationTarget, Input, SessionTimes, plan::SessionPlan},
    ids::WindowId,
    rules_tests::{issue_of, small_hall},
    setup::Rules,
    time::{Day, Millis, Timestamp},
    words::{
        Actor, EvaluationChannel, PauseReason, Rating, Reason,
        indicator::{Grouping, Indicator},
    },
};

const MINUTE: i64 = 60_000;

/// A small generator: the same days every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % limit
    }
}

fn ask(hall: &mut Hall, at: i64, command: Command) -> bool {
    let input =
        Input { at: Timestamp(at), luck: at as u64, by: Actor::Hall, request: None, command };
    let events = hall.decide(&input).unwrap_or_default();
    events.iter().for_each(|event| hall.apply(event));
    !events.is_empty()
}

fn open(hall: &mut Hall, day: u8, at: i64) {
    let date = Day { year: 2026, month: 11, day };
    assert!(ask(hall, at, Command::OpenDay { day: date, working_days: Vec::new() }));
    let until = Timestamp(at + 8 * 60 * MINUTE);
    let opens = Timestamp(at);
    let session = SessionTimes { issue_from: opens, opens, issue_until: until, closes: until };
    assert!(ask(hall, at, Command::OpenSession { session, plan: SessionPlan::default() }));
    for (window, staff) in [("1", "z3"), ("2", "z4")] {
        let (window, staff) = (window.parse().unwrap(), staff.parse().unwrap());
        assert!(ask(hall, at, Command::SignOn { window, staff }));
    }
}

fn said(window: WindowId, level: u8) -> Command {
    Command::Evaluate(Evaluate {
        target: EvaluationTarget::Window(window),
        rating: Rating::from_level(level).unwrap(),
        reasons: vec![Reason::Manner],
        text: String::new(),
        channel: EvaluationChannel::Device,
        scale: 4,
    })
}

/// Some hours of a hall in which anything is pressed.
fn busy(hall: &mut Hall, chance: &mut Chance, mut at: i64) -> i64 {
    for _ in 0..150 {
        at += (1 + chance.below(120_000)) as i64;
        let window = ["1", "2"][chance.below(2) as usize].parse().unwrap();
        let command = match chance.below(12) {
            0..=3 => {
                let queue = if chance.below(2) == 0 { "A" } else { "B" };
                Command::Issue(issue_of(queue.parse().unwrap()))
            }
            4 | 5 => Command::CallNext { window, finish_current: true },
            6 => Command::Start { window },
            7 | 8 => Command::Finish { window, case: None, item: None, copies: None },
            9 => Command::NoShow { window },
            10 => Command::Pause { window, reason: PauseReason::Fetch, whereabouts: None },
            _ => Command::Resume { window },
        };
        if ask(hall, at, command) && chance.below(2) == 0 {
            ask(hall, at, said(window, 1 + chance.below(5) as u8));
        }
    }
    at + MINUTE
}

/// Twelve days, each closed, with the halls they came from.
fn days() -> Vec<(Hall, Sums)> {
    let (mut hall, mut chance) = (small_hall(|_| ()), Chance(7));
    let mut days = vec![];
    for day in 1..=12 {
        let begin = 1_700_006_400_000 + i64::from(day) * 24 * 60 * MINUTE;
        open(&mut hall, day, begin);
        let end = busy(&mut hall, &mut chance, begin);
        assert!(ask(&mut hall, end, Command::CloseDay));
        let sums = of_day(&hall, Timestamp(end), Timestamp(begin), Grouping::ALL);
        days.push((hall.clone(), sums));
    }
    days
}

fn merged<'a>(all: impl Iterator<Item = &'a Sums>) -> Sums {
    let mut sums = Sums::default();
    all.for_each(|each| sums.merge(each));
    sums
}

#[test]
fn a_month_is_the_sum_of_its_days_however_they_are_added_up() {
    let days = days();
    let month = merged(days.iter().map(|(_, sums)| sums));
    let weeks: Vec<Sums> =
        days.chunks(5).map(|week| merged(week.iter().map(|(_, sums)| sums))).collect();
    assert!(merged(weeks.iter()) == month, "of weeks");
    assert!(merged(days.iter().rev().map(|(_, sums)| sums)) == month, "from behind");

    // Counted at once: every ticket of every day into one.
    let mut at_once = Figures::default();
    let (mut waits, mut services) = (Spans::default(), vec![]);
    for (hall, _) in &days {
        for ticket in hall.tickets() {
            at_once.note_ticket(ticket);
            for (place, leg) in ticket.legs.iter().enumerate() {
                let item = legs::item_of(ticket, place);
                at_once.note_leg(ticket, place, legs::Standard::of(hall, leg, item));
                leg.wait().filter(|_| leg.finished.is_some()).iter().for_each(|it| waits.add(*it));
                services.extend(leg.service());
            }
        }
    }
    let of_month = month.of(Group::Hall);
    let rules = Rules::default();
    for indicator in Indicator::ALL {
        let (ours, theirs) = (indicator.of(&of_month, &rules), indicator.of(&at_once, &rules));
        // What needs the ledger, or the tickets of a hall, is not in the tickets one by one.
        let by_ticket = !matches!(
            indicator,
            Indicator::CalledTickets
                | Indicator::ServedTickets
                | Indicator::WaitingMost
                | Indicator::Crowding
                | Indicator::Utilisation
                | Indicator::IdleWhileWaiting
                | Indicator::Pauses
                | Indicator::Paused
                | Indicator::PerWindowDay
                | Indicator::PerHour
                | Indicator::YellowAlerts
                | Indicator::RedAlerts
                | Indicator::MattersClosed
                | Indicator::MattersInTime
                | Indicator::MattersCalledBack
                | Indicator::ToldClosed
                | Indicator::ToldInTime
                | Indicator::AtOnce
        );
        assert!(!by_ticket || ours == theirs, "{indicator}: {ours:?} {theirs:?}");
    }
    assert_eq!(of_month.waits, waits);
    assert!(of_month.issued > 400 && of_month.served > 100, "{of_month:?}");
    assert!(of_month.idle_while_waiting > Millis(0) && of_month.given().iter().sum::<u32>() > 10);

    // The median of the month is none of the medians of its days: it is that of all services.
    services.retain(|service| *service >= crate::limits::EMPTY_PRESS);
    services.sort_unstable();
    let middle = services[services.len().div_ceil(2) - 1].0.div_ceil(1_000) as f64;
    assert_eq!(of_month.services.spread().unwrap().median_secs, middle);
    let sum: u32 = days.iter().map(|(_, sums)| sums.of(Group::Hall).served).sum();
    assert_eq!(of_month.served, sum, "the month's report is the sum of its ledgers");
    let issued: u32 = month.half_hours.values().map(|half_hour| half_hour.issued).sum();
    assert_eq!(issued, of_month.issued);
}

#[test]
fn groups_add_up_where_a_leg_stands_in_one_of_them() {
    let days = days();
    let month = merged(days.iter().map(|(_, sums)| sums));
    let of = |grouping: Grouping, count: fn(&Figures) -> u32| -> u32 {
        let groups = month.groups.iter().filter(|(group, _)| group.grouping() == grouping);
        groups.map(|(_, figures)| count(figures)).sum()
    };
    for grouping in
        [Grouping::Zone, Grouping::Department, Grouping::Queue, Grouping::Window, Grouping::Clerk]
    {
        assert_eq!(of(grouping, |it| it.served), of(Grouping::Hall, |it| it.served), "{grouping}");
        assert_eq!(of(grouping, |it| it.waits.count()), of(Grouping::Hall, |it| it.waits.count()));
    }
    let time = |grouping: Grouping| -> u64 {
        let groups = month.groups.iter().filter(|(group, _)| group.grouping() == grouping);
        groups.map(|(_, figures)| figures.serving.0 + figures.signed.0 + figures.paused.0).sum()
    };
    let all = time(Grouping::Hall);
    assert_eq!([time(Grouping::Zone), time(Grouping::Window), time(Grouping::Clerk)], [all; 3]);
    // Time served is what windows counted themselves.
    for (hall, sums) in &days {
        let counted: u64 = hall.state.windows.values().map(|window| window.serving.0).sum();
        assert_eq!(sums.of(Group::Hall).serving.0, counted);
        let signed: u64 = hall.state.windows.values().map(|window| window.signed.0).sum();
        assert_eq!(sums.of(Group::Hall).signed.0, signed);
    }
}

#[test]
fn a_window_alone_and_the_hall_alone_say_what_all_together_say() {
    let (hall, sums) = days().pop().unwrap();
    let window = "1".parse().unwrap();
    let alone = super::of_window(&hall, window, Timestamp(0));
    let together = sums.of(Group::Window(window));
    let of = |it: &Figures| (it.served, it.services.clone(), it.staffed(), it.pauses);
    assert_eq!(of(&alone), of(&together));
    assert_eq!(super::of_hall(&hall, Timestamp(0)).issued, sums.of(Group::Hall).issued);
    let only = day::Filling::new(&hall, Timestamp(0), Timestamp(0), &[Grouping::Clerk]).fill();
    assert!(only.groups.keys().all(|group| group.grouping() == Grouping::Clerk));
    assert!(only.half_hours.is_empty());
}

#[test]
fn nothing_is_neither_0_nor_100_per_cent() {
    let (figures, rules) = (Figures::default(), Rules::default());
    for indicator in Indicator::ALL {
        let value = indicator.of(&figures, &rules);
        assert!(
            matches!(value, define::Value::Count(0)) || value.number().is_none(),
            "{indicator}: {value:?}"
        );
    }
}

fn spans(secs: &[f64]) -> Spans {
    let mut spans = Spans::default();
    secs.iter().for_each(|secs| spans.add(Millis((secs * 1_000.0) as u64)));
    spans
}

#[test]
fn a_span_is_within_a_limit_only_if_it_truly_is() {
    let waits = spans(&[899.999, 900.0, 900.001, 0.0]);
    assert_eq!(waits.within(Millis::from_minutes(15)), 3);
    // The class below a limit holds the limit, so that a picture and the share agree.
    assert_eq!(waits.classes::<4>(300), [1, 0, 2, 1]);
    assert_eq!(waits.sum(), Millis(2_700_000));
    let spread = waits.spread().unwrap();
    assert_eq!((spread.count, spread.mean_secs), (4, 675.0));
    assert_eq!((spread.median_secs, spread.p90_secs, spread.max_secs), (900.0, 901.0, 901.0));
    assert_eq!(Spans::default().spread(), None);
    let ten = spans(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 100.0]);
    let spread = ten.spread().unwrap();
    assert_eq!((spread.median_secs, spread.p90_secs, spread.max_secs), (5.0, 9.0, 100.0));
    let mut both = ten.clone();
    both.merge(&waits);
    assert_eq!((both.count(), both.sum()), (14, Millis(2_845_000)));
    assert_eq!(both.counts().len(), 13, "{both:?}");
}

#[test]
fn peaks_and_stocks_are_not_added_up() {
    let day = |day, most, overdue| Figures {
        waiting_most: Peak(most),
        matters_closed: 1,
        matters_overdue: AtEnd(Some((Day { year: 2026, month: 11, day }, overdue))),
        ..Figures::default()
    };
    // Five overdue on Tuesday, three of them still on Wednesday, however they are added.
    for order in [[0, 1, 2], [2, 0, 1]] {
        let days = [day(2, 9, 4), day(3, 30, 5), day(4, 12, 3)];
        let mut week = Figures::default();
        order.iter().for_each(|at| week.merge(&days[*at]));
        assert_eq!(week.waiting_most, Peak(30));
        assert_eq!(week.rectified(), define::Share { part: 3, whole: 6 });
    }
}

#[test]
fn figures_go_through_a_store_and_come_back() {
    let (_, sums) = days().pop().unwrap();
    for (group, figures) in &sums.groups {
        let text = serde_json::to_string(figures).unwrap();
        assert!(!text.contains("not_printed"), "nothing is not written: {text}");
        assert_eq!(serde_json::from_str::<Figures>(&text).unwrap(), *figures, "{group:?}");
    }
}

#[test]
fn a_half_hour_begins_with_its_first_moment() {
    let midnight = Timestamp(1_000);
    let place = |minutes: i64| half_hours::place(midnight, Timestamp(1_000 + minutes * MINUTE));
    assert_eq!([place(-5), place(0), place(29), place(30), place(24 * 60)], [0, 0, 0, 1, 48]);
}
