//! One file of the log: a head that says where it stands in the chain, then records.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `PAIHAOJ1` |
//! | 8 | sequence number of the first record |
//! | 32 | hash of the record before it |
//! | 12 | zero |
//! | 4 | CRC-32 of the 60 bytes before |
//!
//! The name is the first sequence number and a hint for people: `…0001-2026-11-23.log`; a closed
//! segment may be compressed, `.log.zst`, with the same content inside.

use std::path::{Path, PathBuf};

use crate::{
    Fault, Seq,
    files::Files,
    record::{Hash, Record, u32_at, u64_at},
};

/// Bytes of the head.
pub const HEAD_BYTES: usize = 64;

const MAGIC: &[u8; 8] = b"PAIHAOJ1";

/// The ending of an open or closed segment.
pub const ENDING: &str = ".log";

/// The ending of a compressed one.
pub const COMPRESSED: &str = ".log.zst";

/// A decompressed segment is at most so large: it is rolled long before.
const UNPACKED_BYTES_MAX: usize = 512 << 20;

/// The name of a segment; of the hint only plain letters, digits and dashes are kept.
pub fn name(first: Seq, hint: &str) -> String {
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let hint: String = hint.chars().filter(plain).take(32).collect();
    format!("{first:020}-{hint}{ENDING}")
}

/// The segments of a folder, oldest first. A half-made compressed copy is none.
pub fn list(files: &dyn Files, folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let mut paths = files.list(folder).map_err(Fault::io("list", folder))?;
    paths.retain(|path| first_of(path).is_some());
    // `.log` sorts before `.log.zst`: after a crash between the two the plain one is kept.
    paths.sort();
    paths.dedup_by_key(|path| first_of(path));
    Ok(paths)
}

/// The first sequence number, by the name.
pub fn first_of(path: &Path) -> Option<Seq> {
    let name = path.file_name()?.to_str()?;
    let is_one = name.ends_with(ENDING) || name.ends_with(COMPRESSED);
    if is_one { name.get(..20)?.parse().ok() } else { None }
}

/// The bytes of a segment.
pub fn bytes(files: &dyn Files, path: &Path) -> Result<Vec<u8>, Fault> {
    let bytes = files.read(path).map_err(Fault::io("read", path))?;
    if path.to_str().is_some_and(|path| path.ends_with(COMPRESSED)) {
        return zstd::bulk::decompress(&bytes, UNPACKED_BYTES_MAX)
            .map_err(Fault::io("unpack", path));
    }
    Ok(bytes)
}

/// A head.
pub fn head(first: Seq, before: &Hash) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    head.extend(MAGIC);
    head.extend(first.to_le_bytes());
    head.extend(before);
    head.extend([0; 12]);
    head.extend(crc32fast::hash(&head).to_le_bytes());
    head
}

fn read_head(bytes: &[u8]) -> Option<(Seq, Hash)> {
    let head = bytes.get(..HEAD_BYTES)?;
    let sound = head.starts_with(MAGIC) && crc32fast::hash(&head[..60]) == u32_at(head, 60);
    if !sound {
        return None;
    }
    Some((u64_at(head, 8), head[16..48].try_into().ok()?))
}

/// What a segment holds up to its first bad byte.
pub struct Scan {
    /// The records in order, each following the one before.
    pub records: Vec<Record>,
    /// Where the next record would begin.
    pub end: usize,
    /// The hash that the next record would follow.
    pub hash: Hash,
    /// The sequence number that the next record would have.
    pub next: Seq,
    /// What stands behind `end`, if anything.
    pub bad: Option<Bad>,
}

/// What stands behind the last good record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    /// Bytes that nobody was ever answered for: they may be cut off.
    Tail,
    /// Bytes that the disk had confirmed, or a broken chain.
    Damage(&'static str),
}

/// Reads a segment. `None` if not even its head was written.
pub fn scan(bytes: &[u8]) -> Option<Scan> {
    let Some((first, before)) = read_head(bytes) else {
        // A head is synced before the first record is written behind it.
        let records_behind = later_confirms(bytes, 0, 0);
        return records_behind.then_some(Scan {
            records: Vec::new(),
            end: 0,
            hash: [0; 32],
            next: 0,
            bad: Some(Bad::Damage("its head cannot be read")),
        });
    };
    let mut scan =
        Scan { records: Vec::new(), end: HEAD_BYTES, hash: before, next: first, bad: None };
    while scan.end < bytes.len() {
        let Some((record, end)) = Record::read(bytes, scan.end) else {
            let confirmed = later_confirms(bytes, scan.end, scan.next);
            let damage = Bad::Damage("a record that was safe cannot be read");
            scan.bad = Some(if confirmed { damage } else { Bad::Tail });
            break;
        };
        if record.seq != scan.next || !record.follows(&scan.hash) {
            scan.bad = Some(Bad::Damage("the chain is broken"));
            break;
        }
        (scan.end, scan.hash, scan.next) = (end, record.hash, record.seq + 1);
        scan.records.push(record);
    }
    Some(scan)
}

/// True if a sound record behind `at` says that record `seq` was confirmed.
fn later_confirms(bytes: &[u8], at: usize, seq: Seq) -> bool {
    (at..bytes.len())
        .any(|at| Record::read(bytes, at).is_some_and(|(later, _)| later.synced >= seq))
}
