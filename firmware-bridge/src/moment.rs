//! A moment as the bridge counts it: a steady clock for waiting, the machine's for telling ages.

use std::{
    ops::Add,
    time::{Duration, Instant, SystemTime},
};

use jiff::{Timestamp, tz::Offset};

/// A moment of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Never jumps.
    pub steady: Instant,
    /// Milliseconds since 1970; somebody may set it.
    pub unix_millis: u64,
}

impl Moment {
    /// Now.
    #[must_use]
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let unix_millis = since.map_or(0, |since| since.as_millis() as u64);
        Self { steady: Instant::now(), unix_millis }
    }

    /// The clock on the wall of the hall: China has one time, eight hours before Greenwich, and
    /// sets no clock to summer.
    #[must_use]
    pub fn wall(&self) -> Wall {
        let at = Timestamp::from_millisecond(self.unix_millis as i64).unwrap_or_default();
        let civil = Offset::constant(8).to_datetime(at);
        Wall {
            year: civil.year() as u16,
            month: civil.month() as u8,
            day: civil.day() as u8,
            weekday: civil.weekday().to_monday_one_offset() as u8,
            hour: civil.hour() as u8,
            minute: civil.minute() as u8,
            second: civil.second() as u8,
        }
    }
}

/// A time that a device's own clock is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wall {
    /// 2026.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 1 Monday to 7 Sunday.
    pub weekday: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl Add<Duration> for Moment {
    type Output = Self;
    fn add(self, span: Duration) -> Self {
        let unix_millis = self.unix_millis.saturating_add(span.as_millis() as u64);
        Self { steady: self.steady + span, unix_millis }
    }
}
