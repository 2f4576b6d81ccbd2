//! Reading a journal without owning it: every record ever kept, compressed segments too, each
//! checked against the one before. It may be read while a server writes it.

use std::{
    io, mem,
    path::{Path, PathBuf},
    sync::Arc,
    vec,
};

use crate::{
    fault::Fault,
    files::Files,
    limits::SEGMENT_BYTES_MAX,
    record::{Chain, Kind, Record, Seq},
    segment::{Header, Name, Step, Walk},
};

/// The end of the last segment that is no whole record: a write that a crash cut short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Torn {
    /// The segment's file name.
    pub segment: String,
    /// Where the first bad byte stands.
    pub at: u64,
    /// How many bytes were written from there on.
    pub bytes: u64,
}

/// What a whole journal holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// How many segments there are.
    pub segments: u64,
    /// How many of them are compressed.
    pub compressed: u64,
    /// How many records there are.
    pub records: u64,
    /// How many of them are openings.
    pub openings: u64,
    /// The number of the first record; 0 if there is none.
    pub first: Seq,
    /// The number of the last record; 0 if there is none.
    pub last: Seq,
    /// The chain's hash before the first record: of what was forgotten, zeros if nothing was.
    pub before: Chain,
    /// The chain's hash after the last record. Kept elsewhere, it shows a cut-off end too.
    pub head: Chain,
    /// A torn end, which the next opening cuts off.
    pub torn: Option<Torn>,
}

/// Returns every record in order, from the first segment that is still there.
///
/// # Errors
/// If the folder cannot be listed.
pub fn read_all(dir: &Path, files: Arc<dyn Files>) -> Result<Records, Fault> {
    let names = names(dir, files.as_ref())?.into_iter();
    Ok(Records {
        shelf: Shelf::new(dir, files),
        names,
        ready: Vec::new().into_iter(),
        before: None,
        over: false,
        summary: Summary::default(),
    })
}

/// Returns the records of the segments that are wanted by their names, in order. Those left out are
/// not looked at, so this proves nothing about the whole; [`verify`] does.
///
/// # Errors
/// If the folder cannot be listed.
pub fn read_wanted(
    dir: &Path,
    files: Arc<dyn Files>,
    wanted: impl Fn(&Name) -> bool,
) -> Result<Records, Fault> {
    let mut records = read_all(dir, files)?;
    let names: Vec<Name> = records.names.by_ref().filter(|name| wanted(name)).collect();
    records.names = names.into_iter();
    Ok(records)
}

/// The segments that are there, oldest first.
///
/// # Errors
/// If the folder cannot be listed.
pub fn segments(dir: &Path, files: &dyn Files) -> Result<Vec<Name>, Fault> {
    names(dir, files)
}

/// The chain's hash before a segment, as its header tells it.
///
/// # Errors
/// If it cannot be read.
pub fn before(dir: &Path, files: &dyn Files, name: &Name) -> Result<Chain, Fault> {
    let bytes = read(dir, files, name)?;
    let damaged = |why: &str| Fault::Damaged { segment: name.file(), at: 0, why: why.to_owned() };
    Ok(Header::decode(&bytes).map_err(damaged)?.before)
}

/// Checks every record and the chain over all segments.
///
/// # Errors
/// At the first record that is damaged or missing, with its place, or if it cannot be read.
pub fn verify(dir: &Path, files: Arc<dyn Files>) -> Result<Summary, Fault> {
    let mut records = read_all(dir, files)?;
    for record in records.by_ref() {
        record?;
    }
    Ok(records.summary)
}

/// Every record of a journal, a segment at a time.
#[derive(Debug)]
pub struct Records {
    shelf: Shelf,
    names: vec::IntoIter<Name>,
    ready: vec::IntoIter<Record>,
    before: Option<Ended>,
    over: bool,
    /// What was read so far.
    pub summary: Summary,
}

