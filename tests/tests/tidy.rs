//! Keeps the house tidy: what a machine can check of how we write, file by file.
//!
//! A new rule is a row of [`rules::WORDS`], or a function here. Every complaint names its place and
//! says what to do.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/rules.rs"]
mod rules;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use code::Source;

/// A file longer than this is two files.
const LINES_MAX: usize = 600;

/// Folders that are made, not written.
const MADE: &[&str] =
    &[".git", "target", "data", "node_modules", "fonts", "golden", "goldens", "pictures"];

/// What is read as text.
const TEXTS: &[&str] =
    &["rs", "toml", "md", "sh", "css", "js", "html", "svg", "csv", "hall", "service", "txt"];

/// What is code, so that its length counts.
const CODE: &[&str] = &["rs", "sh", "css", "js", "html"];

#[test]
fn words_stand_only_where_they_may() {
    complain(
        sources().iter().flat_map(|source| rules::WORDS.iter().flat_map(|rule| rule.check(source))),
    );
}

#[test]
fn words_for_people_live_in_the_texts() {
    complain(sources().iter().filter(|source| is_spoken_for(source)).flat_map(|source| {
        source.code_lines().filter(|(_, line)| line.chars().any(is_chinese)).map(|(number, _)| {
            source.at(number, "a Chinese word in code: put it into assets/texts/zh-CN.toml and en.toml and ask for it by its key")
        })
    }));
}

#[test]
fn the_tests_that_stand_beside_a_pitfall_are_there() {
    let page = fs::read_to_string(root().join("docs/PITFALLS.md")).unwrap();
    let sources = sources();
    let is_there = |name: &str| {
        let said = format!("fn {name}(");
        sources.iter().any(|source| source.code_lines().any(|(_, line)| line.contains(&said)))
    };
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let mut count = 0;
    let mut wrong = Vec::new();
    for row in rows {
        let seen_by = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        for name in seen_by.split('`').skip(1).step_by(2).filter(|name| name.contains("_")) {
            count += 1;
            if seen_by.starts_with('`') && !is_there(name) {
                wrong.push(format!("docs/PITFALLS.md: there is no test {name}"));
            }
        }
    }
    assert!(count > 100, "only {count} tests were found on the page");
    complain(wrong);
}

#[test]
fn colours_live_with_the_look() {
    let free = |path: &str| rules::COLOURS.iter().any(|place| path.starts_with(place));
    let instead = "a colour as digits: take one from look or assets/web/tokens.css, or add it there by what it means";
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test() && !free(&source.path)) {
        let coloured = source.code_lines().filter(|(_, line)| has_colour(line));
        wrong.extend(coloured.map(|(number, _)| source.at(number, instead)));
    }
    for (path, text) in texts() {
        let is_web = ["css", "html", "js"].contains(&ending(&path).as_str());
        if !is_web || free(&shown(&path)) {
            continue;
        }
        let coloured = text.lines().enumerate().filter(|(_, line)| has_colour(line));
        wrong.extend(
            coloured.map(|(index, _)| format!("{}:{}: {instead}", shown(&path), index + 1)),
        );
    }
    complain(wrong);
}

#[test]
fn every_module_begins_with_its_promise() {
    let lacks = |source: &&Source| !source.is_test() && !source.text.starts_with("//!");
    complain(sources().iter().filter(lacks).map(|source| {
        source.at(1, "the file does not begin with `//!`: say in a sentence what it promises")
    }));
}

#[test]
fn files_are_short_and_named_for_what_they_are() {
    let mut wrong = Vec::new();
    for path in files() {
        let ending = ending(&path);
        let shown = shown(&path);
        if path.ends_with("mod.rs") {
            wrong.push(format!("{shown}: a module is name.rs beside name/, never mod.rs: move it"));
        }
        let lines = read(&path).lines().count();
        if CODE.contains(&ending.as_str()) && lines > LINES_MAX {
            wrong.push(format!("{shown}:{LINES_MAX}: {lines} lines, and {LINES_MAX} is the most: look for the seam and make two files"));
        }
    }
    complain(wrong);
}

#[test]
fn no_text_tells_of_the_machine_it_was_written_on() {
    complain(texts().iter().flat_map(|(path, text)| {
        let tells = |line: &str| rules::MACHINE_PATHS.iter().any(|place| line.contains(place));
        let lines = text.lines().enumerate().filter(move |(_, line)| tells(line));
        let shown = shown(path);
        lines.map(move |(index, _)| {
            format!(
                "{shown}:{}: a path of one machine: make it relative to the checkout, or a setting",
                index + 1
            )
        })
    }));
}

