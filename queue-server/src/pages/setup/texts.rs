//! 本厅用语: what people see, hear and are told, in the hall's own words.

use askama::Template;
use axum::{
    Form as Sent,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::texts::{
    Language, Texts,
    own::{OWN, may_be_own, places},
};

use super::{SetupReader, Shared, Shell, html, may::May, said::Said};
use crate::{
    draft::DraftFault,
    http::audited::Told,
    profile::forms::own::{FILES, put_word, word},
};

/// Texts of one page.
const SHOWN: usize = 200;

/// Letters of a text.
const CHARS_MAX: usize = 400;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    section: String,
    find: String,
    key: String,
    said: Option<String>,
}

struct Line {
    key: String,
    chinese: String,
    english: String,
    is_own: bool,
}

struct Input {
    name: &'static str,
    label: String,
    built_in: String,
    own: String,
    wrong: Vec<String>,
}

struct Edited {
    key: String,
    places: String,
    inputs: Vec<Input>,
}

struct View {
    said: Option<Said>,
    base: String,
    find: String,
    sections: Vec<(&'static str, String, bool)>,
    lines: Vec<Line>,
    edited: Option<Edited>,
    may: bool,
}

#[derive(Template)]
#[template(path = "setup_texts.html")]
struct Page {
    s: Shell,
    v: View,
}

const LANGUAGES: [(&str, Language); 2] = [("zh", Language::Chinese), ("en", Language::English)];

/// `GET /setup/texts?section=kiosk&find=…`, with `key` the form of one.
pub async fn page(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/setup");
    let texts = s.t;
    let sources = app.drafts.sources(&app.profile);
    let own = |at: usize, key: &str| word(&sources, FILES[at], key);
    let sought = asked.find.trim().to_lowercase();
    let (chinese, english) =
        (Texts::built_in(Language::Chinese), Texts::built_in(Language::English));
    let of_section = |key: &&str| {
        let section = key.split('.').next().unwrap_or_default();
        may_be_own(key) && (asked.section.is_empty() || asked.section == section)
    };
    let line = |key: &str| {
        let (zh, en) = (own(0, key), own(1, key));
        Line {
            key: key.to_owned(),
            is_own: zh.is_some() || en.is_some(),
            chinese: zh.unwrap_or_else(|| chinese.get(key).to_owned()),
            english: en.unwrap_or_else(|| english.get(key).to_owned()),
        }
    };
    let fits = |line: &Line| {
        let all = [&line.key, &line.chinese, &line.english];
        let says = all.iter().any(|text| text.to_lowercase().contains(&sought));
        if sought.is_empty() && asked.section.is_empty() { line.is_own } else { says }
    };
    let all = chinese.keys().filter(of_section).map(line).filter(fits);
    let lines: Vec<Line> = all.take(SHOWN).collect();
    let problems = app.drafts.problems();
    let edited = may_be_own(&asked.key).then(|| {
        let key = asked.key.as_str();
        let input = |(at, (name, language)): (usize, (&'static str, Language))| {
            let wrong =
                problems.iter().filter(|each| each.file == FILES[at] && each.key() == Some(key));
            Input {
                name,
                label: Texts::built_in(language).get("pages.language").to_owned(),
                built_in: Texts::built_in(language).get(key).to_owned(),
                own: own(at, key).unwrap_or_default(),
                wrong: wrong.map(|each| each.sentence(texts.language())).collect(),
            }
        };
        let places = places(chinese.get(key)).into_iter().map(|each| format!("{{{each}}}"));
        Edited {
            key: key.to_owned(),
            places: places.collect::<Vec<_>>().join(" "),
            inputs: LANGUAGES.into_iter().enumerate().map(input).collect(),
        }
    });
    let inputs = || edited.iter().flat_map(|edited| &edited.inputs);
    let wrong = || inputs().filter(|input| !input.wrong.is_empty());
    let first = wrong().next().map(|input| input.name.to_owned());
    let said = asked.said.as_deref().and_then(|word| Said::of(word, texts));
    let v = View {
        said: said.map(|said| said.beside(wrong().count(), first, texts)),
        base: if sought.is_empty() && asked.section.is_empty() {
            texts.fill("setup.texts_own", &[("n", &lines.len())])
        } else {
            texts.fill("setup.rows", &[("n", &lines.len())])
        },
        find: asked.find.clone(),
        sections: OWN
            .into_iter()
            .map(|each| {
                let name = texts.get(&format!("setup.section.{each}")).to_owned();
                (each, name, asked.section == each)
            })
            .collect(),
        lines,
        edited,
        may: May::of(&reader).approves,
    };
    html(&Page { s, v })
}

/// The form of one text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Order {
    key: String,
    zh: String,
    en: String,
}

/// `POST /setup/texts`: puts a text into the draft; an empty one goes back to the built-in words.
pub async fn act(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Sent(order): Sent<Order>,
) -> Result<Response, Response> {
    let may = May::of(&reader).approves;
    let Some(by) = reader.identity.staff.filter(|_| may) else {
        return Err(StatusCode::FORBIDDEN.into_response());
    };
    if !may_be_own(&order.key) {
        return Err(Redirect::to("/setup/texts").into_response());
    }
    let section = order.key.split('.').next().unwrap_or_default().to_owned();
    let to = format!("/setup/texts?section={section}&key={}&said=saved", order.key);
    let about = format!("texts {}", order.key);
    let (acting, now) = (app.clone(), app.now());
    let done = tokio::task::spawn_blocking(move || {
        let what = format!("texts {}", order.key);
        acting.drafts.edit((by, now), &acting.profile, &what, |sources| {
            for (file, text) in FILES.into_iter().zip([&order.zh, &order.en]) {
                let text: String = text.chars().filter(|each| !each.is_control()).collect();
                let text: String = text.chars().take(CHARS_MAX + 1).collect();
                if word(sources, file, &order.key).as_deref() != Some(text.trim()) {
                    put_word(sources, file, &order.key, &text)?;
                }
            }
            Ok(())
        })
    });
    match done.await.unwrap_or(Err(DraftFault::Changed)) {
        Ok(()) => {
            let mut response = Redirect::to(&to).into_response();
            response.extensions_mut().insert(Told { about, ..Told::default() });
            Ok(response)
        }
        Err(fault) => {
            tracing::error!(%fault, "a text was not put into the draft");
            Err(StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}
