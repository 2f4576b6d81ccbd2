//! Whose data this is: where the hall's profile stands, for commands that are given the data alone.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hall::ids::WindowId;

use crate::profile::Profile;

const FILE: &str = "profile-folder";

/// Remembers the profile. A hall whose profile cannot be remembered opens all the same.
pub fn remember(data: &Path, profile: &Path) {
    let written = fs::canonicalize(profile)
        .and_then(|path| fs::write(data.join(FILE), path.as_os_str().as_encoded_bytes()));
    if let Err(error) = written {
        tracing::warn!(%error, "where the profile stands could not be remembered");
    }
}

/// The hall's windows as its profile says now; none if no server ran with this data yet, or the
/// profile has gone or cannot be read.
#[must_use]
pub fn windows(data: &Path) -> Option<Vec<WindowId>> {
    let folder = PathBuf::from(fs::read_to_string(data.join(FILE)).ok()?);
    let profile = Profile::read(&folder).ok()?;
    Some(profile.setup.windows().iter().map(|window| window.id).collect())
}
