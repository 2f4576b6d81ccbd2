//! Everything that a profile's readers ask for is changed on a page.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::profile::{items, reader::asked};

/// Keys that no form of `/setup` has, and why.
const NO_FORM: &[(&str, &str, &str)] =
    &[("hall.toml", "rules", "`/setup/rules` has them; the rules themselves say which there are")];

/// What the county hall does not have, so that the readers ask for the rest of it.
const MORE: &[(&str, &str)] = &[
    ("hall.toml", "\n[[notice]]\ntitle = \"a\"\ntext = \"b\"\n"),
    ("devices.toml", "\n[[device]]\nid = \"reader-1\"\nkind = \"reader\"\nkiosk = \"kiosk-1\"\n"),
    ("devices.toml", "\n[[set]]\nwindows = [\"2\"]\ntablet = true\n"),
    ("calendar.toml", "\n[market]\nmonth_days = [5]\n"),
    (
        "calendar.toml",
        "\n[[early]]\ndate = 2026-12-31\nissue_until = \"15:30\"\ncloses = \"16:00\"\n",
    ),
];

/// What is written into a session of the county hall.
const SEGMENT: &str =
    "\n[[session.segment]]\nqueue = \"M\"\nfrom = \"08:15\"\nuntil = \"10:00\"\ncap = 9\n\n";

fn whole() -> Sources {
    let mut sources = county_sources();
    for (file, more) in MORE {
        let text = sources.get(file).to_owned() + more;
        sources.put(file, text);
    }
    let calendar = sources.get("calendar.toml").to_owned();
    let (first, rest) = calendar.split_once("\n[[year]]").unwrap();
    sources.put("calendar.toml", format!("{first}\n{SEGMENT}[[year]]{rest}"));
    sources
}

#[test]
fn every_table_and_key_of_a_profile_has_a_page() {
    asked::take();
    Profile::of(whole()).unwrap();
    let asked = asked::take();
    let paths: BTreeSet<(&str, Vec<&str>)> = asked
        .iter()
        .map(|(file, path, _)| (file.as_str(), path.iter().map(String::as_str).collect()))
        .collect();
    let mut without = Vec::new();
    for (file, path, key) in &asked {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let below: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
        let has_field = FORMS
            .iter()
            .any(|form| form.file == file && form.list == path && form.field(key).is_some());
        let is_list = paths.contains(&(file.as_str(), below.clone()))
            || FORMS.iter().any(|form| {
                let is_pairs = form.layout == Layout::Pairs;
                form.file == file && is_pairs && (form.list == below || form.list == path)
            });
        let is_named =
            NO_FORM.iter().any(|(other, name, _)| other == file && below.first() == Some(name));
        if !has_field && !is_list && !is_named {
            without.push(format!("{file} {}", below.join(".")));
        }
    }
    assert!(without.is_empty(), "no page of /setup has {without:#?}");
    assert!(asked.len() > 100, "the readers were watched: {}", asked.len());
    let sheet = form("items");
    let columns = items::COLUMNS.iter().map(|(column, _)| *column);
    let lacks: Vec<&str> = columns.filter(|column| sheet.field(column).is_none()).collect();
    assert!(lacks.is_empty(), "the form of an item lacks {lacks:?}");
}

#[test]
fn every_field_of_a_form_is_one_that_the_readers_ask_for() {
    asked::take();
    Profile::of(whole()).unwrap();
    let asked = asked::take();
    // The rules read their lists of tables themselves; pairs have any names.
    let is_read_here = |form: &&Form| {
        !form.is_sheet() && form.layout != Layout::Pairs && form.list.first() != Some(&"rules")
    };
    for form in FORMS.iter().filter(is_read_here) {
        let path: Vec<String> = form.list.iter().map(|name| (*name).to_owned()).collect();
        let own = form.owner().map_or("", |(_, field)| field);
        for field in form.fields.iter().filter(|field| field.key != own) {
            let of_file = (form.file.to_owned(), path.clone(), field.key.to_owned());
            assert!(asked.contains(&of_file), "{} {}", form.word, field.key);
        }
    }
}

#[test]
fn every_list_and_field_has_a_name_in_both_languages() {
    use wire::texts::{Language, Texts};
    for texts in [Texts::built_in(Language::Chinese), Texts::built_in(Language::English)] {
        let has = |key: String| assert!(texts.has(&key), "{key}");
        AREAS.iter().for_each(|area| has(format!("setup.area.{area}")));
        for form in FORMS {
            assert!(AREAS.contains(&form.area), "{}", form.word);
            has(format!("setup.list.{}", form.word));
            has(format!("setup.one.{}", form.word));
            for field in form.fields {
                has(format!("setup.field.{}", field.key));
                let words: &[&str] = if let Shape::One(words) | Shape::Some(words) = field.shape {
                    words
                } else {
                    &[]
                };
                let group = if field.key == "dates" { "days" } else { field.key };
                words.iter().for_each(|word| has(format!("setup.word.{group}_{word}")));
            }
        }
    }
}