impl Records {
    fn next_segment(&mut self, name: &Name) -> Result<(), Fault> {
        let newest = self.names.len() == 0;
        let mut found = self.shelf.scan(name, newest)?;
        match &self.before {
            Some(before) => before.joined(&found.header)?,
            None => self.summary.before = found.header.before,
        }
        self.before = Some(found.ended(name));
        self.count(name, &found);
        self.ready = mem::take(&mut found.records).into_iter();
        Ok(())
    }

    fn count(&mut self, name: &Name, found: &Scan) {
        let summary = &mut self.summary;
        summary.segments += 1;
        summary.compressed += u64::from(name.compressed);
        summary.records += found.records.len() as u64;
        let opens = |record: &&Record| record.kind == Kind::Opening;
        summary.openings += found.records.iter().filter(opens).count() as u64;
        if summary.first == Seq(0) && !found.records.is_empty() {
            summary.first = Seq(found.header.first);
        }
        summary.last = Seq(found.next - 1);
        summary.head = found.chain;
        summary.torn.clone_from(&found.torn);
    }
}

impl Iterator for Records {
    type Item = Result<Record, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        loop {
            if let Some(record) = self.ready.next() {
                return Some(Ok(record));
            }
            let name = self.names.next()?;
            if let Err(fault) = self.next_segment(&name) {
                self.over = true;
                return Some(Err(fault));
            }
        }
    }
}

/// A folder of segments.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    pub(crate) dir: PathBuf,
    pub(crate) files: Arc<dyn Files>,
}

impl Shelf {
    pub(crate) fn new(dir: &Path, files: Arc<dyn Files>) -> Shelf {
        Shelf { dir: dir.to_owned(), files }
    }

    pub(crate) fn path(&self, name: &Name) -> PathBuf {
        self.dir.join(name.file())
    }

    pub(crate) fn read(&self, name: &Name) -> Result<Vec<u8>, Fault> {
        read(&self.dir, self.files.as_ref(), name)
    }

    pub(crate) fn scan(&self, name: &Name, newest: bool) -> Result<Scan, Fault> {
        scan(name, &self.read(name)?, newest)
    }
}

/// Reads what a segment holds. If it was compressed since it was listed, its twin is read.
fn read(dir: &Path, files: &dyn Files, name: &Name) -> Result<Vec<u8>, Fault> {
    match read_file(dir, files, name) {
        Err(Fault::Disk { source, .. })
            if source.kind() == io::ErrorKind::NotFound && !name.compressed =>
        {
            read_file(dir, files, &name.with_compressed(true))
        }
        other => other,
    }
}

fn read_file(dir: &Path, files: &dyn Files, name: &Name) -> Result<Vec<u8>, Fault> {
    let path = dir.join(name.file());
    let bytes = whole(files, &path).map_err(|source| Fault::disk("read", &path, source))?;
    let damaged = |why: String| Fault::Damaged { segment: name.file(), at: 0, why };
    let Some(bytes) = bytes else {
        return Err(damaged("it is larger than any segment may be".to_owned()));
    };
    if !name.compressed {
        return Ok(bytes);
    }
    unpack(&bytes).map_err(|error| damaged(format!("it cannot be unpacked: {error}")))
}

/// What one segment holds.
#[derive(Debug)]
pub(crate) struct Scan {
    pub(crate) header: Header,
    pub(crate) records: Vec<Record>,
    pub(crate) next: u64,
    pub(crate) chain: Chain,
    /// Where the next record would stand.
    pub(crate) end: usize,
    /// Where the first record stands that was not known safe when the last one was written.
    pub(crate) unproven: usize,
    pub(crate) torn: Option<Torn>,
}

impl Scan {
    pub(crate) fn ended(&self, name: &Name) -> Ended {
        Ended { segment: name.file(), at: self.end as u64, next: self.next, chain: self.chain }
    }
}

