//! A0 90: the window strip of the same family, RS-485, 9600 8N1.
//!
//! `A0 90 addr cmd lenH lenL data… xor`; the data is GBK with a colour byte after each character;
//! xor runs from addr to the last data byte. The answer begins `A0 90 addr` and ends `A5 AA`.
//! Sources: marzlia/HallQueFront and uvbs/HospitalQueueSystem, SLZCWndScreen.cpp.

use crate::profile::{Kind, Profile};

use super::{Decoded, Frame, Order, Unsupported, checks, fit, gb};

/// Show a text.
pub const CMD_SHOW: u8 = 0xA5;
/// Show what is stored in the strip.
pub const CMD_IDENTIFY: u8 = 0xA1;
/// Store a text: wears the memory out, never sent.
pub const CMD_STORE: u8 = 0xA2;

const HEAD: [u8; 2] = [0xA0, 0x90];
const ANSWER_END: [u8; 2] = [0xA5, 0xAA];

/// The reference writes the length as n/255 and n%255; up to 254 both readings agree.
const DATA_BYTES_MAX: usize = 254;

/// The longest answer; the source names only its first three and last two bytes.
const ANSWER_BYTES_MAX: usize = 16;

/// The bytes of an order.
///
/// # Errors
/// [`Unsupported`] if a strip has no such frame.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    match (profile.kind, order) {
        (Kind::Strip, Order::Text { text, tone }) => {
            let text = fit::to_cells(text, profile.cells);
            let data = coloured(&text, profile.colours.of(*tone));
            Ok(frame(address, CMD_SHOW, &data))
        }
        (Kind::Strip, Order::Identify) => Ok(frame(address, CMD_IDENTIFY, &[])),
        (Kind::Strip | Kind::Pad | Kind::Evaluator | Kind::Screen, _) => {
            Err(Unsupported::of(profile))
        }
    }
}

/// What the bytes begin with.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if bytes.iter().zip(HEAD).any(|(&byte, head)| byte != head) {
        return Decoded::Garbage;
    }
    let &[_, _, address, cmd, second, ..] = bytes else { return Decoded::NeedMore };
    let is_host = [CMD_SHOW, CMD_IDENTIFY, CMD_STORE].contains(&cmd) && second == 0;
    if is_host {
        return host_frame(bytes, address, cmd);
    }
    let reach = &bytes[..bytes.len().min(ANSWER_BYTES_MAX)];
    let end = reach[3..].windows(2).position(|pair| pair == ANSWER_END).map(|at| at + 3);
    if reach[1..end.unwrap_or(reach.len())].windows(2).any(|pair| pair == HEAD) {
        // Another frame begins before this one ends.
        return Decoded::Garbage;
    }
    match end {
        Some(end) => {
            let data = bytes[3..end].to_vec();
            let frame = Frame { address, func: CMD_SHOW, data, bare: false, answer: true };
            Decoded::Frame { used: end + 2, frame }
        }
        None if bytes.len() < ANSWER_BYTES_MAX => Decoded::NeedMore,
        None => Decoded::Garbage,
    }
}

fn host_frame(bytes: &[u8], address: u8, cmd: u8) -> Decoded {
    let Some(&length) = bytes.get(5) else { return Decoded::NeedMore };
    let end = 6 + usize::from(length);
    let Some(&check) = bytes.get(end) else { return Decoded::NeedMore };
    if check != checks::xor(&bytes[2..end]) {
        return Decoded::Garbage;
    }
    let data = bytes[6..end].to_vec();
    let frame = Frame { address, func: cmd, data, bare: false, answer: false };
    Decoded::Frame { used: end + 1, frame }
}

/// A frame as the host sends it.
#[must_use]
pub fn frame(address: u8, cmd: u8, data: &[u8]) -> Vec<u8> {
    let mut bytes = vec![HEAD[0], HEAD[1], address, cmd, 0, data.len() as u8];
    bytes.extend_from_slice(data);
    bytes.push(checks::xor(&bytes[2..]));
    bytes
}

/// The answer of a strip.
#[must_use]
pub const fn answer(address: u8) -> [u8; 5] {
    [HEAD[0], HEAD[1], address, ANSWER_END[0], ANSWER_END[1]]
}

/// The characters of a text and the colour of each, as a strip reads them.
#[must_use]
pub fn read_text(data: &[u8]) -> Vec<(char, u8)> {
    let mut read = Vec::new();
    let mut rest = data;
    while let Some((character, wide)) = gb::read(rest) {
        read.push((character, rest.get(wide).copied().unwrap_or(0)));
        rest = rest.get(wide + 1..).unwrap_or_default();
    }
    read
}

/// GBK with a colour after each character; control characters are dropped, and what does not fit
/// is cut between two characters.
fn coloured(text: &str, colour: u8) -> Vec<u8> {
    let mut data = Vec::new();
    for bytes in text.chars().filter_map(|character| gb::printable(character, gb::gbk)) {
        if data.len() + bytes.len() + 1 > DATA_BYTES_MAX {
            break;
        }
        data.extend_from_slice(&bytes);
        data.push(colour);
    }
    data
}
