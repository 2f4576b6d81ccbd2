//! How often the server was started on its data; revisions of faces begin with it.

use std::{fs, path::Path};

const FILE: &str = "starts";

/// Counts this start. A file that cannot be read or written costs only that devices which went on
/// meanwhile may show a face a little longer; the hall opens all the same.
pub fn count(data: &Path) -> u64 {
    let path = data.join(FILE);
    let before = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
    let now = before.unwrap_or(0_u64) + 1;
    let making = data.join("starts.making");
    let kept = fs::write(&making, now.to_string()).and_then(|()| fs::rename(&making, &path));
    if let Err(error) = kept {
        tracing::warn!(path = %path.display(), %error, "this start could not be counted");
    }
    now
}
