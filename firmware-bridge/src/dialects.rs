//! Frame languages, each three pure functions: an order to bytes, bytes to a frame, a frame to its
//! meaning. What differs from site to site stands in a profile.

pub mod a090;
pub mod alpha;
pub mod bx5k;
pub mod checks;
pub mod digits;
pub mod ff68;
mod fit;
pub mod gb;
pub mod generic;
pub mod modbus;
pub mod qm;
pub mod qm_pad;
mod tongue;

use serde::Deserialize;
pub use tongue::Tongue;
use wire::{device::Tone, number::TicketNo};

use crate::{
    moment::Wall,
    profile::{Profile, Said},
};

/// A frame language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// Call pads and evaluators: `FF 68 … 16`.
    Ff68,
    /// Window strips: `A0 90 …`.
    A090,
    /// Window strips with frames of 69 bytes that answer nothing.
    Qm,
    /// Call pads that speak only when they are asked.
    QmPad,
    /// Onbon cards: `A5 … 5A`, on a line or over TCP.
    Bx5k,
    /// American message signs, Latin letters only.
    Alpha,
    /// Digit displays that hold registers, Modbus RTU.
    Modbus,
    /// Digit displays: `$001,…#`.
    Digits,
    /// Described wholly by a profile.
    Generic,
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
    /// A hall LED screen's areas.
    Panel(Vec<Area>),
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
    /// Was a key pressed?
    Poll,
    /// The device shall show or say what it is.
    Identify,
    /// The device shall say how it is.
    Status,
    /// What time it is.
    SetClock(Wall),
    /// How bright it shall be, by the profile.
    Brightness,
}

/// A rectangle of a screen with lines of text, in pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// From the left.
    pub x: u16,
    /// From the top.
    pub y: u16,
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
    /// The lines and what each says.
    pub lines: Vec<(Tone, String)>,
    /// The only line goes to the left and begins again.
    pub runs: bool,
}

/// A device of this profile cannot do this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a device of the profile {profile} cannot do this")]
pub struct Unsupported {
    /// The profile.
    pub profile: String,
}

impl Unsupported {
    fn of(profile: &Profile) -> Self {
        Self { profile: profile.name.clone() }
    }
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

/// The bytes of an order to a device.
///
/// # Errors
/// [`Unsupported`] if the dialect or the profile has no such frame.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    match profile.dialect {
        Dialect::Ff68 => ff68::encode(address, order, profile),
        Dialect::A090 => a090::encode(address, order, profile),
        Dialect::Qm => qm::encode(address, order, profile),
        Dialect::QmPad => qm_pad::encode(address, order, profile),
        Dialect::Bx5k => bx5k::encode(address, order, profile),
        Dialect::Alpha => alpha::encode(address, order, profile),
        Dialect::Modbus => modbus::encode(address, order, profile),
        Dialect::Digits => digits::encode(address, order, profile),
        Dialect::Generic => generic::encode(address, order, profile),
    }
}

/// What a frame means under a profile.
#[must_use]
pub fn meaning(frame: &Frame, profile: &Profile) -> Said {
    match profile.dialect {
        Dialect::Ff68 => ff68::meaning(frame, profile),
        Dialect::QmPad => qm_pad::meaning(frame, profile),
        Dialect::Bx5k => bx5k::meaning(frame),
        Dialect::Modbus => modbus::meaning(frame),
        Dialect::Generic => generic::meaning(frame, profile),
        Dialect::A090 | Dialect::Qm | Dialect::Alpha | Dialect::Digits => {
            if frame.answer {
                Said::Answer
            } else {
                Said::Nothing
            }
        }
    }
}

#[cfg(test)]
mod tests;
