//! What people read on every page, in both languages, is kept in `tests/golden/pages.*.txt`.

use std::{fmt::Write, path::Path};

use axum::http::StatusCode;
use wire::texts::{Language, Texts};

use super::{Hall, WINDOW};
use crate::{access::Role, http::caller::LANGUAGE_COOKIE};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_says_what_it_said_in_both_languages() {
    for language in [Language::Chinese, Language::English] {
        let hall = Hall::open();
        let admin = hall.cookie(Role::Admin, &[]);
        let cookie = format!("{admin}; {LANGUAGE_COOKIE}={}", language.tag());
        let desk = format!("/desk?window={WINDOW}");
        let bar = format!("{desk}&bar=1");
        let mut told = String::new();
        for path in ["/signin", "/desk", &desk, "/guide", "/board", "/office", "/room"] {
            read(&hall, path, &cookie, language, &mut told).await;
        }
        hall.lives().await;
        let item = hall.app.profile.setup.items_of("M".parse().unwrap()).next().unwrap().id;
        let guide = |what: &str| format!("/guide?do={what}");
        let (take, whole) = (format!("take&item={item}"), format!("guide&item={item}"));
        let panels = [
            &*take,
            &whole,
            "find&tickets=2",
            "booking",
            "case",
            "rate",
            "matter",
            "visit",
            "map&queue=M",
        ];
        let panels = panels.map(guide);
        let more = panels.iter().map(String::as_str);
        let (wall, act) = ("/board/wall", "/board/act");
        for path in [
            &*desk,
            &*bar,
            "/board",
            wall,
            act,
            "/office",
            "/office/visits",
            "/office/accuracy",
            "/office/plan?day=2026-11-25",
        ]
        .into_iter()
        .chain(more)
        {
            read(&hall, path, &cookie, language, &mut told).await;
        }
        hall.drafts("9001", "windows", "24", "secondary", "M；H");
        hall.drafts("9001", "queues", "M", "mean_service_minutes", "ten");
        for path in [
            "/setup",
            "/setup/compare",
            "/setup/rows?list=zones",
            "/setup/row?list=queues&key=M",
            "/setup/row?list=items&key=A01",
            "/setup/row?list=tides",
            "/setup/calendar?month=2026-10",
            "/setup/import",
        ] {
            read(&hall, path, &cookie, language, &mut told).await;
        }
        compare(&format!("pages.{}.txt", language.tag()), &told);
    }
}

/// Adds what a page says, and sees that no key of the texts shines through.
async fn read(hall: &Hall, path: &str, cookie: &str, language: Language, told: &mut String) {
    let page = hall.get(path, cookie).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    let lines = lines(&page.text);
    for key in Texts::of(language)
        .keys()
        .chain(["desk.", "guide.", "board.", "office.", "room.", "setup.", "pages."])
    {
        assert!(!lines.iter().any(|line| line == key), "{path} shows the key {key}");
    }
    let of_setup = lines.iter().find(|line| line.starts_with("setup."));
    assert_eq!(of_setup, None, "{path} shows a key that no text has");
    writeln!(told, "== {path}").unwrap();
    for line in lines {
        writeln!(told, "{}", without_times(&line)).unwrap();
    }
}

/// The text between the tags, a line each.
fn lines(html: &str) -> Vec<String> {
    let after_tags = html.split('<').filter_map(|part| part.split_once('>'));
    let words = after_tags.map(|(_, text)| text.split_whitespace().collect::<Vec<_>>().join(" "));
    words.filter(|text| !text.is_empty()).collect()
}

/// Moments go on while a test runs.
fn without_times(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let is_time = |at: usize| {
        letters.get(at..at + 5).is_some_and(|five| {
            five[2] == ':' && [0, 1, 3, 4].iter().all(|each| five[*each].is_ascii_digit())
        })
    };
    let (mut text, mut at) = (String::new(), 0);
    while at < letters.len() {
        if is_time(at) {
            text.push_str("hh:mm");
            at += 5;
        } else {
            text.push(letters[at]);
            at += 1;
        }
    }
    text
}

/// Compares with what is kept; `UPDATE_GOLDEN=1` keeps it anew.
fn compare(name: &str, now: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
        std::fs::write(&kept, now).unwrap();
        return;
    }
    let was = std::fs::read_to_string(&kept).unwrap();
    for (number, (was, now)) in was.lines().zip(now.lines()).enumerate() {
        let line = number + 1;
        assert_eq!(was, now, "{name}:{line}; if it is meant so, run with UPDATE_GOLDEN=1");
    }
    assert_eq!(was.lines().count(), now.lines().count(), "{name} has another length");
}
