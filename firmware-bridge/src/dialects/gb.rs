//! Chinese characters as strips know them: GBK, or only its GB 2312 part.

use encoding_rs::GBK;

/// Stands for a character that a device lacks.
pub const UNKNOWN: char = '？';

/// The bytes of a character in GBK: one for ASCII, else two.
#[must_use]
pub fn gbk(character: char) -> Option<Vec<u8>> {
    let mut room = [0; 4];
    let (bytes, _, failed) = GBK.encode(character.encode_utf8(&mut room));
    // The encoder gives the euro sign as a single 80, which no strip reads.
    let fits = !failed && (bytes.len() == 2 || bytes.iter().all(u8::is_ascii));
    fits.then(|| bytes.into_owned())
}

/// The bytes of a character, if a font of GB 2312 has it: both bytes above A0.
#[must_use]
pub fn gb2312(character: char) -> Option<Vec<u8>> {
    gbk(character).filter(|bytes| bytes.len() == 1 || bytes.iter().all(|&byte| byte > 0xA0))
}

/// A character that can be sent: control characters are none, and what the device lacks is ？.
#[must_use]
pub fn printable(character: char, find: fn(char) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    if character.is_control() {
        return None;
    }
    find(character).or_else(|| find(UNKNOWN))
}

/// The first character of some GBK bytes, and how many bytes it has.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<(char, usize)> {
    let wide = if *bytes.first()? < 0x80 { 1 } else { 2 };
    let (text, _) = GBK.decode_without_bom_handling(bytes.get(..wide)?);
    Some((text.chars().next()?, wide))
}
