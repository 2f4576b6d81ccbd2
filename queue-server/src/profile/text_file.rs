//! A text file of the folder as it was saved: in UTF-8, or told with its line and what to do.

use std::{fs, io, path::Path};

use super::problem::Problem;

/// Marks with which a file in UTF-16 begins.
const UTF_16: [&[u8]; 2] = [&[0xff, 0xfe], &[0xfe, 0xff]];

/// Reads a file of a profile's folder by its name there.
///
/// # Errors
/// That it is not there, cannot be read, or is not in UTF-8.
pub fn read(folder: &Path, file: &str) -> Result<String, Box<Problem>> {
    let bytes = fs::read(folder.join(file)).map_err(|error| Box::new(unread(file, &error)))?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        Box::new(not_utf8(file, error.as_bytes(), valid))
    })
}

/// Why the world does not give a file.
pub fn unread(file: &str, error: &io::Error) -> Problem {
    let code = if error.kind() == io::ErrorKind::NotFound { "no_file" } else { "unreadable" };
    Problem::new(file, None, code).with("why", error)
}

/// The first line that is not UTF-8. What else it is, is a guess: Excel and old editors in China
/// save as GBK, Notepad's "Unicode" is UTF-16.
fn not_utf8(file: &str, bytes: &[u8], valid: usize) -> Problem {
    let is_utf16 = UTF_16.iter().any(|mark| bytes.starts_with(mark));
    let breaks = bytes[..valid].iter().filter(|byte| **byte == b'\n').count();
    let problem = Problem::new(file, Some(breaks + 1), "not_utf8");
    problem.with("what", if is_utf16 { "UTF-16" } else { "GBK" })
}
