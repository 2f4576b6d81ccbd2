//! One record on the disk.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | length of the payload |
//! | 4 | CRC-32 of everything behind these eight bytes |
//! | 8 | sequence number |
//! | 8 | sequence number up to which the disk had confirmed when this was written |
//! | 4 | kind: 1 opening, 2 entry |
//! | 32 | SHA-256 of the hash before, sequence number, kind and payload |
//! | n | payload |
//!
//! Numbers are little-endian. The confirmed number tells a torn tail from damage: what comes behind
//! a bad record and says that the bad one was confirmed proves damage.

use sha2::{Digest, Sha256};

use crate::{Kind, PAYLOAD_BYTES_MAX, Seq};

/// Bytes before the payload.
pub const HEAD_BYTES: usize = 60;

/// The hash over everything so far.
pub type Hash = [u8; 32];

/// A record as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place.
    pub seq: Seq,
    /// What it is.
    pub kind: Kind,
    /// What it holds.
    pub payload: Vec<u8>,
    pub(crate) synced: Seq,
    pub(crate) hash: Hash,
}

impl Record {
    /// The record that follows `before`.
    pub fn chained(before: &Hash, seq: Seq, synced: Seq, kind: Kind, payload: &[u8]) -> Self {
        let hash = hash(before, seq, kind, payload);
        Self { seq, kind, payload: payload.to_vec(), synced, hash }
    }

    /// True if it follows `before` in the chain.
    pub fn follows(&self, before: &Hash) -> bool {
        self.hash == hash(before, self.seq, self.kind, &self.payload)
    }

    /// Writes it behind what is there.
    pub fn write(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend((self.payload.len() as u32).to_le_bytes());
        out.extend([0; 4]);
        out.extend(self.seq.to_le_bytes());
        out.extend(self.synced.to_le_bytes());
        out.extend(code(self.kind).to_le_bytes());
        out.extend(self.hash);
        out.extend(&self.payload);
        let sum = crc32fast::hash(&out[start + 8..]);
        out[start + 4..start + 8].copy_from_slice(&sum.to_le_bytes());
    }

    /// Reads the record that begins at `at`, and where the next begins.
    pub fn read(bytes: &[u8], at: usize) -> Option<(Self, usize)> {
        let head = bytes.get(at..at.checked_add(HEAD_BYTES)?)?;
        let length = u32_at(head, 0) as usize;
        if length > PAYLOAD_BYTES_MAX {
            return None;
        }
        let end = at + HEAD_BYTES + length;
        let body = bytes.get(at + 8..end)?;
        let kind = kind(u32_at(head, 24))?;
        if crc32fast::hash(body) != u32_at(head, 4) {
            return None;
        }
        let record = Self {
            seq: u64_at(head, 8),
            synced: u64_at(head, 16),
            kind,
            hash: head[28..HEAD_BYTES].try_into().ok()?,
            payload: bytes[at + HEAD_BYTES..end].to_vec(),
        };
        Some((record, end))
    }
}

fn hash(before: &Hash, seq: Seq, kind: Kind, payload: &[u8]) -> Hash {
    let digest = Sha256::new()
        .chain_update(before)
        .chain_update(seq.to_le_bytes())
        .chain_update(code(kind).to_le_bytes())
        .chain_update(payload);
    digest.finalize().into()
}

const fn code(kind: Kind) -> u32 {
    match kind {
        Kind::Opening => 1,
        Kind::Entry => 2,
    }
}

const fn kind(code: u32) -> Option<Kind> {
    match code {
        1 => Some(Kind::Opening),
        2 => Some(Kind::Entry),
        _ => None,
    }
}

/// A number in bytes that are known to be there.
pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut four = [0; 4];
    four.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(four)
}

/// A number in bytes that are known to be there.
pub fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(eight)
}