#[test]
fn a_grant_is_given_moved_to_somebody_else_and_taken_away() {
    let before = county_sources();
    let grants = form("grants");
    let mut after = before.clone();
    let new = cells(&[("staff", "1003"), ("items", "A01；A02"), ("until", "2027-01-31")]);
    let key = put(&mut after, grants, None, &new).unwrap();
    assert_eq!(key, "1003.1");
    let profile = Profile::of(after.clone()).unwrap();
    let person = |profile: &Profile, no: &str| {
        let staff = profile.setup.staff().iter();
        staff.clone().find(|each| each.no.to_string() == no).unwrap().grants.clone()
    };
    assert_eq!(person(&profile, "1003")[0].items.len(), 2);
    let changes = compare(&before, &after);
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!((changes[0].form, changes[0].key.as_str()), (Some("grants"), "1003.1"));
    assert!(matches!(changes[0].what, What::Added(_)), "and the person is the same");
    // To somebody else, with everything that stood in it.
    let key = put(&mut after, grants, Some(&key), &cells(&[("staff", "1005")])).unwrap();
    let profile = Profile::of(after.clone()).unwrap();
    assert!(person(&profile, "1003").is_empty());
    assert_eq!(person(&profile, "1005")[0].items.len(), 2);
    remove(&mut after, grants, &key).unwrap();
    assert!(compare(&before, &after).is_empty());
    assert_eq!(put(&mut after, grants, None, &cells(&[("staff", "77")])), Err(EditFault::NoOwner));
    assert_eq!(put(&mut after, grants, Some("1003.9"), &new), Err(EditFault::Gone));
    // What is wrong is told at its own row.
    put(&mut after, grants, None, &cells(&[("staff", "1003"), ("items", "ZZ9")])).unwrap();
    let problems = Profile::of(after.clone()).unwrap_err();
    let row = rows(&after, grants).into_iter().find(|row| row.key == "1003.1").unwrap();
    let at =
        |problem: &Problem| problem.line.is_some_and(|line| (row.line..=row.until).contains(&line));
    assert!(problems.iter().any(at), "{problems:?} {row:?}");
}

#[test]
fn settings_and_pairs_are_put_and_told_and_comments_stay() {
    let before = county_sources();
    let mut after = before.clone();
    put(&mut after, form("voice"), None, &cells(&[("times", "3")])).unwrap();
    put(&mut after, form("phones"), None, &cells(&[("guide", "12")])).unwrap();
    put(&mut after, form("posting"), None, &cells(&[("posting_months_min", "6")])).unwrap();
    let paper = rows(&before, form("papers"))[0].clone();
    let english: BTreeMap<String, String> = cells(&[("english_name", "Something else")]);
    put(&mut after, form("papers"), Some(&paper.key), &english).unwrap();
    put(
        &mut after,
        form("map_walls"),
        None,
        &cells(&[("x_m", "1.5"), ("y_m", "2"), ("width_m", "1"), ("depth_m", "0.5")]),
    )
    .unwrap();
    let changed: Vec<Option<&str>> =
        compare(&before, &after).iter().map(|each| each.form).collect();
    for word in ["voice", "phones", "posting", "papers", "map_walls"] {
        assert!(changed.contains(&Some(word)), "{word}: {changed:?}");
    }
    assert_eq!(changed.len(), 5);
    let comments = |sources: &Sources| sources.get("hall.toml").matches('#').count();
    assert_eq!(comments(&before), comments(&after));
    let profile = Profile::of(after.clone()).unwrap();
    assert_eq!(profile.details.voice.times, 3);
    assert_eq!(profile.posting_months_min, Some(6));
    assert_eq!(
        profile.details.english.papers.get(&paper.key).map(String::as_str),
        Some("Something else")
    );
    // A setting that is wrong is told at the settings, and a settings row cannot be taken out.
    put(&mut after, form("voice"), None, &cells(&[("times", "9")])).unwrap();
    let problems = Profile::of(after.clone()).unwrap_err();
    let row = rows(&after, form("voice")).remove(0);
    let line = problems.iter().find(|each| each.key() == Some("times")).unwrap().line.unwrap();
    assert!((row.line..=row.until).contains(&line), "{line} {row:?}");
    assert_eq!(remove(&mut after, form("voice"), ""), Err(EditFault::Gone));
    assert_eq!(put(&mut after, form("papers"), None, &cells(&[])), Err(EditFault::NoKey));
    assert_eq!(
        put(&mut after, form("papers"), None, &cells(&[("paper", &paper.key)])),
        Err(EditFault::Taken)
    );
}
