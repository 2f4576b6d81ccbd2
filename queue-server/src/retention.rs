//! 到期清理: what is kept how long, erased every night, and what was erased is told.
//!
//! Each kind of data has its limit; the record goes in whole days from the front, the store with it, and
//! of years that are gone sums stay. Nothing is erased on the word of a clock that has jumped.

mod files;
pub mod keeper;
mod night;
mod people;

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver, SyncSender},
    },
};

use hall::{
    ids::{SetupVersion, StaffNo},
    time::Day,
};
use journal::{closed::Closed, files::Files};
use serde::{Deserialize, Serialize};

pub use night::run;

/// Years that days are kept, unless the settings say otherwise (domain: 三年).
pub const YEARS: u32 = 3;

/// Years after somebody left in which the kept profiles still name them.
pub const STAFF_YEARS: u32 = 2;

/// Days that a backup is kept at most: what was erased lives on in backups that long.
pub const BACKUP_DAYS: u32 = 60;

/// No backup need be older than the audit trail's shortest time.
pub const BACKUP_DAYS_MAX: u32 = 400;

/// Days after which what was set aside goes: a broken store, the data before a restore.
pub const ASIDE_DAYS: u32 = 60;

/// The hour of the hall at which it is done, unless the settings say otherwise: before the backup, so
/// that the backup holds nothing that was due.
pub const HOUR: u8 = 1;

/// No setting may keep anything longer than a working life.
pub const YEARS_MAX: u32 = 50;

/// Nights that may be missed before it is told.
const NIGHTS_MISSED_MAX: i64 = 2;

/// Wishes that wait; one night answers them all.
const WISHES_MAX: usize = 4;

/// Where it is kept what was done.
const FILE: &str = "retention.json";

/// The longest such file: every person and profile of decades.
const BYTES_MAX: u64 = 8 << 20;

/// How long what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Years of the record, tickets, evaluations, matters, inspections.
    pub years: u32,
    /// Years of names after somebody left.
    pub staff_years: u32,
    /// Days of backups.
    pub backup_days: u32,
    /// The hour of the hall.
    pub hour: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self { years: YEARS, staff_years: STAFF_YEARS, backup_days: BACKUP_DAYS, hour: HOUR }
    }
}

/// What sort of data, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// 证件标记的当日密钥.
    DayKey,
    /// 预约标记的密钥.
    BookingKeys,
    /// 上门联系方式.
    Contacts,
    /// 大厅记录: every event of the hall.
    Record,
    /// 号票、环节、台账.
    Tickets,
    /// 评价、诉求 and their words.
    Words,
    /// 日巡查.
    Inspections,
    /// 巡查照片.
    InspectionPhotos,
    /// 年度合计.
    Sums,
    /// 人员姓名 in profiles that were kept.
    Names,
    /// 配置底稿.
    Profiles,
    /// 操作审计.
    Trail,
    /// 备份.
    Backups,
    /// What was set aside.
    Aside,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::DayKey,
        Self::BookingKeys,
        Self::Contacts,
        Self::Record,
        Self::Tickets,
        Self::Words,
        Self::Inspections,
        Self::InspectionPhotos,
        Self::Sums,
        Self::Names,
        Self::Profiles,
        Self::Trail,
        Self::Backups,
        Self::Aside,
    ];

    /// Its word in text keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::DayKey => "day_key",
            Self::BookingKeys => "booking_keys",
            Self::Contacts => "contacts",
            Self::Record => "record",
            Self::Tickets => "tickets",
            Self::Words => "words",
            Self::Inspections => "inspections",
            Self::InspectionPhotos => "inspection_photos",
            Self::Sums => "sums",
            Self::Names => "names",
            Self::Profiles => "profiles",
            Self::Trail => "trail",
            Self::Backups => "backups",
            Self::Aside => "aside",
        }
    }
}

/// What a night did about one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Of what.
    pub sort: Sort,
    /// The oldest that is still kept: a day or a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest: Option<String>,
    /// How much went: days, keys, names, files.
    #[serde(default)]
    pub erased: u64,
    /// Why it could not be done, if it could not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// Why a whole night erased nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The clock shows a day far after the last one that is known.
    ClockJumped {
        /// The last day that is known.
        known: Day,
    },
}

