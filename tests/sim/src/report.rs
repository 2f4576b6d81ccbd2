//! Puts a table that a command made into `docs/SIMULATION.md`, between its marks.

use std::{fs, io, path::Path};

/// Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`.
///
/// # Errors
/// If the page or its marks are missing.
pub fn put(house: &Path, name: &str, table: &str) -> io::Result<()> {
    let path = house.join("docs/SIMULATION.md");
    let text = fs::read_to_string(&path)?;
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let missing = || io::Error::other(format!("docs/SIMULATION.md has no place for {name}"));
    let (before, rest) = text.split_once(&begin).ok_or_else(missing)?;
    let (_, after) = rest.split_once(&end).ok_or_else(missing)?;
    fs::write(path, format!("{before}{begin}{table}{end}{after}"))
}
