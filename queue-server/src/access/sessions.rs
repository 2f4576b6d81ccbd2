//! Sessions of signed-in staff; they outlive a restart of the server.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use hall::ids::StaffNo;
use serde::{Deserialize, Serialize};

use super::{
    Fault,
    files::{self, Folder},
};

/// A session ends after this however busy it is: one working day.
pub const SESSION_LASTS: Duration = Duration::from_secs(12 * 3600);

/// A session that nobody used for so long ends.
pub const SESSION_IDLES: Duration = Duration::from_secs(30 * 60);

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    digest: String,
    no: StaffNo,
    began_secs: u64,
}

/// A session that was ended beside the running server is over after this at the latest.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(1);

#[derive(Debug)]
struct Live {
    stored: Stored,
    /// When the person did something last.
    used: Instant,
    /// When its file was looked for last.
    looked: Instant,
}

#[derive(Debug)]
pub struct Sessions {
    folder: Folder,
    live: BTreeMap<String, Live>,
}

impl Live {
    fn new(stored: Stored) -> Self {
        let now = Instant::now();
        Self { stored, used: now, looked: now }
    }
}

impl Sessions {
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let folder = Folder::open(path)?;
        let mut live = BTreeMap::new();
        for stored in folder.all::<Stored>()? {
            if is_over(&stored) {
                folder.remove(file(&stored.digest))?;
            } else {
                live.insert(stored.digest.clone(), Live::new(stored));
            }
        }
        Ok(Self { folder, live })
    }

    pub fn begin(&mut self, no: StaffNo) -> Result<String, Fault> {
        let secret = files::secret()?;
        let stored = Stored { digest: files::digest(&secret), no, began_secs: now_secs() };
        self.folder.write(file(&stored.digest), &stored)?;
        self.live.insert(stored.digest.clone(), Live::new(stored));
        Ok(secret)
    }

    /// Whose session this is; `used` counts as something that the person did.
    pub fn find(&mut self, secret: &str, used: bool, now: Instant) -> Option<StaffNo> {
        let digest = files::digest(secret);
        let live = self.live.get_mut(&digest)?;
        let mut over =
            is_over(&live.stored) || now.saturating_duration_since(live.used) > SESSION_IDLES;
        if now.saturating_duration_since(live.looked) > LOOK_AGAIN_AFTER {
            live.looked = now;
            over |= !self.folder.has(file(&digest));
        }
        if over {
            self.forget(&digest);
            return None;
        }
        if used {
            live.used = now;
        }
        Some(live.stored.no)
    }

    /// Sessions of a person that are open.
    pub fn count_of(&self, no: StaffNo, now: Instant) -> usize {
        let is_open = |live: &&Live| {
            live.stored.no == no
                && !is_over(&live.stored)
                && now.saturating_duration_since(live.used) <= SESSION_IDLES
        };
        self.live.values().filter(is_open).count()
    }

    pub fn end(&mut self, secret: &str) {
        self.forget(&files::digest(secret));
    }

    /// Ends every session of a person, those begun by another process too.
    pub fn end_of(&mut self, no: StaffNo) -> Result<(), Fault> {
        let stored = self.folder.all::<Stored>()?;
        for stored in stored.iter().filter(|stored| stored.no == no) {
            self.folder.remove(file(&stored.digest))?;
        }
        self.live.retain(|_, live| live.stored.no != no);
        Ok(())
    }

    fn forget(&mut self, digest: &str) {
        self.live.remove(digest);
        if let Err(fault) = self.folder.remove(file(digest)) {
            tracing::warn!(%fault, "an ended session could not be removed");
        }
    }
}

/// Half the digest names the file: long enough to be unique, useless to whoever reads the folder.
fn file(digest: &str) -> &str {
    &digest[..32]
}

fn now_secs() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn is_over(stored: &Stored) -> bool {
    now_secs().saturating_sub(stored.began_secs) > SESSION_LASTS.as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_that_is_used_all_day_ends_after_a_working_day() {
        let folder = tempfile::tempdir().unwrap();
        let mut sessions = Sessions::open(folder.path()).unwrap();
        let secret = sessions.begin("1001".parse().unwrap()).unwrap();
        let ago = |sessions: &mut Sessions, secs: u64| {
            sessions.live.values_mut().for_each(|live| live.stored.began_secs = now_secs() - secs);
            sessions.find(&secret, true, Instant::now())
        };
        assert!(ago(&mut sessions, SESSION_LASTS.as_secs() - 60).is_some());
        assert_eq!(ago(&mut sessions, SESSION_LASTS.as_secs() + 60), None);
        assert!(sessions.live.is_empty());
    }
}
