//! What changes by itself: the clock, a blink, the running text, and how sure the picture is.

use super::{Link, Model, Moment, Trust};

/// The screen is drawn at most so often, however fast a demo hall's minutes pass.
const FRAME_MILLIS_MIN: u64 = 200;

impl Model {
    /// The test picture stands now.
    #[must_use]
    pub fn testing(&self, now: Moment) -> bool {
        self.test_until.is_some_and(|until| now.since_start < until)
    }

    /// The hall's time and its distance from UTC in minutes.
    #[must_use]
    pub fn hall_time(&self, now: Moment) -> Option<(i64, i32)> {
        let heard = self.clock?;
        let millis = now.since_start.saturating_sub(heard.at);
        let at = heard.clock.after_millis(i64::try_from(millis).unwrap_or(i64::MAX));
        Some((at, heard.clock.utc_offset_minutes))
    }

    /// How sure the picture is now.
    #[must_use]
    pub fn trust(&self, now: Moment) -> Trust {
        let Some(lost_at) = self.lost_at().filter(|at| now.since_start >= *at) else {
            return if self.face.is_some() { Trust::Live } else { Trust::Connecting };
        };
        if self.face.is_none() {
            return Trust::Connecting;
        }
        let heard = Moment { since_start: self.heard_at, ..now };
        let since = self.hall_time(heard).map_or(0, |(at, _)| at);
        let rows_gone = now.since_start >= lost_at + self.show.rows_kept_secs * 1_000;
        Trust::Lost { since, rows_gone }
    }

    /// When the picture stops being live, if nothing is heard.
    fn lost_at(&self) -> Option<u64> {
        let silent = self.heard_at + self.show.silent_after_secs.get() * 1_000;
        match self.link {
            Link::Up => Some(silent),
            Link::Down { since } => {
                Some(silent.min(since + self.show.lost_after_secs.get() * 1_000))
            }
        }
    }

    /// True while a call is in the dark half of its blink.
    #[must_use]
    pub fn blinked_out(&self, announcement: u64, now: Moment) -> bool {
        self.blink_half(announcement, now).is_some_and(|half| half % 2 == 1)
    }

    /// True while a call blinks at all.
    #[must_use]
    pub fn blinks(&self, announcement: u64, now: Moment) -> bool {
        self.blink_half(announcement, now).is_some()
    }

    /// Which half blink a call is in, while it blinks.
    fn blink_half(&self, announcement: u64, now: Moment) -> Option<u64> {
        let of_window = self.window_call.filter(|(call, _)| *call == announcement);
        let since = self.stand.since(announcement).or_else(|| of_window?.1)?;
        self.half_of(since, now.since_start)
    }

    fn half_of(&self, since: u64, at: u64) -> Option<u64> {
        let half = at.saturating_sub(since) / self.half_millis();
        (half < u64::from(self.show.blinks) * 2).then_some(half)
    }

    /// Never faster than once a second.
    fn half_millis(&self) -> u64 {
        self.show.blink_half_millis.get().max(500)
    }

    /// Which page of the running text is shown, of so many.
    #[must_use]
    pub fn running_page(&self, pages: usize, now: Moment) -> usize {
        let passed = now.since_start.saturating_sub(self.running_from);
        let page = passed / (self.show.running_page_secs.get() * 1_000);
        usize::try_from(page).unwrap_or(0) % pages.max(1)
    }

    /// Milliseconds until the picture changes by itself; none if it never does.
    #[must_use]
    pub fn changes_in(&self, now: Moment) -> Option<u64> {
        let at = now.since_start;
        let page = self.show.running_page_secs.get() * 1_000;
        let next_step = |from: u64, step: u64| {
            let passed = at.saturating_sub(from);
            from + (passed / step + 1) * step
        };
        let of_window = self.window_call.and_then(|(_, since)| since);
        let blinking = self.stand.all_since().chain(of_window);
        let blinking = blinking.filter(|since| self.half_of(*since, at).is_some());
        let lost_at = self.lost_at();
        let candidates = [
            blinking.map(|since| next_step(since, self.half_millis())).min(),
            self.stand.changes_at(self.stands_millis(), at),
            self.hall_face().map(|_| next_step(self.running_from, page)),
            self.broadcast(now).map(|_| next_step(self.broadcast_from, page)),
            lost_at,
            lost_at.map(|lost| lost + self.show.rows_kept_secs * 1_000),
            self.test_until,
            self.tablet.changes_at(at),
            self.next_minute(now),
        ];
        let next = candidates.into_iter().flatten().filter(|then| *then > at).min()?;
        Some((next - at).max(FRAME_MILLIS_MIN))
    }

    fn next_minute(&self, now: Moment) -> Option<u64> {
        let speed = self.clock?.clock.speed;
        let (hall, _) = self.hall_time(now)?;
        let hall_millis = 60_000 - hall.rem_euclid(60_000);
        (speed > 0.0).then(|| now.since_start + (hall_millis as f64 / speed).ceil() as u64)
    }
}
