//! What a line of the trail is about, as its readers say it: the trail itself keeps the route and its fields.

use wire::texts::Texts;

use crate::http::audited::NAMING;

/// Segments of a path after which something is named.
const NAMED: &[(&str, &str)] = &[
    ("alerts", "alert"),
    ("cases", "case"),
    ("matters", "matter"),
    ("post-changes", "id"),
    ("queues", "queue"),
    ("staff", "staff"),
    ("tickets", "ticket"),
    ("visits", "visit"),
    ("windows", "window"),
];

/// Endings of what is taken out of the house.
const FILES: &[&str] = &[".csv", ".xlsx", ".zip"];

/// "POST /windows/20/lend queue=A minutes=60" as "借用队列：窗口 20，队列 A，分钟 60"; what nobody has words
/// for stays as it was written.
pub fn readable(about: &str, texts: &Texts) -> String {
    let mut words = about.split(' ').filter(|word| !word.is_empty()).peekable();
    // The method says nothing that the words do not.
    let is_method =
        |word: &&str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let _method = words.next_if(is_method);
    let Some(address) = words.next_if(|word| word.starts_with('/')) else {
        return told(&fields(about.split(' ')), texts);
    };
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let (key, mut named) = act_of(path);
    let key = format!("audit_act.{key}");
    if !texts.has(&key) {
        return about.to_owned();
    }
    named.extend(fields(query.split('&')));
    named.extend(fields(words));
    let act = texts.get(&key);
    let told = told(&named, texts);
    if told.is_empty() {
        act.to_owned()
    } else {
        texts.fill("audit.act_of", &[("act", &act), ("what", &told)])
    }
}

/// The key of an act's words, and what its path names.
pub fn act_of(path: &str) -> (String, Vec<(String, String)>) {
    let (mut key, mut named) = (Vec::new(), Vec::new());
    let mut names: Option<&str> = None;
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        if let Some(name) = names.take() {
            named.push((name.to_owned(), segment.to_owned()));
            continue;
        }
        names = NAMED.iter().find(|(list, _)| *list == segment).map(|(_, name)| *name);
        key.push(segment);
    }
    let mut key = key.join("_").replace('-', "_");
    if let Some(file) = FILES.iter().find(|ending| key.ends_with(**ending)) {
        key.truncate(key.len() - file.len());
        key.push_str("_file");
    }
    (key, named)
}

/// Names and values; a value may have blanks, and goes on to the next name.
fn fields<'w>(words: impl Iterator<Item = &'w str>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        match (word.split_once('='), all.last_mut()) {
            (Some((name, value)), _) if is_name(name) => {
                all.push((name.to_owned(), value.to_owned()))
            }
            (_, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (_, None) => all.push((String::new(), word.to_owned())),
        }
    }
    all.retain(|(_, value)| !value.is_empty());
    all
}

/// What a line may name, and what a file is asked for by.
fn is_name(name: &str) -> bool {
    const ASKED: &[&str] = &["credential", "day", "month", "period", "who", "week", "of"];
    NAMING.contains(&name) || ASKED.contains(&name)
}

fn told(named: &[(String, String)], texts: &Texts) -> String {
    let each = |(name, value): &(String, String)| {
        let value = value_word(name, value, texts);
        let key = format!("audit_field.{name}");
        if texts.has(&key) { format!("{} {value}", texts.get(&key)) } else { value }
    };
    named.iter().map(each).collect::<Vec<_>>().join(texts.get("pages.join"))
}

/// A word of the program as people say it.
fn value_word(name: &str, value: &str, texts: &Texts) -> String {
    let places: &[&str] = match name {
        "" | "act" | "what" | "fits" | "key" => &["audit_value."],
        "does" => &["task.do_", "audit_value."],
        "kind" => &["audit.kind_", "audit_value."],
        "outcome" => &["matter_outcome."],
        "role" => &["role."],
        "period" => &["report.length_"],
        _ => &[],
    };
    let known = places.iter().map(|place| format!("{place}{value}")).find(|key| texts.has(key));
    known.map_or_else(|| value.to_owned(), |key| texts.get(&key).to_owned())
}
