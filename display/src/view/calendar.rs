//! A moment of the hall in words.

use jiff::{Timestamp, civil::DateTime, tz::Offset};
use wire::texts::Texts;

/// "09:42".
pub fn time(at: i64, offset_minutes: i32) -> String {
    let moment = civil(at, offset_minutes);
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

/// "11月23日 星期一".
pub fn date(at: i64, offset_minutes: i32, texts: &Texts) -> String {
    let moment = civil(at, offset_minutes);
    let number = moment.weekday().to_monday_zero_offset();
    let weekdays = texts.get("screen.weekdays");
    let weekday = weekdays.split(' ').nth(usize::try_from(number).unwrap_or(0)).unwrap_or_default();
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("month", &moment.month()), ("day", &moment.day()), ("weekday", &weekday)];
    texts.fill("screen.date", &values)
}

/// A clock that is out of all bounds shows the beginning of time rather than nothing.
fn civil(at: i64, offset_minutes: i32) -> DateTime {
    let offset = Offset::from_seconds(offset_minutes.saturating_mul(60)).unwrap_or(Offset::UTC);
    offset.to_datetime(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH))
}
