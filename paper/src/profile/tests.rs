use super::*;

const GENERIC: &str = include_str!("../../profiles/generic-80.toml");

#[test]
fn every_profile_is_good_and_has_the_name_of_its_file() {
    for name in Profile::names() {
        let profile = Profile::find(name).expect("a good profile");
        assert_eq!(profile.name(), name);
    }
}

#[test]
fn an_unknown_name_is_answered_with_the_known_ones() {
    let fault = Profile::find("star-80").expect_err("unknown").to_string();
    assert!(
        fault.starts_with("no printer profile is called star-80; there are generic-80,"),
        "{fault}"
    );
}

#[test]
fn a_profile_is_read_from_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, GENERIC.replace("generic-80", "mine")).expect("a file");
    let profile = Profile::find(path.to_str().expect("a path")).expect("a good profile");
    assert_eq!(profile.name(), "mine");
    let fault = Profile::find("/nowhere/mine.toml").expect_err("not there").to_string();
    assert_eq!(fault, "failed to read the printer profile /nowhere/mine.toml");
}

#[test]
fn a_wrong_profile_says_what_is_wrong() {
    let fault = |from: &str, to: &str| {
        Profile::parse(&GENERIC.replace(from, to)).expect_err("wrong").to_string()
    };
    assert!(
        fault("columns = 44", "columns = 48").ends_with("columns of 12 dots do not fit the width")
    );
    assert!(
        fault("width_dots = 576", "width_dots = 575")
            .ends_with("width_dots is not a multiple of 8")
    );
    assert!(
        fault("margin_dots = 24", "margin_dots = 600").contains("fit"),
        "a margin beyond the paper"
    );
    assert!(fault("cutter =", "knife =").contains("knife"), "an unknown key is named");
    assert!(fault("\"gb18030\"", "\"utf8\"").contains("utf8"));
}
