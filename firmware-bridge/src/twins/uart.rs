//! What a receiver hears of bytes that were sent at another speed. No IO.
//!
//! A start bit, eight data bits with the lowest first, a stop bit; between bytes the line is high. A
//! receiver waits for the line to fall and looks at it in the middle of each of its own bits. Where
//! the stop bit should be and is not, it takes what it has all the same, as Linux does unless it is
//! told otherwise.

/// Bits of a byte on the wire.
const BITS: usize = 10;

/// Speeds that differ by so little are one: a receiver looks at nine and a half bits, and is wrong
/// by less than half a bit at the last.
const TOLERATED_PERCENT: u64 = 4;

/// The bytes that a receiver of another speed hears.
#[must_use]
pub fn heard(bytes: &[u8], sent_at: u32, heard_at: u32) -> Vec<u8> {
    let (sent, own) = (u64::from(sent_at.max(1)), u64::from(heard_at.max(1)));
    if sent.abs_diff(own) * 100 <= sent * TOLERATED_PERCENT {
        return bytes.to_vec();
    }
    let bits: Vec<bool> = bytes.iter().flat_map(|&byte| on_the_wire(byte)).collect();
    // Time goes in parts of a bit that both speeds can count: a sent bit lasts `own` of them, a
    // heard one `sent`.
    let level = |at: u64| bits.get((at / own) as usize).copied().unwrap_or(true);
    let end = bits.len() as u64 * own;
    let (mut at, mut found) = (0, Vec::new());
    while let Some(start) = falls(&bits, own, at).filter(|start| *start < end) {
        let bit = |place: u64| level(start + place * sent + sent / 2);
        let byte = (0..8).fold(0, |byte, place| byte | u8::from(bit(place + 1)) << place);
        found.push(byte);
        at = start + 9 * sent + sent / 2;
    }
    found
}

fn on_the_wire(byte: u8) -> [bool; BITS] {
    std::array::from_fn(|place| match place {
        0 => false,
        9 => true,
        _ => byte >> (place - 1) & 1 == 1,
    })
}

/// When the line next goes from high to low; a line is high before its first bit.
fn falls(bits: &[bool], bit: u64, from: u64) -> Option<u64> {
    let first = from.div_ceil(bit) as usize;
    let is_high = |place: usize| place == 0 || bits[place - 1];
    (first..bits.len())
        .find(|&place| !bits[place] && is_high(place))
        .map(|place| place as u64 * bit)
}

#[cfg(test)]
mod tests {
    //! Speeds, without a line.

    use super::heard;

    const CALL: [u8; 10] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x01, 0x0C, 0x0E, 0x16];

    #[test]
    fn a_receiver_of_the_same_speed_hears_what_was_said() {
        assert_eq!(heard(&CALL, 9_600, 9_600), CALL);
        assert_eq!(heard(&CALL, 9_600, 9_700), CALL, "crystals are not alike");
    }

    #[test]
    fn one_of_twice_the_speed_hears_each_bit_twice() {
        // On the wire 55 is 0 1 0 1 0 1 0 1 0 1: the receiver takes the first half of the first bit
        // for a start, and begins anew where the line next falls, at the seventh.
        assert_eq!(heard(&[0x55], 9_600, 19_200), [0b0110_0110, 0b1110_0110]);
        assert_eq!(heard(&[0x00], 9_600, 19_200)[0], 0x00);
    }

    #[test]
    fn one_of_another_speed_hears_something_else_always_the_same_and_less_if_it_is_slower() {
        for speed in [1_200, 2_400, 4_800, 19_200, 57_600] {
            let found = heard(&CALL, 9_600, speed);
            assert_ne!(found, CALL, "{speed}");
            assert_eq!(found, heard(&CALL, 9_600, speed));
            assert_eq!(found.len() <= CALL.len(), speed < 9_600, "{speed}: {found:02X?}");
            assert!(!found.is_empty());
        }
    }
}
