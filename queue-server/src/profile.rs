//! A hall's profile on disk: a folder that an office clerk can read and a program checks.
//!
//! `hall.toml` (who exists, which rules), `items.csv` (the catalogue), `calendar.toml` (sessions),
//! `staff.toml` (posts), `devices.toml` (lines and devices). [`Profile::read`] finds every problem
//! at once; each names its file, its line and what to do.

pub mod calendar;
mod devices;
mod english;
pub mod forms;
mod hall_file;
mod index;
pub(crate) mod items;
mod own_rules;
pub mod photos;
mod problem;
pub(crate) mod reader;
pub(crate) mod sources;
mod staff;
mod text_file;
mod texts;
mod together;
mod value;
pub mod voice;

use std::{path::Path, sync::Arc};

use hall::{
    ids::{SetupVersion, StaffNo},
    setup::{Parts, Setup},
};

use wire::texts::own::OwnTexts;

pub use calendar::{Calendar, Minute, SessionRule, Tide};
pub use devices::{Device, Line};
pub use english::EnglishNames;
pub use hall_file::{Details, running};
pub use problem::{Problem, Severity};
pub use sources::Sources;
pub use staff::Post;

use index::Index;
use items::sheet;

/// A hall's profile, checked.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Who exists and which rules hold.
    pub setup: Arc<Setup>,
    /// Names, telephones and texts.
    pub details: Details,
    /// When the hall is open.
    pub calendar: Calendar,
    /// Who works where.
    pub posts: Vec<Post>,
    /// 最短任职期, in months; none: the hall knows none.
    pub posting_months_min: Option<u16>,
    /// Serial lines.
    pub lines: Vec<Line>,
    /// Devices.
    pub devices: Vec<Device>,
    /// 工作照, by staff number.
    pub photos: photos::Photos,
    /// 本厅用语: the hall's own words.
    pub texts: OwnTexts,
    /// What is unwise, though the hall opens with it.
    pub warnings: Vec<Problem>,
    /// Changes with every change of a file.
    pub version: SetupVersion,
    /// The files it was read from.
    pub sources: Arc<Sources>,
}

/// Whether a profile is to be put in force, or was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    New,
    Kept,
}

/// The files of a profile, in the order in which problems are told.
const FILES: [&str; 8] = [
    "hall.toml",
    sheet::CSV,
    sheet::XLSX,
    "calendar.toml",
    "staff.toml",
    "devices.toml",
    "texts/zh-CN.toml",
    "texts/en.toml",
];

/// The files of own words, which a profile may have.
pub(crate) const TEXTS: [&str; 2] = [texts::FILES[0].0, texts::FILES[1].0];

impl Profile {
    /// Reads and checks a profile.
    ///
    /// # Errors
    /// Every problem found, in the order of the files.
    pub fn read(folder: &Path) -> Result<Self, Vec<Problem>> {
        if !folder.is_dir() {
            let name = folder.display().to_string();
            return Err(vec![Problem::new(&name, None, "no_folder")]);
        }
        let (mut sources, unread) = Sources::read(folder);
        let mut of_photos = Vec::new();
        let list = photos::list(folder, &mut of_photos);
        if !list.is_empty() {
            sources.put(photos::FOLDER, list);
        }
        let mut checked = Self::checked(sources, unread, Standing::New);
        match &mut checked {
            Ok(profile) => profile.warnings.extend(of_photos),
            Err(problems) => problems.extend(of_photos),
        }
        checked
    }

    /// Checks the texts of a profile's five files.
    ///
    /// # Errors
    /// Every problem found, in the order of the files and lines.
    pub fn parse(
        hall: &str,
        items: &str,
        calendar: &str,
        staff: &str,
        devices: &str,
    ) -> Result<Self, Vec<Problem>> {
        let mut sources = Sources::default();
        let texts = [hall, items, calendar, staff, devices];
        for (file, text) in sources::FILES.into_iter().zip(texts) {
            sources.put(file, text.to_owned());
        }
        Self::of(sources)
    }

    /// Checks the texts of a profile.
    ///
    /// # Errors
    /// Every problem found, in the order of the files and lines.
    pub fn of(sources: Sources) -> Result<Self, Vec<Problem>> {
        Self::checked(sources, Vec::new(), Standing::New)
    }

