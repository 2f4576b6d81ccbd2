//! What can stand behind a key, and the code of the problem if it does not.

use std::str::FromStr;

use hall::{
    ids::{DepartmentId, DeviceId, HallId, ItemId, QueueId, StaffNo, WindowId, ZoneId},
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
    "bad_id": HallId, ZoneId, DepartmentId, QueueId, WindowId, ItemId, StaffNo, DeviceId;
    "bad_time": TimeOfDay, super::calendar::Minute;
    "bad_day": Day;
}
