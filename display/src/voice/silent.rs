//! Nobody speaks; the sentence stands on the screen long enough to be read.

use std::time::Duration;

use wire::device::Delivery;

use super::{Speaker, Stop, fault::SpeakFault};

/// Reads nothing aloud.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Speaker for Silent {
    fn say(&mut self, text: &str, _how: Delivery, stop: &Stop) -> Result<(), SpeakFault> {
        stop.pause(reading_time(text));
        if stop.asked() { Err(SpeakFault::Stopping) } else { Ok(()) }
    }

    fn chime(&mut self, _how: Delivery, _stop: &Stop) -> Result<(), SpeakFault> {
        Ok(())
    }
}

/// How long a sentence is read: about five characters a second, at most six seconds.
#[must_use]
pub fn reading_time(text: &str) -> Duration {
    let characters = text.chars().filter(|char| !char.is_whitespace()).count();
    Duration::from_millis(200 * u64::try_from(characters).unwrap_or(30)).min(Duration::from_secs(6))
}
