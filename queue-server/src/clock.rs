//! The hall's clock: real, or faster than the world for a demo. The only place that reads time.
//!
//! The hall's time never goes back: the engine takes the later of this clock and its last event.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use hall::time::{Day, Millis, TimeOfDay, Timestamp};
use jiff::civil;
use wire::clock::Clock;

/// The greatest speed: a working day in about half a minute; past it the engine is the limit.
pub const SPEED_MAX: f64 = 1_000.0;

const DAY_MILLIS: i64 = 24 * 3_600_000;

/// The clock of a hall, with its fixed offset from UTC.
#[derive(Debug, Clone, Copy)]
pub struct HallClock {
    pace: Pace,
    utc_offset_minutes: i32,
}

#[derive(Debug, Clone, Copy)]
enum Pace {
    Real,
    Scaled { began: Instant, start: Timestamp, speed: f64 },
    Told { at: Timestamp },
}

impl HallClock {
    /// The clock of the world.
    #[must_use]
    pub const fn real(utc_offset_minutes: i32) -> Self {
        Self { pace: Pace::Real, utc_offset_minutes }
    }

    /// A clock that shows `start` now and runs `speed` times as fast as the world.
    #[must_use]
    pub fn scaled(utc_offset_minutes: i32, start: Timestamp, speed: f64) -> Self {
        let speed = speed.clamp(0.0, SPEED_MAX);
        Self { pace: Pace::Scaled { began: Instant::now(), start, speed }, utc_offset_minutes }
    }

    /// A clock that shows what it was told: each moment of a simulated world has its own.
    #[must_use]
    pub const fn told(utc_offset_minutes: i32, at: Timestamp) -> Self {
        Self { pace: Pace::Told { at }, utc_offset_minutes }
    }

    /// The hall's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self.pace {
            Pace::Real => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Pace::Scaled { began, start, speed } => {
                Timestamp(start.0 + (began.elapsed().as_secs_f64() * 1_000.0 * speed) as i64)
            }
            Pace::Told { at } => at,
        }
    }

    /// Hall milliseconds for one of the world.
    #[must_use]
    pub const fn speed(&self) -> f64 {
        match self.pace {
            Pace::Real | Pace::Told { .. } => 1.0,
            Pace::Scaled { speed, .. } => speed,
        }
    }

    /// The hall's moment so much of the world's time ago.
    #[must_use]
    pub fn ago(&self, passed: Duration) -> Timestamp {
        let millis = passed.as_secs_f64() * 1_000.0 * self.speed();
        Timestamp(self.now().0.saturating_sub(millis as i64))
    }

    /// Minutes east of UTC.
    #[must_use]
    pub const fn utc_offset_minutes(&self) -> i32 {
        self.utc_offset_minutes
    }

    /// The clock as messages carry it.
    #[must_use]
    pub fn wire(&self) -> Clock {
        Clock { at: self.now().0, speed: self.speed(), utc_offset_minutes: self.utc_offset_minutes }
    }

    /// How long the world must wait until the hall's clock shows `at`; `None` if it stands still.
    #[must_use]
    pub fn world_until(&self, at: Timestamp) -> Option<Duration> {
        self.world_of(at.since(self.now()))
    }

    /// How long a span of the hall lasts in the world; `None` if the clock stands still.
    #[must_use]
    pub fn world_of(&self, span: Millis) -> Option<Duration> {
        let secs = span.0 as f64 / 1_000.0 / self.speed();
        Duration::try_from_secs_f64(secs).ok()
    }

    /// The local date of a moment.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> civil::Date {
        let days = (at.0 + self.offset_millis()).div_euclid(DAY_MILLIS);
        let days = i32::try_from(days).unwrap_or(0);
        let epoch = civil::date(1970, 1, 1);
        epoch.checked_add(jiff::Span::new().days(days)).unwrap_or(epoch)
    }

    /// The working day of a moment.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Day {
        day_of(self.date(at))
    }

    /// The moment so many minutes after the local midnight that begins a date.
    #[must_use]
    pub fn moment(&self, date: civil::Date, minutes: i64) -> Timestamp {
        let days = date.duration_since(civil::date(1970, 1, 1)).as_hours() / 24;
        Timestamp(days * DAY_MILLIS + minutes * 60_000 - self.offset_millis())
    }

    /// The moment at which a working day is over: the next midnight.
    #[must_use]
    pub fn end_of(&self, day: Day) -> Timestamp {
        date_of(day).map_or(Timestamp(0), |date| self.moment(date, 24 * 60))
    }

    /// A moment as people write it: "2026-11-23 09:14".
    #[must_use]
    pub fn written(&self, at: Timestamp) -> String {
        format!("{} {}", self.day(at), self.time_of_day(at))
    }

    /// The minute of its day.
    #[must_use]
    pub fn time_of_day(&self, at: Timestamp) -> TimeOfDay {
        let minutes = (at.0 + self.offset_millis()).rem_euclid(DAY_MILLIS) / 60_000;
        TimeOfDay(minutes as u16)
    }

    /// Reads a moment of this clock: "2026-11-23 09:14", with "T" instead of the space if you like.
    ///
    /// # Errors
    /// A sentence that says the form.
    pub fn read(text: &str, utc_offset_minutes: i32) -> Result<Timestamp, String> {
        let moment: civil::DateTime = text
            .replacen(' ', "T", 1)
            .parse()
            .map_err(|_| format!("\"{text}\" is no moment; write it like 2026-11-23 09:14"))?;
        let since = moment.duration_since(civil::date(1970, 1, 1).at(0, 0, 0, 0));
        let millis = i64::try_from(since.as_millis()).map_err(|error| error.to_string())?;
        Ok(Timestamp(millis - i64::from(utc_offset_minutes) * 60_000))
    }

    const fn offset_millis(&self) -> i64 {
        self.utc_offset_minutes as i64 * 60_000
    }
}

/// The working day of a date.
#[must_use]
pub fn day_of(date: civil::Date) -> Day {
    Day {
        year: date.year().unsigned_abs(),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    }
}

/// The date of a working day; none if the calendar has no such date.
#[must_use]
pub fn date_of(day: Day) -> Option<civil::Date> {
    let year = i16::try_from(day.year).ok()?;
    civil::Date::new(year, day.month.cast_signed(), day.day.cast_signed()).ok()
}

#[cfg(test)]
mod tests;
