//! The calendar over a day, a night, a week off, and a day without sessions.

use hall::{
    command::Command,
    time::{Day, Timestamp},
};

use super::{Daybook, HallNow};
use crate::{
    clock::HallClock,
    http::limits::LimitSettings,
    profile::{Minute, Tide},
    testing::{self, county},
};

fn at(text: &str) -> Timestamp {
    HallClock::read(text, 480).unwrap()
}

fn daybook() -> Daybook {
    Daybook::new(county().calendar, HallClock::real(480))
}

const CLOSED: HallNow =
    HallNow { day: None, session: None, opened_up_to: None, staffed: false, last: Timestamp(0) };

fn open(day: &str) -> HallNow {
    HallNow { day: Some(day.parse::<Day>().unwrap()), ..CLOSED }
}

/// What is due, and when it was, one order after the other until nothing is.
#[track_caller]
fn check(mut hall: HallNow, now: &str, expected: &[&str]) {
    let (mut daybook, clock) = (daybook(), HallClock::real(480));
    let mut told = Vec::new();
    while let Some((due, command)) = daybook.due(hall, at(now)) {
        told.push(format!("{} {}", clock.written(due), name(&command)));
        assert!(told.len() < 20, "it never ends: {told:#?}");
        hall.last = hall.last.max(due);
        if let Command::OpenDay { day, .. } = command {
            hall.day = Some(day);
        } else if let Command::OpenSession { session, .. } = command {
            hall.session = Some(session);
            hall.opened_up_to = Some(session.issue_from);
        } else if command == Command::CloseDay {
            hall.day = None;
        } else if command == Command::CloseSession {
            hall.session = None;
        }
    }
    assert_eq!(told, expected);
}

fn name(command: &Command) -> String {
    let told = format!("{command:?}");
    let word = told.split_once(' ').map_or(told.as_str(), |(word, _)| word);
    word.to_owned()
}

#[test]
fn a_working_day_opens_at_midnight_and_its_session_with_the_issue_hours() {
    check(CLOSED, "2026-11-23 07:00", &["2026-11-23 00:00 OpenDay"]);
    check(
        CLOSED,
        "2026-11-23 08:15",
        &[
            "2026-11-23 00:00 OpenDay",
            "2026-11-23 08:15 OpenSession",
            "2026-11-23 08:15 ScheduleWindows",
        ],
    );
}

#[test]
fn a_sunday_stays_closed() {
    check(CLOSED, "2026-11-22 10:00", &[]);
}

#[test]
fn a_server_that_was_off_since_friday_catches_up_at_the_moments_that_were_due() {
    let clock = HallClock::real(480);
    let friday = at("2026-11-20 15:00");
    let session = daybook().sessions(clock.date(friday)).nth(1);
    let hall = HallNow { session, staffed: true, last: friday, ..open("2026-11-20") };
    check(
        hall,
        "2026-11-23 09:00",
        &[
            "2026-11-20 17:30 CloseSession",
            "2026-11-20 18:00 Sweep",
            "2026-11-21 00:00 CloseDay",
            "2026-11-23 00:00 OpenDay",
            "2026-11-23 08:15 OpenSession",
            "2026-11-23 09:00 ScheduleWindows",
        ],
    );
}

#[test]
fn after_a_session_is_swept_when_the_last_window_signed_off_or_at_the_sweep_time() {
    let staffed = HallNow { staffed: true, ..open("2026-11-23") };
    check(staffed, "2026-11-23 12:10", &[]);
    check(staffed, "2026-11-23 12:30", &["2026-11-23 12:30 Sweep"]);
    check(open("2026-11-23"), "2026-11-23 12:10", &["2026-11-23 12:10 Sweep"]);
}

#[test]
fn a_session_that_ended_early_does_not_open_again() {
    let morning = at("2026-11-23 08:15");
    let ended = HallNow { opened_up_to: Some(morning), ..open("2026-11-23") };
    check(ended, "2026-11-23 10:00", &[]);
    let afternoon = [
        "2026-11-23 12:30 Sweep",
        "2026-11-23 13:45 OpenSession",
        "2026-11-23 13:50 ScheduleWindows",
    ];
    check(ended, "2026-11-23 13:50", &afternoon);
    let for_the_day = HallNow { opened_up_to: Some(Timestamp(i64::MAX)), ..ended };
    check(for_the_day, "2026-11-23 13:50", &["2026-11-23 12:30 Sweep"]);
}

