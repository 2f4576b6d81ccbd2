//! `[rules]`: every setting that the hall's rules know, by their own names and defaults.
//!
//! The rules are a value that writes itself; what it writes is the list of what may stand in the
//! file. So a new rule of the hall is a setting of the profile without a line here.

use std::collections::BTreeMap;

use hall::setup::{Rules, ranges};
use serde::Deserialize;
use serde_json::Value as Json;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    super::{
        index::{Index, Kind},
        problem::Problem,
        reader::Table,
    },
    FILE,
};

/// Reads the table; what is wrong keeps its default.
pub fn read(table: &Table, index: &mut Index, problems: &mut Vec<Problem>) -> Rules {
    let defaults = json(&Rules::default());
    let Some(written) = table.whole() else { return Rules::default() };
    index.note(Kind::Rule, "", (FILE, table.line()), problems);
    let mut walk = Walk { table, index, problems, defaults: &defaults, whole: defaults.clone() };
    walk.in_table(written, &mut Vec::new());
    let whole = walk.whole;
    // Each value was tried by itself, so they fit together too; what does not is told by the hall.
    Rules::deserialize(whole).unwrap_or_default()
}

struct Walk<'w, 'a, 't> {
    table: &'w Table<'a, 't>,
    index: &'w mut Index,
    problems: &'w mut Vec<Problem>,
    defaults: &'w Json,
    whole: Json,
}

impl Walk<'_, '_, '_> {
    fn in_table(&mut self, written: &DeTable, path: &mut Vec<String>) {
        for (key, value) in written {
            let (name, line) = (key.get_ref().to_string(), self.table.line_of(&key.span()));
            path.push(name);
            self.key(value, line, path);
            path.pop();
        }
    }

    fn key(&mut self, value: &Spanned<DeValue>, line: usize, path: &mut Vec<String>) {
        let Some(default) = at(self.defaults, path).cloned() else {
            return self.unknown(line, path);
        };
        match (&default, value.get_ref()) {
            (Json::Object(_), DeValue::Table(table)) => self.in_table(table, path),
            (Json::Array(_), DeValue::Array(list)) => self.list(list, path),
            (Json::Object(_) | Json::Array(_), other) => {
                let problem = self.problem(line, "wrong_type", path);
                self.problems.push(problem.with("kind", other.type_str()));
            }
            (Json::Number(_) | Json::Bool(_) | Json::String(_) | Json::Null, _) => {
                self.leaf(&default, value, line, path);
            }
        }
    }

    fn leaf(&mut self, default: &Json, value: &Spanned<DeValue>, line: usize, path: &[String]) {
        // A rule is written once: the format itself sees to that.
        self.index.note(Kind::Rule, path.join("."), (FILE, line), self.problems);
        let read = plain(value.get_ref());
        let same = std::mem::discriminant(default) == std::mem::discriminant(&read);
        if !same && !default.is_null() {
            let problem = self.problem(line, "wrong_type", path);
            self.problems.push(problem.with("kind", value.get_ref().type_str()));
            return;
        }
        let mut alone = self.defaults.clone();
        put(&mut alone, path, read.clone());
        match Rules::deserialize(&alone) {
            Ok(_) => put(&mut self.whole, path, read),
            Err(error) => {
                let range = ranges(&Rules::default()).find(|(rule, ..)| *rule == path.join("."));
                let problem = match range {
                    Some((_, _, low, high)) => {
                        let problem = self.problem(line, "out_of_range", path);
                        problem.with("low", low).with("high", high)
                    }
                    None => self.problem(line, "bad_rule", path).with("why", error),
                };
                self.problems.push(problem);
            }
        }
    }

    /// Tables of a list are tried one by one, so that each wrong one is told at its line.
    fn list(&mut self, list: &[Spanned<DeValue>], path: &[String]) {
        let mut good = Vec::new();
        for each in list {
            let line = self.table.line_of(&each.span());
            let read = plain(each.get_ref());
            let mut alone = self.defaults.clone();
            put(&mut alone, path, Json::Array(vec![read.clone()]));
            match Rules::deserialize(&alone) {
                Ok(_) => {
                    let number = good.len();
                    let name = format!("{}.{number}", path.join("."));
                    self.index.note(Kind::Rule, name, (FILE, line), self.problems);
                    good.push(read);
                }
                Err(error) => self.wrong_in_list(&error.to_string(), line, path),
            }
        }
        put(&mut self.whole, path, Json::Array(good));
    }

    fn wrong_in_list(&mut self, why: &str, line: usize, path: &[String]) {
        // "unknown field `x`, expected one of `a`, `b`": the words between the quotes.
        let words: Vec<&str> = why.split('`').skip(1).step_by(2).collect();
        let problem = match words.split_first() {
            Some((key, known)) if why.starts_with("unknown field") => {
                let near = wire::misspelt::nearest(key, known.iter().copied()).unwrap_or("–");
                let problem = self.table.problem(line, "unknown_key").with("key", key);
                problem.with("nearest", near)
            }
            Some((key, _)) if why.starts_with("missing field") => {
                self.table.problem(line, "missing").with("key", key)
            }
            Some(_) | None => self.problem(line, "bad_rule", path).with("why", why),
        };
        self.problems.push(problem);
    }

    fn unknown(&mut self, line: usize, path: &[String]) {
        let (name, above) = path.split_last().expect("a key stands in a table");
        let known = at(self.defaults, above).and_then(Json::as_object);
        let known = known.into_iter().flat_map(|known| known.keys().map(String::as_str));
        let near = wire::misspelt::nearest(name, known).unwrap_or("–");
        let problem = self.table.problem(line, "unknown_key").with("key", name);
        self.problems.push(problem.with("nearest", near));
    }

    fn problem(&self, line: usize, code: &str, path: &[String]) -> Problem {
        self.table.problem(line, code).with("key", path.join("."))
    }
}

fn json(rules: &Rules) -> Json {
    serde_json::to_value(rules).expect("rules are numbers, words and lists")
}

fn at<'j>(json: &'j Json, path: &[String]) -> Option<&'j Json> {
    path.iter().try_fold(json, |json, key| json.get(key))
}

fn put(json: &mut Json, path: &[String], value: Json) {
    let place = path.iter().fold(json, |json, key| &mut json[key.as_str()]);
    *place = value;
}

/// A value of the file without its places.
fn plain(value: &DeValue) -> Json {
    match value {
        DeValue::String(text) => Json::from(text.as_ref()),
        DeValue::Integer(number) => {
            let digits = number.as_str().replace('_', "");
            i64::from_str_radix(&digits, number.radix()).map_or(Json::from(digits), Json::from)
        }
        DeValue::Float(number) => {
            number.as_str().parse::<f64>().map_or_else(|_| Json::from(number.as_str()), Json::from)
        }
        DeValue::Boolean(truth) => Json::from(*truth),
        DeValue::Datetime(moment) => Json::from(moment.to_string()),
        DeValue::Array(list) => list.iter().map(|each| plain(each.get_ref())).collect(),
        DeValue::Table(table) => {
            let each = |(key, value): (&Spanned<_>, &Spanned<DeValue>)| {
                let key: &std::borrow::Cow<str> = key.get_ref();
                (key.to_string(), plain(value.get_ref()))
            };
            let map: BTreeMap<String, Json> = table.iter().map(each).collect();
            map.into_iter().collect()
        }
    }
}
