//! How often the server was started on its data; revisions of faces begin with it.

use std::{io, path::Path};

use journal::files::{File, Files};

const FILE: &str = "starts";

/// The longest text of a count.
const DIGITS_MAX: usize = 20;

/// Counts this start, safe against a power cut. A file that cannot be read or written costs only
/// that devices which went on meanwhile may show a face a little longer, until they have said what
/// they show; the hall opens all the same.
pub fn count(data: &Path, files: &dyn Files) -> u64 {
    let path = data.join(FILE);
    let now = read(&path, files).unwrap_or(0) + 1;
    if let Err(error) = keep(data, files, now) {
        tracing::warn!(path = %path.display(), %error, "this start could not be counted");
    }
    now
}

fn read(path: &Path, files: &dyn Files) -> Option<u64> {
    let mut text = [0; DIGITS_MAX];
    let long = files.open_to_read(path).ok()?.read_at(0, &mut text).ok()?;
    std::str::from_utf8(&text[..long]).ok()?.trim().parse().ok()
}

fn keep(data: &Path, files: &dyn Files, count: u64) -> io::Result<()> {
    let making = data.join("starts.making");
    let file: Box<dyn File> = files.create(&making)?;
    file.write_at(0, count.to_string().as_bytes())?;
    file.sync()?;
    files.rename(&making, &data.join(FILE))?;
    files.sync_dir(data)
}

#[cfg(test)]
mod tests;
