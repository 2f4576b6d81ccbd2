//! Opening: take the lock, read from the last opening on, cut off a torn end, and say all that.

use std::{path::Path, sync::Arc};

use super::{Active, DiskJournal, Sizes, born};
use crate::{
    fault::Fault,
    files::Files,
    read::{Scan, Shelf, Torn, names},
    record::{Chain, Kind, Record, Seq},
    segment::{Header, Name},
};

const LOCK_NAME: &str = "journal.lock";
/// What a segment is called before the caller rolls the first time.
const FIRST_HINT: &str = "first";

/// What opening found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Every record from the last opening on, that one included; all if there never was one.
    pub records: Vec<Record>,
    /// The torn end that was cut off.
    pub torn: Option<Torn>,
    /// The last record's number.
    pub last: Seq,
    /// How many segments had to be read.
    pub segments_read: usize,
}

pub(super) fn open(
    dir: &Path,
    files: Arc<dyn Files>,
    sizes: Sizes,
) -> Result<(DiskJournal, Opened), Fault> {
    let shelf = Shelf::new(dir, files);
    let disk = |doing| move |source| Fault::disk(doing, dir, source);
    shelf.files.make_dir(dir).map_err(disk("make the folder"))?;
    let lock = shelf.files.lock(&dir.join(LOCK_NAME)).map_err(disk("lock the folder"))?;
    let lock = lock.ok_or_else(|| Fault::Locked { dir: dir.to_owned() })?.into();
    remove_unborn(&shelf)?;
    let (found, torn) = find(&shelf)?;
    let segments_read = found.segments.len();
    let end = found.end();
    let active = match found.segments.into_iter().next_back() {
        Some((name, scan)) if !name.compressed => repaired(&shelf, name, &scan)?,
        _ => born(&shelf, FIRST_HINT, &end, sizes)?,
    };
    shelf.files.sync_dir(dir).map_err(disk("sync the folder"))?;
    let last = Seq(end.first - 1);
    let opened = Opened { records: found.records, torn, last, segments_read };
    let journal = DiskJournal {
        shelf,
        lock,
        sizes,
        active,
        buffer: Vec::new(),
        next: end.first,
        chain: end.before,
        safe: last.0,
        opening: end.opening,
        stopped: None,
    };
    Ok((journal, opened))
}

/// Removes what a crash left before it got its name.
fn remove_unborn(shelf: &Shelf) -> Result<(), Fault> {
    let fault = |source| Fault::disk("list", &shelf.dir, source);
    for file in shelf.files.list(&shelf.dir).map_err(fault)? {
        let unborn = file.strip_suffix(".new").is_some_and(|name| Name::parse(name).is_some());
        if unborn {
            let path = shelf.dir.join(&file);
            shelf.files.remove(&path).map_err(|source| Fault::disk("remove", path, source))?;
        }
    }
    Ok(())
}

/// The segments from the last opening on, oldest first, and their records.
struct Found {
    segments: Vec<(Name, Scan)>,
    records: Vec<Record>,
}

impl Found {
    /// Returns the header that a next segment would have.
    fn end(&self) -> Header {
        let opens = |record: &&Record| record.kind == Kind::Opening;
        let opening = self.records.iter().rfind(opens).map_or(0, |record| record.seq.0);
        match self.segments.last() {
            Some((_, scan)) => Header { first: scan.next, opening, before: scan.chain },
            None => Header { first: 1, opening: 0, before: Chain::default() },
        }
    }
}

/// Walks back from the newest segment to the one with the last opening; each header says where
/// that is, so no other segment is read.
fn find(shelf: &Shelf) -> Result<(Found, Option<Torn>), Fault> {
    let names = names(&shelf.dir, shelf.files.as_ref())?;
    let mut found = Found { segments: Vec::new(), records: Vec::new() };
    let Some(newest) = names.last() else { return Ok((found, None)) };
    let mut last = shelf.scan(newest, !newest.compressed)?;
    let torn = last.torn.take();
    let opening = last_opening(&last);
    let from = names.iter().rposition(|name| name.first <= opening).unwrap_or(0);
    for name in &names[from..names.len() - 1] {
        found.segments.push((name.clone(), shelf.scan(name, false)?));
    }
    found.segments.push((newest.clone(), last));
    for pair in found.segments.windows(2) {
        let [(name, scan), (_, next)] = pair else { continue };
        scan.ended(name).joined(&next.header)?;
    }
    for (_, scan) in &mut found.segments {
        found.records.append(&mut scan.records);
    }
    found.records.retain(|record| record.seq.0 >= opening);
    match found.records.first() {
        Some(record) if opening > 0 && record.seq.0 != opening => missing(newest, opening),
        None if opening > 0 => missing(newest, opening),
        _ => Ok((found, torn)),
    }
}

fn missing<T>(newest: &Name, opening: u64) -> Result<T, Fault> {
    let why = format!("its header tells of an opening, record {opening}, that is not there");
    Err(Fault::Damaged { segment: newest.file(), at: 0, why })
}

fn last_opening(scan: &Scan) -> u64 {
    let here = scan.records.iter().rfind(|record| record.kind == Kind::Opening);
    here.map_or(scan.header.opening, |record| record.seq.0)
}

/// Takes the newest segment over for writing. Records that nothing proves safe are written again
/// before the sync: after a sync that failed, the system may show bytes that never reached the
/// disk and believe them clean.
fn repaired(shelf: &Shelf, name: Name, scan: &Scan) -> Result<Active, Fault> {
    let path = shelf.path(&name);
    let fault = |doing| {
        let path = path.clone();
        move |source| Fault::disk(doing, path, source)
    };
    let file = shelf.files.open(&path).map_err(fault("open"))?;
    let mut bytes = vec![0; scan.end - scan.unproven];
    let mut have = 0;
    while have < bytes.len() {
        let at = (scan.unproven + have) as u64;
        match file.read_at(at, &mut bytes[have..]).map_err(fault("read"))? {
            0 => return Err(fault("read")(std::io::ErrorKind::UnexpectedEof.into())),
            more => have += more,
        }
    }
    file.write_at(scan.unproven as u64, &bytes).map_err(fault("write to"))?;
    let used = scan.end as u64;
    // Everything behind the last whole record goes, the reserve too: what a torn write left there
    // must never be taken for a record again.
    file.cut(used).map_err(fault("cut"))?;
    file.sync().map_err(fault("sync"))?;
    Ok(Active { name, file, used, size: used })
}
