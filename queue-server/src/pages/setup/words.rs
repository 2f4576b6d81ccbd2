//! Differences of two profiles in words that people read.

use std::collections::BTreeMap;

use wire::texts::Texts;

use super::rules;
use crate::profile::{
    Sources,
    forms::{
        self, FORMS, Form, Shape,
        compare::{Change, Difference, What},
    },
};

/// Letters of a value that are shown; the raw lines have all of it.
const VALUE_CHARS_MAX: usize = 120;

/// Fields by which a row without a name is called.
const NAMING_FIELDS: usize = 5;

/// A difference as a page tells it.
pub struct Told {
    /// What became of it, as a class: `free` came, `off` went, `calling` is another.
    pub level: &'static str,
    /// The same in a word.
    pub word: String,
    /// What it is: "window 24".
    pub title: String,
    /// Where it is changed.
    pub href: Option<String>,
    /// Each field.
    pub fields: Vec<FieldTold>,
}

/// A field that has another value.
pub struct FieldTold {
    /// Its name.
    pub name: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
    /// Of a list: what came.
    pub came: String,
    /// Of a list: what went.
    pub went: String,
}

/// The names that two profiles give to what they name.
pub struct Words {
    texts: &'static Texts,
    names: BTreeMap<(&'static str, String), String>,
}

impl Words {
    /// The names of two profiles; those of the second count.
    pub fn new(before: &Sources, after: &Sources, texts: &'static Texts) -> Self {
        let mut names = BTreeMap::new();
        for sources in [before, after] {
            for form in FORMS.iter().filter(|form| !form.key.is_empty()) {
                for row in forms::rows(sources, form) {
                    names.insert((form.word, row.key.clone()), row.name().to_owned());
                }
            }
        }
        let mut words = Self { texts, names };
        // What others name and has no name of its own is called by what stands in it.
        for owner in FORMS.iter().filter_map(Form::owner).map(|(of, _)| of) {
            for row in forms::rows(after, owner).into_iter().filter(|row| row.name().is_empty()) {
                let listed = owner.fields.iter().filter(|field| field.listed);
                let said = listed
                    .take(NAMING_FIELDS)
                    .map(|field| words.value(field.key, Some(field.shape), row.get(field.key)));
                let said = said.filter(|each| !each.is_empty()).collect::<Vec<_>>().join(" ");
                words.names.insert((owner.word, row.key), said);
            }
        }
        words
    }

    /// A difference.
    pub fn told(&self, change: &Change) -> Told {
        let form = change.form.and_then(Form::of);
        let (level, word, differences, shows_all) = match &change.what {
            What::Added(values) => ("free", "setup.added", values.as_slice(), false),
            What::Removed(_) => ("off", "setup.removed", [].as_slice(), false),
            What::Off => ("off", "setup.off", [].as_slice(), false),
            What::On(values) => ("free", "setup.on", values.as_slice(), true),
            What::Changed(values) => ("calling", "setup.changed", values.as_slice(), true),
        };
        let is_shown = |each: &&Difference| {
            let field = form.and_then(|form| form.field(&each.field));
            let is_key = form.is_some_and(|form| form.key == each.field);
            shows_all || (!is_key && each.field != "name" && field.is_none_or(|field| field.listed))
        };
        let fields = differences.iter().filter(is_shown);
        let is_there = !matches!(change.what, What::Removed(_));
        let href = form.filter(|_| is_there).map(|form| row_href(form, &change.key));
        Told {
            level,
            word: self.texts.get(word).to_owned(),
            title: self.title(change, form),
            href,
            fields: fields.map(|each| self.field(change, form, each)).collect(),
        }
    }

    fn title(&self, change: &Change, form: Option<&Form>) -> String {
        let Some(form) = form else {
            let path = change.list.join(".");
            let key = format!("setup.table.{}", path.replace('.', "_"));
            let known = Texts::built_in(self.texts.language()).has(&key);
            let name = if known { self.texts.get(&key).to_owned() } else { path };
            let file = if change.file.starts_with("texts/") { "texts" } else { &change.file };
            let of = self.texts.get(&format!("setup.file.{}", file.replace('.', "_"))).to_owned();
            return format!("{of} · {name}").trim_end_matches([' ', '\u{b7}']).to_owned();
        };
        let what = self.texts.get(&format!("setup.one.{}", form.word)).to_owned();
        if let Some((of, _)) = form.owner()
            && let Some((owner, _)) = change.key.rsplit_once('.')
        {
            return format!("{what} {}", self.named(of.word, owner));
        }
        let name: String = change.name.chars().take(VALUE_CHARS_MAX / 4).collect();
        // A name that says its number already is not told twice.
        if form.is_settings() {
            return what;
        }
        format!("{what} {} {name}", change.key).trim_end().to_owned()
    }

