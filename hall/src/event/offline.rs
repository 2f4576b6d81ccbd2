//! 离线取号: what is remembered of numbers set aside and given out without the server.

use serde::{Deserialize, Serialize};

use crate::{ids::DeviceId, time::Timestamp};

/// 离线号段: numbers of one letter, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberBlock {
    /// The letter.
    pub letter: char,
    /// The first number.
    pub first: u16,
    /// The last number.
    pub last: u16,
}

/// 离线: a ticket was given out by a kiosk alone, and handed in later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offline {
    /// By which kiosk.
    pub kiosk: DeviceId,
    /// When it was given out; waiting counts from here.
    pub taken: Timestamp,
}
