//! A hall's own words are checked against the built-in ones.

use std::{fs, path::Path};

use wire::texts::Language;

use super::super::{Problem, Profile};

/// The small hall with these files in its folder of texts.
fn with(files: &[(&str, &str)]) -> Result<Profile, Vec<Problem>> {
    let folder = tempfile::tempdir().unwrap();
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/profile/tests/small");
    for file in ["hall.toml", "items.csv", "calendar.toml", "staff.toml", "devices.toml"] {
        fs::copy(small.join(file), folder.path().join(file)).unwrap();
    }
    fs::create_dir(folder.path().join("texts")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join("texts").join(name), text).unwrap();
    }
    Profile::read(folder.path())
}

fn told(text: &str) -> Vec<String> {
    let problems = with(&[("zh-CN.toml", text)]).unwrap_err();
    problems.iter().map(|each| format!("{} {}", each.place(), each.code)).collect()
}

#[test]
fn own_words_are_read_and_change_the_version() {
    let plain = with(&[]).unwrap();
    assert!(plain.texts.is_empty());
    let words = "[strip]\nwelcome = \"{name} 为您服务\"\n[desk]\n";
    let profile = with(&[("zh-CN.toml", words)]).unwrap();
    assert_eq!(profile.texts[&Language::Chinese]["strip.welcome"], "{name} 为您服务");
    assert_ne!(profile.version, plain.version);
    let again = Profile::of((*profile.sources).clone()).unwrap();
    assert_eq!((again.texts, again.version), (profile.texts, profile.version));
}

#[test]
fn each_wrong_word_is_told_with_its_line() {
    assert_eq!(told("[strip]\nwelcom = \"欢迎\""), ["texts/zh-CN.toml:2 unknown_key"]);
    assert_eq!(told("[strip]\nwelcome = \"欢迎\""), ["texts/zh-CN.toml:2 text_without_place"]);
    assert_eq!(
        told("[strip]\n\nwelcome = \"{nme} 为您服务\""),
        ["texts/zh-CN.toml:3 text_without_place", "texts/zh-CN.toml:3 text_of_no_place"]
    );
    assert_eq!(told("[strip]\npaused = \" \""), ["texts/zh-CN.toml:2 empty"]);
    assert_eq!(told("[strip]\npaused = 5"), ["texts/zh-CN.toml:2 wrong_type"]);
    assert_eq!(told("[strip]\npaused = \"请稍\\n候\""), ["texts/zh-CN.toml:2 text_too_long"]);
    assert_eq!(told("[check]\nempty = \"空\""), ["texts/zh-CN.toml:1 texts_section"]);
    assert_eq!(told("[strip"), ["texts/zh-CN.toml:1 syntax"]);
}

#[test]
fn the_sentences_name_the_nearest_and_what_is_filled_in() {
    let sentence = |text: &str| with(&[("zh-CN.toml", text)]).unwrap_err()[0].to_string();
    let near = sentence("[strip]\nwelcom = \"欢迎\"");
    assert!(near.contains("是不是 strip.welcome？"), "{near}");
    let place = sentence("[strip]\nwelcome = \"欢迎\"");
    assert!(place.contains("缺少 {name}") && place.contains("lacks {name}"), "{place}");
    let section = sentence("[chek]\nempty = \"空\"");
    assert!(section.contains("strip, voice, kiosk"), "{section}");
    let file = with(&[("zh-cn.toml", "")]).unwrap_err()[0].to_string();
    assert!(file.starts_with("texts/zh-cn.toml: unknown_file"), "{file}");
    assert!(file.contains("是不是 texts/zh-CN.toml？"), "{file}");
}
