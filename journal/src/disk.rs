//! The log on a disk.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    Fault, Journal, Kind, PAYLOAD_BYTES_MAX, Record, Seq,
    files::{Files, OpenFile},
    record::Hash,
    segment::{self, Bad, Scan},
};

/// A segment is rolled past this, so that one file can be read whole.
const SEGMENT_BYTES_MAX: u64 = 64 << 20;

/// How well closed segments are packed: level 3 is quick and packs JSON to a tenth.
const PACK_LEVEL: i32 = 3;

const LOCK: &str = "lock";

/// The log on a disk. One process writes it.
pub struct DiskJournal {
    folder: PathBuf,
    files: Arc<dyn Files>,
    /// Held for as long as the journal lives.
    _lock: Box<dyn Send>,
    open: Box<dyn OpenFile>,
    path: PathBuf,
    written: u64,
    /// Taken down, not yet written.
    batch: Vec<u8>,
    hash: Hash,
    next: Seq,
    synced: Seq,
    dead: Option<String>,
}

/// What was found when a log was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The records from the last opening on; all of them if there is none.
    pub records: Vec<Record>,
    /// What was cut off at the end, if anything.
    pub torn: Option<Torn>,
    /// The last record's place; 0 if there is none.
    pub last: Seq,
}

/// A tail that was cut off: nobody was ever answered for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Torn {
    /// The segment.
    pub path: PathBuf,
    /// Where it was cut.
    pub at: u64,
    /// How much was cut.
    pub bytes: u64,
}

impl DiskJournal {
    /// Opens the log of a folder, or begins one. Reads the segments since the last opening only.
    ///
    /// # Errors
    /// [`Fault::InUse`] if another process writes here; [`Fault::Damaged`] with the place if
    /// something that was safe once cannot be read; [`Fault::Io`].
    pub fn open(folder: &Path, files: Arc<dyn Files>) -> Result<(Self, Opened), Fault> {
        files.create_folder(folder).map_err(Fault::io("create", folder))?;
        let lock = folder.join(LOCK);
        let lock = files.lock(&lock).map_err(Fault::io("lock", &lock))?;
        let lock = lock.ok_or_else(|| Fault::InUse { path: folder.to_owned() })?;
        let mut paths = segment::list(&*files, folder)?;
        let (last, torn) = last_segment(&*files, folder, &mut paths)?;
        let mut journal = match last {
            Some((path, scan)) => {
                let open = files.open(&path).map_err(Fault::io("open", &path))?;
                let journal = Self {
                    folder: folder.to_owned(),
                    files,
                    _lock: lock,
                    open,
                    path,
                    written: scan.end as u64,
                    batch: Vec::new(),
                    hash: scan.hash,
                    next: scan.next,
                    synced: scan.next - 1,
                    dead: None,
                };
                let records = since_opening(&*journal.files, &paths, scan.records)?;
                let opened = Opened { records, torn, last: journal.synced };
                return Ok((journal, opened));
            }
            None => begin(folder, files, lock, torn.is_some())?,
        };
        journal.sync()?;
        Ok((journal, Opened { records: Vec::new(), torn, last: 0 }))
    }

    /// Begins a new segment; `hint` is for people, a day. Everything before it is safe.
    ///
    /// # Errors
    /// [`Fault`]; after one the journal takes nothing more.
    pub fn roll(&mut self, hint: &str) -> Result<(), Fault> {
        self.sync()?;
        let made = self.make_segment(hint);
        self.or_die(made)
    }

    fn make_segment(&mut self, hint: &str) -> Result<(), Fault> {
        // An empty segment stays: its name would say the same first record twice.
        if self.written == segment::HEAD_BYTES as u64 {
            return Ok(());
        }
        let path = self.folder.join(segment::name(self.next, hint));
        let (open, written) =
            make_segment(&*self.files, &self.folder, &path, self.next, &self.hash)?;
        (self.open, self.path, self.written) = (open, path, written);
        Ok(())
    }