#[test]
fn lines_end_where_their_words_end() {
    let mut wrong = Vec::new();
    for (path, text) in texts() {
        let shown = shown(&path);
        for (index, line) in text.lines().enumerate() {
            if line.ends_with([' ', '\t', '\r']) {
                wrong.push(format!(
                    "{shown}:{}: blanks at the end of the line: remove them",
                    index + 1
                ));
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            wrong.push(format!(
                "{shown}:{}: the last line has no end: add a line break",
                text.lines().count()
            ));
        }
    }
    complain(wrong);
}

#[test]
fn a_log_in_a_file_has_no_colours() {
    let asks =
        "a log that does not ask whether it is a terminal: add `.with_ansi(….is_terminal())`";
    let starts = |source: &Source| {
        let begun =
            source.code_lines().find(|(_, line)| line.contains("tracing_subscriber::fmt()"));
        let asked = source.code_lines().any(|(_, line)| line.contains(".with_ansi("));
        begun.filter(|_| !asked).map(|(number, _)| source.at(number, asks))
    };
    complain(sources().iter().filter(|source| !source.is_test()).filter_map(starts));
}

#[test]
fn both_languages_have_the_same_texts() {
    let (chinese, english) = ("assets/texts/zh-CN.toml", "assets/texts/en.toml");
    let (ours, theirs) = (keys(chinese), keys(english));
    let lacks = |file: &str, other: &str, key: &String| {
        format!("{file}: lacks `{key}`, which {other} has: write it in both or take it out of both")
    };
    let mut wrong: Vec<String> =
        ours.difference(&theirs).map(|key| lacks(english, chinese, key)).collect();
    wrong.extend(theirs.difference(&ours).map(|key| lacks(chinese, english, key)));
    complain(wrong);
}

#[test]
fn the_tidy_test_sees_what_it_must() {
    let source = |path: &str, text: &str| Source::new(path, text.to_owned());
    let count = |source: &Source| rules::WORDS.iter().flat_map(|rule| rule.check(source)).count();
    let bad = source("kiosk/src/app.rs", "//! x\nfile.sync_data();\nlet a: HashMap<u8, u8>;\n");
    assert_eq!(count(&bad), 2);
    let good =
        source("kiosk/src/app.rs", "//! x\n// no HashMap, no sled\nlet settled = /* todo! */ 1;\n");
    assert_eq!(count(&good), 0);
    let topic = "//! x\nlet a = \"hall/county/board\";\n";
    assert_eq!(count(&source("display/src/link.rs", topic)), 1);
    assert_eq!(count(&source("wire/src/topics.rs", topic)), 0);
    assert_eq!(count(&source("display/src/link/tests.rs", topic)), 0);
    assert!(has_colour("color: #1a2b3c;") && has_colour("\"#1a2b3cff\""));
    assert!(!has_colour("TODO(#123456789)") && !has_colour("#main") && !has_colour("#123"));
    let quoted = source("kiosk/src/a.rs", "//! x\nlet a = \"// 中\"; // 中\nlet b = '\"'; // 中\n");
    let chinese: Vec<usize> = quoted
        .code_lines()
        .filter(|(_, line)| line.chars().any(is_chinese))
        .map(|(number, _)| number)
        .collect();
    assert_eq!(chinese, [2]);
}

/// The screens and servers whose words are all in the texts.
fn is_spoken_for(source: &Source) -> bool {
    let starts = |place: &&str| source.path.starts_with(*place);
    !source.is_test()
        && rules::SPEAKING_ROOMS.iter().any(starts)
        && !rules::SAMPLES.iter().any(starts)
}

/// Whether it is part of a word; a Chinese comma is not.
fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Whether there is a colour as six or eight hexadecimal digits.
fn has_colour(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let rest = &line[at + 1..];
        // `&#128276;` is a letter of a page, no colour.
        if line[..at].ends_with('&') {
            return false;
        }
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        let ends = !rest.chars().nth(digits).is_some_and(|c| c.is_alphanumeric() || c == '_');
        ends && matches!(digits, 6 | 8)
    })
}

fn sources() -> Vec<Source> {
    let rust = files().into_iter().filter(|path| ending(path) == "rs");
    rust.map(|path| Source::new(&shown(&path), read(&path))).collect()
}

fn texts() -> Vec<(PathBuf, String)> {
    let text = files().into_iter().filter(|path| TEXTS.contains(&ending(path).as_str()));
    text.map(|path| (path.clone(), read(&path))).collect()
}

fn keys(file: &str) -> BTreeSet<String> {
    fn gather(table: &toml::Table, before: &str, keys: &mut BTreeSet<String>) {
        for (key, value) in table {
            let key = if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
            if let toml::Value::Table(inner) = value {
                gather(inner, &key, keys);
            } else {
                keys.insert(key);
            }
        }
    }
    let table: toml::Table = read(&root().join(file)).parse().unwrap();
    let mut keys = BTreeSet::new();
    gather(&table, "", &mut keys);
    keys
}

fn files() -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![root()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !MADE.contains(&name.as_str()) {
                folders.push(path);
            } else if path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().into_owned()
}

/// A path as it is said: from the house on.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().into_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[track_caller]
fn complain(wrong: impl IntoIterator<Item = String>) {
    let wrong: Vec<String> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
