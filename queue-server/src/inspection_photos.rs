//! 巡查照片: what somebody took a picture of on 日巡查, beside the record and not in it.
//!
//! People may be seen on a picture. So it can be taken away again, and it goes long before what was noted
//! goes; the record and the 台账 stand without it.

use std::{
    fmt, fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
};

use hall::{
    ids::WindowId,
    time::{Day, Timestamp},
};
use journal::files::Files;
use sha2::{Digest as _, Sha256};

use crate::pictures::Kept;

/// Months that a picture is kept: until 年考核 was made of its year, and no longer.
pub const KEPT_MONTHS: u32 = 12;

/// Pictures of one finding.
pub const OF_A_FINDING_MAX: usize = 3;

/// Pictures of one day: some for each of two rounds through a large hall.
pub const OF_A_DAY_MAX: usize = 40;

/// How large one is kept: what is on a desk can be told, and a year of them takes 3 GB at most.
pub const KEPT: Kept = Kept { side_min: 120, side_max: 1_280, bytes_max: 320 * 1_024 };

/// The folder in the data, with a folder for each day that has some.
const FOLDER: &str = "inspection-photos";
const ENDING: &str = ".jpg";

/// Days looked at: those of all months that are kept, and as many again that no night has erased yet.
const DAYS_MAX: usize = 800;

/// What a picture shows: a window as it was on one inspection, or the hall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The day of the inspection.
    pub day: Day,
    /// When the inspection was noted.
    pub at: Timestamp,
    /// The window; none for the hall.
    pub window: Option<WindowId>,
}

/// A picture by its name: "2026-11-23/1795397400000-w20-1f2e3d4c5b6a7988".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoName {
    /// What it shows.
    pub of: Finding,
    mark: String,
}

/// It is no name of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no name of a picture")]
pub struct BadPhotoName;

impl fmt::Display for PhotoName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { day, at, window } = self.of;
        match window {
            Some(window) => write!(f, "{day}/{}-w{window}-{}", at.0, self.mark),
            None => write!(f, "{day}/{}-h-{}", at.0, self.mark),
        }
    }
}

impl FromStr for PhotoName {
    type Err = BadPhotoName;

    fn from_str(text: &str) -> Result<Self, BadPhotoName> {
        let read = || {
            let (day, rest) = text.split_once('/')?;
            let (at, rest) = rest.split_once('-')?;
            let (place, mark) = rest.rsplit_once('-')?;
            let window = match place.strip_prefix('w') {
                Some(window) => Some(window.parse().ok()?),
                None if place == "h" => None,
                None => return None,
            };
            let is_mark = mark.len() == 16 && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
            let of = Finding { day: day.parse().ok()?, at: Timestamp(at.parse().ok()?), window };
            is_mark.then(|| Self { of, mark: mark.to_owned() })
        };
        read().ok_or(BadPhotoName)
    }
}

/// A picture could not be kept or erased.
#[derive(Debug, thiserror::Error)]
pub enum PhotoFault {
    /// The finding, or the day, has as many as it may.
    #[error("there are as many pictures as there may be")]
    Full,
    /// A file or folder.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The pictures of a server.
#[derive(Debug)]
pub struct InspectionPhotos {
    folder: PathBuf,
    files: Arc<dyn Files>,
    /// Held while one is counted and put.
    putting: Mutex<()>,
}

impl InspectionPhotos {
    /// Opens the folder in the data.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn open(data: &Path, files: Arc<dyn Files>) -> Result<Self, PhotoFault> {
        use std::os::unix::fs::DirBuilderExt;
        let folder = data.join(FOLDER);
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        made.map_err(fault(&folder))?;
        Ok(Self { folder, files, putting: Mutex::default() })
    }

    /// Keeps a picture that was made anew; the same one twice is one.
    ///
    /// # Errors
    /// [`PhotoFault`].
    pub fn put(&self, of: Finding, jpeg: &[u8]) -> Result<PhotoName, PhotoFault> {
        let _turn = self.putting.lock().unwrap_or_else(PoisonError::into_inner);
        let digest = Sha256::digest(jpeg);
        let mark = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let name = PhotoName { of, mark };
        let known = self.of_day(of.day);
        if known.contains(&name) {
            return Ok(name);
        }
        let same = known.iter().filter(|each| each.of == of).count();
        if same >= OF_A_FINDING_MAX || known.len() >= OF_A_DAY_MAX {
            return Err(PhotoFault::Full);
        }
        let path = self.path(&name);
        let dir = self.folder.join(of.day.to_string());
        let making = dir.join(".making");
        let written = self.files.make_dir(&dir).and_then(|()| {
            let file = self.files.create(&making)?;
            file.write_at(0, jpeg)?;
            file.sync()?;
            self.files.rename(&making, &path)?;
            self.files.sync_dir(&dir)
        });
        written.map_err(fault(&path))?;
        Ok(name)
    }

    /// The pictures of a day, by finding.
    #[must_use]
    pub fn of_day(&self, day: Day) -> Vec<PhotoName> {
        let names = self.files.list(&self.folder.join(day.to_string())).unwrap_or_default();
        let read = |name: &String| format!("{day}/{}", name.strip_suffix(ENDING)?).parse().ok();
        let mut found: Vec<PhotoName> = names.iter().filter_map(read).collect();
        found.sort_by_key(ToString::to_string);
        found
    }

