//! 导办台电话: the last one that the server told, kept over a start without it.

use std::{fs, path::Path};

/// The file in the kiosk's own folder.
const FILE: &str = "guide-phone";

/// No telephone number is longer.
const CHARS_MAX: usize = 40;

/// The number kept in a folder; none if none was ever told, or it cannot be read.
#[must_use]
pub fn last_known(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let phone: String = text.trim().chars().filter(|c| !c.is_control()).take(CHARS_MAX).collect();
    (!phone.is_empty()).then_some(phone)
}

/// Keeps a number. One that cannot be kept is only lacking on the next start without a server.
pub fn keep(folder: &Path, phone: &str) {
    if let Err(error) = fs::write(folder.join(FILE), format!("{phone}\n")) {
        tracing::warn!(%error, "the guide desk's telephone is not kept");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_number_is_known_after_a_start() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(last_known(folder.path()), None);
        keep(folder.path(), "0576-8610 0100");
        assert_eq!(last_known(folder.path()).as_deref(), Some("0576-8610 0100"));
        keep(folder.path(), "");
        assert_eq!(last_known(folder.path()), None);
    }
}
