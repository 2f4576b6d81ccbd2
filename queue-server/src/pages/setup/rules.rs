//! 规则: every setting that the hall's rules know, group by group, as the draft has it.
//!
//! The rules are a value that writes itself; what it writes is what can be set here. So a new rule of the
//! hall needs a name in both languages, and no line here.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{
    Form as Sent,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::setup::{Rules, ranges};
use serde::Deserialize;
use serde_json::Value as Json;
use wire::texts::Texts;

use super::{SetupReader, Shared, Shell, html, may::May, said::Said, sent, words::Words};
use crate::{
    draft::DraftFault,
    http::audited::Told,
    profile::{
        Sources,
        forms::{
            self, BETWEEN, EditFault, Form, Shape,
            own::{Settings, put_setting},
        },
    },
};

/// Where rules stand.
const FILE: &str = "hall.toml";

/// The table of them.
const TABLE: &str = "rules";

/// Letters of a value.
const CHARS_MAX: usize = 200;

/// What the catalogue itself writes, and nobody else.
const NOT_HERE: &[&str] = &["catalogue"];

/// Words to choose from, by the rule.
const CHOICES: &[(&str, Shape)] = &[
    ("order.lists", Shape::One(&["primary_first", "longest_wait"])),
    ("order.classes", Shape::One(&["guarded", "ratio", "weights"])),
    (
        "priority.verify",
        Shape::Some(&["special", "military", "vulnerable", "transferred", "booked"]),
    ),
    ("legs.cashier", Shape::Of("queues")),
    ("legs.pick_up", Shape::Of("queues")),
];

/// A setting, with its default.
#[derive(Debug, Clone, PartialEq)]
struct Rule {
    /// "alerts.queue_red".
    path: String,
    shape: Shape,
    default: String,
}

impl Rule {
    fn path(&self) -> Vec<&str> {
        std::iter::once(TABLE).chain(self.path.split('.')).collect()
    }

    /// As the file says it, or its default.
    fn now(&self, file: &Settings<'_>) -> String {
        file.at(&self.path()).unwrap_or_else(|| self.default.clone())
    }

    fn name(&self, texts: &Texts) -> String {
        texts.get(&format!("setup.setting.rules_{}", self.path.replace('.', "_"))).to_owned()
    }
}

/// A group's word, empty for the first; and its rules.
type Group = (String, Vec<Rule>);

/// Units that a rule's name ends with.
const UNITS: &[&str] = &["millis", "secs", "minutes", "working_days", "days", "years", "percent"];

/// Every setting that can be changed here, as the rules write themselves.
fn groups() -> Vec<Group> {
    let order = written();
    let place = |path: &str| order.iter().position(|each| each == path).unwrap_or(order.len());
    let mut groups = unsorted();
    groups.iter_mut().for_each(|(_, rules)| rules.sort_by_key(|rule| place(&rule.path)));
    groups.sort_by_key(|(_, rules)| rules.first().map(|rule| place(&rule.path)));
    groups
}

/// The paths of all rules in the order in which they are written.
fn written() -> Vec<String> {
    let text = toml::to_string(&Rules::default()).unwrap_or_default();
    let mut table = String::new();
    let mut paths = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            table = format!("{name}.");
        } else if let Some((key, _)) = line.split_once(" = ") {
            paths.push(format!("{table}{key}"));
        }
    }
    paths
}

fn unsorted() -> Vec<Group> {
    let Ok(Json::Object(all)) = serde_json::to_value(Rules::default()) else { return Vec::new() };
    let above = all.iter().filter_map(|(key, value)| rule(key, value)).collect();
    let below = all.iter().filter_map(|(word, group)| {
        let group = group.as_object().filter(|_| !NOT_HERE.contains(&word.as_str()))?;
        let rules = group.iter().filter_map(|(key, value)| rule(&format!("{word}.{key}"), value));
        Some((word.clone(), rules.collect()))
    });
    std::iter::once((String::new(), above)).chain(below).collect()
}

fn rule(path: &str, value: &Json) -> Option<Rule> {
    let chosen = CHOICES.iter().find(|(known, _)| *known == path).map(|(_, shape)| *shape);
    let (shape, default) = match value {
        Json::Bool(truth) => (Shape::Flag(*truth), truth.to_string()),
        Json::Number(number) => (Shape::Number, number.to_string()),
        Json::String(word) => (chosen.unwrap_or(Shape::Text), word.clone()),
        Json::Null => (chosen.unwrap_or(Shape::Text), String::new()),
        // Lists of tables have a page of their own.
        Json::Array(values) => {
            let words: Vec<&str> = values.iter().filter_map(Json::as_str).collect();
            (chosen?, words.join(&BETWEEN.to_string()))
        }
        Json::Object(_) => return None,
    };
    Some(Rule { path: path.to_owned(), shape, default })
}

