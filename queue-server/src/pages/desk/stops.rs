//! 后续环节: where the visitor goes next with the same number.

use hall::ids::WindowId;

use super::Desk;
use crate::http::shown;

impl Desk<'_> {
    /// The next leg, and how many come after it; none for who has nothing more to do.
    pub(super) fn next_stop(&self) -> Option<String> {
        let ticket = self.ticket?;
        let stops = shown::stops(self.app, self.hall, ticket);
        let (first, rest) = stops.split_first()?;
        let windows: Vec<String> = first.windows.iter().map(WindowId::to_string).collect();
        let windows = windows.join(self.texts.get("pages.join"));
        let what = first.item_name.as_ref().unwrap_or(&first.queue_name);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("what", what), ("windows", &windows), ("n", &rest.len())];
        let key = if rest.is_empty() { "desk.next_leg_line" } else { "desk.next_leg_more" };
        Some(self.texts.fill(key, &values))
    }
}
