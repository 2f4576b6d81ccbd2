//! 从哪一条起保存: what was forgotten from the front of the record in its time, kept beside it, so that a
//! beginning that is gone without that is damage.

use std::{path::Path, sync::Arc};

use hall::{event::Fact, time::Day};
use journal::{
    closed::Closed,
    fault::Fault,
    files::{File, Files},
    read::{self, Summary},
    record::{Chain, Seq},
    segment::Name,
};

use crate::{
    audit::check::{chain, digits},
    engine::events_of,
};

/// Beside the record: from which record on it is kept, and the hash of what stood before.
pub const FILE: &str = "journal.kept";

/// The longest such text: a number, a blank and a hash.
const BYTES_MAX: usize = 128;

/// From where on the record is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The first record.
    pub from: Seq,
    /// The chain's hash before it.
    pub before: Chain,
}

impl Kept {
    /// What is kept beside the record; none if nothing was ever forgotten.
    #[must_use]
    pub fn read(data: &Path, files: &dyn Files) -> Option<Self> {
        let file: Box<dyn File> = files.open_to_read(&data.join(FILE)).ok()?;
        let mut bytes = [0; BYTES_MAX];
        let length = file.read_at(0, &mut bytes).ok()?;
        let (from, before) = std::str::from_utf8(&bytes[..length]).ok()?.split_once(' ')?;
        Some(Self { from: Seq(from.parse().ok()?), before: chain(before)? })
    }

    /// Keeps it, safe against a power cut.
    fn keep(&self, data: &Path, files: &dyn Files) -> std::io::Result<()> {
        let making = data.join(format!("{FILE}.making"));
        let file = files.create(&making)?;
        file.write_at(0, format!("{} {}", self.from, digits(&self.before)).as_bytes())?;
        file.sync()?;
        files.rename(&making, &data.join(FILE))?;
        files.sync_dir(data)
    }
}

/// A record that begins with its first, or where older days were forgotten in their time.
///
/// # Errors
/// If a beginning is gone that should be there, or another stands in its place.
pub fn begins_rightly(data: &Path, files: &dyn Files, summary: Summary) -> Result<Summary, Fault> {
    if summary.first <= Seq(1) {
        return Ok(summary);
    }
    let damaged = |why: String| Fault::Damaged { segment: FILE.to_owned(), at: 0, why };
    let first = summary.first;
    match Kept::read(data, files) {
        Some(kept) if first > kept.from => {
            let from = kept.from;
            Err(damaged(format!("the record is kept from {from} on and begins with {first}")))
        }
        Some(kept) if first == kept.from && summary.before != kept.before => {
            Err(damaged(format!("record {first} does not follow from what was forgotten")))
        }
        Some(_) => Ok(summary),
        None => Err(damaged(format!(
            "the record begins with {first}, and nothing says that older ones were forgotten"
        ))),
    }
}

/// The segments with their days; none of one that holds no day's opening.
///
/// The first day of a hall stands in a segment that was born before it and is not called by it.
fn days(data: &Path, files: &Arc<dyn Files>) -> Result<Vec<(Name, Option<Day>)>, Fault> {
    let folder = super::folder(data);
    let names = read::segments(&folder, files.as_ref())?;
    let day = |name: &Name| match name.hint.parse() {
        Ok(day) => Some(day),
        Err(_) => first_opened(&folder, files, name),
    };
    Ok(names.into_iter().map(|name| (name.clone(), day(&name))).collect())
}

fn first_opened(folder: &Path, files: &Arc<dyn Files>, name: &Name) -> Option<Day> {
    let records = read::read_wanted(folder, files.clone(), |each| each.first == name.first).ok()?;
    records.flatten().find_map(|record| {
        let events = events_of(record.seq.0, &record.payload).ok()?;
        events.iter().find_map(|event| {
            if let Fact::DayOpened { day, .. } = event.fact { Some(day) } else { None }
        })
    })
}

/// The oldest day of the record.
///
/// # Errors
/// If its folder cannot be listed.
pub fn oldest(data: &Path, files: &Arc<dyn Files>) -> Result<Option<Day>, Fault> {
    Ok(days(data, files)?.into_iter().find_map(|(_, day)| day))
}

/// What forgetting did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forgotten {
    /// Days that are gone.
    pub days: u64,
    /// From where on the record is kept now.
    pub kept: Kept,
}

/// Forgets whole days before this one, and says first from where on the record is kept. The last day
/// that was opened stays, however old it is: the hall is made of it.
///
/// # Errors
/// If the disk says no; what is left is whole.
pub fn forget_before(
    data: &Path,
    files: &Arc<dyn Files>,
    closed: &Closed,
    oldest: Day,
) -> Result<Option<Forgotten>, Fault> {
    let segments = days(data, files)?;
    let Some(newest) = segments.iter().filter_map(|(_, day)| *day).max() else { return Ok(None) };
    let limit = oldest.min(newest);
    let is_kept = |day: Option<Day>| day.is_some_and(|day| day >= limit);
    let place = segments.iter().position(|(_, day)| is_kept(*day)).filter(|place| *place > 0);
    let Some((gone, (first_kept, _))) = place.map(|place| (&segments[..place], &segments[place]))
    else {
        return Ok(None);
    };
    let mut gone: Vec<Day> = gone.iter().filter_map(|(_, day)| *day).collect();
    gone.dedup();
    let files = files.as_ref();
    let before = read::before(&super::folder(data), files, first_kept)?;
    let kept = Kept { from: Seq(first_kept.first), before };
    let fault = |source| Fault::disk("write", data.join(FILE), source);
    kept.keep(data, files).map_err(fault)?;
    closed.by_now()?.forget_before(kept.from)?;
    Ok(Some(Forgotten { days: gone.len() as u64, kept }))
}

#[cfg(test)]
mod tests;
