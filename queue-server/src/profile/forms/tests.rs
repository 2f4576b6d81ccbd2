mod pages;

use std::collections::BTreeMap;

use super::{
    compare::{Difference, What, compare},
    lines::{Side, differ},
    *,
};
use crate::{
    profile::{Problem, Profile, Severity, sources, sources::Sources},
    testing::county,
};

fn county_sources() -> Sources {
    Sources::clone(&county().sources)
}

fn cells(said: &[(&str, &str)]) -> BTreeMap<String, String> {
    said.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn form(word: &str) -> &'static Form {
    Form::of(word).unwrap()
}

#[test]
fn every_row_that_is_put_as_it_stands_changes_nothing_of_the_file() {
    let sources = county_sources();
    for form in FORMS {
        for row in rows(&sources, form) {
            let mut after = sources.clone();
            put(&mut after, form, Some(&row.key), &row.cells).unwrap();
            assert!(compare(&sources, &after).is_empty(), "{} {}", form.word, row.key);
            if !form.is_sheet() {
                assert_eq!(after.get(form.file), sources.get(form.file), "{}", form.word);
            }
        }
    }
}

#[test]
fn a_change_keeps_every_comment_and_is_told_field_by_field() {
    let before = county_sources();
    let mut after = before.clone();
    let more = cells(&[("primary", "F"), ("secondary", "M；H")]);
    put(&mut after, form("windows"), Some("24"), &more).unwrap();
    put(&mut after, form("items"), Some("A01"), &cells(&[("mean_minutes", "30")])).unwrap();
    let comments = |sources: &Sources| sources.get("hall.toml").matches('#').count();
    assert_eq!(comments(&before), comments(&after));
    let changes = compare(&before, &after);
    assert_eq!(changes.len(), 2, "{changes:?}");
    let (item, window) = (&changes[0], &changes[1]);
    assert_eq!((item.form, item.key.as_str()), (Some("items"), "A01"));
    let minutes = |before: &str, after: &str| Difference {
        field: "mean_minutes".into(),
        before: before.into(),
        after: after.into(),
    };
    assert_eq!(item.what, What::Changed(vec![minutes("22", "30")]));
    assert!(item.is_guarded() && window.is_guarded());
    let What::Changed(fields) = &window.what else { panic!("{window:?}") };
    let secondary = fields.iter().find(|each| each.field == "secondary").unwrap();
    assert!(secondary.moved().is_some_and(|(came, _)| came.contains(&"M")), "{secondary:?}");
    Profile::of(after).unwrap();
}

#[test]
fn rows_come_and_go_and_the_check_reads_them() {
    let before = county_sources();
    let mut after = before.clone();
    let new = cells(&[
        ("code", "Z01"),
        ("name", "新事项"),
        ("queue", "K"),
        ("kind", "on_the_spot"),
        ("mean_minutes", "5"),
    ]);
    assert_eq!(put(&mut after, form("items"), None, &new), Ok("Z01".into()));
    assert_eq!(put(&mut after, form("items"), None, &new), Err(EditFault::Taken));
    let early = cells(&[("date", "2026-12-31"), ("issue_until", "15:30"), ("closes", "16:00")]);
    put(&mut after, form("early"), None, &early).unwrap();
    remove(&mut after, form("tides"), "2").unwrap();
    let told: Vec<(Option<&str>, String)> =
        compare(&before, &after).into_iter().map(|each| (each.form, each.key)).collect();
    let wanted = [("items", "Z01"), ("early", "2026-12-31"), ("tides", "2")];
    for (word, key) in wanted {
        assert!(told.contains(&(Some(word), key.to_owned())), "{word}: {told:?}");
    }
    assert_eq!(told.len(), wanted.len());
    let profile = Profile::of(after.clone()).unwrap();
    assert!(profile.setup.item("Z01".parse().unwrap()).is_some());
    assert_eq!(remove(&mut after, form("items"), "Z99"), Err(EditFault::Gone));
}

#[test]
fn an_item_that_is_put_aside_keeps_everything_and_comes_back() {
    let before = county_sources();
    let mut aside = before.clone();
    switch(&mut aside, "A02", false).unwrap();
    assert_eq!(compare(&before, &aside).first().map(|each| each.what.clone()), Some(What::Off));
    assert!(Profile::of(aside.clone()).unwrap().setup.item("A02".parse().unwrap()).is_none());
    assert!(aside.get(sources::OFF).contains("A02") && aside.version() != before.version());
    let mut back = aside.clone();
    switch(&mut back, "A02", true).unwrap();
    assert_eq!(switch(&mut back, "A02", true), Err(EditFault::Taken));
    assert!(compare(&before, &back).is_empty());
    assert!(matches!(compare(&aside, &back)[0].what, What::On(_)));
}

#[test]
fn what_is_typed_wrong_stands_in_the_draft_and_the_check_says_so_at_its_row() {
    let mut after = county_sources();
    put(&mut after, form("queues"), Some("M"), &cells(&[("mean_service_minutes", "ten")])).unwrap();
    let problems = Profile::of(after.clone()).unwrap_err();
    let row = rows(&after, form("queues")).into_iter().find(|row| row.key == "M").unwrap();
    assert_eq!(row.get("mean_service_minutes"), "ten");
    let is_wrong = |problem: &&Problem| problem.severity == Severity::Error;
    let wrong = problems.iter().find(is_wrong).unwrap();
    let line = wrong.line.unwrap();
    assert!((row.line..=row.until).contains(&line), "{problems:?} {row:?}");
    assert_eq!(wrong.key(), Some("mean_service_minutes"));
}

#[test]
fn rules_and_texts_are_compared_too_and_rules_are_guarded() {
    let before = county_sources();
    let mut after = before.clone();
    let hall = before.get("hall.toml").replace("recalls_max = 2 ", "recalls_max = 3 ");
    after.put("hall.toml", hall);
    after.put("texts/zh-CN.toml", "[strip]\nwelcome = \"{name} 为您服务\"\n".into());
    let changes = compare(&before, &after);
    let lists: Vec<_> = changes.iter().map(|each| each.list.join(".")).collect();
    assert_eq!(lists, ["rules", "strip"]);
    assert_eq!(changes.iter().map(|each| each.is_guarded()).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn raw_lines_are_told_with_two_around() {
    let before = "1\n2\n3\n4\n5\n6\n7\n8\n9";
    let after = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10";
    let told = differ(before, after);
    let sides: Vec<(Side, &str)> = vec![
        (Side::Both, "3"),
        (Side::Both, "4"),
        (Side::Gone, "5"),
        (Side::Come, "five"),
        (Side::Both, "6"),
        (Side::Both, "7"),
        (Side::Both, "8"),
        (Side::Both, "9"),
        (Side::Come, "10"),
    ];
    assert_eq!(told, sides);
    assert!(differ(before, before).is_empty());
}
