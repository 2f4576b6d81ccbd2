//! `docs/BENCHMARKS.md` has four parts, each written by a command of its own: the hall, the kiosk, the
//! pages, whose sections are written one by one, and the forecast, which is the last and written by
//! `cargo waits`.

use std::{fs, path::PathBuf};

/// Where the kiosk's part begins.
const KIOSK: &str = "\n# What the kiosk costs\n";

/// Where the pages' part begins.
const PAGES: &str = "\n# What the pages cost\n";

/// Where the forecast's part begins.
const WAITS: &str = "\n# How good the hall's word is\n";

fn path() -> PathBuf {
    crate::root().join("docs/BENCHMARKS.md")
}

/// Writes the hall's part; the others stay.
///
/// # Panics
/// If the file cannot be written.
pub fn write_hall(text: &str) {
    let kept = fs::read_to_string(path()).unwrap_or_default();
    let (others, rest) = rest(&kept);
    write(&format!("{}{rest}", put_together(text, parts(others).1)));
}

/// Writes the kiosk's part, which begins after its heading; the others stay.
///
/// # Panics
/// If the file cannot be written.
pub fn write_kiosk(text: &str) {
    let kept = fs::read_to_string(path()).unwrap_or_default();
    let (others, rest) = rest(&kept);
    write(&format!("{}{rest}", put_together(parts(others).0, Some(text))));
}

/// Writes one section of the pages' part, which is named by its heading; everything else stays.
///
/// # Panics
/// If the file cannot be written.
pub fn write_pages(heading: &str, text: &str) {
    let kept = fs::read_to_string(path()).unwrap_or_default();
    let (others, rest) = rest(&kept);
    let (pages, waits) = rest.split_at(rest.find(WAITS).unwrap_or(rest.len()));
    let sections = pages.strip_prefix(PAGES).unwrap_or_default();
    write(&format!("{others}{PAGES}{}{waits}", with_section(sections, heading, text)));
}

/// The sections with this one in its place, or at the end if it is new.
fn with_section(sections: &str, heading: &str, text: &str) -> String {
    let begins = format!("\n## {heading}\n");
    let section = format!("{begins}\n{}\n", text.trim());
    let Some(at) = sections.find(&begins) else {
        return format!("{sections}{section}");
    };
    let after = &sections[at + begins.len()..];
    let next = after.find("\n## ").map_or("", |next| &after[next..]);
    format!("{}{section}{next}", &sections[..at])
}

fn write(text: &str) {
    fs::write(path(), text).expect("docs/BENCHMARKS.md can be written");
}

/// The hall's and the kiosk's parts, and those behind them.
fn rest(text: &str) -> (&str, &str) {
    let begins = [PAGES, WAITS].into_iter().filter_map(|heading| text.find(heading)).min();
    text.split_at(begins.unwrap_or(text.len()))
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
    use super::{parts, put_together, rest, with_section};

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
        assert_eq!(rest(&with_waits), (again.as_str(), "\n# How good the hall's word is\n\n4\n"));
        assert_eq!(rest(&again), (again.as_str(), ""));
    }

    #[test]
    fn a_section_is_written_in_its_place() {
        let one = with_section("", "One", "1\n");
        let both = with_section(&one, "Two", "2\n");
        assert_eq!(both, "\n## One\n\n1\n\n## Two\n\n2\n");
        assert_eq!(with_section(&both, "One", "3"), "\n## One\n\n3\n\n## Two\n\n2\n");
        assert_eq!(with_section(&both, "Two", "4"), "\n## One\n\n1\n\n## Two\n\n4\n");
    }
}
