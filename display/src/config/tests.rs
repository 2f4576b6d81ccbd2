//! A wrong configuration is told with its place.

use std::path::Path;

use super::{Config, SpeakerKind};

const SHORT: &str = r#"
hall = "yunxi"
screen = "screen-1"
voice = "voice-1"
[broker]
host = "127.0.0.1"
port = 1883
user = "display-1"
password = "p"
"#;

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(Path::new("display.toml"), text).map_err(|fault| fault.to_string())
}

#[test]
fn a_short_file_has_the_usual_settings() {
    let config = parse(SHORT).unwrap();
    assert_eq!(config.show.lost_after_secs.get(), 10);
    assert_eq!(config.speech.speaker, SpeakerKind::Espeak);
    assert_eq!(config.speech.voice, "cmn-latn-pinyin");
    assert_eq!(config.broker.secret().unwrap(), "p");
}

#[test]
fn an_unknown_key_is_an_error_with_its_line() {
    let problem = parse(&format!("{SHORT}\n[show]\nblink = 3\n")).unwrap_err();
    assert!(problem.contains("line 12") && problem.contains("blinks"), "{problem}");
}

#[test]
fn a_file_that_asks_for_nothing_is_refused() {
    let text = SHORT.replace("screen =", "# screen =").replace("voice =", "# voice =");
    assert!(parse(&text).unwrap_err().contains("nothing to show or say"));
}

#[test]
fn the_sample_file_of_the_house_is_right() {
    let sample = include_str!("../../../assets/config/display.toml");
    parse(sample).unwrap();
}
