//! What stands in `/api/asyncapi.json`, against what really goes over the wire: a hall with its devices is
//! listened to, and another's checker of JSON schemas looks at every message.

use std::{fs, io::Write, process::Stdio, time::Duration};

use serde_json::{Value, json};
use tests::{api::Api, demo::Demo, oracles, wait_until};

#[test]
fn every_message_of_a_hall_with_its_devices_is_as_described_and_every_topic_was_heard() {
    let Some(python) = oracles::python() else { return };
    let noted = tempfile::NamedTempFile::new().unwrap();
    let demo = Demo::open_noting(
        noted.path(),
        "wire=trace",
        &["--speed", "60", "--start", "2026-11-23 08:50"],
    );
    let document = Api::new(&demo.http, "nobody").raw("/api/asyncapi.json").unwrap().1;
    let topics = document["channels"].as_object().unwrap();
    let suffixes: Vec<String> = topics
        .values()
        .filter_map(|channel| channel["address"].as_str())
        .filter(|address| address.starts_with("hall/"))
        .map(|address| address.rsplit('/').next().unwrap().to_owned())
        .collect();
    // A key in the device room is the only thing that nobody presses by himself.
    let (admin, password) = demo.sign_in("room");
    demo.press(&admin, &password, "pad-1", "call_next");
    let said = || -> Vec<(String, Value)> {
        let text = fs::read_to_string(noted.path()).unwrap_or_default();
        text.lines().filter_map(message).collect()
    };
    wait_until("every topic was heard", Duration::from_secs(90), || {
        let said = said();
        let heard =
            |suffix: &&String| said.iter().any(|(topic, _)| topic.ends_with(suffix.as_str()));
        let lacking: Vec<&String> = suffixes.iter().filter(|suffix| !heard(suffix)).collect();
        if lacking.is_empty() { Ok(()) } else { Err(format!("{lacking:?}")) }
    });
    let said = said();
    demo.close();
    let asked = json!({ "kind": "asyncapi", "document": document, "said": said });
    let found = ask(python, &asked);
    assert_eq!(found["wrong"], json!([]), "messages that are not as described");
    assert!(said.len() > 500, "a hall says more: {}", said.len());
}

/// `… TRACE wire: topic=hall/… payload={…}`.
fn message(line: &str) -> Option<(String, Value)> {
    let (_, told) = line.split_once("wire: ")?;
    let (topic, payload) = told.strip_prefix("topic=")?.split_once(" payload=")?;
    Some((topic.to_owned(), serde_json::from_str(payload).ok()?))
}

fn ask(mut python: std::process::Command, asked: &Value) -> Value {
    let python =
        python.arg(oracles::script("ask_schemas.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = python.spawn().unwrap();
    let mut into = running.stdin.take().unwrap();
    let text = asked.to_string();
    let writing = std::thread::spawn(move || into.write_all(text.as_bytes()));
    let answer = running.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    serde_json::from_slice(&answer.stdout).unwrap()
}
