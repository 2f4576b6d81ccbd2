//! `docs/BENCHMARKS.md` has three parts, each written by a command of its own: the hall, the kiosk,
//! and the forecast, which is the last and written by `cargo waits`.

use std::{fs, path::PathBuf};

/// Where the kiosk's part begins.
const KIOSK: &str = "\n# What the kiosk costs\n";

/// Where the forecast's part begins.
const WAITS: &str = "\n# How good the hall's word is\n";

fn path() -> PathBuf {
    crate::root().join("docs/BENCHMARKS.md")
}

/// Writes the hall's part; the kiosk's stays.
///
/// # Panics
/// If the file cannot be written.
pub fn write_hall(text: &str) {
    let kept = fs::read_to_string(path()).unwrap_or_default();
    let (others, waits) = waits(&kept);
    write(&format!("{}{waits}", put_together(text, parts(others).1)));
}

/// Writes the kiosk's part, which begins after its heading; the hall's stays.
///
/// # Panics
/// If the file cannot be written.
pub fn write_kiosk(text: &str) {
    let kept = fs::read_to_string(path()).unwrap_or_default();
    let (others, waits) = waits(&kept);
    write(&format!("{}{waits}", put_together(parts(others).0, Some(text))));
}

fn write(text: &str) {
    fs::write(path(), text).expect("docs/BENCHMARKS.md can be written");
}

/// What stands before the forecast's part, and that part.
fn waits(text: &str) -> (&str, &str) {
    text.split_at(text.find(WAITS).unwrap_or(text.len()))
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
    use super::{parts, put_together, waits};

    #[test]
    fn each_part_is_written_and_the_other_one_stays() {
        let first = put_together("# What the hall costs\n\n1\n", None);
        assert_eq!(first, "# What the hall costs\n\n1\n");
        let both = put_together(parts(&first).0, Some("\n2\n"));
        assert_eq!(both, "# What the hall costs\n\n1\n\n# What the kiosk costs\n\n2\n");
        let again = put_together("# What the hall costs\n\n3\n", parts(&both).1);
        assert_eq!(again, "# What the hall costs\n\n3\n\n# What the kiosk costs\n\n2\n");
        assert_eq!(put_together(parts(&again).0, parts(&again).1), again);
        let with_waits = format!("{again}\n# How good the hall's word is\n\n4\n");
        assert_eq!(waits(&with_waits), (again.as_str(), "\n# How good the hall's word is\n\n4\n"));
        assert_eq!(waits(&again), (again.as_str(), ""));
    }
}