#[test]
fn what_the_hall_refused_is_not_asked_again() {
    let mut daybook = daybook();
    let now = at("2026-11-23 07:00");
    let (_, command) = daybook.due(CLOSED, now).unwrap();
    daybook.was_refused(&command, now);
    assert_eq!(daybook.due(CLOSED, now), None);
}

#[test]
fn the_next_moment_is_the_next_change_of_the_calendar() {
    let daybook = daybook();
    assert_eq!(daybook.next(at("2026-11-23 07:00")), at("2026-11-23 08:15"));
    assert_eq!(daybook.next(at("2026-11-23 12:00")), at("2026-11-23 12:30"));
    assert_eq!(daybook.next(at("2026-11-23 19:00")), at("2026-11-24 00:00"));
    assert_eq!(daybook.next_issuing(at("2026-11-20 18:00")), Some(at("2026-11-21 08:15")));
    assert_eq!(daybook.next_issuing(at("2026-11-21 18:00")), Some(at("2026-11-23 08:15")));
    assert_eq!(daybook.next_opening(at("2026-11-22 09:00")), Some(at("2026-11-23 08:30")));
}

/// The hours, kind and items of the sessions of a date.
fn hours(date: &str) -> Vec<String> {
    let (daybook, clock) = (daybook(), HallClock::real(480));
    let date = date.parse().unwrap();
    let told = |(times, rule): (hall::command::SessionTimes, crate::profile::SessionRule)| {
        let plan = daybook.plan(date, &rule);
        let items = plan.items.map_or("all".into(), |items| items.len().to_string());
        let opens = clock.time_of_day(times.opens);
        format!("{opens}-{} {} {items}", clock.time_of_day(times.closes), plan.kind)
    };
    daybook.rules(date).map(told).collect()
}

#[test]
fn a_saturday_has_half_the_items_unless_it_was_swapped_for_a_holiday() {
    assert_eq!(hours("2026-11-21"), ["08:30-12:00 weekend 24"]);
    assert_eq!(hours("2026-10-10"), ["08:30-12:00 swapped all", "14:00-17:30 swapped all"]);
    assert_eq!(hours("2026-09-20"), ["08:30-12:00 swapped all", "14:00-17:30 swapped all"]);
    assert_eq!(hours("2026-10-01"), <[String; 0]>::default());
    assert_eq!(hours("2026-10-08"), ["08:30-12:00 ordinary all", "14:00-17:30 ordinary all"]);
}

#[test]
fn a_saturday_s_windows_should_be_staffed_from_its_opening_on() {
    let (mut daybook, now) = (daybook(), at("2026-11-21 08:15"));
    let session = daybook.sessions("2026-11-21".parse().unwrap()).next();
    let hall = HallNow { session, ..open("2026-11-21") };
    let Some((_, Command::ScheduleWindows { windows, from, until })) = daybook.due(hall, now)
    else {
        panic!("nobody is asked for");
    };
    assert_eq!(windows.len(), 5);
    assert_eq!((from, until), (at("2026-11-21 08:30"), at("2026-11-21 12:00")));
    assert_eq!(daybook.due(hall, now), None);
}

#[test]
fn nobody_is_missed_before_the_server_asked_for_them() {
    let (mut daybook, now) = (daybook(), at("2026-11-23 10:00"));
    let session = daybook.sessions("2026-11-23".parse().unwrap()).next();
    let hall = HallNow { session, ..open("2026-11-23") };
    let orders = std::iter::from_fn(|| daybook.due(hall, now)).take(5);
    let asked = orders.filter_map(|(_, command)| {
        let Command::ScheduleWindows { windows, from, .. } = command else { return None };
        Some((windows.len(), from))
    });
    assert_eq!(asked.collect::<Vec<_>>(), [(25, now)]);
}

#[test]
fn a_tide_opens_and_closes_by_the_calendar() {
    let mut calendar = county().calendar;
    calendar.tides.clear();
    calendar.sessions.iter_mut().for_each(|session| session.windows.clear());
    calendar.tides.push(Tide {
        window: "24".parse().unwrap(),
        queues: vec!["F".parse().unwrap()],
        from: Minute(9 * 60 + 30),
        until: Minute(11 * 60 + 30),
        days: [true, false, false, false, false, false, false],
        month_days: [24].into(),
        dates: [].into(),
    });
    let mut daybook = Daybook::new(calendar, HallClock::real(480));
    let mut told = |now: &str| {
        let session = daybook.sessions(now[..10].parse().unwrap()).next();
        let due = daybook.due(HallNow { session, ..open(&now[..10]) }, at(now));
        (due.map(|(_, command)| name(&command)), daybook.next(at(now)))
    };
    assert_eq!(told("2026-11-23 09:00"), (None, at("2026-11-23 09:30")));
    assert_eq!(told("2026-11-23 09:30"), (Some("OpenTide".into()), at("2026-11-23 11:30")));
    assert_eq!(told("2026-11-23 10:00").0, None);
    assert_eq!(told("2026-11-23 11:30").0, Some("CloseTide".into()));
    assert_eq!(told("2026-11-24 09:30").0, Some("OpenTide".into()));
    assert_eq!(told("2026-11-25 09:30").0, Some("CloseTide".into()));
}

