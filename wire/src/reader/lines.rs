//! Messages between a reader and its kiosk: one JSON object a line, each line bounded.

use std::io::{ErrorKind, Read};

use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroize;

/// The longest line, its end not counted; the longest message has fewer than 200 bytes.
pub const LINE_BYTES_MAX: usize = 1_024;

/// One read.
const READ_BYTES_MAX: usize = 512;

/// What came is no message: whoever sends it is not spoken with any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a line that is no message")]
pub struct Garbage;

/// The bytes of a line that is not whole yet.
#[derive(Default)]
pub struct Lines(Vec<u8>);

impl Lines {
    /// Takes bytes in, and gives the messages that are whole with them.
    ///
    /// # Errors
    /// [`Garbage`] if a line is longer than [`LINE_BYTES_MAX`] or no such message.
    pub fn take<T: DeserializeOwned>(&mut self, bytes: &[u8]) -> Result<Vec<T>, Garbage> {
        let mut whole = Vec::new();
        for byte in bytes {
            if *byte == b'\n' {
                whole.push(serde_json::from_slice(&self.0).map_err(|_| Garbage)?);
                self.wipe();
            } else if self.0.len() == LINE_BYTES_MAX {
                return Err(Garbage);
            } else {
                self.0.push(*byte);
            }
        }
        Ok(whole)
    }

    fn wipe(&mut self) {
        // A vector is emptied by it as well.
        self.0.zeroize();
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// Hears messages until there are no more, or nobody wants the next. What was read is wiped.
///
/// # Errors
/// [`Garbage`] if something else comes.
pub fn hear<T: DeserializeOwned>(
    from: &mut impl Read,
    mut wants_more: impl FnMut(T) -> bool,
) -> Result<(), Garbage> {
    let mut lines = Lines::default();
    let mut bytes = [0; READ_BYTES_MAX];
    loop {
        let count = match from.read(&mut bytes) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return Ok(()),
        };
        let heard = lines.take(&bytes[..count]);
        bytes.zeroize();
        if !heard?.into_iter().all(&mut wants_more) {
            return Ok(());
        }
    }
}

/// A message as a line.
#[must_use]
pub fn line(message: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(message).expect("these messages have no maps");
    line.push(b'\n');
    line
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on ends with a panic")]
mod tests {
    use super::{
        super::{KeyText, KioskSays, ReaderKeyAnswer},
        *,
    };

    #[test]
    fn lines_come_whole_however_their_bytes_come() {
        let answer = ReaderKeyAnswer { key: KeyText::of(&[7; 32]), elderly_from_years: 60 };
        let said = [KioskSays::Key(answer), KioskSays::Want(true), KioskSays::Want(false)];
        let bytes: Vec<u8> = said.iter().flat_map(line).collect();
        for step in [1, 7, bytes.len()] {
            let mut lines = Lines::default();
            let heard = bytes.chunks(step).flat_map(|part| lines.take(part).unwrap());
            assert_eq!(heard.collect::<Vec<KioskSays>>(), said, "{step} at a time");
        }
    }

    #[test]
    fn what_is_no_message_or_never_ends_is_garbage() {
        for bytes in [&b"hello\n"[..], b"\n", b"{\"wants\":true}\n", b"{\"want\":1}\n", b"\xff\n"] {
            assert_eq!(Lines::default().take::<KioskSays>(bytes), Err(Garbage), "{bytes:?}");
        }
        let mut lines = Lines::default();
        let blank = [b' '; LINE_BYTES_MAX];
        assert_eq!(lines.take::<KioskSays>(&blank), Ok(Vec::new()));
        assert_eq!(lines.take::<KioskSays>(b" "), Err(Garbage));
        let mut lines = Lines::default();
        assert_eq!(lines.take::<KioskSays>(&blank[..1_000]), Ok(Vec::new()));
        assert_eq!(lines.take(b"{\"want\":true}\n"), Ok(vec![KioskSays::Want(true)]));
    }
}
