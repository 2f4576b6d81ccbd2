//! Every page in every layout and language: measured, and compared with the sheets of before.
//! `UPDATE_PICTURES=1` writes the sheets anew; look at them before you keep them.

#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::path::{Path, PathBuf};

use sheets::{
    canvas::Canvas,
    measured::problems,
    page::{Layout, each_page},
    sheet::side_by_side,
};
use wire::texts::Language;

/// The kept sheets are so many times smaller than the pictures: enough to see what moved.
const SMALLER: usize = 6;

/// A part of a colour may differ by so much, because processors round otherwise.
const NEAR: f32 = 3.0;

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

fn kept(layout: Layout, language: Language) -> PathBuf {
    let name = format!("{}-{}.png", layout.word(), language.tag());
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden/pictures").join(name)
}

/// No words are cut, small, pale or on one another, everything touched is large enough, and the page
/// looks as it did.
fn hold(layout: Layout) {
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let mut pictures = Vec::new();
        each_page(layout, language, |stage, page| {
            let told = problems(page, layout).into_iter();
            wrong.extend(told.map(|problem| {
                format!("{} {} {}: {problem}", page.name, layout.word(), language.tag())
            }));
            pictures.push(stage.picture(page).smaller(SMALLER));
        });
        let (path, now) = (kept(layout, language), side_by_side(layout, &pictures, SMALLER));
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            now.write(&path).unwrap();
        } else if let Some(why) = difference(&path, &now) {
            let update = "UPDATE_PICTURES=1 takes it over";
            wrong.push(format!("{}: {why}; {update}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{} problems:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn upright_pages_keep_the_rules() {
    hold(Layout::Portrait);
}

#[test]
fn lying_pages_keep_the_rules() {
    hold(Layout::Landscape);
}

#[test]
fn pages_with_large_letters_keep_the_rules() {
    hold(Layout::Elder);
}

#[test]
fn lying_pages_with_large_letters_keep_the_rules() {
    hold(Layout::ElderLandscape);
}

#[test]
fn low_pages_keep_the_rules() {
    hold(Layout::Low);
}

#[test]
fn low_pages_with_large_letters_keep_the_rules() {
    hold(Layout::ElderLow);
}

#[test]
fn pages_of_high_contrast_keep_the_rules() {
    hold(Layout::Contrast);
}

/// Where a sheet is not as it was; none if it is.
fn difference(path: &Path, now: &Canvas) -> Option<String> {
    let before = match Canvas::read(path) {
        Ok(before) => before,
        Err(error) => return Some(format!("{error:#}")),
    };
    if (before.width, before.height) != (now.width, now.height) {
        return Some("there are other pages".to_owned());
    }
    let differs = |(one, other): (&[f32; 3], &[f32; 3])| {
        one.iter().zip(other).any(|(one, other)| (one - other).abs() > NEAR)
    };
    let pairs = before.pixels.iter().zip(&now.pixels);
    let places: Vec<usize> =
        pairs.enumerate().filter(|(_, pair)| differs(*pair)).map(|(n, _)| n).collect();
    let first = *places.first()?;
    let (x, y) = (first % now.width, first / now.width);
    Some(format!("{} pixels, the first at {x}, {y}", places.len()))
}