    /// Packs the closed segments that are not packed yet; they stay readable. How many were packed.
    ///
    /// # Errors
    /// [`Fault`]; the segments are as good as before, and the journal goes on.
    pub fn pack_closed(&self) -> Result<usize, Fault> {
        let mut packed = 0;
        for path in segment::list(&*self.files, &self.folder)? {
            let plain = path.to_str().is_some_and(|path| path.ends_with(segment::ENDING));
            if plain && path != self.path {
                pack(&*self.files, &self.folder, &path)?;
                packed += 1;
            }
        }
        Ok(packed)
    }

    /// The place of the last record that is safe.
    #[must_use]
    pub fn synced(&self) -> Seq {
        self.synced
    }

    fn alive(&self) -> Result<(), Fault> {
        match &self.dead {
            Some(first) => Err(Fault::Dead { first: first.clone() }),
            None => Ok(()),
        }
    }

    fn or_die<T>(&mut self, outcome: Result<T, Fault>) -> Result<T, Fault> {
        if let Err(fault) = &outcome {
            self.dead = Some(words(fault));
        }
        outcome
    }

    fn write_batch(&mut self) -> Result<(), Fault> {
        if !self.batch.is_empty() {
            self.open.append(&self.batch).map_err(Fault::io("write", &self.path))?;
            self.written += self.batch.len() as u64;
            self.batch.clear();
        }
        self.open.sync().map_err(Fault::io("sync", &self.path))?;
        self.synced = self.next - 1;
        Ok(())
    }
}

impl Journal for DiskJournal {
    fn append(&mut self, kind: Kind, payload: &[u8]) -> Result<Seq, Fault> {
        self.alive()?;
        if payload.len() > PAYLOAD_BYTES_MAX {
            return Err(Fault::TooLarge { bytes: payload.len() });
        }
        if self.written > SEGMENT_BYTES_MAX && self.batch.is_empty() {
            let made = self.make_segment("more");
            self.or_die(made)?;
        }
        let record = Record::chained(&self.hash, self.next, self.synced, kind, payload);
        record.write(&mut self.batch);
        (self.hash, self.next) = (record.hash, record.seq + 1);
        Ok(record.seq)
    }

    fn sync(&mut self) -> Result<(), Fault> {
        self.alive()?;
        let written = self.write_batch();
        self.or_die(written)
    }
}

/// A fault with its cause in one line.
fn words(fault: &Fault) -> String {
    match std::error::Error::source(fault) {
        Some(cause) => format!("{fault}: {cause}"),
        None => fault.to_string(),
    }
}

/// A segment and what it holds.
type Last = (PathBuf, Scan);

/// The last segment that holds something, its torn tail cut off. A segment of which not even the
/// head was written is removed: it was being born when the power went.
fn last_segment(
    files: &dyn Files,
    folder: &Path,
    paths: &mut Vec<PathBuf>,
) -> Result<(Option<Last>, Option<Torn>), Fault> {
    let mut torn = None;
    while let Some(path) = paths.pop() {
        let bytes = segment::bytes(files, &path)?;
        let Some(scan) = segment::scan(&bytes) else {
            files.remove(&path).map_err(Fault::io("remove", &path))?;
            files.sync_folder(folder).map_err(Fault::io("sync", folder))?;
            torn = Some(Torn { path, at: 0, bytes: bytes.len() as u64 });
            continue;
        };
        match scan.bad {
            Some(Bad::Damage(why)) => {
                return Err(Fault::Damaged { path, at: scan.end as u64, why });
            }
            Some(Bad::Tail) => {
                let mut open = files.open(&path).map_err(Fault::io("open", &path))?;
                open.truncate(scan.end as u64).map_err(Fault::io("cut", &path))?;
                open.sync().map_err(Fault::io("sync", &path))?;
                let cut = (bytes.len() - scan.end) as u64;
                torn = Some(Torn { path: path.clone(), at: scan.end as u64, bytes: cut });
            }
            None => {}
        }
        return Ok((Some((path, scan)), torn));
    }
    Ok((None, torn))
}