/// Where a segment ended.
#[derive(Debug)]
pub(crate) struct Ended {
    segment: String,
    at: u64,
    next: u64,
    chain: Chain,
}

impl Ended {
    /// Checks that a segment goes on where this one ended.
    pub(crate) fn joined(&self, header: &Header) -> Result<(), Fault> {
        let (segment, at) = (self.segment.clone(), self.at);
        let (next, last) = (self.next, self.next - 1);
        if header.first != next {
            let after = header.first.saturating_sub(1);
            let why = format!("record {next} is missing; the next segment follows {after}");
            return Err(Fault::Damaged { segment, at, why });
        }
        if header.before != self.chain {
            let why = format!("the next segment does not follow from record {last}");
            return Err(Fault::Damaged { segment, at, why });
        }
        Ok(())
    }
}

/// Reads a segment's records. Only the newest may have a torn end, and only one that was never
/// safe.
fn scan(name: &Name, bytes: &[u8], newest: bool) -> Result<Scan, Fault> {
    let damaged = |at: usize, why: &str| Fault::Damaged {
        segment: name.file(),
        at: at as u64,
        why: why.to_owned(),
    };
    let header = Header::decode(bytes).map_err(|why| damaged(0, why))?;
    if header.first != name.first || header.first == 0 {
        return Err(damaged(0, "its name and its header tell different numbers"));
    }
    let mut walk = Walk::new(bytes, &header);
    let (mut records, mut places, mut torn) = (Vec::new(), Vec::new(), None);
    loop {
        let at = walk.at;
        match walk.step() {
            Step::Record(view) => {
                records.push(view.to_record());
                places.push(at);
            }
            Step::End => break,
            Step::Bad(why) if !newest || walk.was_safe_here() => {
                return Err(damaged(at, &format!("record {}: {why}", walk.next)));
            }
            Step::Bad(_) => {
                let bytes = walk.rest_bytes() as u64;
                torn = Some(Torn { segment: name.file(), at: at as u64, bytes });
                break;
            }
        }
    }
    let proven = walk.safe.saturating_sub(header.first - 1);
    let unproven = places.get(proven as usize).copied().unwrap_or(walk.at);
    let (next, chain, end) = (walk.next, walk.chain, walk.at);
    Ok(Scan { header, records, next, chain, end, unproven, torn })
}

/// Lists a folder's segments, oldest first. Where both twins of one are there, compressing was
/// cut short and the uncompressed one counts.
pub(crate) fn names(dir: &Path, files: &dyn Files) -> Result<Vec<Name>, Fault> {
    let list = files.list(dir).map_err(|source| Fault::disk("list", dir, source))?;
    let mut names: Vec<Name> = list.iter().filter_map(|file| Name::parse(file)).collect();
    names.sort();
    names.dedup_by(|later, earlier| later.first == earlier.first && later.hint == earlier.hint);
    Ok(names)
}

/// Unpacks a compressed segment, never to more than a segment may hold.
pub(crate) fn unpack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let decoder = zstd::stream::read::Decoder::with_buffer(bytes)?;
    let most = SEGMENT_BYTES_MAX + 1;
    io::Read::read_to_end(&mut io::Read::take(decoder, most), &mut out)?;
    if out.len() as u64 == most {
        return Err(io::Error::other("it holds more than a segment may"));
    }
    Ok(out)
}

/// Reads a whole file; `None` if it is larger than any segment.
fn whole(files: &dyn Files, path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = files.open_to_read(path)?;
    let size = file.size()?;
    if size > SEGMENT_BYTES_MAX {
        return Ok(None);
    }
    let mut bytes = vec![0; usize::try_from(size).unwrap_or(usize::MAX)];
    let mut have = 0;
    while have < bytes.len() {
        let more = file.read_at(have as u64, &mut bytes[have..])?;
        if more == 0 {
            break;
        }
        have += more;
    }
    bytes.truncate(have);
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests;
