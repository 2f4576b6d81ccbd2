//! Every language has every key, and the same places to fill.

use super::{Language, Texts};

fn places(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> =
        text.split('{').skip(1).filter_map(|r| r.split('}').next()).collect();
    // A word that goes with a number is English's own.
    found.retain(|place| !place.contains('|'));
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

#[test]
fn a_word_goes_with_its_number() {
    let texts = Texts::of(Language::English);
    assert_eq!(texts.fill("desk.of_cases", &[("n", &1)]), "1 case");
    assert_eq!(texts.fill("desk.of_cases", &[("n", &0)]), "0 cases");
    assert_eq!(texts.word("pages.people", 1), "person");
    assert_eq!(texts.word("pages.people", "–"), "people");
}

/// Places that hold how many there are of what stands behind them.
const COUNTS: [&str; 14] = [
    "n", "all", "ahead", "calls", "count", "days", "issued", "minutes", "missing", "most", "secs",
    "tries", "waiting", "warnings",
];

#[test]
fn no_english_text_says_1_cases() {
    let english = Texts::of(Language::English);
    let mut problems = Vec::new();
    for key in english.keys() {
        for rest in english.get(key).split('{').skip(1) {
            let Some((place, after)) = rest.split_once("} ") else { continue };
            let word: String =
                after.chars().take_while(|each| each.is_ascii_alphabetic()).collect();
            let is_plural = word.len() > 3 && word.ends_with('s') || word == "people";
            if is_plural && COUNTS.contains(&place) {
                problems.push(format!("{key}: write {{{place}|one|{word}}} for \"{word}\""));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn english_has_no_chinese_signs() {
    let english = Texts::of(Language::English);
    let wide = |key: &&str| english.get(key).contains(['“', '”', '，', '。', '：', '（', '）']);
    // A name in its own language is none of English's words.
    let wrong: Vec<&str> = english.keys().filter(wide).collect();
    assert!(wrong.is_empty(), "the Chinese fonts draw these as wide as a hanzi: {wrong:?}");
}