    /// Reads the texts of a profile that was in force once: what is asked of a new one since then
    /// does not make the record of its days unreadable.
    ///
    /// # Errors
    /// Every problem with which no hall could work.
    pub fn of_kept(sources: Sources) -> Result<Self, Vec<Problem>> {
        Self::checked(sources, Vec::new(), Standing::Kept)
    }

    /// Checks what could be read. What a file that could not be read would have said is no problem
    /// of its own, nor that other files name it.
    fn checked(
        sources: Sources,
        unread: Vec<Problem>,
        standing: Standing,
    ) -> Result<Self, Vec<Problem>> {
        let (mut index, mut problems) = (Index::default(), Vec::new());
        let hall_part = hall_file::read(sources.get("hall.toml"), &mut index, &mut problems);
        let (file, items) = sources.catalogue();
        let sheet = sheet::of_text(file, items, standing, &mut problems);
        let items_part = items::read(&sheet, &hall_part.queues, &mut index, &mut problems);
        let (drafts, queues) = (hall_part.pipelines, &hall_part.queues);
        let pipelines =
            hall_file::pipelines::settle(drafts, queues, &items_part, &index, &mut problems);
        let mut calendar_part =
            calendar::read(sources.get("calendar.toml"), &items_part, &index, &mut problems);
        let (windows, tides) = (&hall_part.windows, &calendar_part.tides);
        hall_file::windows::tides_open(windows, tides, &index, &mut problems);
        let people = staff::read(sources.get("staff.toml"), &mut index, &mut problems);
        together::staffed_by_default(windows, &items_part, &people.staff, &mut calendar_part);
        let (lines, devices_part) =
            devices::read(sources.get("devices.toml"), &mut index, &mut problems);
        hall_file::map::kiosks_are_devices(&hall_part.details, &index, &mut problems);
        let texts = texts::read(&sources, &mut problems);
        let numbers: Vec<StaffNo> = people.posts.iter().map(|post| post.no).collect();
        let photos = photos::read(sources.get(photos::FOLDER), &numbers, &mut problems);
        let is_of = |file: &str, other: &Problem| {
            other.file == file || (other.file == sheet::XLSX && file == sheet::CSV)
        };
        problems.retain(|problem| !unread.iter().any(|other| is_of(&problem.file, other)));
        if hall_part.unread || !unread.is_empty() {
            // What a file would have named is not missing: it could not be read.
            problems.retain(|problem| !problem.code.starts_with("no_such_"));
        }
        let parts = Parts {
            id: hall_part.id,
            name: hall_part.details.name.clone(),
            zones: hall_part.zones,
            departments: hall_part.departments,
            queues: hall_part.queues,
            windows: hall_part.windows,
            items: items_part,
            rules: hall_part.rules,
            staff: people.staff,
            pipelines,
        };
        if unread.is_empty() {
            own_rules::check(&parts, &index, &mut problems);
            together::check(file, &parts, &calendar_part, &index, &mut problems);
        }
        if standing == Standing::Kept {
            problems.retain(|problem| !problem.is_at_the_door());
        }
        problems.extend(unread);
        let (warnings, problems): (Vec<Problem>, Vec<Problem>) = problem::settle(problems, &FILES)
            .into_iter()
            .partition(|problem| problem.severity == Severity::Warning);
        if !problems.is_empty() {
            return Err(problem::settle([problems, warnings].concat(), &FILES));
        }
        let setup = Setup::new(parts.clone()).map_err(|found| {
            let told = found.iter().map(|problem| own_rules::told(problem, &parts, &index));
            told.collect::<Vec<_>>()
        })?;
        let version = sources.version();
        Ok(Self {
            setup: Arc::new(setup.named(version)),
            details: hall_part.details,
            calendar: calendar_part,
            posts: people.posts,
            posting_months_min: people.posting_months_min,
            lines,
            devices: devices_part,
            photos,
            texts,
            warnings,
            version,
            sources: Arc::new(sources),
        })
    }
}

#[cfg(test)]
mod tests;
