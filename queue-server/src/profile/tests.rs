//! The sample halls are without a problem; a bad profile names every problem at once.

use std::path::Path;

use super::{Problem, Profile};

fn sample(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls").join(name)
}

fn file(name: &str) -> String {
    std::fs::read_to_string(sample("county-24").join(name)).unwrap()
}

/// The codes and lines of the problems that a changed hall has.
fn problems(change: impl Fn(&str, String) -> String) -> Vec<Problem> {
    let read = |name: &str| change(name, file(name));
    Profile::parse(
        &read("hall.toml"),
        &read("items.csv"),
        &read("calendar.toml"),
        &read("staff.toml"),
        &read("devices.toml"),
    )
    .err()
    .unwrap_or_default()
}

#[track_caller]
fn check(name: &str, from: &str, to: &str, expected: &[&str]) {
    let found = problems(|file, text| {
        if file == name {
            assert!(text.contains(from), "{name} holds no {from:?}");
            text.replacen(from, to, 1)
        } else {
            text
        }
    });
    let codes: Vec<&str> = found.iter().map(|problem| problem.code.as_str()).collect();
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(codes, expected, "{told:#?}");
    for problem in &found {
        let text = problem.to_string();
        assert!(!text.contains('{') && !text.contains("check."), "an unfilled sentence: {text}");
    }
}

#[test]
fn the_county_hall_is_without_a_problem() {
    let profile = Profile::read(&sample("county-24")).unwrap();
    assert_eq!(profile.details.name, "云溪县政务服务中心");
    assert_eq!(profile.posts.len(), 26);
    assert_eq!(profile.devices.len(), 24 * 3 + 7);
    assert_eq!(profile.calendar.sessions.len(), 2);
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_known_one() {
    let found = problems(|_, text| text.replace("recalls_max", "recall_max"));
    assert_eq!(found.len(), 1);
    let text = found[0].to_string();
    assert!(text.starts_with("hall.toml:"), "{text}");
    assert!(text.contains("recall_max") && text.contains("recalls_max"), "{text}");
}

#[test]
fn each_wrong_thing_has_its_sentence() {
    check("hall.toml", "id = \"yunxi\"", "", &["missing"]);
    check("hall.toml", "id = \"yunxi\"", "id = \"云溪\"", &["bad_value"]);
    check("hall.toml", "id = \"yunxi\"", "id = ", &["syntax"]);
    check("hall.toml", "utc_offset_minutes = 480", "utc_offset_minutes = 4800", &["out_of_range"]);
    check("hall.toml", "seats = 24", "seats = \"many\"", &["bad_value"]);
    check("hall.toml", "seats = 24", "seats = [1]", &["wrong_type"]);
    check("hall.toml", "wait_red_minutes = 30", "wait_red_minutes = 3", &["red_before_yellow"]);
    check("hall.toml", "department = \"tax\"", "department = \"taxi\"", &["no_such_department"]);
    check("hall.toml", "zone = \"B\"", "zone = \"Z\"", &["no_such_zone"]);
    check("hall.toml", "primary = [\"W\"]", "primary = [\"W\", \"W\"]", &["twice"]);
    check("hall.toml", "kind = \"temporary\"", "kind = \"tide\"", &["not_one_of"]);
    check(
        "hall.toml",
        "name = \"企业开办\"",
        "name = \"企业开办和变更登记注销\"",
        &["name_too_long"],
    );
    check("hall.toml", "id = \"3\"", "id = \"4\"", &["twice", "no_such_window", "no_such_window"]);
    check("items.csv", "per_day", "perday", &["unknown_key", "missing"]);
    check("items.csv", "A02,", "A01,", &["twice"]);
    check("items.csv", ",promised,1,22", ",promise,1,22", &["bad_value"]);
    check("items.csv", ",22,8,9,", ",2200,8,9,", &["bad_value"]);
    check("items.csv", "M01,护照申领,M", "M01,护照申领,X", &["no_such_queue"]);
    check("calendar.toml", "opens = \"08:30\"", "opens = \"8:30\"", &["bad_value"]);
    check("calendar.toml", "opens = \"08:30\"", "opens = \"12:30\"", &["session_order"]);
    check("calendar.toml", "closes = \"12:00\"", "closes = \"14:00\"", &["sessions_overlap"]);
    check("calendar.toml", "\"mon\", ", "\"mo\", ", &["not_one_of"]);
    check("staff.toml", "windows = [\"7\"]", "windows = [\"77\"]", &["no_such_window"]);
    check("staff.toml", "no = \"1002\"", "no = \"1001\"", &["twice"]);
    check("devices.toml", "line = \"line-2\"", "line = \"line-9\"", &["no_such_line"]);
    check("devices.toml", "kind = \"voice\"", "kind = \"choir\"", &["not_one_of"]);
    check("devices.toml", "id = \"screen-2\"", "id = \"screen-1\"", &["twice"]);
}

#[test]
fn a_queue_nobody_serves_and_a_window_that_serves_nobody_are_told_together() {
    check(
        "hall.toml",
        "primary = [\"M\"]",
        "primary = []",
        &["window_without_queue", "queue_without_window"],
    );
}

#[test]
fn a_missing_file_is_one_problem_each() {
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(Profile::read(empty.path()).unwrap_err().len(), 5);
}
