//! The server's own file: defaults, an outside broker, and every problem at once.

use super::Settings;

fn parse(text: &str) -> Result<Settings, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("password"), "secret\n").unwrap();
    Settings::parse("server.toml", text, folder.path())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let settings = parse("").unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(settings.outside_broker.is_none());
    assert!(settings.limits.requests_per_second > 0);
}

#[test]
fn an_outside_broker_has_its_password_in_a_file() {
    let text = "[broker]\nhost = \"mq\"\nuser = \"paihao\"\npassword_file = \"password\"\n\
                [limits]\nrequests_per_second = 0\n";
    let settings = parse(text).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let broker = settings.outside_broker.unwrap();
    assert_eq!((broker.port, broker.password.as_deref()), (1_883, Some("secret")));
    assert_eq!(settings.limits.requests_per_second, 0);
}

#[test]
fn every_problem_is_told_at_once_with_the_nearest_key() {
    let bare = "[broker]\nhost = \"mq\"\nuser = \"paihao\"\n";
    let told = |more: &str| parse(&format!("{bare}{more}")).err().unwrap().join("\n");
    assert!(told("").contains("certificate_file"), "{}", told(""));
    let half = told("certificate_file = \"a\"\nauthority_file = \"c\"\n");
    assert!(half.contains("要一起写") && half.contains("go together"), "{half}");
    let text = "public_uri = \"x\"\n[broker]\nhost = \"mq\"\n[limits]\nbody_bytes = 3\n";
    let problems = parse(text).err().unwrap();
    assert_eq!(problems.len(), 4, "{problems:#?}");
    assert!(problems.iter().any(|problem| problem.contains("public_url")), "{problems:#?}");
    assert!(problems.iter().any(|problem| problem.contains("body_bytes_max")), "{problems:#?}");
}
