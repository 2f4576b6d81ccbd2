//! Every setting of the rules stands in the county hall's file, explained, with its default; and the
//! table of them in `docs/PROFILE.md` says the same. `UPDATE_GOLDEN=1` writes the table.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use hall::{
    setup::{Rules, ranges},
    words::{
        PriorityClass,
        order::{ClassOrder, ListOrder},
    },
};
use serde::Deserialize;
use serde_json::Value as Json;

use super::file;

/// What the county hall says otherwise than the default, because no default could know it.
const ITS_OWN: [&str; 3] = ["legs.cashier", "legs.pick_up", "booking.slots"];

/// What the county hall shows as a comment only: it has no such thing.
const SHOWN_ONLY: [&str; 1] = ["catalogue.written_on"];

const BEGIN: &str =
    "<!-- every setting: written by UPDATE_GOLDEN=1 cargo test -p queue-server settings -->\n";
const END: &str = "<!-- end of every setting -->\n";

/// A setting as a line of `hall.toml` shows it.
struct Line {
    key: String,
    value: String,
    /// True if the line is a comment itself.
    shown_only: bool,
    meaning: String,
}

/// The settings of `[rules]` and its tables, in the order of the file.
fn lines(text: &str) -> Vec<Line> {
    let (mut table, mut lines) = (None, Vec::new());
    for line in text.lines() {
        if line.starts_with('[') {
            let name = line.trim_start_matches("[rules").trim_start_matches('.');
            let is_rules = line.starts_with("[rules");
            table = is_rules.then(|| name.trim_end_matches(']').to_owned());
            continue;
        }
        let (Some(table), shown) = (&table, line.trim_start_matches("# ")) else { continue };
        let Some((key, rest)) = shown.split_once(" = ") else { continue };
        let (value, meaning) = rest.split_once(" # ").unwrap_or((rest, ""));
        lines.push(Line {
            key: if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") },
            value: value.trim().to_owned(),
            shown_only: line.starts_with('#'),
            meaning: meaning.trim().to_owned(),
        });
    }
    lines
}

/// The settings that the rules know, with their defaults, in their order.
fn known() -> Vec<(String, Json)> {
    fn walk(path: &str, json: &Json, into: &mut Vec<(String, Json)>) {
        let Json::Object(table) = json else {
            into.push((path.to_owned(), json.clone()));
            return;
        };
        for (key, each) in table {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            walk(&path, each, into);
        }
    }
    let mut known = Vec::new();
    walk("", &serde_json::to_value(Rules::default()).unwrap(), &mut known);
    known
}

fn county() -> Json {
    let read: toml::Table = file("hall.toml").parse().unwrap();
    serde_json::to_value(&read["rules"]).unwrap()
}

fn at<'j>(json: &'j Json, key: &str) -> Option<&'j Json> {
    key.split('.').try_fold(json, |json, part| json.get(part))
}

#[test]
fn every_setting_stands_in_the_county_halls_file_with_its_default() {
    let county = county();
    for (key, default) in known() {
        let written = at(&county, &key);
        if SHOWN_ONLY.contains(&key.as_str()) {
            assert_eq!(written, None, "{key} is shown as a comment");
        } else if ITS_OWN.contains(&key.as_str()) {
            assert!(written.is_some_and(|its| *its != default), "{key} is the hall's own");
        } else {
            assert_eq!(written, Some(&default), "{key}");
        }
    }
}

#[test]
fn every_setting_is_explained_in_chinese_and_english_where_it_stands() {
    let text = file("hall.toml");
    let lines = lines(&text);
    for (key, _) in known().into_iter().filter(|(key, _)| key != "booking.slots") {
        let line = lines.iter().find(|line| line.key == key);
        let line = line.unwrap_or_else(|| panic!("{key} stands nowhere in hall.toml"));
        assert_eq!(line.shown_only, SHOWN_ONLY.contains(&key.as_str()), "{key}");
        let (chinese, english) = line.meaning.split_once(" · ").unwrap_or_default();
        assert!(chinese.chars().any(|each| each > '\u{3000}'), "{key}: {}", line.meaning);
        assert!(english.is_ascii(), "{key}: {english}");
        assert!(english.len() > 4, "{key}: {english}");
    }
}

