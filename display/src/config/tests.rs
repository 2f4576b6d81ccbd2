//! A wrong configuration is told with its place.

use std::path::Path;

use wire::screens::{Role, Sought};

use super::{Asked, Config, Shows, SpeakerKind};

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
    parse_as(text, Asked::default())
}

fn parse_as(text: &str, asked: Asked) -> Result<Config, String> {
    Config::parse(Path::new("display.toml"), text, asked).map_err(|fault| fault.to_string())
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
    let problem = parse(&text).unwrap_err();
    assert!(
        problem.contains("至少写一个") && problem.contains("nothing to show or say"),
        "{problem}"
    );
}

#[test]
fn a_screen_is_named_or_has_a_role_at_a_place_and_the_command_line_goes_first() {
    let placed = SHORT.replace("screen = \"screen-1\"", "role = \"window\"\nwindow = \"3A\"");
    let window = |id: &str| Some(id.parse().unwrap());
    let sought = |role, window| Some(Shows::Place(Sought { role, zone: None, window }));
    assert_eq!(parse(&placed).unwrap().shows(), sought(Role::Window, window("3A")));
    let asked = Asked { role: Some(Role::Evaluator), window: window("4"), ..Asked::default() };
    for text in [SHORT, &placed] {
        let config = parse_as(text, asked).unwrap();
        assert_eq!(config.shows(), sought(Role::Evaluator, window("4")));
    }
    let device = "screen-2".parse().unwrap();
    let asked = Asked { screen: Some(device), ..Asked::default() };
    assert_eq!(parse_as(&placed, asked).unwrap().shows(), Some(Shows::Device(device)));
}

#[test]
fn a_place_without_a_role_a_second_name_and_a_wrong_role_are_told() {
    let told = |line: &str| parse(&SHORT.replace("screen = \"screen-1\"", line)).unwrap_err();
    let problem = told("zone = \"A\"");
    assert!(problem.contains("还要写 role") && problem.contains("also write a role"), "{problem}");
    let problem = told("screen = \"screen-1\"\nrole = \"hall\"");
    assert!(problem.contains("就不要再写") && problem.contains("leave out role"), "{problem}");
    let problem = told("role = \"wall\"");
    assert!(problem.contains("wall") && problem.contains("evaluator"), "{problem}");
}

#[test]
fn what_cannot_be_read_is_said_in_both_languages() {
    let absent = Config::read(Path::new("/nowhere/display.toml")).unwrap_err().to_string();
    assert!(absent.contains("文件读不出来") && absent.contains("cannot be read"), "{absent}");
    let no_password = parse(&SHORT.replace("password = \"p\"\n", "")).unwrap();
    let problem = no_password.broker.secret().unwrap_err().to_string();
    assert!(problem.contains("password_file") && problem.contains("里要写"), "{problem}");
}

#[test]
fn the_sample_file_of_the_house_is_right() {
    let sample = include_str!("../../../assets/config/display.toml");
    parse(sample).unwrap();
}
