//! Where each person signed in before: guessing from elsewhere does not shut these places out.

use std::{
    net::IpAddr,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use hall::ids::StaffNo;
use serde::{Deserialize, Serialize};

use super::{Fault, files::Folder};

/// Places kept of a person: a clerk stands in for others at some windows.
const PLACES_MAX: usize = 16;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    /// The latest last.
    places: Vec<IpAddr>,
    /// When the person signed in last, in seconds since 1970.
    #[serde(default)]
    last_secs: Option<u64>,
}

#[derive(Debug)]
pub struct Known {
    folder: Folder,
}

impl Known {
    pub fn open(path: &Path) -> Result<Self, Fault> {
        Ok(Self { folder: Folder::open(path)? })
    }

    /// True if the person signed in from there before.
    pub fn is_known(&self, no: StaffNo, from: IpAddr) -> bool {
        self.places(no).places.contains(&from)
    }

    /// Remembers that the person signed in from there.
    pub fn remember(&self, no: StaffNo, from: IpAddr) {
        let mut known = self.places(no);
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        known.last_secs = since.ok().map(|since| since.as_secs());
        known.places.retain(|place| *place != from);
        known.places.push(from);
        let excess = known.places.len().saturating_sub(PLACES_MAX);
        known.places.drain(..excess);
        if let Err(fault) = self.folder.write(no.as_str(), &known) {
            tracing::warn!(%fault, "where somebody signed in could not be remembered");
        }
    }

    /// When the person signed in last, and from where.
    pub fn last(&self, no: StaffNo) -> Option<(u64, IpAddr)> {
        let known = self.places(no);
        known.last_secs.zip(known.places.last().copied())
    }

    /// Forgets a person.
    pub fn forget(&self, no: StaffNo) -> Result<(), Fault> {
        self.folder.remove(no.as_str()).map(drop)
    }

    fn places(&self, no: StaffNo) -> Places {
        self.folder.read(no.as_str()).ok().flatten().unwrap_or_default()
    }
}
