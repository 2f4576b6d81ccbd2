//! Messages between programs of different age: what was sent once is read for ever.

use std::{fmt::Debug, fs, path::Path};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    device::{BridgeState, DeviceState, Job, Picture, Press, Report, Wanted},
    http::KioskStateRequest,
    metrics::Metrics,
    reader::{KioskSays, ReaderSays},
};

/// Every line of a golden file is read and written as it always was.
fn check<T: Serialize + DeserializeOwned + Debug>(name: &str) {
    lines::<T>(name, |line| understands_a_newer_writer::<T>(name, line));
}

fn lines<T: Serialize + DeserializeOwned + Debug>(name: &str, also: impl Fn(&str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/wire");
    let text = fs::read_to_string(folder.join(name)).unwrap();
    assert!(!text.is_empty(), "{name} has lost its lines");
    for line in text.lines() {
        let message: T =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{name}: {error} in {line}"));
        assert_eq!(serde_json::to_string(&message).unwrap(), line, "{name}");
        also(line);
    }
}

/// A newer writer may add a field; an older reader must not stumble over it. A picture is one of
/// several words and has no fields of its own.
fn understands_a_newer_writer<T: DeserializeOwned>(name: &str, line: &str) {
    let mut newer: Value = serde_json::from_str(line).unwrap();
    match newer.as_object_mut() {
        Some(fields) if name != "picture.jsonl" => {
            fields.insert("something_new".to_owned(), Value::Bool(true));
        }
        Some(_) | None => return,
    }
    let understood = serde_json::from_value::<T>(newer);
    assert!(understood.is_ok(), "{name}: a newer writer is not understood: {line}");
}

#[test]
fn device_messages_are_read_and_written_as_they_always_were() {
    check::<Wanted>("wanted.jsonl");
    check::<Job>("job.jsonl");
    check::<Report>("report.jsonl");
    check::<DeviceState>("device_state.jsonl");
    check::<BridgeState>("bridge_state.jsonl");
    check::<Picture>("picture.jsonl");
    check::<Press>("press.jsonl");
}

#[test]
fn what_a_reader_and_its_kiosk_say_is_read_and_written_as_it_always_was() {
    // Each is one of several words and has no fields of its own.
    lines::<KioskSays>("kiosk_says.jsonl", |_| {});
    lines::<ReaderSays>("reader_says.jsonl", |_| {});
}

#[test]
fn the_figures_for_the_office_are_read_and_written_as_they_always_were() {
    check::<Metrics>("metrics.jsonl");
}

#[test]
fn what_a_kiosk_says_of_itself_is_read_and_written_as_it_always_was() {
    // A request's body is read strictly, so only the lines themselves are checked.
    lines::<KioskStateRequest>("kiosk_state.jsonl", |_| {});
}
