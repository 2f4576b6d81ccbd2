//! 对比: what is different between two versions, or between the draft and the folder.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::ids::SetupVersion;
use serde::Deserialize;

use super::{
    SetupReader, Shared, Shell, html,
    words::{Told, Words},
};
use crate::{
    app::App,
    profile::{
        Sources,
        forms::{
            compare::compare,
            lines::{Side, differ},
        },
        photos,
    },
};

/// Which two.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

struct Raw {
    class: &'static str,
    text: String,
}

struct RawFile {
    name: String,
    lines: Vec<Raw>,
}

/// A version to choose.
struct Choice {
    value: String,
    name: String,
    is_from: bool,
    is_to: bool,
}

struct View {
    from: String,
    to: String,
    is_missing: bool,
    base: String,
    changes: Vec<Told>,
    files: Vec<RawFile>,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "setup_compare.html")]
struct Page {
    s: Shell,
    v: View,
}

/// The word of the draft in an address.
const DRAFT: &str = "draft";

/// The word of what the folder says.
const FOLDER: &str = "folder";

/// `GET /setup/compare?from=…&to=…`; without words: the draft with what the folder says.
pub async fn page(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/setup");
    let word = |said: &str, default: &str| {
        if said.is_empty() { default.to_owned() } else { said.to_owned() }
    };
    let (from, to) = (word(&asked.from, FOLDER), word(&asked.to, DRAFT));
    let found = of(&app, &from).zip(of(&app, &to));
    let is_missing = found.is_none();
    let (before, after) = found.unwrap_or_default();
    let words = Words::new(&before, &after, s.t);
    let changes: Vec<Told> = compare(&before, &after).iter().map(|each| words.told(each)).collect();
    let name = |word: &str| match word {
        DRAFT => s.t.get("setup.the_draft").to_owned(),
        FOLDER => s.t.get("setup.the_folder").to_owned(),
        version => version.to_owned(),
    };
    let history = app.drafts.look(|kept| {
        let versions = kept
            .history
            .iter()
            .rev()
            .map(|entry| (entry.version.to_string(), app.clock.written(entry.at)));
        versions.collect::<Vec<_>>()
    });
    let known = [(DRAFT, name(DRAFT)), (FOLDER, name(FOLDER))];
    let known = known.into_iter().map(|(word, name)| (word.to_owned(), name));
    let versions =
        history.into_iter().map(|(version, at)| (version.clone(), format!("{version} · {at}")));
    let choice = |(value, name): (String, String)| Choice {
        is_from: value == from,
        is_to: value == to,
        value,
        name,
    };
    let v = View {
        base: s.t.fill("setup.changes", &[("n", &changes.len())]),
        changes,
        files: raw(&before, &after),
        choices: known.chain(versions).map(choice).collect(),
        from: name(&from),
        to: name(&to),
        is_missing,
    };
    html(&Page { s, v })
}

fn of(app: &App, word: &str) -> Option<Sources> {
    match word {
        DRAFT => app.drafts.look(|kept| kept.draft.as_ref().map(|draft| draft.sources.clone())),
        FOLDER => Some(app.drafts.folder_shown(&app.profile)),
        version => {
            let version: SetupVersion = version.parse().ok()?;
            let profile = app.drafts.profiles().find(version)?;
            Some(Sources::clone(&profile.sources))
        }
    }
}

fn raw(before: &Sources, after: &Sources) -> Vec<RawFile> {
    let all = before.files().chain(after.files()).map(|(file, _)| file);
    let mut names: Vec<&str> = all.collect();
    names.sort_unstable();
    names.dedup();
    // Photographs are told by whose they are; a side that does not speak of them has not lost them.
    names.retain(|name| *name != photos::FOLDER);
    let file = |name: &str| {
        let lines: Vec<Raw> = differ(before.get(name), after.get(name))
            .into_iter()
            .map(|(side, text)| Raw {
                class: match side {
                    Side::Both => "both",
                    Side::Gone => "gone",
                    Side::Come => "come",
                    Side::Skipped => "skipped",
                },
                text: match side {
                    Side::Both => format!("  {text}"),
                    Side::Gone => format!("- {text}"),
                    Side::Come => format!("+ {text}"),
                    Side::Skipped => "…".to_owned(),
                },
            })
            .collect();
        (!lines.is_empty()).then(|| RawFile { name: name.to_owned(), lines })
    };
    names.into_iter().filter_map(file).collect()
}
