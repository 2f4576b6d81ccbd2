//! The law of `event.rs`: what was written once is read for ever, and written the same.

use std::{fs, path::Path};

use crate::event::Event;

#[test]
fn events_of_every_kind_are_read_and_written_as_they_always_were() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/events/facts.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let mut lines = 0;
    for line in text.lines() {
        let event: Event = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), line, "event.rs is append-only");
        lines += 1;
    }
    assert!(lines >= 135, "a golden line is gone");
}
