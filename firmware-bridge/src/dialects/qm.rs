//! QM: a window strip with frames of 69 bytes, RS-485, 9600 8N1, which answers nothing and wants
//! 300 ms between frames.
//!
//! `FF−no | kind | index low | index high | count | in | out | stay | 60 content bytes | sum`; the
//! sum runs over all but the first byte. Content: an attribute, 20h × colour and one more for a
//! half-width character, before each character; what is left over is zero. Source: the `QmDriver`
//! sources (Screen.cpp, WindowScreen.cpp). Only one screen is used, so no character is split.

use crate::profile::{Kind, Profile};

use super::{Decoded, Frame, Order, Unsupported, checks, fit, gb};

/// 3: the text is taken over and stays; 1 shows it three times, 4 for a while.
pub const KIND_SHOW: u8 = 3;
/// All kinds of frames.
pub const KINDS: [u8; 3] = [1, KIND_SHOW, 4];

/// The first screen, as a text that stays counts them.
const SCREEN: u8 = 10;
/// Comes at once: speed 0, effect 12.
const AT_ONCE: u8 = 0x0C;
/// How long it stands, as the reference sends it.
const STAY: u8 = 224;
const CONTENT_BYTES: usize = 60;
/// A frame.
pub const FRAME_BYTES: usize = 9 + CONTENT_BYTES;

/// The bytes of an order.
///
/// # Errors
/// [`Unsupported`] if a strip has no such frame.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    match (profile.kind, order) {
        (Kind::Strip, Order::Text { text, tone }) => {
            let text = fit::to_cells(text, profile.cells);
            let (count, content) = content(&text, profile.cells, profile.colours.of(*tone));
            Ok(frame(address, count, &content))
        }
        _ => Err(Unsupported::of(profile)),
    }
}

/// What the bytes begin with; only a twin hears such frames.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if bytes.get(1).is_some_and(|kind| !KINDS.contains(kind)) || bytes[0] == u8::MAX {
        return Decoded::Garbage;
    }
    let Some(whole) = bytes.get(..FRAME_BYTES) else { return Decoded::NeedMore };
    let (body, check) = (&whole[1..FRAME_BYTES - 1], whole[FRAME_BYTES - 1]);
    if checks::sum(body) != check {
        return Decoded::Garbage;
    }
    let frame = Frame {
        address: u8::MAX - bytes[0],
        func: body[0],
        data: whole[8..8 + CONTENT_BYTES].to_vec(),
        bare: false,
        answer: false,
    };
    Decoded::Frame { used: FRAME_BYTES, frame }
}

/// The characters of the content, and the colour of each: 0 is red.
#[must_use]
pub fn read_text(data: &[u8]) -> Vec<(char, u8)> {
    let (mut read, mut rest) = (Vec::new(), data);
    while let Some((&attribute, after)) = rest.split_first().filter(|(first, _)| **first > 0) {
        let Some((character, wide)) = gb::read(after) else { break };
        read.push((character, (attribute / 0x20).saturating_sub(1)));
        rest = after.get(wide..).unwrap_or_default();
    }
    read
}

/// Filled up with spaces to the strip's width, so that nothing of an older text stays.
fn content(text: &str, cells: u8, colour: u8) -> (u8, Vec<u8>) {
    let (mut content, mut count, mut used) = (Vec::new(), 0_u8, 0);
    let blanks = std::iter::repeat_n(' ', cells.into());
    for character in text.chars().chain(blanks) {
        let Some(bytes) = gb::printable(character, gb::gbk) else { continue };
        let full = content.len() + 1 + bytes.len() > CONTENT_BYTES;
        if full || (cells > 0 && used + bytes.len() > cells.into()) {
            break;
        }
        content.push(0x20_u8.wrapping_mul(colour) + u8::from(bytes.len() == 1));
        used += bytes.len();
        content.extend(bytes);
        count += 1;
    }
    (count, content)
}

fn frame(address: u8, count: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![u8::MAX - address, KIND_SHOW, SCREEN, 0, count, AT_ONCE, AT_ONCE, STAY];
    bytes.extend_from_slice(content);
    bytes.resize(FRAME_BYTES - 1, 0);
    bytes.push(checks::sum(&bytes[1..]));
    bytes
}
