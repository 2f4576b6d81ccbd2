//! The example is right, and what is wrong is told with its line.

use std::path::Path;

use super::*;

fn fault(text: &str) -> String {
    Config::parse(Path::new("kiosk.toml"), text).unwrap_err().to_string()
}

#[test]
fn the_example_is_a_configuration() {
    let config = Config::parse(Path::new("kiosk.toml"), EXAMPLE).unwrap();
    assert_eq!(config.kiosk.name, "1号取号机");
    assert_eq!(config.settings().return_after_secs, 60);
    assert!(!config.settings().speaks);
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_the_nearest_known_one() {
    let text = EXAMPLE.replace("ticket_secs = 8", "tiket_secs = 8");
    let line = text.lines().position(|line| line.starts_with("tiket_secs")).unwrap() + 1;
    let told = fault(&text);
    assert!(told.starts_with(&format!("kiosk.toml:{line}: ")), "{told}");
    assert!(told.contains("did you mean \"ticket_secs\""), "{told}");
}

#[test]
fn elders_never_get_less_than_two_minutes() {
    let told = fault(&EXAMPLE.replace("_elder = 120", "_elder = 60"));
    assert!(told.contains("must be 120 to 1200"), "{told}");
}

#[test]
fn a_place_that_is_none_is_explained() {
    let told = fault(&EXAMPLE.replace("directory:slips", "usb"));
    assert!(told.contains("tcp:HOST"), "{told}");
}

#[test]
fn paths_are_relative_to_the_file_and_the_credential_is_the_last_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kiosk.toml");
    let text = EXAMPLE.replace("# reader_socket", "reader_socket");
    std::fs::write(&path, text).unwrap();
    let config = Config::load(&path).unwrap();
    assert_eq!(config.kiosk.reader_socket, Some(folder.path().join("reader-1.sock")));
    assert_eq!(config.kiosk.data, folder.path().join("data/kiosk-1"));
    std::fs::write(folder.path().join("kiosk-1.credential"), "made for you:\nabc123\n\n").unwrap();
    assert_eq!(config.credential().unwrap(), "abc123");
}
