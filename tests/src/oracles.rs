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
    missing(&found);
    None
}

/// Node with the libraries of `tests/oracles/npm.txt`; none as with [`python`].
///
/// # Panics
/// As [`python`].
#[must_use]
pub fn node() -> Option<Command> {
    let found = room().join("../target/oracles/npm/node_modules");
    let mut node = Command::new("node");
    node.env("NODE_PATH", &found);
    if found.exists() {
        return Some(node);
    }
    missing(&found);
    None
}

/// A program of the system; none as with [`python`].
///
/// # Panics
/// As [`python`].
#[must_use]
pub fn program(name: &str) -> Option<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if std::env::split_paths(&path).any(|folder| folder.join(name).is_file()) {
        return Some(Command::new(name));
    }
    missing(Path::new(name));
    None
}

/// What it answers.
///
/// # Panics
/// If it fails: then it is there, and something is wrong.
#[must_use]
pub fn answer(asked: &mut Command) -> String {
    let output = asked.output().unwrap_or_else(|error| panic!("{asked:?}: {error}"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{asked:?} failed: {complaint}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A script of `tests/oracles/`.
#[must_use]
pub fn script(name: &str) -> PathBuf {
    room().join("oracles").join(name)
}

fn room() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn missing(what: &Path) {
    let insists = std::env::var_os("ORACLES").is_some_and(|value| value == "required");
    assert!(!insists, "{} is missing", what.display());
    eprintln!("{} is missing: tests/run installs it; nothing was asked", what.display());
}
