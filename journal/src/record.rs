//! One record and its bytes.
//!
//! Little endian: whole length `u32`, CRC-32C `u32` of all else, sequence `u64`, the last sequence
//! known safe when this was written `u64`, kind `u8` and three zeros, SHA-256 of (the hash before,
//! and all of this record but its checksum and hash), payload. A length of zero is the end.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::limits::PAYLOAD_BYTES_MAX;

/// The bytes before the payload.
pub const HEADER_BYTES: usize = 60;
const SEQ: usize = 8;
const SAFE: usize = 16;
const KIND: usize = 24;
const HASH: usize = 28;

/// The hash of everything up to and including a record.
pub type Chain = [u8; 32];

/// The number of a record: 1, 2, 3 … without gaps; 0 means none yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Seq(pub u64);

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What replay must know of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Everything before it is history: replay begins at the last one.
    Opening,
    /// Anything else.
    Entry,
}

impl Kind {
    fn byte(self) -> u8 {
        match self {
            Kind::Opening => 1,
            Kind::Entry => 2,
        }
    }

    fn from_byte(byte: u8) -> Option<Kind> {
        match byte {
            1 => Some(Kind::Opening),
            2 => Some(Kind::Entry),
            _ => None,
        }
    }
}

/// A record as it was appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub seq: Seq,
    /// What replay must know of it.
    pub kind: Kind,
    /// The caller's bytes.
    pub payload: Vec<u8>,
}

/// A record inside a segment's bytes.
#[derive(Debug, Clone, Copy)]
pub struct View<'b> {
    /// Its number.
    pub seq: u64,
    /// The last number known safe when it was written.
    pub safe: u64,
    /// What replay must know of it.
    pub kind: Kind,
    /// The chain's hash after it.
    pub chain: Chain,
    /// The caller's bytes.
    pub payload: &'b [u8],
}

impl View<'_> {
    /// How many bytes it takes in the segment.
    pub fn bytes(&self) -> usize {
        HEADER_BYTES + self.payload.len()
    }

    /// Returns it as a record of its own.
    pub fn to_record(&self) -> Record {
        Record { seq: Seq(self.seq), kind: self.kind, payload: self.payload.to_vec() }
    }
}

/// Adds a record's bytes to `out` and returns the chain's hash after it.
pub fn encode(
    out: &mut Vec<u8>,
    before: &Chain,
    seq: u64,
    safe: u64,
    kind: Kind,
    payload: &[u8],
) -> Chain {
    let start = out.len();
    let length = u32::try_from(HEADER_BYTES + payload.len()).expect("payloads are bounded");
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&seq.to_le_bytes());
    out.extend_from_slice(&safe.to_le_bytes());
    out.extend_from_slice(&[kind.byte(), 0, 0, 0]);
    let chain = chain_after(before, &out[start..], payload);
    out.extend_from_slice(&chain);
    out.extend_from_slice(payload);
    let sum = checksum(&out[start..]);
    out[start + 4..start + SEQ].copy_from_slice(&sum.to_le_bytes());
    chain
}

/// Reads the record at the beginning of `bytes`; says what is wrong if there is none. Whether it
/// follows from the one before is for the caller to ask ([`follows`]).
pub fn decode(bytes: &[u8]) -> Result<View<'_>, &'static str> {
    let Some(length) = u32_at(bytes, 0) else { return Err("the record is cut off") };
    let length = length as usize;
    if !(HEADER_BYTES..=HEADER_BYTES + PAYLOAD_BYTES_MAX).contains(&length) {
        return Err("the record's length is impossible");
    }
    let Some(bytes) = bytes.get(..length) else { return Err("the record is cut off") };
    if u32_at(bytes, 4) != Some(checksum(bytes)) {
        return Err("the checksum does not fit");
    }
    let (Some(seq), Some(safe)) = (u64_at(bytes, SEQ), u64_at(bytes, SAFE)) else {
        return Err("the record is cut off");
    };
    let Some(kind) = Kind::from_byte(bytes[KIND]) else { return Err("the kind is unknown") };
    let mut chain = Chain::default();
    chain.copy_from_slice(&bytes[HASH..HEADER_BYTES]);
    Ok(View { seq, safe, kind, chain, payload: &bytes[HEADER_BYTES..] })
}

/// Returns whether the record whose bytes these are was written behind that hash.
pub fn follows(before: &Chain, bytes: &[u8], view: &View<'_>) -> bool {
    chain_after(before, bytes, view.payload) == view.chain
}

/// Reads a little-endian number.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Reads a little-endian number.
pub fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

fn checksum(bytes: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(&bytes[..4]), &bytes[SEQ..])
}

fn chain_after(before: &Chain, bytes: &[u8], payload: &[u8]) -> Chain {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(&bytes[..4]);
    hash.update(&bytes[SEQ..HASH]);
    hash.update(payload);
    hash.finalize().into()
}

#[cfg(test)]
mod tests;
