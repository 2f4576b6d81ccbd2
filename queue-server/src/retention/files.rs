//! Folders that go as a whole: backups that are too old, and what was set aside.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use jiff::Timestamp;

use super::{Line, Sort};
use crate::backup;

/// Folders looked at; more are somebody else's.
const FOLDERS_MAX: usize = 1_000;

/// Seconds of a day.
const DAY_SECS: i64 = 24 * 3_600;

/// Backups that are older than so many days go, but never the last one.
pub fn remove_backups(folder: &Path, days: u32, today: (i64, &dyn Fn(i64) -> String)) -> Line {
    let (now_secs, written) = today;
    let mut line = Line { sort: Sort::Backups, oldest: None, erased: 0, fault: None };
    let limit = now_secs.saturating_sub(i64::from(days) * DAY_SECS);
    for (place, backup) in backup::list(folder).into_iter().enumerate() {
        let made = backup.manifest.made_secs;
        if place > 0 && made < limit {
            match fs::remove_dir_all(&backup.path) {
                Ok(()) => {
                    line.erased += 1;
                    continue;
                }
                Err(error) => line.fault = Some(format!("{}: {error}", backup.name())),
            }
        }
        line.oldest = Some(written(made));
    }
    line
}

/// What was set aside so many days ago goes; a trail that was damaged is evidence as long as a trail is
/// kept.
pub fn remove_aside(data: &Path, days: u32, trail_days: u32) -> Line {
    let mut line = Line { sort: Sort::Aside, oldest: None, erased: 0, fault: None };
    let places = [Some(data), data.parent()].into_iter().flatten();
    let found = places.flat_map(|place| set_aside(place, data));
    for (path, of_trail) in found.take(FOLDERS_MAX) {
        let days = if of_trail { trail_days } else { days };
        let secs = i64::from(days) * DAY_SECS;
        match age_secs(&path) {
            Ok(age) if age > secs => match fs::remove_dir_all(&path) {
                Ok(()) => line.erased += 1,
                Err(error) => line.fault = Some(format!("{}: {error}", path.display())),
            },
            Ok(_) => {}
            Err(error) => line.fault = Some(format!("{}: {error}", path.display())),
        }
    }
    line
}

/// The folders in a place that this hall set aside, and whether each is a trail.
fn set_aside(place: &Path, data: &Path) -> Vec<(PathBuf, bool)> {
    let Ok(entries) = fs::read_dir(place) else { return Vec::new() };
    let of_data = data.file_name().map(|name| format!("{}.before-", name.to_string_lossy()));
    let entries = entries.filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let known = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let inside = place == data;
        let of_trail = inside && name.starts_with("audit.damaged-");
        let of_store = inside && name == "store-set-aside";
        let of_restore =
            !inside && of_data.as_ref().is_some_and(|prefix| name.starts_with(prefix.as_str()));
        (of_trail || of_store || of_restore).then(|| (entry.path(), of_trail))
    };
    folders.filter_map(known).collect()
}

fn age_secs(path: &Path) -> io::Result<i64> {
    let modified = fs::metadata(path)?.modified()?;
    let age = SystemTime::now().duration_since(modified).unwrap_or_default();
    Ok(i64::try_from(age.as_secs()).unwrap_or(i64::MAX))
}

/// Now, as backups are dated.
pub fn now_secs() -> i64 {
    Timestamp::now().as_second()
}
