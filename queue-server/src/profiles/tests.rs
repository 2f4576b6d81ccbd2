//! What was kept is found as it was, and nothing else.

use std::{fs, path::Path};

use super::Profiles;
use crate::{record::real_files, testing::county};

fn profiles(data: &Path) -> Profiles {
    Profiles::of(data, real_files())
}

#[test]
fn a_profile_is_found_as_it_was() {
    let data = tempfile::tempdir().unwrap();
    let (kept, county) = (profiles(data.path()), county());
    assert!(kept.find(county.version).is_none());
    kept.keep(&county).unwrap();
    kept.keep(&county).unwrap();
    let found = profiles(data.path()).find(county.version).unwrap();
    assert_eq!((found.version, &found.setup), (county.version, &county.setup));
    assert_eq!(found.calendar, county.calendar);
    assert_eq!(kept.setup("000000000000".parse().unwrap()), None);
}

#[test]
fn what_was_changed_by_hand_is_not_what_was_kept() {
    let data = tempfile::tempdir().unwrap();
    let (kept, county) = (profiles(data.path()), county());
    kept.keep(&county).unwrap();
    let path = data.path().join("profiles").join(format!("{}.json", county.version));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("出入境证件", "出入境")).unwrap();
    assert!(kept.find(county.version).is_none());
    // Keeping it again mends it.
    kept.keep(&county).unwrap();
    assert!(kept.find(county.version).is_some());
}