#[test]
fn the_table_of_every_setting_is_the_one_in_the_handbook() {
    let mut table = String::from(BEGIN);
    table.push_str("\n| setting | default | range | 说明 · meaning |\n| --- | --- | --- | --- |\n");
    let (known, text) = (known().into_iter().collect::<BTreeMap<_, _>>(), file("hall.toml"));
    for line in lines(&text).iter().filter(|line| !line.key.contains('[')) {
        assert!(known.contains_key(&line.key), "{} is no setting", line.key);
        // What is written is the default; of a hall's own there is none.
        let own = ITS_OWN.contains(&line.key.as_str()) || line.shown_only;
        let default = if own { "–".to_owned() } else { format!("`{}`", line.value) };
        let (key, range) = (&line.key, range_of(&line.key));
        writeln!(table, "| `{key}` | {default} | {range} | {} |", line.meaning).unwrap();
    }
    table.push('\n');
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/PROFILE.md");
    let handbook = fs::read_to_string(&path).unwrap();
    let (before, rest) = handbook.split_once(BEGIN).expect("the table begins");
    let (_, behind) = rest.split_once(END).expect("the table ends");
    let written = format!("{before}{table}{END}{behind}");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &written).unwrap();
        return;
    }
    for (ours, theirs) in written.lines().zip(handbook.lines()) {
        assert_eq!(ours, theirs, "UPDATE_GOLDEN=1 writes the table anew");
    }
    assert_eq!(written.lines().count(), handbook.lines().count());
}

/// What may stand there: numbers from the least to the greatest, or the words.
fn range_of(key: &str) -> String {
    let words = |words: &[&str]| {
        let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        quoted.join(", ")
    };
    let range = |rules: &Rules| {
        let found = ranges(rules).find(|(rule, ..)| *rule == key);
        found.map(|(_, _, least, most)| (least, most))
    };
    let defaults = Rules::default();
    if let Some((least, most)) = range(&defaults) {
        // A bound that moves with another setting is told by that setting's name.
        let mut bounds = (least.to_string(), most.to_string());
        for (other, _) in known().iter().filter(|(other, _)| other != key) {
            let Some((moved_least, moved_most)) = raised(other).as_ref().and_then(range) else {
                continue;
            };
            let name = other.rsplit('.').next().unwrap_or(other);
            if moved_least != least {
                bounds.0 = format!("`{name}`");
            }
            if moved_most != most {
                bounds.1 = format!("`{name}`");
            }
        }
        return format!("{}–{}", bounds.0, bounds.1);
    }
    let classes: Vec<&str> = PriorityClass::ALL.iter().map(|class| class.as_str()).collect();
    let lists: Vec<&str> = ListOrder::ALL.iter().map(|order| order.as_str()).collect();
    let orders: Vec<&str> = ClassOrder::ALL.iter().map(|order| order.as_str()).collect();
    match key {
        "order.lists" => words(&lists),
        "order.classes" => words(&orders),
        "priority.verify" => words(&classes),
        "legs.cashier" | "legs.pick_up" => "a queue".to_owned(),
        "catalogue.written_up_to" => "0 and more".to_owned(),
        "catalogue.written_on" => "a day".to_owned(),
        _ => words(&["true", "false"]),
    }
}

/// The default rules with this one number a little higher; none if it is no number.
fn raised(key: &str) -> Option<Rules> {
    let mut whole = serde_json::to_value(Rules::default()).ok()?;
    let place = key.split('.').fold(&mut whole, |json, part| &mut json[part]);
    *place = Json::from(place.as_u64()? + 1);
    Rules::deserialize(whole).ok()
}
