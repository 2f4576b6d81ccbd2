//! 到期: days that are kept no longer leave the store; what stays of their years are sums, in a file a
//! year that is no part of the store, for no record could make them again.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use hall::{time::Day, words::indicator::Grouping};
use journal::files::Files;
use serde::{Deserialize, Serialize};

use super::{Store, StoreFault, sums::GroupSums};

/// The folder of the years.
const FOLDER: &str = "years";

/// A year's sums of a hall of 120 windows and 1,300 items are some megabytes.
const BYTES_MAX: u64 = 64 << 20;

/// 年度合计: what stays of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearSums {
    /// 开放日.
    pub days: u32,
    /// By grouping. Clerks are not among them: who worked when is kept no longer than the days.
    pub sums: BTreeMap<Grouping, GroupSums>,
}

/// What left the store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    /// Days with their tickets and ledgers.
    pub days: u64,
    /// Days with evaluations and matters.
    pub words: u64,
    /// Days with inspections.
    pub inspections: u64,
}

pub(super) fn path(folder: &Path, year: u16) -> PathBuf {
    folder.join(format!("{year:04}.json"))
}

pub(super) fn folder(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

fn whole_year(year: u16) -> (Day, Day) {
    (Day { year, month: 1, day: 1 }, Day { year, month: 12, day: 31 })
}

impl Store {
    /// What stays of a year; none while its days are kept.
    #[must_use]
    pub fn year(&self, year: u16) -> Option<YearSums> {
        let path = path(&self.shared.years, year);
        let length = fs::metadata(&path).ok()?.len();
        let bytes = (length <= BYTES_MAX).then(|| fs::read(&path).ok()).flatten()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// The years of which sums stay, the oldest first.
    #[must_use]
    pub fn years(&self) -> Vec<u16> {
        let Ok(entries) = fs::read_dir(&self.shared.years) else { return Vec::new() };
        let names = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
        let mut years: Vec<u16> =
            names.filter_map(|name| name.strip_suffix(".json")?.parse().ok()).collect();
        years.sort_unstable();
        years
    }

    /// Lets the days before this one go, after what stays of their years is safe.
    ///
    /// # Errors
    /// If a year cannot be kept; then nothing was let go. Or if the store cannot be written.
    pub fn erase_before(&self, limit: Day, files: &Arc<dyn Files>) -> Result<Erased, StoreFault> {
        let due: Vec<Day> = self.days().into_iter().filter(|day| *day < limit).collect();
        let mut years: Vec<u16> = due.iter().map(|day| day.year).collect();
        years.dedup();
        for year in years {
            if self.year(year).is_none() {
                self.keep_year(year, files)?;
            }
        }
        let shared = &self.shared;
        let words = remove_days(&shared.evaluations, "", limit)?;
        let of_matters = remove_days(&shared.matters, "", limit)?;
        let inspections = remove_days(&shared.inspections, "", limit)?;
        for tree in [&shared.items, &shared.accuracy, &shared.ledgers, &shared.logs] {
            remove_days(tree, "", limit)?;
        }
        remove_days(&shared.tickets, "", limit)?;
        for grouping in Grouping::ALL {
            let prefix = format!("{grouping}/");
            remove_days(&shared.sums, &prefix, limit)?;
            // A month of which days are left is still added up of what it was.
            remove_days(&shared.months, &prefix, Day { day: 1, ..limit })?;
        }
        // Last: a day that stands here is looked at again after a power cut.
        let days = remove_days(&shared.days, "", limit)?;
        shared.db.flush()?;
        Ok(Erased { days, words: words.max(of_matters), inspections })
    }

    /// The oldest day of which something was said, and the oldest inspected.
    #[must_use]
    pub fn oldest_said(&self) -> (Option<Day>, Option<Day>) {
        let first = |tree: &sled::Tree| {
            let (key, _) = tree.first().ok()??;
            std::str::from_utf8(&key).ok()?.parse().ok()
        };
        (first(&self.shared.evaluations), first(&self.shared.inspections))
    }

    fn keep_year(&self, year: u16, files: &Arc<dyn Files>) -> Result<(), StoreFault> {
        let span = whole_year(year);
        let kept = Grouping::ALL.iter().filter(|grouping| **grouping != Grouping::Clerk);
        let days = self.sums(Grouping::Hall, span).count();
        let year_sums = YearSums {
            days: u32::try_from(days).unwrap_or(u32::MAX),
            sums: kept.map(|grouping| (*grouping, self.total(*grouping, span))).collect(),
        };
        let bytes = serde_json::to_vec(&year_sums)?;
        let path = path(&self.shared.years, year);
        write(files, &self.shared.years, &path, &bytes)
            .map_err(|source| StoreFault::Year { path, source })
    }
}

fn write(files: &Arc<dyn Files>, folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if bytes.len() as u64 > BYTES_MAX {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "a year's sums are over 64 MiB"));
    }
    files.make_dir(folder)?;
    let making = folder.join("year.making");
    let file = files.create(&making)?;
    file.write_at(0, bytes)?;
    file.sync()?;
    files.rename(&making, path)?;
    files.sync_dir(folder)
}

/// Removes what stands under days before this one; gives how many keys were days of their own.
fn remove_days(tree: &sled::Tree, prefix: &str, limit: Day) -> Result<u64, StoreFault> {
    let mut gone = 0;
    loop {
        let mut batch = sled::Batch::default();
        let end = format!("{prefix}{limit}");
        let keys: Vec<sled::IVec> = tree
            .range(prefix.as_bytes()..end.as_bytes())
            .keys()
            .take(KEYS_AT_ONCE)
            .collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Ok(gone);
        }
        gone += keys.len() as u64;
        keys.into_iter().for_each(|key| batch.remove(key));
        tree.apply_batch(batch)?;
    }
}

/// Keys removed in one batch: a year of tickets is many.
const KEYS_AT_ONCE: usize = 4_096;
