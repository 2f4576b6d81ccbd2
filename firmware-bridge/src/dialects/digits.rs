//! Digit displays that take ASCII: `$001,A023#` shows a text on display 1; `$001,02&` asks the model.
//!
//! Source: armfly, test script and bsp_rs485_led.c for the LED-485 family. What such a display
//! answers is not written down, so nothing is waited for.

use crate::profile::{Kind, Profile};

use super::{Decoded, Frame, Order, Unsupported, alpha};

const HEAD: u8 = b'$';
const SHOW_END: u8 = b'#';
const ASK_END: u8 = b'&';
/// The function of a frame that shows.
pub const FUNC_SHOW: u8 = SHOW_END;

/// Before the text: `$001,`.
const BEFORE_TEXT: usize = 5;
/// Eight digits with a point each.
const TEXT_BYTES_MAX: usize = 16;

/// The bytes of an order.
///
/// # Errors
/// [`Unsupported`] if a display has no such frame.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    match (profile.kind, order) {
        (Kind::Strip, Order::Text { text, tone }) => {
            let text = alpha::latin(text, *tone, profile);
            let room = usize::from(profile.cells).clamp(1, TEXT_BYTES_MAX);
            Ok(format!("${address:03},{text:>room$}#").into_bytes())
        }
        (Kind::Strip, Order::Identify) => Ok(format!("${address:03},02&").into_bytes()),
        _ => Err(Unsupported::of(profile)),
    }
}

/// What the bytes begin with.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let head = bytes.iter().take(BEFORE_TEXT).enumerate().all(|(at, &byte)| match at {
        0 => byte == HEAD,
        4 => byte == b',',
        _ => byte.is_ascii_digit(),
    });
    if !head {
        return Decoded::Garbage;
    }
    let Some(rest) = bytes.get(BEFORE_TEXT..) else { return Decoded::NeedMore };
    let reach = &rest[..rest.len().min(TEXT_BYTES_MAX + 1)];
    let Some(end) = reach.iter().position(|&byte| [SHOW_END, ASK_END].contains(&byte)) else {
        let printable = reach.iter().all(|byte| (b' '..=b'~').contains(byte) && *byte != HEAD);
        let more = printable && reach.len() <= TEXT_BYTES_MAX;
        return if more { Decoded::NeedMore } else { Decoded::Garbage };
    };
    if !reach[..end].iter().all(|byte| (b' '..=b'~').contains(byte) && *byte != HEAD) {
        return Decoded::Garbage;
    }
    let address = std::str::from_utf8(&bytes[1..4]).ok().and_then(|text| text.parse().ok());
    let Some(address) = address else { return Decoded::Garbage };
    let data = reach[..end].to_vec();
    let frame = Frame { address, func: reach[end], data, bare: false, answer: false };
    Decoded::Frame { used: BEFORE_TEXT + end + 1, frame }
}
