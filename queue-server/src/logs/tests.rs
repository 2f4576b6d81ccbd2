//! A flood is written up to its bound, summed up, and drowns nothing else.

use std::{
    io::{self, Write},
    sync::Mutex,
    time::{Duration, Instant},
};

use super::{Bounded, Counts, LINES_MAX, WITHIN};

static WRITTEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Sink;

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        WRITTEN.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn ten_thousand_refusals_are_some_lines_and_another_line_is_still_written() {
    let logs = tracing_subscriber::fmt().with_writer(Bounded::to(|| Sink)).finish();
    tracing::subscriber::with_default(logs, || {
        for client in 0..10_000 {
            tracing::warn!(client, "refused at the door");
        }
        tracing::info!("closing");
    });
    let text = String::from_utf8(WRITTEN.lock().unwrap().clone()).unwrap();
    assert_eq!(text.matches("refused at the door").count(), LINES_MAX as usize);
    assert!(text.contains("closing"));
}

#[test]
fn what_was_not_written_is_told_when_its_minute_is_over() {
    let (mut counts, begun) = (Counts::default(), Instant::now());
    let written = (0..1_000).filter(|_| counts.allows("a door", begun)).count();
    assert_eq!(written, LINES_MAX as usize);
    assert!(counts.allows("elsewhere", begun));
    assert!(counts.over(begun + WITHIN - Duration::from_secs(1)).is_empty());
    assert_eq!(counts.over(begun + WITHIN), [("a door", 1_000 - LINES_MAX)]);
    assert!(counts.of.is_empty() && counts.allows("a door", begun + WITHIN));
}