/// What a night did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Night {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Of which day of the hall.
    pub day: Day,
    /// By sort.
    pub lines: Vec<Line>,
    /// Why nothing was erased, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
}

impl Night {
    /// True if everything was done that was due.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.doubt.is_none() && self.lines.iter().all(|line| line.fault.is_none())
    }

    /// How much went.
    #[must_use]
    pub fn erased(&self) -> u64 {
        self.lines.iter().map(|line| line.erased).sum()
    }
}

/// What is remembered from night to night.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The first day on which it was looked.
    #[serde(default)]
    pub begun: Option<Day>,
    /// The last night.
    #[serde(default)]
    pub last: Option<Night>,
    /// The day of the last night that did everything.
    #[serde(default)]
    pub whole: Option<Day>,
    /// The last day on which somebody was of the hall.
    #[serde(default)]
    pub people: BTreeMap<StaffNo, Day>,
    /// The last day on which a profile was in force.
    #[serde(default)]
    pub profiles: BTreeMap<SetupVersion, Day>,
}

/// 到期清理 of a server; cheap to clone.
#[derive(Clone)]
pub struct Retention {
    state: Arc<State>,
    wishes: SyncSender<Wish>,
}

struct State {
    limits: Limits,
    data: PathBuf,
    files: Arc<dyn Files>,
    /// The record's segments; none where the record is in memory, or once the server has stopped: they
    /// hold its lock.
    closed: Mutex<Option<Closed>>,
    memory: Mutex<Memory>,
}

/// What the thread is asked.
pub enum Wish {
    /// Do it now.
    Now,
    /// End.
    Stop,
}

impl Retention {
    /// What was remembered is read; [`keeper::start`] then does it every night.
    #[must_use]
    pub fn new(
        limits: Limits,
        data: &Path,
        files: Arc<dyn Files>,
        closed: Option<Closed>,
    ) -> (Self, Receiver<Wish>) {
        let (wishes, inbox) = mpsc::sync_channel(WISHES_MAX);
        let memory = Mutex::new(read(data).unwrap_or_default());
        let closed = Mutex::new(closed);
        let state = State { limits, data: data.to_owned(), files, closed, memory };
        (Self { state: Arc::new(state), wishes }, inbox)
    }

    /// How long what is kept.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.state.limits
    }

    /// What is remembered.
    #[must_use]
    pub fn memory(&self) -> Memory {
        self.lock().clone()
    }

    /// Asks for it now.
    pub fn ask(&self) {
        // One that is asked for already answers this wish too.
        self.wishes.try_send(Wish::Now).ok();
    }

    /// True if nothing was done for two nights, or what was due could not be done.
    #[must_use]
    pub fn is_late(&self, today: Day) -> bool {
        let memory = self.lock();
        let since = memory.whole.or(memory.begun);
        since.is_some_and(|day| night::days_between(day, today) > NIGHTS_MISSED_MAX)
            || memory.last.as_ref().is_some_and(|night| night.doubt.is_some())
    }

    /// Believes that this day has been; for tests.
    #[cfg(test)]
    pub fn know(&self, day: Day) {
        self.lock().begun = Some(day);
    }

    /// Lets the thread end, and the record go.
    pub fn stop(&self) {
        *self.state.closed.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.wishes.try_send(Wish::Stop).ok();
    }

    fn closed(&self) -> Option<Closed> {
        self.state.closed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.state.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers, safe against a power cut.
    fn remember(&self, memory: Memory) -> io::Result<()> {
        let State { data, files, .. } = &*self.state;
        let bytes = serde_json::to_vec_pretty(&memory)?;
        *self.lock() = memory;
        let making = data.join("retention.making");
        let file = files.create(&making)?;
        file.write_at(0, &bytes)?;
        file.sync()?;
        files.rename(&making, &data.join(FILE))?;
        files.sync_dir(data)
    }
}

fn read(data: &Path) -> Option<Memory> {
    let path = data.join(FILE);
    let length = std::fs::metadata(&path).ok()?.len();
    let bytes = (length <= BYTES_MAX).then(|| std::fs::read(&path).ok()).flatten()?;
    serde_json::from_slice(&bytes)
        .inspect_err(|error| tracing::warn!(%error, "what retention remembered cannot be read"))
        .ok()
}

#[cfg(test)]
mod tests;
