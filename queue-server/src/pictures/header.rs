//! What the first bytes of a picture say of it: JPEG (ITU-T T.81, B.2) and PNG (ISO/IEC 15948, 11.2).

/// A picture's kind and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// `image/jpeg` or `image/png`.
    pub kind: &'static str,
    /// Pixels across.
    pub wide: u32,
    /// Pixels down.
    pub high: u32,
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const SOI: [u8; 2] = [0xff, 0xd8];

/// Reads it; none if it is neither.
#[must_use]
pub fn of(bytes: &[u8]) -> Option<Header> {
    if let Some(rest) = bytes.strip_prefix(PNG) {
        // Length, "IHDR", width, height.
        let is_head = rest.get(4..8)? == b"IHDR";
        let number = |at: usize| Some(u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?));
        return is_head.then_some(Header {
            kind: "image/png",
            wide: number(8)?,
            high: number(12)?,
        });
    }
    jpeg(bytes.strip_prefix(&SOI)?)
}

/// Goes from marker to marker up to the frame's own; each says how long it is, so it always ends.
fn jpeg(mut rest: &[u8]) -> Option<Header> {
    loop {
        // Any number of fill bytes may stand before a marker.
        let at = rest.iter().position(|byte| *byte != 0xff)?;
        if at == 0 {
            return None;
        }
        let (marker, after) = (rest[at], rest.get(at + 1..)?);
        let length = usize::from(u16::from_be_bytes(after.get(..2)?.try_into().ok()?));
        if is_frame(marker) {
            let number = |at: usize| {
                Some(u32::from(u16::from_be_bytes(after.get(at..at + 2)?.try_into().ok()?)))
            };
            return Some(Header { kind: "image/jpeg", high: number(3)?, wide: number(5)? });
        }
        rest = after.get(length.max(2)..)?;
    }
}

/// SOF0 to SOF15 without DHT, JPG and DAC, which stand between them.
const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}
