//! What can stand behind a key, and the code of the problem if it does not.

use std::str::FromStr;

use jiff::civil::Date;

use hall::{
    ids::{DepartmentId, DeviceId, HallId, ItemId, PipelineId, QueueId, StaffNo, WindowId, ZoneId},
    time::{Day, TimeOfDay},
};

/// A value of a profile, written as a text or a number.
pub trait Value: FromStr {
    /// The code of the problem with a text that is no such value.
    const WRONG: &'static str;
}

macro_rules! values {
    ($($wrong:literal: $($kind:ty),+;)+) => {
        $($(impl Value for $kind {
            const WRONG: &'static str = $wrong;
        })+)+
    };
}

values! {
    "bad_value": String;
    "not_a_number": u8, u16, u32, i32, f64;
    "not_true_or_false": bool;
    "bad_id": HallId, ZoneId, DepartmentId, QueueId, WindowId, ItemId, StaffNo, DeviceId, PipelineId;
    "bad_time": TimeOfDay, super::calendar::Minute;
    "bad_day": Day;
    "bad_dates": DaySpan;
    "not_a_number": YearNumber;
}

/// A day, or the first and last of a row: `2026-02-15/2026-02-23`.
#[derive(Debug, Clone, Copy)]
pub struct DaySpan(pub Date, pub Date);

impl FromStr for DaySpan {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let (from, until) = text.split_once('/').unwrap_or((text, text));
        Ok(Self(from.parse()?, until.parse()?))
    }
}

/// A year of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearNumber(pub i16);

impl FromStr for YearNumber {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}
