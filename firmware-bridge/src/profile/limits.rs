//! Bounds of the numbers in a profile: no value may silence a line or keep it busy.

use super::Profile;
use crate::config::said;

impl Profile {
    /// The number that is out of its bounds, in a sentence in both languages.
    pub(super) fn number_problem(&self) -> Option<String> {
        let polled = if self.poll_millis == 0 { 0 } else { 100 };
        let answered = u64::from(self.answers || self.poll_millis > 0);
        let timeout = self.panel.as_ref().map_or(1, |panel| panel.timeout_secs.into());
        let numbers = [
            // From the slowest to the fastest that adapters know.
            ("baud", self.baud.into(), [300, 921_600]),
            // Longer than a cold start of the device, and nobody shows an old number for an hour.
            ("refresh_secs", self.refresh_secs, [0, 3_600]),
            // Longer, and the others on the line would wait for this one.
            ("gap_millis", self.gap_millis, [0, 2_000]),
            ("answer_millis", self.answer_millis, [answered, 5_000]),
            ("pace_millis", self.pace_millis, [0, 10_000]),
            ("poll_millis", self.poll_millis, [polled, 10_000]),
            // Longer, and a clerk's second press would be lost.
            ("debounce_millis", self.debounce_millis, [0, 5_000]),
            ("retries", self.retries.into(), [0, 10]),
            ("blink.times", self.blink.times.into(), [0, 20]),
            ("blink.on_millis", self.blink.on_millis, [0, 10_000]),
            ("blink.off_millis", self.blink.off_millis, [0, 10_000]),
            ("panel.timeout_secs", timeout, [1, 3_600]),
            // Rows of a pad's display.
            ("show", self.show.len() as u64, [0, 8]),
        ];
        let (key, value, [low, high]) =
            numbers.into_iter().find(|(_, value, [low, high])| !(*low..=*high).contains(value))?;
        let [value, low, high] = [value, low, high].map(|number: u64| number.to_string());
        let values = [("key", key), ("value", &value), ("low", &low), ("high", &high)];
        Some(said("bridge.profile_range", &values))
    }
}
