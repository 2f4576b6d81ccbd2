//! Frame languages, each two pure functions: an order to bytes, bytes to a frame.

pub mod a090;
pub mod ff68;
mod fit;

use serde::Deserialize;
use wire::{device::Tone, number::TicketNo};

use crate::profile::Profile;

/// A frame language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// Call pads and evaluators: `FF 68 … 16`.
    Ff68,
    /// Window strips: `A0 90 …`.
    A090,
}

/// What a device is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// A strip's text.
    Text {
        /// The characters.
        text: String,
        /// What they say.
        tone: Tone,
    },
    /// A row of a pad's display.
    Show {
        /// Which row of the profile.
        row: usize,
        /// The number at the window.
        no: Option<TicketNo>,
        /// How many wait.
        waiting: u16,
    },
    /// The key did something, or nothing.
    Feedback {
        /// It did.
        done: bool,
    },
    /// 蜂鸣.
    Beep,
    /// 请评价.
    Ask,
    /// The frame has been heard.
    Ack(Frame),
    /// The device shall show or say what it is.
    Identify,
}

/// A device of this profile cannot do this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a device of the profile {profile} cannot do this")]
pub struct Unsupported {
    /// The profile.
    pub profile: String,
}

/// A whole frame with a right check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The device's address.
    pub address: u8,
    /// The function or command byte.
    pub func: u8,
    /// The data.
    pub data: Vec<u8>,
    /// It came without the leading FF: a host's short acknowledgement.
    pub bare: bool,
    /// It is a device's answer.
    pub answer: bool,
}

/// What stands at the beginning of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// It may become a frame.
    NeedMore,
    /// A frame.
    Frame {
        /// Its length in bytes.
        used: usize,
        /// What it holds.
        frame: Frame,
    },
    /// No frame begins here.
    Garbage,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Ff68, Self::A090];

    /// The bytes of an order.
    ///
    /// # Errors
    /// [`Unsupported`] if the dialect or the profile has no such frame.
    pub fn encode(
        self,
        address: u8,
        order: &Order,
        profile: &Profile,
    ) -> Result<Vec<u8>, Unsupported> {
        match self {
            Self::Ff68 => ff68::encode(address, order, profile),
            Self::A090 => a090::encode(address, order, profile),
        }
    }

    /// What the bytes begin with.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Decoded {
        match self {
            Self::Ff68 => ff68::decode(bytes),
            Self::A090 => a090::decode(bytes),
        }
    }
}

#[cfg(test)]
mod tests;
