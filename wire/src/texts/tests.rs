//! Every language has every key, and the same places to fill.

use super::{Language, Texts};

fn places(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn english_and_chinese_have_the_same_keys_and_places() {
    let (chinese, english) = (Texts::of(Language::Chinese), Texts::of(Language::English));
    let mut problems = Vec::new();
    for key in chinese.keys() {
        if !english.has(key) {
            problems.push(format!("en.toml lacks {key}"));
        } else if places(chinese.get(key)) != places(english.get(key)) {
            problems.push(format!("{key} has other places in en.toml than in zh-CN.toml"));
        }
    }
    problems.extend(
        english.keys().filter(|key| !chinese.has(key)).map(|key| format!("zh-CN.toml lacks {key}")),
    );
    assert!(problems.is_empty(), "add the missing texts:\n{}", problems.join("\n"));
}

#[test]
fn places_are_filled_and_a_missing_key_shows_itself() {
    let texts = Texts::of(Language::Chinese);
    assert_eq!(texts.fill("strip.please", &[("no", &"A012")]), "请 A012 号");
    assert_eq!(texts.get("no.such.key"), "no.such.key");
}
