//! The frame around everything that an Onbon card hears and says.
//!
//! `A5`×8, then header, data and check with `A5 A6 5A 5B` escaped, then `5A`. A receiver needs only
//! one `A5`. The header: to, from, three reserved, barcode, check mode, display mode, device type,
//! version, length of the data; numbers have the lower byte first; length and check are taken
//! before escaping.

use crate::dialects::checks;

/// The host's address.
pub const HOST: u16 = 0x8000;
/// Every card, and it answers: for a card that is alone on its line or connection.
pub const ANY: u16 = 0xFFFE;

const LEAD: u8 = 0xA5;
const END: u8 = 0x5A;
const LEADS: usize = 8;
const HEADER_BYTES: usize = 14;
const CHECK_BYTES: usize = 2;
/// The card's receive buffer.
pub const DATA_BYTES_MAX: usize = 1_024;
/// The longest frame with every byte escaped.
pub const FRAME_BYTES_MAX: usize =
    2 * (HEADER_BYTES + DATA_BYTES_MAX + CHECK_BYTES) + LEADS + 1 + 8;

const CHECK_CRC: u8 = 0;
const CHECK_SUM: u8 = 1;
/// Areas and the program that is stored in the card are shown together.
pub const TOGETHER: u8 = 0;
/// Areas win over it.
pub const AREAS_WIN: u8 = 1;
/// Any card: what the host says, and cards that do not tell what they are.
pub const TYPE_ANY: u8 = 0xFE;
const VERSION: u8 = 0x02;

/// What is inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// To whom.
    pub to: u16,
    /// From whom.
    pub from: u16,
    /// The kind of controller.
    pub kind: u8,
    /// The data field.
    pub data: Vec<u8>,
}

/// What the bytes begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpacked {
    /// It may become a frame.
    NeedMore,
    /// A frame.
    Body {
        /// Its length with escapes.
        used: usize,
        /// What it holds.
        body: Body,
    },
    /// No frame begins here.
    Garbage,
}

/// The address of a card as it stands in a frame; 0 is any.
#[must_use]
pub const fn destination(address: u8) -> u16 {
    if address == 0 { ANY } else { address as u16 }
}

/// The address as the bridge knows it.
#[must_use]
pub const fn address(found: u16) -> u8 {
    if found <= 0xFF { found as u8 } else { 0 }
}

/// A frame; areas that it brings are shown beside a stored program.
#[must_use]
pub fn frame(to: u16, from: u16, data: &[u8]) -> Vec<u8> {
    frame_with(to, from, [TOGETHER, TYPE_ANY], data)
}

/// A frame with a display mode and a kind of controller of its own.
#[must_use]
pub fn frame_with(to: u16, from: u16, [display, kind]: [u8; 2], data: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(HEADER_BYTES + data.len() + CHECK_BYTES);
    plain.extend(to.to_le_bytes());
    plain.extend(from.to_le_bytes());
    plain.extend([0, 0, 0, 0, CHECK_CRC, display, kind, VERSION]);
    plain.extend((data.len() as u16).to_le_bytes());
    plain.extend_from_slice(data);
    plain.extend(checks::crc_arc(&plain).to_le_bytes());
    let mut bytes = vec![LEAD; LEADS];
    for byte in plain {
        match byte {
            0xA5 => bytes.extend([0xA6, 0x02]),
            0xA6 => bytes.extend([0xA6, 0x01]),
            0x5A => bytes.extend([0x5B, 0x02]),
            0x5B => bytes.extend([0x5B, 0x01]),
            _ => bytes.push(byte),
        }
    }
    bytes.push(END);
    bytes
}

/// Takes a frame apart.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Unpacked {
    if bytes.first() != Some(&LEAD) {
        return Unpacked::Garbage;
    }
    let leads = bytes.iter().take_while(|&&byte| byte == LEAD).count();
    let mut plain = Vec::new();
    let mut escape = None;
    for (at, &byte) in bytes.iter().enumerate().skip(leads) {
        if at >= FRAME_BYTES_MAX {
            return Unpacked::Garbage;
        }
        match (escape.take(), byte) {
            (Some(0xA6), 0x02) => plain.push(0xA5),
            (Some(0xA6), 0x01) => plain.push(0xA6),
            (Some(0x5B), 0x02) => plain.push(0x5A),
            (Some(0x5B), 0x01) => plain.push(0x5B),
            (Some(_), _) | (None, LEAD) => return Unpacked::Garbage,
            (None, 0xA6 | 0x5B) => escape = Some(byte),
            (None, END) => {
                return body(&plain)
                    .map_or(Unpacked::Garbage, |body| Unpacked::Body { used: at + 1, body });
            }
            (None, _) => plain.push(byte),
        }
    }
    if leads >= FRAME_BYTES_MAX { Unpacked::Garbage } else { Unpacked::NeedMore }
}

fn body(plain: &[u8]) -> Option<Body> {
    let length = usize::from(u16::from_le_bytes([*plain.get(12)?, *plain.get(13)?]));
    let (checked, check) = plain.split_at_checked(HEADER_BYTES + length)?;
    let value = match plain[8] {
        CHECK_CRC => checks::crc_arc(checked),
        CHECK_SUM => checks::sum16(checked),
        _ => return None,
    };
    if check != value.to_le_bytes() {
        return None;
    }
    Some(Body {
        to: u16::from_le_bytes([plain[0], plain[1]]),
        from: u16::from_le_bytes([plain[2], plain[3]]),
        kind: plain[10],
        data: checked[HEADER_BYTES..].to_vec(),
    })
}
