//! 离线取号: what kiosks ask before and after they were alone.

use alloc::vec::Vec;

use crate::{
    event::people::Grounds,
    ids::{DeviceId, ItemId, QueueId, Token},
    number::TicketNo,
    time::{Day, Timestamp},
    words::{Printing, PriorityClass},
};

/// 离线号段: a kiosk wants numbers in hand for when nobody answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReserveNumbers {
    /// Which kiosk.
    pub kiosk: DeviceId,
    /// Names the kiosk's record of what it has given out; a new record gets new numbers.
    pub book: Token,
    /// Letters of which it has given out most.
    pub low: Vec<char>,
}

/// 离线号: a ticket that a kiosk gave out by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandIn {
    /// Which kiosk.
    pub kiosk: DeviceId,
    /// The day on which it was given out.
    pub day: Day,
    /// Its number.
    pub no: TicketNo,
    /// Its secret, as on the slip.
    pub token: Token,
    /// Its queue.
    pub queue: QueueId,
    /// The item, if one was chosen.
    pub item: Option<ItemId>,
    /// The class claimed.
    pub class: PriorityClass,
    /// Why.
    pub grounds: Grounds,
    /// 无声叫号.
    pub silent: bool,
    /// When, in the hall's time as the kiosk reckoned it.
    pub taken: Timestamp,
    /// What is known of its slip: `Confirmed`, `Unconfirmed` or `Without`.
    pub printing: Printing,
}