    /// The bytes of a picture.
    #[must_use]
    pub fn read(&self, name: &PhotoName) -> Option<Vec<u8>> {
        let path = self.path(name);
        let fits = fs::metadata(&path).ok()?.len() <= KEPT.bytes_max as u64;
        fits.then(|| fs::read(&path).ok()).flatten()
    }

    /// Takes a picture away; false if there was none.
    ///
    /// # Errors
    /// If the file could not be removed.
    pub fn erase(&self, name: &PhotoName) -> Result<bool, PhotoFault> {
        self.remove(&self.path(name))
    }

    /// The days that have some, the oldest first.
    #[must_use]
    pub fn days(&self) -> Vec<Day> {
        let names = self.files.list(&self.folder).unwrap_or_default();
        let mut days: Vec<Day> = names.iter().filter_map(|name| name.parse().ok()).collect();
        days.sort_unstable();
        days.truncate(DAYS_MAX);
        days
    }

    /// Erases those of days before this one; how many went.
    ///
    /// # Errors
    /// If one could not be erased; the others were.
    pub fn erase_before(&self, day: Day) -> Result<u64, PhotoFault> {
        let (mut erased, mut failed) = (0, None);
        for old in self.days().into_iter().take_while(|old| *old < day) {
            let dir = self.folder.join(old.to_string());
            for name in self.files.list(&dir).unwrap_or_default() {
                match self.remove(&dir.join(name)) {
                    Ok(was_there) => erased += u64::from(was_there),
                    Err(fault) => failed = Some(fault),
                }
            }
            if let Err(source) = fs::remove_dir(&dir) {
                failed.get_or_insert(PhotoFault::File { path: dir, source });
            }
        }
        failed.map_or(Ok(erased), Err)
    }

    fn remove(&self, path: &Path) -> Result<bool, PhotoFault> {
        match self.files.remove(path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(fault(path)(error)),
        }
        let dir = path.parent().unwrap_or(&self.folder);
        self.files.sync_dir(dir).map_err(fault(dir))?;
        Ok(true)
    }

    fn path(&self, name: &PhotoName) -> PathBuf {
        self.folder.join(format!("{name}{ENDING}"))
    }
}

fn fault(path: &Path) -> impl FnOnce(io::Error) -> PhotoFault {
    let path = path.to_owned();
    move |source| PhotoFault::File { path, source }
}

#[cfg(test)]
mod tests {
    use journal::files::RealFiles;

    use super::*;

    fn finding(day: &str, window: Option<&str>) -> Finding {
        let window = window.map(|window| window.parse().unwrap());
        Finding { day: day.parse().unwrap(), at: Timestamp(1_795_397_400_000), window }
    }

    fn opened() -> (tempfile::TempDir, InspectionPhotos) {
        let data = tempfile::tempdir().unwrap();
        let photos = InspectionPhotos::open(data.path(), Arc::new(RealFiles)).unwrap();
        (data, photos)
    }

    #[test]
    fn a_picture_is_kept_once_by_its_finding_and_can_be_taken_away() {
        let (_data, photos) = opened();
        let (window, hall) = (finding("2026-11-23", Some("3A")), finding("2026-11-23", None));
        let name = photos.put(window, b"one").unwrap();
        assert_eq!(photos.put(window, b"one").unwrap(), name, "the same one twice");
        let other = photos.put(hall, b"one").unwrap();
        assert_eq!(name.to_string().parse(), Ok(name.clone()));
        assert_eq!(photos.of_day(window.day), [other.clone(), name.clone()]);
        assert_eq!(photos.read(&name).as_deref(), Some(b"one".as_slice()));
        assert!(photos.erase(&name).unwrap() && !photos.erase(&name).unwrap());
        assert_eq!((photos.of_day(window.day), photos.read(&name)), (vec![other], None));
    }

    #[test]
    fn a_finding_and_a_day_have_so_many_and_no_more() {
        let (_data, photos) = opened();
        let of = |window: usize| finding("2026-11-23", Some(&format!("{window}")));
        for number in 0..OF_A_FINDING_MAX {
            photos.put(of(0), &[number as u8]).unwrap();
        }
        assert!(matches!(photos.put(of(0), b"more"), Err(PhotoFault::Full)));
        for number in OF_A_FINDING_MAX..OF_A_DAY_MAX {
            photos.put(of(number), b"one").unwrap();
        }
        assert!(matches!(photos.put(of(99), b"more"), Err(PhotoFault::Full)));
        assert!(photos.put(finding("2026-11-24", None), b"another day").is_ok());
    }

    #[test]
    fn old_days_go_and_the_day_of_the_limit_stays() {
        let (_data, photos) = opened();
        for day in ["2025-11-20", "2025-11-21", "2025-11-22"] {
            photos.put(finding(day, None), b"one").unwrap();
        }
        assert_eq!(photos.erase_before("2025-11-22".parse().unwrap()).unwrap(), 2);
        assert_eq!(photos.days(), ["2025-11-22".parse().unwrap()]);
        assert_eq!(photos.erase_before("2025-11-22".parse().unwrap()).unwrap(), 0);
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        for name in [
            "2026-11-23/../../x-h-0123456789abcdef",
            "../1-h-0123456789abcdef",
            "2026-11-23/1-w../x-0123456789abcdef",
            "2026-11-23/1-h-0123456789abcde/",
            "2026-11-23/1-hall-0123456789abcdef",
            "2026-11-23",
            "",
        ] {
            assert_eq!(name.parse::<PhotoName>(), Err(BadPhotoName), "{name}");
        }
    }
}
