//! Digit displays that hold registers: Modbus RTU, 9600 8N1.
//!
//! `unit 06 register value crc` writes one register and comes back unchanged; `unit 10 register
//! count bytes … crc` writes several and is answered by its first six bytes; an answer with the
//! function's highest bit set is a no. Frames are made by the crate `rmodbus`. Source: armfly,
//! bsp_rs485_led.c: register 0088 holds the number, 0070 and on the text, two letters each.

use rmodbus::{ModbusProto, client::ModbusRequest};

use crate::profile::{Kind, Profile, Said};

use super::{
    Decoded, Frame, Order, Unsupported, alpha,
    checks::{self, Check},
    fit,
};

/// Write one register.
pub const FUNC_WRITE: u8 = 0x06;
/// Write several registers.
pub const FUNC_WRITE_MANY: u8 = 0x10;
/// Set in the function of a no.
pub const REFUSED: u8 = 0x80;

/// The largest address of a unit.
const UNIT_MAX: u8 = 247;
const SHORT_BYTES: usize = 8;
const REFUSAL_BYTES: usize = 5;
const CRC_BYTES: usize = 2;
/// Registers in one frame: 16 letters.
const REGISTERS_MAX: u16 = 8;

/// The bytes of an order.
///
/// # Errors
/// [`Unsupported`] if a display has no such frame.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    let (Kind::Strip, Order::Text { text, tone }) = (profile.kind, order) else {
        return Err(Unsupported::of(profile));
    };
    let mut request = ModbusRequest::new(address, ModbusProto::Rtu);
    let mut bytes = Vec::new();
    let made = if profile.registers.holds_text {
        let room = usize::from(profile.cells).clamp(2, 2 * usize::from(REGISTERS_MAX));
        let text = format!("{:<room$}", alpha::latin(text, *tone, profile));
        let padded = if room % 2 == 0 { text } else { format!("{text} ") };
        let values: Vec<u16> = padded
            .as_bytes()
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect();
        request.generate_set_holdings_bulk(profile.registers.first, &values, &mut bytes)
    } else {
        let number = fit::number(text).unwrap_or_default();
        let digits = number.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let value = digits.parse().unwrap_or(0);
        request.generate_set_holding(profile.registers.first, value, &mut bytes)
    };
    made.map(|()| bytes).map_err(|_| Unsupported::of(profile))
}

/// What the bytes begin with.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if !(1..=UNIT_MAX).contains(&bytes[0]) {
        return Decoded::Garbage;
    }
    let Some(&func) = bytes.get(1) else { return Decoded::NeedMore };
    match func {
        FUNC_WRITE => cut(bytes, SHORT_BYTES, false),
        FUNC_WRITE_MANY => match cut(bytes, SHORT_BYTES, true) {
            Decoded::Garbage => {
                let count = u16::from_be_bytes([bytes[4], bytes[5]]);
                let told = usize::from(bytes[6]);
                let fits = (1..=REGISTERS_MAX).contains(&count) && told == 2 * usize::from(count);
                if fits { cut(bytes, 7 + told + CRC_BYTES, false) } else { Decoded::Garbage }
            }
            found @ (Decoded::NeedMore | Decoded::Frame { .. }) => found,
        },
        _ if func == FUNC_WRITE | REFUSED || func == FUNC_WRITE_MANY | REFUSED => {
            cut(bytes, REFUSAL_BYTES, true)
        }
        _ => Decoded::Garbage,
    }
}

/// What a frame means; a single register's answer looks like what was asked.
#[must_use]
pub fn meaning(frame: &Frame) -> Said {
    match frame.func {
        FUNC_WRITE => Said::Answer,
        _ if frame.func & REFUSED != 0 => Said::Refused(match frame.data.first() {
            Some(1) => "refused_command",
            Some(2) => "refused_register",
            Some(3) => "refused_value",
            Some(6) => "refused_busy",
            _ => "refused",
        }),
        _ if frame.answer => Said::Answer,
        _ => Said::Nothing,
    }
}

/// The answer of a unit to a frame that was heard.
#[must_use]
pub fn answer(frame: &Frame) -> Vec<u8> {
    let mut bytes = vec![frame.address, frame.func];
    bytes.extend(frame.data.iter().take(4));
    let crc = Check::CrcModbus.of(&bytes);
    bytes.extend(crc.to_le_bytes());
    bytes
}

/// The text that stands in the registers now, if the frame writes any.
#[must_use]
pub fn read_text(frame: &Frame) -> String {
    match (frame.func, &frame.data[..]) {
        (FUNC_WRITE, &[_, _, high, low]) => u16::from_be_bytes([high, low]).to_string(),
        (FUNC_WRITE_MANY, [_, _, _, _, _, text @ ..]) => {
            text.iter().map(|&byte| char::from(byte)).collect::<String>().trim_end().to_owned()
        }
        _ => String::new(),
    }
}

fn cut(bytes: &[u8], length: usize, answer: bool) -> Decoded {
    let Some(whole) = bytes.get(..length) else { return Decoded::NeedMore };
    let (body, crc) = whole.split_at(length - CRC_BYTES);
    if checks::Check::CrcModbus.of(body).to_le_bytes() != crc {
        return Decoded::Garbage;
    }
    let data = body[2..].to_vec();
    let frame = Frame { address: body[0], func: body[1], data, bare: false, answer };
    Decoded::Frame { used: length, frame }
}