#[test]
fn tides_of_one_window_that_overlap_bring_the_queues_of_both() {
    let mut calendar = county().calendar;
    calendar.tides.clear();
    calendar.sessions.iter_mut().for_each(|session| session.windows.clear());
    for (queue, from, until) in [("F", "09:00", "11:00"), ("M", "10:00", "11:30")] {
        calendar.tides.push(Tide {
            window: "24".parse().unwrap(),
            queues: vec![queue.parse().unwrap()],
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
            days: [true, false, false, false, false, false, false],
            month_days: [].into(),
            dates: [].into(),
        });
    }
    let mut daybook = Daybook::new(calendar, HallClock::real(480));
    let mut told = |now: &str| {
        let session = daybook.sessions(now[..10].parse().unwrap()).next();
        let due = daybook.due(HallNow { session, ..open(&now[..10]) }, at(now));
        match due.map(|(_, command)| command) {
            Some(Command::OpenTide { queues, .. }) => {
                queues.iter().map(ToString::to_string).collect()
            }
            Some(command) => name(&command),
            None => String::new(),
        }
    };
    assert_eq!(told("2026-11-23 09:00"), "F");
    assert_eq!(told("2026-11-23 09:59"), "");
    assert_eq!(told("2026-11-23 10:00"), "FM");
    assert_eq!(told("2026-11-23 11:00"), "M");
    assert_eq!(told("2026-11-23 11:30"), "CloseTide");
}

#[test]
fn a_day_that_opens_is_told_the_working_days_after_it() {
    let (mut daybook, clock) = (daybook(), HallClock::real(480));
    let (_, command) = daybook.due(CLOSED, at("2026-11-20 07:00")).unwrap();
    let Command::OpenDay { day, working_days } = command else { panic!("{command:?}") };
    assert_eq!(day, clock.day(at("2026-11-20 00:00")));
    let told: Vec<String> = working_days.iter().map(ToString::to_string).collect();
    assert_eq!(told[..2], ["2026-11-23", "2026-11-24"], "not the Saturday, though it opens then");
    assert_eq!(told.len(), hall::limits::WORKING_DAYS_TOLD);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tide_that_ended_while_the_power_was_away_is_closed_when_it_is_back() {
    let mut calendar = county().calendar;
    calendar.tides.clear();
    calendar.sessions.iter_mut().for_each(|session| session.windows.clear());
    let (window, queues) = ("24".parse().unwrap(), vec!["F".parse().unwrap()]);
    calendar.tides.push(Tide {
        window,
        queues: queues.clone(),
        from: "09:30".parse().unwrap(),
        until: "11:30".parse().unwrap(),
        days: [true, false, false, false, false, false, false],
        month_days: [].into(),
        dates: [].into(),
    });
    let (app, _data, _stop) = testing::app(LimitSettings::default());
    let open_tide = Command::OpenTide { window, queues, minutes: None };
    app.engine.ask(testing::wish("calendar", "tide", open_tide)).await.unwrap();
    let told = |back: &str| {
        let mut daybook = Daybook::new(calendar.clone(), HallClock::real(480));
        app.read(|hall| daybook.take_over(hall));
        let session = daybook.sessions(back[..10].parse().unwrap()).next();
        let due = daybook.due(HallNow { session, ..open(&back[..10]) }, at(back));
        due.map(|(_, command)| name(&command))
    };
    assert_eq!(told("2026-11-23 10:00"), None, "it runs, and is not opened twice");
    assert_eq!(told("2026-11-23 11:40"), Some("CloseTide".into()));
    // Cut off before it began, it opens by itself when the power is back.
    let mut fresh = Daybook::new(calendar.clone(), HallClock::real(480));
    let session = fresh.sessions("2026-11-23".parse().unwrap()).next();
    let late = fresh.due(HallNow { session, ..open("2026-11-23") }, at("2026-11-23 10:00"));
    assert_eq!(late.map(|(_, command)| name(&command)), Some("OpenTide".into()));
}