struct Choice {
    value: String,
    name: String,
    on: bool,
}

struct Input {
    key: String,
    id: String,
    name: String,
    /// `flag`, `one`, `some` or `text`.
    kind: &'static str,
    choices: Vec<Choice>,
    /// Nothing may be chosen.
    may_be_empty: bool,
    value: String,
    /// The range, and what is usual.
    hint: String,
    wrong: Vec<String>,
}

struct Way {
    href: String,
    name: String,
    here: bool,
}

struct View {
    said: Option<Said>,
    title: String,
    group: String,
    groups: Vec<Way>,
    inputs: Vec<Input>,
    was: String,
    may: bool,
    is_drafted: bool,
}

#[derive(Template)]
#[template(path = "setup_rules.html")]
struct Page {
    s: Shell,
    v: View,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    group: String,
    said: Option<String>,
}

/// `GET /setup/rules?group=alerts`.
pub async fn page(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(asked): Query<Asked>,
) -> Response {
    if !groups().iter().any(|(word, _)| *word == asked.group) {
        return Redirect::to("/setup/rules").into_response();
    }
    let s = Shell::of(&app, &reader, "/setup");
    let sources = app.drafts.sources(&app.profile);
    let said = asked.said.as_deref().and_then(|word| Said::of(word, s.t));
    let problems = app.drafts.problems();
    let wrong = |path: &str| {
        let of_rule = problems.iter().filter(|each| each.file == FILE && each.key() == Some(path));
        of_rule.map(|each| each.sentence(s.t.language())).collect()
    };
    let v = View {
        is_drafted: app.drafts.look(|kept| kept.draft.is_some()),
        ..filled(&asked.group, &sources, &BTreeMap::new(), &wrong, May::of(&reader), s.t)
    };
    let wrong = || v.inputs.iter().filter(|input| !input.wrong.is_empty());
    let first = wrong().next().map(|input| input.id.clone());
    let said = said.map(|said| said.beside(wrong().count(), first, s.t));
    html(&Page { s, v: View { said, ..v } }).into_response()
}

/// How a setting is written, by its path below the rules: "order.lists".
pub fn shape_of(path: &str) -> Option<Shape> {
    CHOICES.iter().find(|(known, _)| *known == path).map(|(_, shape)| *shape)
}

fn filled(
    word: &str,
    sources: &Sources,
    typed: &BTreeMap<String, String>,
    wrong: &dyn Fn(&str) -> Vec<String>,
    may: May,
    texts: &'static Texts,
) -> View {
    let all = groups();
    let found = all.iter().find(|(known, _)| known == word).or_else(|| all.first());
    let (group, rules) = found.cloned().unwrap_or_default();
    let words = Words::new(sources, sources, texts);
    let file = Settings::of(sources, FILE);
    let in_draft = in_draft(&file);
    let input = |rule: &Rule| {
        let now = typed.get(&rule.path).cloned().unwrap_or_else(|| rule.now(&file));
        input(rule, now, (sources, &in_draft), (&words, wrong(&rule.path)), texts)
    };
    let way = |(word, _): &Group| Way {
        href: format!("/setup/rules?group={word}"),
        name: short(word, texts),
        here: *word == group,
    };
    View {
        said: None,
        title: title(&group, texts),
        groups: all.iter().map(way).collect(),
        inputs: rules.iter().map(input).collect(),
        was: mark(&rules, sources),
        group,
        may: may.approves,
        is_drafted: false,
    }
}

fn title(group: &str, texts: &Texts) -> String {
    let key = if group.is_empty() { TABLE.to_owned() } else { format!("{TABLE}_{group}") };
    texts.get(&format!("setup.table.{key}")).to_owned()
}

/// The title without the word that all share.
fn short(group: &str, texts: &Texts) -> String {
    if group.is_empty() {
        return texts.get("setup.rules_first").to_owned();
    }
    let title = title(group, texts);
    let (_, own) = title.split_once(['\u{ff1a}', ':']).unwrap_or(("", &title));
    own.trim().to_owned()
}

