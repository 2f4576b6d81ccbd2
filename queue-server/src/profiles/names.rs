//! 姓名到期: names of people who left long ago leave the profiles that were kept, too. A profile stays
//! under its version, of which a line in it tells, for its digest is another then.

use std::{fs, io, sync::Arc};

use hall::{ids::SetupVersion, setup::Setup};

use super::Profiles;
use crate::profile::{Profile, Sources};

/// Where the version of a profile stands whose names were erased.
const ERASED: &str = "names-erased";

/// Profiles kept: a hall that changes its own twice a day for three years.
const KEPT_MAX: usize = 4_000;

/// The files in which people are named.
const STAFF: &str = "staff.toml";
const HALL: &str = "hall.toml";

/// True of a profile whose names were erased.
pub(super) fn are_erased(sources: &Sources) -> bool {
    !sources.get(ERASED).is_empty()
}

/// Gives a profile whose names were erased its version back.
pub(super) fn of_erased(mut profile: Profile) -> Profile {
    let Ok(version) = profile.sources.get(ERASED).parse::<SetupVersion>() else { return profile };
    profile.setup = Arc::new(Setup::clone(&profile.setup).named(version));
    profile.version = version;
    profile
}

impl Profiles {
    /// The versions that are kept.
    #[must_use]
    pub fn kept(&self) -> Vec<SetupVersion> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
        let version = |name: std::ffi::OsString| name.to_str()?.strip_suffix(".json")?.parse().ok();
        names.take(KEPT_MAX).filter_map(version).collect()
    }

    /// Removes a profile that no record names any more.
    ///
    /// # Errors
    /// If the disk says no.
    pub fn remove(&self, version: SetupVersion) -> io::Result<()> {
        self.files.remove(&self.path(version))?;
        self.files.sync_dir(&self.folder)
    }

    /// Erases from a kept profile the names of people who are not in this list, and who led the hall;
    /// true if there was something to erase.
    ///
    /// # Errors
    /// If it cannot be written, or would not be read again.
    pub fn erase_names(&self, version: SetupVersion, keep: &[String]) -> io::Result<bool> {
        let wrong = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
        let text = self.text_of(version).ok_or_else(|| wrong("it cannot be read"))?;
        let mut sources: Sources = serde_json::from_slice(&text)?;
        let staff = without_names(sources.get(STAFF), keep);
        let hall = without_leader(sources.get(HALL));
        if staff.is_none() && hall.is_none() {
            return Ok(false);
        }
        for (file, text) in [(STAFF, staff), (HALL, hall)] {
            if let Some(text) = text {
                sources.put(file, text);
            }
        }
        sources.put(ERASED, version.to_string());
        let checked = Profile::of_kept(sources.clone());
        if checked.is_err() {
            return Err(wrong("it would not be read again without names"));
        }
        self.write(version, &sources)?;
        Ok(true)
    }
}

/// The staff with numbers for the names of those who are not kept; none if nobody was to be erased.
fn without_names(text: &str, keep: &[String]) -> Option<String> {
    let mut table: toml::Table = text.parse().ok()?;
    let mut erased = false;
    for person in table.get_mut("staff")?.as_array_mut()? {
        let person = person.as_table_mut()?;
        let no = person.get("no")?.as_str()?.to_owned();
        let is_named = person.get("name").and_then(toml::Value::as_str) != Some(&no);
        if is_named && !keep.contains(&no) {
            person.insert("name".to_owned(), toml::Value::String(no));
            erased = true;
        }
    }
    erased.then(|| table.to_string())
}

/// The hall's file without 今日值班领导; none if nobody was named.
fn without_leader(text: &str) -> Option<String> {
    let mut table: toml::Table = text.parse().ok()?;
    let screen = table.get_mut("screen")?.as_table_mut()?;
    screen.remove("duty_leader")?;
    Some(table.to_string())
}

#[cfg(test)]
mod tests;
