//! Other people's programs, asked for a second opinion; `tests/run` installs them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Python with the libraries of `tests/oracles/requirements.txt`; none if it was not installed and
/// nobody insists on it.
///
/// # Panics
/// If the tests are run as CI runs them and it is missing.
#[must_use]
pub fn python() -> Option<Command> {
    let found = room().join("../target/oracles/bin/python");
    if found.exists() {
        return Some(Command::new(found));
    }
    let insists = std::env::var_os("ORACLES").is_some_and(|value| value == "required");
    assert!(!insists, "{} is missing", found.display());
    eprintln!("tests/run installs Python's libraries for the second opinion; nothing was asked");
    None
}

/// A script of `tests/oracles/`.
#[must_use]
pub fn script(name: &str) -> PathBuf {
    room().join("oracles").join(name)
}

fn room() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
