//! `show figure wait` and `show figure wait queue=A`: an indicator with its base, of the hall or of a
//! group, as the figures define it.

use std::format;

use alloc::string::String;

use super::named;
use crate::{
    Hall,
    time::Timestamp,
    views::indicators::{self, define::Value, group::Group},
    words::indicator::{Grouping, Indicator},
};

pub(super) fn show(hall: &Hall, at: Timestamp, words: &[&str]) -> String {
    let indicator = Indicator::parse(words[1]).unwrap();
    let rules = hall.setup().rules();
    let sums = indicators::of_day(hall, at, super::EIGHT, Grouping::ALL);
    let value = indicator.of(&sums.of(group(words)), rules);
    let told = told(value);
    match (value.number(), indicator.target(rules)) {
        (Some(number), Some(target)) => {
            format!("{told}, {}", if target.is_met(number) { "on target" } else { "off target" })
        }
        _ => told,
    }
}

fn group(words: &[&str]) -> Group {
    let groups: [Option<Group>; 7] = [
        named(words, "zone").map(|id| Group::Zone(id.parse().unwrap())),
        named(words, "department").map(|id| Group::Department(id.parse().unwrap())),
        named(words, "queue").map(|id| Group::Queue(id.parse().unwrap())),
        named(words, "item").map(|id| Group::Item(id.parse().unwrap())),
        named(words, "window").map(|id| Group::Window(id.parse().unwrap())),
        named(words, "clerk").map(|id| Group::Clerk(id.parse().unwrap())),
        named(words, "device").map(|id| Group::Device(id.parse().unwrap())),
    ];
    groups.into_iter().flatten().next().unwrap_or(Group::Hall)
}

fn told(value: Value) -> String {
    let Some(number) = value.number() else {
        return format!("none of {}", value.base().unwrap_or(0.0));
    };
    match value {
        Value::Count(count) => format!("{count}"),
        Value::Share(share) => format!("{} of {}, {number:.1} %", share.part, share.whole),
        Value::ShareOfTime(share) => {
            let secs = |millis: u64| millis / 1_000;
            format!("{} of {} s, {number:.1} %", secs(share.part), secs(share.whole))
        }
        Value::Rate { part, whole } => format!("{part} for {whole:.2}, {number:.2} each"),
        Value::Spread(Some(spread)) => format!(
            "mean {:.1} s, median {}, ninth {}, max {} of {}",
            spread.mean_secs, spread.median_secs, spread.p90_secs, spread.max_secs, spread.count
        ),
        Value::Spread(None) => String::from("none"),
        Value::Time { span, count } => format!("{} s of {count}", span.as_secs()),
        Value::MeanTime { span, count } => {
            format!("{} s of {count}, {number} min each", span.as_secs())
        }
        Value::Points { count, .. } => format!("{number:.1} of {count}"),
    }
}

#[test]
fn every_indicator_stands_in_a_script_that_was_reckoned_by_hand() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let texts = std::fs::read_dir(folder).unwrap();
    let texts: std::vec::Vec<_> =
        texts.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let is_shown = |indicator: &Indicator| {
        let wanted = format!("show figure {indicator} ");
        texts.iter().any(|text| text.contains(&wanted))
    };
    let missing: std::vec::Vec<_> =
        Indicator::ALL.iter().filter(|indicator| !is_shown(indicator)).collect();
    assert!(missing.is_empty(), "no script shows {missing:?}");
}
