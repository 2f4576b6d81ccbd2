//! Moments: those of this machine, handed in by the shell, and the hall's as people write them.

use wire::time::Day;

/// The hall's moment, in milliseconds since 1970, as a date and a time of day.
#[must_use]
pub fn civil(at: i64, offset_minutes: i32) -> Option<jiff::civil::DateTime> {
    let offset = jiff::tz::Offset::from_seconds(offset_minutes.checked_mul(60)?).ok()?;
    let moment = jiff::Timestamp::from_millisecond(at).ok()?;
    Some(offset.to_datetime(moment))
}

/// The hall's day at a moment.
#[must_use]
pub fn day(at: i64, offset_minutes: i32) -> Option<Day> {
    let date = civil(at, offset_minutes)?.date();
    Some(Day {
        year: u16::try_from(date.year()).ok()?,
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    })
}

/// A moment of the kiosk, in milliseconds since it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moment(pub u64);

impl Moment {
    /// The moment so many milliseconds later.
    #[must_use]
    pub const fn after_millis(self, millis: u64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The moment so many seconds later.
    #[must_use]
    pub const fn after_secs(self, secs: u32) -> Self {
        self.after_millis(secs as u64 * 1000)
    }

    /// Milliseconds from this moment until a later one; 0 if it has passed.
    #[must_use]
    pub const fn millis_until(self, later: Self) -> u64 {
        later.0.saturating_sub(self.0)
    }

    /// Whole seconds from this moment until a later one, rounded up, as a countdown shows them.
    #[must_use]
    pub fn secs_until(self, later: Self) -> u32 {
        u32::try_from(self.millis_until(later).div_ceil(1000)).unwrap_or(u32::MAX)
    }
}
