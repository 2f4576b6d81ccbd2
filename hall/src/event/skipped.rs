//! What an event leaves out because it goes without saying.

use super::people::Carried;

pub const fn one_copy() -> u16 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
pub const fn is_one_copy(copies: &u16) -> bool {
    *copies == 1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
pub const fn is_false(flag: &bool) -> bool {
    !*flag
}

pub fn carries_nothing(carried: &Carried) -> bool {
    carried.is_empty()
}
