use alloc::{string::String, sync::Arc, vec::Vec};

use crate::setup::{Parts, Rules, Setup, problem::SetupProblem};

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
fn a_good_profile_opens() {
    let setup = Arc::new(Setup::new(crate::rules_tests::parts()).unwrap());
    assert_eq!(setup.windows_serving("A".parse().unwrap()).count(), 2);
}