/// The records from the last opening on; goes back over closed segments until it finds one.
fn since_opening(
    files: &dyn Files,
    closed: &[PathBuf],
    last: Vec<Record>,
) -> Result<Vec<Record>, Fault> {
    let mut pieces = vec![last];
    let has_opening = |records: &Vec<Record>| records.iter().any(|each| each.kind == Kind::Opening);
    for path in closed.iter().rev() {
        if pieces.last().is_some_and(has_opening) {
            break;
        }
        pieces.push(closed_records(files, path, pieces.last().and_then(|piece| piece.first()))?);
    }
    let mut records: Vec<Record> = pieces.into_iter().rev().flatten().collect();
    let opening = records.iter().rposition(|record| record.kind == Kind::Opening).unwrap_or(0);
    records.drain(..opening);
    Ok(records)
}

/// The records of a closed segment, which must be whole and lead to what comes after.
pub(crate) fn closed_records(
    files: &dyn Files,
    path: &Path,
    after: Option<&Record>,
) -> Result<Vec<Record>, Fault> {
    let damaged = |at: usize, why| Fault::Damaged { path: path.to_owned(), at: at as u64, why };
    let bytes = segment::bytes(files, path)?;
    let scan = segment::scan(&bytes).ok_or_else(|| damaged(0, "its head cannot be read"))?;
    match scan.bad {
        Some(Bad::Damage(why)) => return Err(damaged(scan.end, why)),
        Some(Bad::Tail) => return Err(damaged(scan.end, "a closed segment has a torn tail")),
        None => {}
    }
    if after.is_some_and(|after| after.seq != scan.next || !after.follows(&scan.hash)) {
        return Err(damaged(scan.end, "the next segment does not follow it"));
    }
    Ok(scan.records)
}

/// A log of its own: the first segment.
fn begin(
    folder: &Path,
    files: Arc<dyn Files>,
    lock: Box<dyn Send>,
    again: bool,
) -> Result<DiskJournal, Fault> {
    let hash = [0; 32];
    let path = folder.join(segment::name(1, if again { "again" } else { "begin" }));
    let (open, written) = make_segment(&*files, folder, &path, 1, &hash)?;
    Ok(DiskJournal {
        folder: folder.to_owned(),
        files,
        _lock: lock,
        open,
        path,
        written,
        batch: Vec::new(),
        hash,
        next: 1,
        synced: 0,
        dead: None,
    })
}

/// A segment is born: its head is safe, then its name, before anything is written behind it.
fn make_segment(
    files: &dyn Files,
    folder: &Path,
    path: &Path,
    first: Seq,
    before: &Hash,
) -> Result<(Box<dyn OpenFile>, u64), Fault> {
    let mut open = files.open(path).map_err(Fault::io("create", path))?;
    let head = segment::head(first, before);
    open.truncate(0).map_err(Fault::io("create", path))?;
    open.append(&head).map_err(Fault::io("write", path))?;
    open.sync().map_err(Fault::io("sync", path))?;
    files.sync_folder(folder).map_err(Fault::io("sync", folder))?;
    Ok((open, head.len() as u64))
}

fn pack(files: &dyn Files, folder: &Path, path: &Path) -> Result<(), Fault> {
    let bytes = files.read(path).map_err(Fault::io("read", path))?;
    let packed = zstd::bulk::compress(&bytes, PACK_LEVEL).map_err(Fault::io("pack", path))?;
    let target = path.with_extension("log.zst");
    let making = path.with_extension("making");
    let mut open = files.open(&making).map_err(Fault::io("create", &making))?;
    open.truncate(0).map_err(Fault::io("create", &making))?;
    open.append(&packed).map_err(Fault::io("write", &making))?;
    open.sync().map_err(Fault::io("sync", &making))?;
    files.rename(&making, &target).map_err(Fault::io("rename", &target))?;
    files.sync_folder(folder).map_err(Fault::io("sync", folder))?;
    files.remove(path).map_err(Fault::io("remove", path))?;
    files.sync_folder(folder).map_err(Fault::io("sync", folder))
}
