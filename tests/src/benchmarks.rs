//! `docs/BENCHMARKS.md` has two parts, each written by a bench of its own: the hall, and the kiosk.

use std::{fs, path::PathBuf};

/// Where the kiosk's part begins.
const KIOSK: &str = "\n# What the kiosk costs\n";

fn path() -> PathBuf {
    crate::root().join("docs/BENCHMARKS.md")
}

/// Writes the hall's part; the kiosk's stays.
///
/// # Panics
/// If the file cannot be written.
pub fn write_hall(text: &str) {
    let kept = fs::read_to_string(path()).unwrap_or_default();
    write(&put_together(text, parts(&kept).1));
}

/// Writes the kiosk's part, which begins after its heading; the hall's stays.
///
/// # Panics
/// If the file cannot be written.
pub fn write_kiosk(text: &str) {
    let kept = fs::read_to_string(path()).unwrap_or_default();
    write(&put_together(parts(&kept).0, Some(text)));
}

fn write(text: &str) {
    fs::write(path(), text).expect("docs/BENCHMARKS.md can be written");
}

fn parts(text: &str) -> (&str, Option<&str>) {
    text.split_once(KIOSK).map_or((text, None), |(hall, kiosk)| (hall, Some(kiosk)))
}

fn put_together(hall: &str, kiosk: Option<&str>) -> String {
    let hall = hall.trim_end();
    kiosk.map_or_else(|| format!("{hall}\n"), |kiosk| format!("{hall}\n{KIOSK}{kiosk}"))
}

#[cfg(test)]
mod tests {
    use super::{parts, put_together};

    #[test]
    fn each_part_is_written_and_the_other_one_stays() {
        let first = put_together("# What the hall costs\n\n1\n", None);
        assert_eq!(first, "# What the hall costs\n\n1\n");
        let both = put_together(parts(&first).0, Some("\n2\n"));
        assert_eq!(both, "# What the hall costs\n\n1\n\n# What the kiosk costs\n\n2\n");
        let again = put_together("# What the hall costs\n\n3\n", parts(&both).1);
        assert_eq!(again, "# What the hall costs\n\n3\n\n# What the kiosk costs\n\n2\n");
        assert_eq!(put_together(parts(&again).0, parts(&again).1), again);
    }
}
