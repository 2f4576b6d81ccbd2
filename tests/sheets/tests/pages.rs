//! Every page in every layout and language: measured, and compared with the sheets of before.
//! `UPDATE_PICTURES=1` writes the sheets anew; look at them before you keep them.

use std::path::{Path, PathBuf};

use sheets::{
    canvas::Canvas,
    measured::problems,
    page::{Layout, each_page},
    sheet::sheet,
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

/// No words are cut, small, pale or on one another, and everything touched is large enough.
fn measure(layout: Layout) {
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        each_page(layout, language, |_, page| {
            let told = problems(page, layout).into_iter();
            wrong.extend(told.map(|problem| {
                format!("{} {} {}: {problem}", page.name, layout.word(), language.tag())
            }));
        });
    }
    assert!(wrong.is_empty(), "{} problems:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn upright_pages_keep_the_rules() {
    measure(Layout::Portrait);
}

#[test]
fn lying_pages_keep_the_rules() {
    measure(Layout::Landscape);
}

#[test]
fn pages_with_large_letters_keep_the_rules() {
    measure(Layout::Elder);
}

#[test]
fn lying_pages_with_large_letters_keep_the_rules() {
    measure(Layout::ElderLandscape);
}

#[test]
fn low_pages_keep_the_rules() {
    measure(Layout::Low);
}

#[test]
fn low_pages_with_large_letters_keep_the_rules() {
    measure(Layout::ElderLow);
}

#[test]
fn pages_of_high_contrast_keep_the_rules() {
    measure(Layout::Contrast);
}

#[test]
fn every_page_looks_as_it_did() {
    let update = std::env::var_os("UPDATE_PICTURES").is_some();
    let mut changed = Vec::new();
    for layout in Layout::ALL {
        for language in LANGUAGES {
            let (path, now) = (kept(layout, language), sheet(layout, language, SMALLER));
            if update {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                now.write(&path).unwrap();
            } else if let Some(why) = difference(&path, &now) {
                changed.push(format!("{}: {why}", path.display()));
            }
        }
    }
    assert!(changed.is_empty(), "UPDATE_PICTURES=1 takes it over\n{}", changed.join("\n"));
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
