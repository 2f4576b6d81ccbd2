//! The forecast's part of `docs/BENCHMARKS.md`, which is its last.

use std::{fs, io, path::Path};

/// Where it begins.
const HEADING: &str = "\n# How good the hall's word is\n";

/// Writes the part; what others measured stays.
///
/// # Errors
/// If the page cannot be read or written.
pub fn write(text: &str) -> io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/BENCHMARKS.md");
    let page = fs::read_to_string(&path)?;
    let before = page.split(HEADING).next().unwrap_or_default();
    fs::write(path, format!("{}\n{HEADING}\n{}\n", before.trim_end(), text.trim_end()))
}
