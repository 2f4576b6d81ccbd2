//! FF 68: call pads and evaluators on one RS-485 line, 9600 8N1, speaking unasked.
//!
//! `FF 68 L L 68 addr func data… cs 16`; L counts addr, func and data and stands twice; cs is the
//! sum of addr, func and data. Sources: JackQChen/QueueSystem frmMain.cs, marzlia/HallQueFront.

use crate::profile::{Ack, Kind, Profile, Said};

use super::{Decoded, Frame, Order, Unsupported, checks};

/// Pad to host: keys. Host to evaluator: ask, or an acknowledgement.
pub const FUNC_KEY: u8 = 0x01;
/// Host to pad: show digits, or success and failure.
pub const FUNC_SHOW: u8 = 0x02;
/// Host to pad: beep.
pub const FUNC_BEEP: u8 = 0x03;
/// Evaluator to host: the grade.
pub const FUNC_RESULT: u8 = 0x11;
/// The pad's evaluate key; to an evaluator: begin to ask.
pub const KEY_EVALUATE: u8 = 0x0B;
/// A position without a digit.
pub const BLANK: u8 = 0x0A;

const LEAD: u8 = 0xFF;
const HEAD: u8 = 0x68;
const TAIL: u8 = 0x16;

/// The longest frame seen carries eight bytes; twice as much leaves room and bounds the waiting.
const COUNTED_MAX: u8 = 16;

/// The largest number of three positions.
const THREE_DIGITS_MAX: u16 = 999;

/// A position of a row that a pad shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `_`.
    Blank,
    /// `T3`: the number's last three digits.
    Ticket,
    /// `T4`: the number in four digits.
    TicketLong,
    /// `W3`: how many wait, three digits.
    Waiting,
    /// `W`: how many wait, as many digits as needed.
    WaitingShort,
}

impl Place {
    /// Reads a position of a profile's row.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "_" => Some(Self::Blank),
            "T3" => Some(Self::Ticket),
            "T4" => Some(Self::TicketLong),
            "W3" => Some(Self::Waiting),
            "W" => Some(Self::WaitingShort),
            _ => None,
        }
    }
}

/// The bytes of an order.
///
/// # Errors
/// [`Unsupported`] if such a device has no such frame.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    let unsupported = || Unsupported::of(profile);
    match (profile.kind, order) {
        (Kind::Pad, Order::Show { row, no, waiting }) => {
            let row = profile.show.get(*row).ok_or_else(unsupported)?;
            let digits = digits(row, no.map(|no| no.number), *waiting);
            Ok(frame(address, FUNC_SHOW, &digits))
        }
        (Kind::Pad, Order::Feedback { done }) => Ok(frame(address, FUNC_SHOW, &[u8::from(*done)])),
        (Kind::Pad, Order::Beep) => Ok(frame(address, FUNC_BEEP, &[])),
        (Kind::Evaluator, Order::Ask) if profile.asks => {
            Ok(frame(address, FUNC_KEY, &[KEY_EVALUATE]))
        }
        (Kind::Pad | Kind::Evaluator, Order::Ack(heard)) => match profile.ack {
            Ack::None | Ack::Own => Err(unsupported()),
            Ack::Same => Ok(frame(address, heard.func, &heard.data)),
            Ack::Func01 => Ok(frame(address, FUNC_KEY, &heard.data)),
            Ack::Short => Ok(frame(address, FUNC_KEY, &[])[1..].to_vec()),
        },
        (Kind::Pad | Kind::Evaluator | Kind::Strip | Kind::Screen, _) => Err(unsupported()),
    }
}

/// What the bytes begin with; a frame without FF is a host's short acknowledgement.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let lead = usize::from(bytes.first() == Some(&LEAD));
    let rest = &bytes[lead..];
    let Some(&head) = rest.first() else { return Decoded::NeedMore };
    if head != HEAD {
        return Decoded::Garbage;
    }
    let Some(&counted) = rest.get(1) else { return Decoded::NeedMore };
    let again = rest.get(2).is_none_or(|&byte| byte == counted);
    let head_again = rest.get(3).is_none_or(|&byte| byte == HEAD);
    if !(2..=COUNTED_MAX).contains(&counted) || !again || !head_again {
        return Decoded::Garbage;
    }
    let counted = usize::from(counted);
    let Some(&[sum, tail]) = rest.get(4 + counted..6 + counted) else { return Decoded::NeedMore };
    let body = &rest[4..4 + counted];
    if tail != TAIL || sum != checks::sum(body) {
        return Decoded::Garbage;
    }
    let frame = Frame {
        address: body[0],
        func: body[1],
        data: body[2..].to_vec(),
        bare: lead == 0,
        answer: false,
    };
    Decoded::Frame { used: lead + counted + 6, frame }
}

/// A frame as any side sends it.
#[must_use]
pub fn frame(address: u8, func: u8, data: &[u8]) -> Vec<u8> {
    let counted = 2 + data.len() as u8;
    let mut bytes = vec![LEAD, HEAD, counted, counted, HEAD, address, func];
    bytes.extend_from_slice(data);
    bytes.push(checks::sum(&bytes[5..]));
    bytes.push(TAIL);
    bytes
}

/// What a frame means: keys of a pad, grades of an evaluator.
#[must_use]
pub fn meaning(frame: &Frame, profile: &Profile) -> Said {
    match (profile.kind, frame.func) {
        _ if frame.bare => Said::Nothing,
        (Kind::Pad, FUNC_KEY) if frame.data.is_empty() => Said::Nothing,
        // A key that bounced, like 0C 0C, says nothing; acknowledged, it is not said again.
        (Kind::Pad, FUNC_KEY) => profile.key(&frame.data).map_or(Said::Strange, Said::Key),
        (Kind::Evaluator, FUNC_RESULT) => profile.grade(&frame.data),
        (Kind::Pad | Kind::Evaluator | Kind::Strip | Kind::Screen, _) => Said::Nothing,
    }
}

/// The digits of a row of a pad's display, a blank as 0A.
#[must_use]
pub fn digits(row: &str, no: Option<u16>, waiting: u16) -> Vec<u8> {
    let waiting = waiting.min(THREE_DIGITS_MAX);
    let three = |number: u16| format!("{:03}", number % 1_000);
    let mut digits = Vec::new();
    for place in row.split_whitespace().filter_map(Place::parse) {
        let text = match place {
            Place::Blank => String::new(),
            Place::Ticket => no.map(three).unwrap_or_default(),
            Place::TicketLong => no.map(|number| format!("{number:04}")).unwrap_or_default(),
            Place::Waiting => three(waiting),
            Place::WaitingShort => waiting.to_string(),
        };
        match (place, text.is_empty()) {
            (Place::Ticket, true) => digits.extend([BLANK; 3]),
            (Place::TicketLong, true) => digits.extend([BLANK; 4]),
            (_, true) => digits.push(BLANK),
            (_, false) => digits.extend(text.bytes().map(|byte| byte - b'0')),
        }
    }
    digits
}
