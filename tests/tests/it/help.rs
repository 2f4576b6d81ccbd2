//! What each program says of itself: every command and option in Chinese first, then in English.

use std::process::Command;

use tests::program;

/// What the command line's library says itself.
const OWN: [&str; 3] = ["help", "-h, --help", "-V, --version"];

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

fn help(name: &str, words: &[String]) -> String {
    let out = Command::new(program(name)).args(words).arg("--help").output().unwrap();
    assert!(out.status.success(), "{name} {words:?}");
    String::from_utf8(out.stdout).unwrap()
}

/// The entries of a help text: head and what is said, over several lines.
fn entries(help: &str) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut listing = false;
    for line in help.lines() {
        if !line.starts_with(' ') {
            listing = ["Commands:", "Options:", "Arguments:"].contains(&line);
            continue;
        }
        let (indent, text) = (line.len() - line.trim_start().len(), line.trim());
        let begins = indent <= 6 && (indent == 2 || text.starts_with('-'));
        if listing && begins {
            let (head, said) = text.split_once("  ").unwrap_or((text, ""));
            entries.push((head.to_owned(), said.trim().to_owned()));
        } else if let Some((_, said)) = entries.last_mut().filter(|_| listing) {
            said.push(' ');
            said.push_str(text);
        }
    }
    entries
}

/// Sentences that lack a language, over all commands of a program.
fn lacking(name: &str, words: &[String]) -> Vec<String> {
    let text = help(name, words);
    let mut lacking = Vec::new();
    let entries = entries(&text);
    assert!(!entries.is_empty(), "{name} {words:?} says nothing:\n{text}");
    for (head, said) in entries {
        if OWN.contains(&head.as_str()) {
            continue;
        }
        let said = said.split("[default").next().unwrap_or_default();
        let first = said.trim_start().chars().next();
        let english = said.split(is_chinese).any(|part| part.split_whitespace().count() >= 2);
        if !first.is_some_and(is_chinese) || !english {
            lacking.push(format!("{name} {} {head}: {said}", words.join(" ")));
        }
        let is_command = head.chars().all(|each| each.is_ascii_lowercase() || each == '-');
        if is_command && !head.starts_with('-') {
            lacking.extend(self::lacking(name, &[words, &[head]].concat()));
        }
    }
    lacking
}

#[test]
fn every_command_and_option_is_told_in_chinese_and_in_english() {
    let programs = ["queue-server", "kiosk", "display", "firmware-bridge", "paihao"];
    let lacking: Vec<String> = programs.iter().flat_map(|name| lacking(name, &[])).collect();
    assert!(lacking.is_empty(), "Chinese first, then English:\n{}", lacking.join("\n"));
}
