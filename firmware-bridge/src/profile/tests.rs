//! What a profile may say, and what it is told.

use wire::device::PadKey;

use super::*;

const PAD: &str = include_str!("../../profiles/pad-s11.toml");
const EVALUATOR: &str = include_str!("../../profiles/evaluator-s11.toml");
const CARD: &str = include_str!("../../profiles/strip-bx5k.toml");
const DESCRIBED: &str = include_str!("../../profiles/pad-example.toml");
const POLLED: &str = include_str!("../../profiles/pad-qm.toml");

/// The text with this line instead of the one that has the key, or with it as its first line.
fn with(text: &str, key: &str, line: &str) -> String {
    let has = |found: &&str| found.split('=').next().is_some_and(|name| name.trim() == key);
    match text.lines().find(has) {
        Some(old) => text.replace(&format!("{old}\n"), &format!("{line}\n")),
        None => format!("{line}\n{text}"),
    }
}

fn told(text: &str) -> String {
    Profile::parse("x", text).map_or_else(|bad| bad.to_string(), |_| "good".to_owned())
}

#[test]
fn no_number_may_silence_a_line_or_keep_it_busy() {
    for (text, key, values) in [
        (CARD, "refresh_secs", [4_000, i64::MAX]),
        (CARD, "answer_millis", [6_000, i64::MAX]),
        (CARD, "pace_millis", [20_000, i64::MAX]),
        (CARD, "timeout_secs", [3_601, 65_535]),
        (POLLED, "poll_millis", [20_000, i64::MAX]),
        (PAD, "gap_millis", [3_000, i64::MAX]),
        (PAD, "debounce_millis", [6_000, i64::MAX]),
        (PAD, "baud", [0, 4_000_000_000]),
        (CARD, "retries", [11, 255]),
    ] {
        for value in values {
            let told = told(&with(text, key, &format!("{key} = {value}")));
            let both = told.contains("只能是") && told.contains("it goes from");
            assert!(both && told.contains(key), "{key} = {value}: {told}");
        }
    }
    let blink = "[blink]\ntimes = 3\non_millis = 500\noff_millis = 99999999\n";
    assert!(told(&format!("{PAD}\n{blink}")).contains("blink.off_millis"));
    assert!(told(&with(POLLED, "poll_millis", "poll_millis = 20")).contains("100"));
    assert!(told(&with(CARD, "answer_millis", "answer_millis = 0")).contains("answer_millis"));
    for good in [PAD, EVALUATOR, CARD, DESCRIBED, POLLED] {
        assert_eq!(told(good), "good");
    }
}

#[test]
fn a_key_and_a_grade_mean_the_same_however_their_bytes_are_written() {
    let plain = Profile::parse("x", PAD).unwrap();
    let lower = PAD.replace("\"0C\"", "\"c\"").replace("\"6+0F\"", "\" 6 + 0f \"");
    let lower = Profile::parse("x", &lower).unwrap();
    assert_eq!(lower.keys, plain.keys);
    assert_eq!(lower.key(&[0x0C]), Some(PadKey::CallNext));
    assert_eq!(lower.key(&[6, 0x0F]), Some(PadKey::NoShow));
    let grades = |table: &str| {
        let head = EVALUATOR.split("[grades]").next().unwrap();
        Profile::parse("x", &format!("{head}[grades]\n{table}"))
    };
    let short = grades("\"0\" = 1\n\"1\" = 3\n\"0a\" = 5\n").unwrap();
    assert_eq!(short.grade(&[0x01]), Said::Grade { level: 3, scale: 3 });
    assert_eq!(short.grade(&[0x0A]), Said::Grade { level: 5, scale: 3 });
    assert_eq!(grades("\"1\" = 3\n\"01\" = 4\n").unwrap_err().why.matches("twice").count(), 1);
    assert!(grades("\"+1\" = 3\n").is_err() && grades("\"\" = 3\n").is_err());
    let described = Profile::parse("x", DESCRIBED).unwrap();
    let (bytes, meaning) = described.keys.iter().next().unwrap();
    let written = bytes.to_lowercase().replace("00", "0");
    let other = DESCRIBED.replace(&format!("\"{bytes}\""), &format!("\"{written}\""));
    assert_ne!(other, DESCRIBED, "{bytes}");
    let other = Profile::parse("x", &other).unwrap();
    assert_eq!(other.keys.get(bytes), Some(meaning));
    assert_eq!(other.key_of_bytes(bytes), described.key_of_bytes(bytes));
}

#[test]
fn two_keys_that_are_one_are_told() {
    let twice = PAD.replace("\"0D\" =", "\"c\" =");
    let told = told(&twice);
    assert!(told.contains("出现两次") && told.contains("twice"), "{told}");
}
