//! Frames of a SAM reader, 115200 8N1 or USB.
//!
//! `AA AA AA 96 69 lenH lenL … chk`: the length counts everything after itself, chk is the
//! exclusive-or of everything between preamble and chk. To the reader: command, parameter. From it:
//! three bytes of state, then data.

use zeroize::Zeroize;

use crate::dialects::checks;

const PREAMBLE: [u8; 5] = [0xAA, 0xAA, 0xAA, 0x96, 0x69];
const HEAD_BYTES: usize = PREAMBLE.len() + 2;

/// Text, photo and fingerprint.
const LENGTH_MAX: usize = 2_400;

/// What a reader is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// Is it well?
    Status,
    /// 寻卡.
    Find,
    /// 选卡.
    Select,
    /// 读卡.
    Read,
}

impl Request {
    const fn command(self) -> [u8; 2] {
        match self {
            Self::Status => [0x11, 0xFF],
            Self::Find => [0x20, 0x01],
            Self::Select => [0x20, 0x02],
            Self::Read => [0x30, 0x01],
        }
    }

    /// The frame.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        frame(&self.command())
    }

    /// Reads a request, for virtual readers.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        [Self::Status, Self::Find, Self::Select, Self::Read]
            .into_iter()
            .find(|request| request.command() == body)
    }
}

/// A reader's state, the third byte of an answer.
pub const OK: u8 = 0x90;
/// A card lies there.
pub const FOUND: u8 = 0x9F;
/// No card.
pub const NOT_FOUND: u8 = 0x80;
/// The card was taken away.
pub const NOT_SELECTED: u8 = 0x81;
/// The card could not be read.
pub const NOT_READ: u8 = 0x41;

/// A whole frame's body; wiped when it is dropped, and never printed.
pub struct Body(Vec<u8>);

impl Body {
    /// Everything between length and check.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The state and the data of an answer.
    #[must_use]
    pub fn answer(&self) -> Option<(u8, &[u8])> {
        match &self.0[..] {
            [_, _, state, data @ ..] => Some((*state, data)),
            _ => None,
        }
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Finds frames in a stream of bytes; what belongs to none is dropped and counted.
#[derive(Default)]
pub struct Frames {
    held: Vec<u8>,
    garbage: u64,
}

impl Frames {
    /// Takes bytes in.
    pub fn take(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
        let excess = self.held.len().saturating_sub(HEAD_BYTES + LENGTH_MAX);
        self.drop_front(excess);
    }

    /// The next frame, if one is whole.
    #[expect(clippy::should_implement_trait, reason = "more may come after None")]
    pub fn next(&mut self) -> Option<Body> {
        while !self.held.is_empty() {
            let begins = self.held.iter().zip(PREAMBLE).all(|(found, want)| *found == want);
            if begins && self.held.len() < HEAD_BYTES {
                return None;
            }
            if begins {
                let length = usize::from(u16::from_be_bytes([self.held[5], self.held[6]]));
                if (2..=LENGTH_MAX).contains(&length) {
                    let whole = self.held.get(5..HEAD_BYTES + length)?;
                    let (checked, check) = whole.split_at(whole.len() - 1);
                    if checks::xor(checked) == check[0] {
                        let body = Body(checked[2..].to_vec());
                        self.wipe_front(HEAD_BYTES + length);
                        return Some(body);
                    }
                }
            }
            self.drop_front(1);
        }
        None
    }

    /// Forgets what began and does not go on.
    pub fn give_up(&mut self) {
        self.drop_front(self.held.len());
    }

    /// Bytes that belonged to no frame.
    #[must_use]
    pub const fn garbage(&self) -> u64 {
        self.garbage
    }

    fn drop_front(&mut self, count: usize) {
        self.garbage += count as u64;
        self.wipe_front(count);
    }

    fn wipe_front(&mut self, count: usize) {
        let mut gone: Vec<u8> = self.held.drain(..count).collect();
        gone.zeroize();
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        self.held.zeroize();
    }
}

/// A frame around a body.
#[must_use]
pub fn frame(body: &[u8]) -> Vec<u8> {
    let mut bytes = PREAMBLE.to_vec();
    bytes.extend(((body.len() + 1) as u16).to_be_bytes());
    bytes.extend_from_slice(body);
    bytes.push(checks::xor(&bytes[5..]));
    bytes
}

/// An answer of a reader.
#[must_use]
pub fn answer(state: u8, data: &[u8]) -> Vec<u8> {
    frame(&[&[0, 0, state], data].concat())
}
