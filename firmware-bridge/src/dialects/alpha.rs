//! Alpha: message signs of Latin letters.
//!
//! `00×5 01 type address(2) 02 A label 1B position mode text 03 sum(4) 04`; the sum runs from 02 to
//! 03 and is written as four hexadecimal digits. Address 00 speaks to all signs. Nothing is
//! answered. Sources: msparks/alphasign, packet.py; prototux/python-alphasign builds the same bytes.

use wire::device::Tone;

use crate::profile::{Kind, Profile};

use super::{Decoded, Frame, Order, Unsupported, checks, fit};

const NULLS: [u8; 5] = [0; 5];
const SOH: u8 = 0x01;
const STX: u8 = 0x02;
const ETX: u8 = 0x03;
const EOT: u8 = 0x04;
const ESC: u8 = 0x1B;
/// Every kind of sign.
const TYPE_ALL: u8 = b'Z';
/// Write a text file.
pub const CMD_TEXT: u8 = b'A';
/// The text file that is shown.
const LABEL: u8 = b'A';
/// In the middle line.
const MIDDLE: u8 = 0x20;
/// Stands still.
const HOLD: u8 = b'b';

/// Before the text: nulls, head, label, position, mode.
const BEFORE_TEXT: usize = 15;
/// The longest text that a window needs.
const TEXT_BYTES_MAX: usize = 125;
const FRAME_BYTES_MAX: usize = BEFORE_TEXT + TEXT_BYTES_MAX + 6;

/// The bytes of an order.
///
/// # Errors
/// [`Unsupported`] if a sign has no such frame.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    match (profile.kind, order) {
        (Kind::Strip, Order::Text { text, tone }) => {
            Ok(frame(address, latin(text, *tone, profile).as_bytes()))
        }
        _ => Err(Unsupported::of(profile)),
    }
}

/// What a sign without Chinese shows: the number, or the profile's word.
#[must_use]
pub fn latin(text: &str, tone: Tone, profile: &Profile) -> String {
    let blank = text.trim().is_empty();
    let word = if tone == Tone::Quiet { &profile.words.quiet } else { &profile.words.steady };
    let shown = if blank { String::new() } else { fit::number(text).unwrap_or(word.clone()) };
    let most = if profile.cells == 0 { TEXT_BYTES_MAX } else { profile.cells.into() };
    shown.chars().filter(|character| (' '..='~').contains(character)).take(most).collect()
}

/// What the bytes begin with.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let begins = bytes.iter().zip(NULLS.iter().chain(&[SOH])).all(|(found, want)| found == want);
    if !begins {
        return Decoded::Garbage;
    }
    let reach = &bytes[..bytes.len().min(FRAME_BYTES_MAX)];
    let Some(end) = reach.iter().position(|&byte| byte == EOT) else {
        let more = reach.len() < FRAME_BYTES_MAX;
        // Nulls stand only before a frame: what began before them is broken.
        let again = reach.get(5..).is_some_and(|rest| rest.contains(&0));
        return if more && !again { Decoded::NeedMore } else { Decoded::Garbage };
    };
    whole(&bytes[..=end]).map_or(Decoded::Garbage, |frame| Decoded::Frame { used: end + 1, frame })
}

fn whole(bytes: &[u8]) -> Option<Frame> {
    let address = std::str::from_utf8(bytes.get(7..9)?).ok()?;
    let check = bytes.len().checked_sub(5)?;
    let body = bytes.get(9..check)?;
    let told = bytes.get(check..check + 4)?;
    if told != format!("{:04X}", checks::sum16(body)).as_bytes() {
        return None;
    }
    let [STX, func, _, ESC, _, _, text @ .., ETX] = body else { return None };
    Some(Frame {
        address: u8::from_str_radix(address, 16).ok()?,
        func: *func,
        data: text.to_vec(),
        bare: false,
        answer: false,
    })
}

fn frame(address: u8, text: &[u8]) -> Vec<u8> {
    let mut bytes = NULLS.to_vec();
    bytes.extend([SOH, TYPE_ALL]);
    bytes.extend(format!("{address:02X}").bytes());
    let from = bytes.len();
    bytes.extend([STX, CMD_TEXT, LABEL, ESC, MIDDLE, HOLD]);
    bytes.extend_from_slice(text);
    bytes.push(ETX);
    let check = checks::sum16(&bytes[from..]);
    bytes.extend(format!("{check:04X}").bytes());
    bytes.push(EOT);
    bytes
}