fn input(
    rule: &Rule,
    value: String,
    (sources, in_draft): (&Sources, &Rules),
    (words, mut wrong): (&Words, Vec<String>),
    texts: &Texts,
) -> Input {
    let key = rule.path.rsplit('.').next().unwrap_or_default();
    let (kind, known) = match rule.shape {
        Shape::Flag(_) => ("flag", Vec::new()),
        Shape::One(known) => ("one", named(key, known, words)),
        Shape::Some(known) => ("some", named(key, known, words)),
        Shape::Of(list) => {
            let rows = Form::of(list).map_or_else(Vec::new, |form| forms::rows(sources, form));
            let row = |row: forms::Row| (row.key.clone(), words.named(list, &row.key));
            ("one", rows.into_iter().map(row).collect())
        }
        Shape::Text
        | Shape::Long
        | Shape::Number
        | Shape::Time
        | Shape::Date
        | Shape::Many(_)
        | Shape::Texts
        | Shape::Numbers => ("text", Vec::new()),
    };
    let set: BTreeSet<&str> = forms::values(&value).collect();
    // What stands there and is no choice stays to be seen.
    let is_choice = kind == "one" || kind == "some";
    let strange =
        set.iter().filter(|word| is_choice && !known.iter().any(|(each, _)| each == *word));
    let strange: Vec<(String, String)> =
        strange.map(|word| ((*word).to_owned(), (*word).to_owned())).collect();
    if !strange.is_empty() {
        wrong.push(texts.get("setup.rule_unknown").to_owned());
    }
    let choice = |(word, name): (String, String)| Choice {
        on: set.contains(word.as_str()),
        value: word,
        name,
    };
    let range = ranges(in_draft).find(|(known, ..)| *known == rule.path);
    let hint = match range {
        Some((_, _, low, high)) => {
            let unit = UNITS.iter().find(|unit| key.ends_with(**unit));
            let word = |unit: &&str| texts.get(&format!("setup.unit_{unit}")).to_owned();
            let unit = unit.map_or(String::new(), word);
            texts.fill(
                "setup.rule_range",
                &[("low", &low), ("high", &high), ("unit", &unit), ("default", &rule.default)],
            )
        }
        None => usual(rule, words, texts),
    };
    Input {
        id: rule.path.replace('.', "-"),
        name: rule.name(texts),
        key: rule.path.clone(),
        kind,
        choices: known.into_iter().chain(strange).map(choice).collect(),
        may_be_empty: kind == "one" && rule.default.is_empty(),
        hint,
        wrong,
        value,
    }
}

/// What is usual of a rule that has no range; nothing where nothing is.
fn usual(rule: &Rule, words: &Words, texts: &Texts) -> String {
    let key = rule.path.rsplit('.').next().unwrap_or_default();
    let usual = if let Shape::Flag(usual) = rule.shape {
        words.plain(&usual.to_string())
    } else {
        words.value(key, Some(rule.shape), &rule.default)
    };
    if usual.is_empty() {
        return String::new();
    }
    texts.fill("setup.rule_usual", &[("default", &usual)])
}

fn named(field: &str, known: &'static [&'static str], words: &Words) -> Vec<(String, String)> {
    known.iter().map(|word| ((*word).to_owned(), words.word(field, known, word))).collect()
}

/// Changes with every value of a group.
fn mark(rules: &[Rule], sources: &Sources) -> String {
    let file = Settings::of(sources, FILE);
    let now: Vec<String> = rules.iter().map(|rule| rule.now(&file)).collect();
    sent::mark(rules.iter().map(|rule| rule.path.as_str()).zip(now.iter().map(String::as_str)))
}

