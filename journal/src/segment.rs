//! A segment: its name, its header, and the walk over its records.
//!
//! Name: `{first sequence, 20 digits}-{hint}.log`, compressed `.log.zst`. Header of 64 bytes:
//! `PAIHAOJ1`, first sequence `u64`, last opening before it `u64`, the chain's hash before it,
//! four zeros, CRC-32C of the 60 bytes before. Then records; then, while it is open, zeros.

use crate::{
    limits::HINT_CHARS_MAX,
    record::{self, Chain, View, u32_at, u64_at},
};

/// The bytes before the first record.
pub const HEADER_BYTES: usize = 64;
const MAGIC: &[u8; 8] = b"PAIHAOJ1";

/// Where a segment stands in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The number of its first record.
    pub first: u64,
    /// The number of the last opening before it; 0 if there was none.
    pub opening: u64,
    /// The chain's hash before its first record.
    pub before: Chain,
}

impl Header {
    /// Returns its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER_BYTES);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&self.first.to_le_bytes());
        out.extend_from_slice(&self.opening.to_le_bytes());
        out.extend_from_slice(&self.before);
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&crc32c::crc32c(&out).to_le_bytes());
        out
    }

    /// Reads it from a segment's bytes; says what is wrong otherwise.
    pub fn decode(bytes: &[u8]) -> Result<Header, &'static str> {
        let Some(bytes) = bytes.get(..HEADER_BYTES) else { return Err("the header is cut off") };
        if &bytes[..8] != MAGIC {
            return Err("this is no journal segment of a kind known here");
        }
        if u32_at(bytes, 60) != Some(crc32c::crc32c(&bytes[..60])) {
            return Err("the header's checksum does not fit");
        }
        let (Some(first), Some(opening)) = (u64_at(bytes, 8), u64_at(bytes, 16)) else {
            return Err("the header is cut off");
        };
        let mut before = Chain::default();
        before.copy_from_slice(&bytes[24..56]);
        Ok(Header { first, opening, before })
    }
}

/// A segment's file name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The number of its first record.
    pub first: u64,
    /// What the caller called it.
    pub hint: String,
    /// Whether the file is compressed.
    pub compressed: bool,
}

impl Name {
    /// Names a segment; of the hint only what is safe in a file name is kept.
    pub fn new(first: u64, hint: &str) -> Name {
        let safe = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '_';
        let hint = hint.chars().filter(safe).take(HINT_CHARS_MAX).collect();
        Name { first, hint, compressed: false }
    }

    /// Reads a file's name; `None` if it is no segment's.
    pub fn parse(file: &str) -> Option<Name> {
        let (stem, compressed) = match file.strip_suffix(".log.zst") {
            Some(stem) => (stem, true),
            None => (file.strip_suffix(".log")?, false),
        };
        let (first, hint) = stem.split_once('-')?;
        let digits = first.len() == 20 && first.bytes().all(|b| b.is_ascii_digit());
        let name = Name { compressed, ..Name::new(first.parse().ok()?, hint) };
        (digits && name.hint == hint).then_some(name)
    }

    /// Returns the file's name.
    pub fn file(&self) -> String {
        let end = if self.compressed { ".log.zst" } else { ".log" };
        format!("{:020}-{}{end}", self.first, self.hint)
    }

    /// Returns the same segment's name, compressed or not.
    pub fn with_compressed(&self, compressed: bool) -> Name {
        Name { compressed, ..self.clone() }
    }
}

/// One step of a walk.
#[derive(Debug)]
pub enum Step<'b> {
    /// A record that follows from the one before.
    Record(View<'b>),
    /// Nothing but zeros from here on.
    End,
    /// Something else.
    Bad(&'static str),
}

/// A walk over a segment's records that checks each against the one before.
#[derive(Debug)]
pub struct Walk<'b> {
    bytes: &'b [u8],
    /// Where the next record begins.
    pub at: usize,
    /// The number the next record must have.
    pub next: u64,
    /// The chain's hash before the next record.
    pub chain: Chain,
    /// The last number known safe when the last record was written.
    pub safe: u64,
}

impl<'b> Walk<'b> {
    /// Begins behind the header.
    pub fn new(bytes: &'b [u8], header: &Header) -> Walk<'b> {
        let safe = header.first - 1;
        Walk { bytes, at: HEADER_BYTES, next: header.first, chain: header.before, safe }
    }

    /// Takes the next record, or says why there is none. After anything but a record it stays
    /// where it is.
    pub fn step(&mut self) -> Step<'b> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.iter().take(4).all(|byte| *byte == 0) && rest.iter().all(|byte| *byte == 0) {
            return Step::End;
        }
        let view = match record::decode(rest) {
            Ok(view) => view,
            Err(why) => return Step::Bad(why),
        };
        if view.seq != self.next {
            return Step::Bad("the sequence number is not the next one");
        }
        if !record::follows(&self.chain, rest, &view) {
            return Step::Bad("the hash does not follow from the record before");
        }
        self.at += view.bytes();
        self.next += 1;
        self.chain = view.chain;
        self.safe = view.safe;
        Step::Record(view)
    }

    /// Returns how many bytes from here on are not yet the zeros of the reserve.
    pub fn rest_bytes(&self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        rest.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1)
    }

    /// Returns whether something behind this place proves that the record here was once safe: a
    /// whole record that was written when it already was. Without that proof it is a torn tail:
    /// a power cut may keep a later write of the same batch and lose an earlier one.
    pub fn was_safe_here(&self) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let last = self.rest_bytes().saturating_sub(record::HEADER_BYTES);
        (1..=last).any(|at| {
            // The number is looked at first, because a checksum at every byte would be slow.
            let near = u64_at(rest, at + 8)
                .is_some_and(|seq| seq > self.next && seq - self.next <= rest.len() as u64);
            near && record::decode(&rest[at..]).is_ok_and(|view| view.safe >= self.next)
        })
    }
}

#[cfg(test)]
mod tests;
