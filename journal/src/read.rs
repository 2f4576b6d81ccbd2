//! Reading a whole log without writing it: `journal dump` and `journal verify`.

use std::path::Path;

use crate::{
    Fault, Record, Seq,
    disk::closed_records,
    files::Files,
    segment::{self, Bad},
};

/// What was found in a log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Segments.
    pub segments: usize,
    /// Records.
    pub records: u64,
    /// The last record's place.
    pub last: Seq,
    /// Bytes at the end that nobody was answered for; opening cuts them off.
    pub torn_bytes: u64,
    /// The hash over everything, the first eight bytes: to be compared with a copy's.
    pub hash: u64,
}

/// Gives every record of a log in order.
///
/// # Errors
/// [`Fault::Damaged`] with its place at the first damage, [`Fault::Io`], or what `each` said.
pub fn read_all<E: From<Fault>>(
    folder: &Path,
    files: &dyn Files,
    mut each: impl FnMut(&Record) -> Result<(), E>,
) -> Result<Summary, E> {
    let mut summary = Summary::default();
    let paths = segment::list(files, folder)?;
    let mut before: Option<Record> = None;
    for (place, path) in paths.iter().enumerate() {
        let records = if place + 1 < paths.len() {
            closed_records(files, path, None)?
        } else {
            let (records, torn) = last_records(files, path)?;
            summary.torn_bytes = torn;
            records
        };
        summary.segments += 1;
        for record in records {
            let follows = before
                .as_ref()
                .is_none_or(|before| record.seq == before.seq + 1 && record.follows(&before.hash));
            if !follows {
                let why = "it does not follow the segment before";
                return Err(Fault::Damaged { path: path.clone(), at: 0, why }.into());
            }
            each(&record)?;
            summary.records += 1;
            summary.last = record.seq;
            summary.hash = crate::record::u64_at(&record.hash, 0);
            before = Some(record);
        }
    }
    Ok(summary)
}

/// Reads everything and checks every checksum and the whole chain.
///
/// # Errors
/// [`Fault::Damaged`] with its place, or [`Fault::Io`].
pub fn verify(folder: &Path, files: &dyn Files) -> Result<Summary, Fault> {
    read_all(folder, files, |_| Ok::<(), Fault>(()))
}

fn last_records(files: &dyn Files, path: &Path) -> Result<(Vec<Record>, u64), Fault> {
    let bytes = segment::bytes(files, path)?;
    let Some(scan) = segment::scan(&bytes) else { return Ok((Vec::new(), bytes.len() as u64)) };
    if let Some(Bad::Damage(why)) = scan.bad {
        return Err(Fault::Damaged { path: path.to_owned(), at: scan.end as u64, why });
    }
    Ok((scan.records, (bytes.len() - scan.end) as u64))
}