/// `POST /setup/rules`: puts the rules of a group into the draft. What is left empty goes back to its
/// default.
pub async fn act(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Sent(sent): Sent<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let may = May::of(&reader);
    let Some(by) = reader.identity.staff.filter(|_| may.approves) else {
        return Err(StatusCode::FORBIDDEN.into_response());
    };
    let said = |name: &str| {
        let found = sent.iter().find(|(each, _)| each == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let (word, was) = (said("group"), said("was"));
    let found = groups().into_iter().find(|(known, _)| *known == word);
    let Some((word, rules)) = found else {
        return Err(StatusCode::BAD_REQUEST.into_response());
    };
    let typed: BTreeMap<String, String> =
        rules.iter().map(|rule| (rule.path.clone(), typed(rule, &sent))).collect();
    let about = format!("rules {word}").trim_end().to_owned();
    let (acting, now, what, cells) = (app.clone(), app.now(), about.clone(), typed.clone());
    let done = tokio::task::spawn_blocking(move || {
        acting.drafts.edit((by, now), &acting.profile, &what, |sources| {
            if mark(&rules, sources) != was {
                return Err(EditFault::Meanwhile);
            }
            let before = sources.clone();
            let before = Settings::of(&before, FILE);
            for rule in &rules {
                let Some(said) = cells.get(&rule.path) else { continue };
                if *said != rule.now(&before) {
                    put_setting(sources, FILE, &rule.path(), rule.shape, said)?;
                }
            }
            Ok(())
        })
    });
    let told = |refused| Told { about, refused, ..Told::default() };
    match done.await.unwrap_or(Err(DraftFault::Changed)) {
        Ok(()) => {
            let to = format!("/setup/rules?group={word}&said=saved");
            let mut response = Redirect::to(&to).into_response();
            response.extensions_mut().insert(told(None));
            Ok(response)
        }
        Err(fault) => {
            let s = Shell::of(&app, &reader, "/setup");
            let sources = app.drafts.sources(&app.profile);
            // Nothing typed is lost, and what others have saved stands beside it.
            let file = Settings::of(&sources, FILE);
            let now: BTreeMap<String, String> = groups()
                .into_iter()
                .flat_map(|(_, rules)| rules)
                .map(|rule| (rule.path.clone(), rule.now(&file)))
                .collect();
            let beside = |path: &str| {
                let now = now.get(path).filter(|now| typed.get(path) != Some(*now));
                now.map(|now| s.t.fill("setup.rule_now", &[("value", now)])).into_iter().collect()
            };
            let v = filled(&word, &sources, &typed, &beside, may, s.t);
            let meanwhile = matches!(fault, DraftFault::Edit(EditFault::Meanwhile));
            let words = s.t.get("setup.rules_meanwhile").to_owned();
            let said = if meanwhile {
                Some(Said { words, is_no: true, href: String::new() })
            } else {
                Some(Said::no(&fault, s.t))
            };
            let page = html(&Page { s, v: View { said, ..v } });
            let mut response = (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
            response.extensions_mut().insert(told(Some(format!("setup_{}", fault.code()))));
            Ok(response)
        }
    }
}

/// What was typed for a rule; what is left empty is as usual, and a list of nothing is one.
fn typed(rule: &Rule, sent: &[(String, String)]) -> String {
    let text = sent::said(rule.shape, &rule.path, sent, CHARS_MAX);
    if text.is_empty() && !rule.shape.is_list() { rule.default.clone() } else { text }
}

/// The rules as the draft has them, as far as they can be read: what may stand at one depends on others.
fn in_draft(file: &Settings<'_>) -> Rules {
    let Ok(mut all) = serde_json::to_value(Rules::default()) else { return Rules::default() };
    for (_, rules) in unsorted() {
        for rule in rules.iter().filter(|rule| rule.shape == Shape::Number) {
            let Ok(now) = serde_json::from_str::<Json>(&rule.now(file)) else { continue };
            let place = rule.path.split('.').fold(&mut all, |json, key| &mut json[key]);
            if now.is_number() {
                *place = now;
            }
        }
    }
    serde_json::from_value(all).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use wire::texts::Language;

    use super::*;

    #[test]
    fn every_rule_has_a_name_in_both_languages_and_every_choice_is_one() {
        for texts in [Texts::built_in(Language::Chinese), Texts::built_in(Language::English)] {
            for (word, rules) in groups() {
                let table = if word.is_empty() { "rules".into() } else { format!("rules_{word}") };
                assert!(texts.has(&format!("setup.table.{table}")), "{table}");
                assert!(!rules.is_empty(), "{word} has rules");
                for rule in rules {
                    let key = format!("setup.setting.rules_{}", rule.path.replace('.', "_"));
                    assert!(texts.has(&key), "{key}");
                }
            }
        }
        let order: Vec<String> = groups().into_iter().map(|(word, _)| word).collect();
        assert_eq!(order.first().map(String::as_str), Some(""), "{order:?}");
        let all: Vec<Rule> = groups().into_iter().flat_map(|(_, rules)| rules).collect();
        for (path, _) in CHOICES {
            assert!(all.iter().any(|rule| rule.path == *path), "{path} is no rule");
        }
    }
}
