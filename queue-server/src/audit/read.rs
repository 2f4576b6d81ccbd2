//! Reading the trail for people: some days of it, the newest first.

use std::{path::Path, sync::Arc};

use jiff::civil::Date;
use journal::{files::Files, read, segment::Name};

use super::{Act, Audit, check::Break, folder};

/// An act with its number in the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// Its number: 1, 2, 3 … without gaps.
    pub no: u64,
    /// The act.
    pub act: Act,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The newest first.
    pub acts: Vec<Numbered>,
    /// There are more than are given.
    pub is_cut: bool,
    /// Reading ended here.
    pub broken: Option<Break>,
}

/// The acts of these days, both included, that are wanted; the newest `most` of them.
#[must_use]
pub fn of_days(
    data: &Path,
    files: &Arc<dyn Files>,
    days: (Date, Date),
    most: usize,
    wanted: impl Fn(&Act) -> bool,
) -> Found {
    let mut found = Found::default();
    let records = read::read_wanted(&folder(data), files.clone(), |name| is_of(name, days));
    let records = match records {
        Ok(records) => records,
        Err(fault) => {
            found.broken = Some(fault.into());
            return found;
        }
    };
    for record in records {
        match record {
            Ok(record) => {
                let act = serde_json::from_slice::<Act>(&record.payload).ok();
                let act = act.filter(&wanted).map(|act| Numbered { no: record.seq.0, act });
                found.acts.extend(act);
            }
            Err(fault) => {
                found.broken = Some(fault.into());
                break;
            }
        }
    }
    found.is_cut = found.acts.len() > most;
    let excess = found.acts.len().saturating_sub(most);
    found.acts.drain(..excess);
    found.acts.reverse();
    found
}

/// A segment is called after its day; the very first one is not.
fn is_of(name: &Name, (from, until): (Date, Date)) -> bool {
    name.hint.parse::<Date>().map_or(true, |day| from <= day && day <= until)
}

impl Audit {
    /// The acts of these days.
    #[must_use]
    pub fn of_days(&self, days: (Date, Date), most: usize, wanted: impl Fn(&Act) -> bool) -> Found {
        let clock = self.state.clock;
        of_days(&self.state.data, &self.state.files, days, most, |act| {
            let day = clock.date(act.at);
            days.0 <= day && day <= days.1 && wanted(act)
        })
    }
}
