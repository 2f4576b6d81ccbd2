//! Names go, the profile stays what the record names.

use crate::{profiles::Profiles, record::real_files, testing::county};

#[test]
fn names_go_and_the_profile_is_found_under_its_version_all_the_same() {
    let data = tempfile::tempdir().unwrap();
    let (kept, county) = (Profiles::of(data.path(), real_files()), county());
    kept.keep(&county).unwrap();
    let stays = county.posts[1].no.to_string();
    assert!(kept.erase_names(county.version, std::slice::from_ref(&stays)).unwrap());
    let path = data.path().join("profiles").join(format!("{}.json", county.version));
    let text = std::fs::read_to_string(path).unwrap();
    assert!(!text.contains(&county.posts[0].name) && text.contains(&county.posts[1].name));
    let found = kept.find(county.version).unwrap();
    assert_eq!((found.version, &found.setup), (county.version, &county.setup));
    assert_eq!(found.posts[0].name, county.posts[0].no.to_string());
    // There is nothing more to erase.
    assert!(!kept.erase_names(county.version, &[stays]).unwrap());
    // In force again it has its names again.
    kept.keep(&county).unwrap();
    assert_eq!(kept.find(county.version).unwrap().posts[0].name, county.posts[0].name);
}

#[test]
fn a_profile_that_no_record_names_is_removed() {
    let data = tempfile::tempdir().unwrap();
    let (kept, county) = (Profiles::of(data.path(), real_files()), county());
    kept.keep(&county).unwrap();
    assert_eq!(kept.kept(), [county.version]);
    kept.remove(county.version).unwrap();
    assert_eq!(kept.kept(), []);
}
