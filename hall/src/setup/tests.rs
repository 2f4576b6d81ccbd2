use alloc::{string::String, sync::Arc, vec::Vec};

use crate::setup::{Parts, Rules, Setup, booking::Slots, problem::SetupProblem};

#[test]
fn an_empty_profile_is_told_what_it_lacks() {
    let parts = Parts {
        id: "empty".parse().unwrap(),
        name: String::from("空"),
        zones: Vec::new(),
        departments: Vec::new(),
        queues: Vec::new(),
        windows: Vec::new(),
        items: Vec::new(),
        rules: Rules::default(),
        staff: Vec::new(),
        pipelines: Vec::new(),
    };
    let problems: Vec<SetupProblem> = Setup::new(parts).unwrap_err();
    assert!(!problems.is_empty());
}

#[test]
fn a_queue_that_nobody_serves_and_a_rule_out_of_range_are_told_at_once() {
    let mut parts = crate::rules_tests::parts();
    parts.windows.iter_mut().for_each(|window| {
        window.primary.retain(|queue| queue.as_str() != "A");
        window.secondary.retain(|queue| queue.as_str() != "A");
    });
    parts.rules.guard_after_calls = 0;
    let problems = match Setup::new(parts) {
        Err(problems) => problems,
        Ok(setup) => setup.warnings().to_vec(),
    };
    assert!(problems.len() >= 2, "{problems:?}");
}

#[test]
fn slots_that_cannot_be_kept_are_told() {
    let mut parts = crate::rules_tests::parts();
    let line = |queue: &str, item: Option<&str>, from: &str, until: &str| Slots {
        queue: queue.parse().unwrap(),
        item: item.map(|item| item.parse().unwrap()),
        from: from.parse().unwrap(),
        until: until.parse().unwrap(),
        each_minutes: 30,
        capacity: 2,
    };
    parts.rules.booking.slots = Vec::from([
        line("A", None, "09:00", "12:00"),
        line("A", Some("A01"), "09:00", "12:00"),
        line("A", None, "11:30", "13:00"),
        line("B", Some("A01"), "09:00", "12:00"),
        line("B", None, "09:00", "09:45"),
        line("B", None, "10:00", "10:00"),
        Slots { capacity: 0, ..line("B", None, "14:00", "15:00") },
        line("S", None, "23:00", "24:00"),
        line("X", None, "09:00", "12:00"),
    ]);
    let problems = Setup::new(parts).unwrap_err();
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code()).collect();
    let expected = [
        "slots_overlap",
        "slots_of_no_item",
        "slots_do_not_fit",
        "slots_do_not_fit",
        "slots_without_places",
        "slots_of_no_queue",
        "slots_of_no_queue",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn a_good_profile_opens() {
    let setup = Arc::new(Setup::new(crate::rules_tests::parts()).unwrap());
    assert_eq!(setup.windows_serving("A".parse().unwrap()).count(), 2);
}

#[test]
fn devices_have_the_worlds_time_on_a_fast_clock() {
    let limits = |setup: &Setup| {
        let alerts = &setup.rules().alerts;
        (alerts.device_yellow_secs, alerts.device_red_secs, alerts.unstaffed_red_minutes)
    };
    let setup = Setup::new(crate::rules_tests::parts()).unwrap();
    assert_eq!(limits(&setup.clone().at_speed(20.0)), (20 * 60, 20 * 300, 10));
    assert_eq!(limits(&setup.at_speed(1.0)), (60, 300, 10));
}