    fn field(&self, change: &Change, form: Option<&Form>, difference: &Difference) -> FieldTold {
        let shape = match form {
            Some(form) => form.field(&difference.field).map(|field| field.shape),
            // Of what has no form only the rules have words of their own.
            None => {
                let below = change.list.iter().skip(1).chain([&difference.field]);
                rules::shape_of(&below.map(String::as_str).collect::<Vec<_>>().join("."))
            }
        };
        let value = |said: &str| self.value(&difference.field, shape, said);
        let moved = difference.moved();
        let list = |values: &[&str]| {
            let words: Vec<String> = values.iter().map(|each| value(each)).collect();
            words.join(self.texts.get("pages.join"))
        };
        let (came, went) =
            moved.map_or_else(Default::default, |(came, went)| (list(&came), list(&went)));
        let is_moved = !came.is_empty() || !went.is_empty();
        let whole = |said: &str| if is_moved { String::new() } else { cut(&value(said)) };
        FieldTold {
            name: self.name(change, form, &difference.field),
            before: whole(&difference.before),
            after: whole(&difference.after),
            came,
            went,
        }
    }

    fn name(&self, change: &Change, form: Option<&Form>, field: &str) -> String {
        if form.is_some() {
            return self.texts.get(&format!("setup.field.{field}")).to_owned();
        }
        let path = [change.list.as_slice(), &[field.to_owned()]].concat().join("_");
        let key = format!("setup.setting.{path}");
        if Texts::built_in(self.texts.language()).has(&key) {
            self.texts.get(&key).to_owned()
        } else {
            field.to_owned()
        }
    }

    /// A value in words.
    pub fn value(&self, field: &str, shape: Option<Shape>, said: &str) -> String {
        let Some(shape) = shape else { return self.plain(said) };
        let each = |one: &str| match shape {
            Shape::Of(list) | Shape::Many(list) => self.named(list, one),
            Shape::One(known) | Shape::Some(known) => self.word(field, known, one),
            Shape::Flag(_) => self.plain(one),
            Shape::Text
            | Shape::Long
            | Shape::Number
            | Shape::Time
            | Shape::Date
            | Shape::Texts
            | Shape::Numbers => one.to_owned(),
        };
        if shape.is_list() {
            let values = forms::values(said).map(each).collect::<Vec<_>>();
            return values.join(self.texts.get("pages.join"));
        }
        if said.is_empty() { String::new() } else { each(said) }
    }

    /// Yes and no in words.
    pub fn plain(&self, said: &str) -> String {
        match said {
            "true" => self.texts.get("setup.yes").to_owned(),
            "false" => self.texts.get("setup.no").to_owned(),
            other => other.to_owned(),
        }
    }

    /// A word of the hall's own.
    pub fn word(&self, field: &str, known: &[&str], said: &str) -> String {
        if known.contains(&said) {
            return self.texts.get(&format!("setup.word.{}_{said}", group(field))).to_owned();
        }
        said.to_owned()
    }

    /// A row of another list with its name.
    pub fn named(&self, list: &str, key: &str) -> String {
        let mut names = self.names.iter();
        let name = names.find(|((word, id), _)| *word == list && id == key);
        let name = name.map_or("", |(_, name)| name.as_str());
        format!("{key} {name}").trim_end().to_owned()
    }
}

/// Fields that share their words.
fn group(field: &str) -> &str {
    match field {
        "dates" => "days",
        other => other,
    }
}

/// A value as far as a line has room.
pub fn cut(value: &str) -> String {
    if value.chars().count() <= VALUE_CHARS_MAX {
        return value.to_owned();
    }
    let short: String = value.chars().take(VALUE_CHARS_MAX).collect();
    format!("{short}…")
}

/// Where a row is changed.
pub fn row_href(form: &Form, key: &str) -> String {
    format!("/setup/row?list={}&key={}", form.word, escaped(key))
}

/// A key in an address.
fn escaped(key: &str) -> String {
    let mut text = String::new();
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
