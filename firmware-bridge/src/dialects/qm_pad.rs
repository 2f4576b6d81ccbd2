//! QM keypads: the host asks each with one byte, and a pad with a key pressed answers; 9600 8N1.
//!
//! Asking: `FF−no`. Key: `FF−no act d1 d2 sum`, sum over act, d1 and d2; the digits are BCD. Heard:
//! `FF−no 00 00 FF−no` at once. Four digits: `FF−no BCD BCD sum`, sum over all three: the two sums
//! differ. Source: the `QmDriver` sources (Key.cpp).

use crate::profile::{Kind, Profile, Said};

use super::{Decoded, Frame, Order, Unsupported, checks, ff68};

/// What a pad may say: call, recall, a given number, pause, question, transfer.
pub const ACTS: [u8; 6] = [0xCC, 0x33, 0x0F, 0xAA, 0x55, 0xF0];

/// A key of a pad.
const KEY_BYTES: usize = 5;
/// Digits or the host's acknowledgement.
const SHOW_BYTES: usize = 4;

/// The function of a frame with digits for the display.
pub const FUNC_SHOW: u8 = 0x00;
/// The function of an asking.
pub const FUNC_POLL: u8 = 0x01;

/// The largest number of a pad: they share the line with others that begin with FF or A0.
const ADDRESS_MAX: u8 = 64;

/// The bytes of an order.
///
/// # Errors
/// [`Unsupported`] if a pad has no such frame.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    let first = u8::MAX - address;
    match (profile.kind, order) {
        (Kind::Pad, Order::Poll) => Ok(vec![first]),
        (Kind::Pad, Order::Ack(_)) => Ok(shown(first, [0, 0])),
        (Kind::Pad, Order::Show { row, no, waiting }) => {
            let row = profile.show.get(*row).ok_or_else(|| Unsupported::of(profile))?;
            let digits = ff68::digits(row, no.map(|no| no.number), *waiting);
            let digit = |place: usize| {
                let from_end = digits.len().checked_sub(4 - place);
                from_end.and_then(|at| digits.get(at)).copied().filter(|&digit| digit <= 9)
            };
            let pair = |high: usize| digit(high).unwrap_or(0) << 4 | digit(high + 1).unwrap_or(0);
            Ok(shown(first, [pair(0), pair(2)]))
        }
        _ => Err(Unsupported::of(profile)),
    }
}

/// What the bytes begin with.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let &[first, ref rest @ ..] = bytes else { return Decoded::NeedMore };
    let address = u8::MAX - first;
    if !(1..=ADDRESS_MAX).contains(&address) {
        return Decoded::Garbage;
    }
    let frame = |func, data: &[u8]| Frame {
        address,
        func,
        data: data.to_vec(),
        bare: false,
        answer: false,
    };
    let is_key = rest.first().is_some_and(|act| ACTS.contains(act));
    match rest {
        &[act, one, two, sum, ..] if is_key && sum == checks::sum(&[act, one, two]) => {
            Decoded::Frame { used: KEY_BYTES, frame: frame(act, &[one, two]) }
        }
        &[one, two, sum, ..] if sum == checks::sum(&[first, one, two]) => {
            Decoded::Frame { used: SHOW_BYTES, frame: frame(FUNC_SHOW, &[one, two]) }
        }
        [_, _, _] if is_key => Decoded::NeedMore,
        [] | [_] | [_, _] => Decoded::NeedMore,
        [..] => Decoded::Garbage,
    }
}

/// What the bytes are if nothing follows: one alone is an asking.
#[must_use]
pub fn decode_last(bytes: &[u8]) -> Decoded {
    match (decode(bytes), bytes) {
        (Decoded::NeedMore, &[first]) => {
            let frame = Frame {
                address: u8::MAX - first,
                func: FUNC_POLL,
                data: Vec::new(),
                bare: false,
                answer: false,
            };
            Decoded::Frame { used: 1, frame }
        }
        (decoded, _) => decoded,
    }
}

/// What a frame means; the digits stand before the key as they do in other families.
#[must_use]
pub fn meaning(frame: &Frame, profile: &Profile) -> Said {
    let &[high, low] = &frame.data[..] else { return Said::Nothing };
    if !ACTS.contains(&frame.func) {
        return Said::Nothing;
    }
    let all = [high >> 4, high & 0x0F, low >> 4, low & 0x0F];
    let typed = all.iter().position(|&digit| digit != 0).map_or(&all[4..], |from| &all[from..]);
    let data: Vec<u8> = typed.iter().copied().chain([frame.func]).collect();
    profile.key(&data).map_or(Said::Strange, Said::Key)
}

/// A key as a pad says it.
#[must_use]
pub fn key(address: u8, act: u8, digits: [u8; 2]) -> Vec<u8> {
    let sum = checks::sum(&[act, digits[0], digits[1]]);
    vec![u8::MAX - address, act, digits[0], digits[1], sum]
}

fn shown(first: u8, pairs: [u8; 2]) -> Vec<u8> {
    vec![first, pairs[0], pairs[1], checks::sum(&[first, pairs[0], pairs[1]])]
}
