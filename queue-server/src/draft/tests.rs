use std::{collections::BTreeMap, fs};

use super::*;
use crate::{
    profile::forms::{self, Form},
    record::real_files,
    testing::{self, county},
};

struct Desk {
    drafts: Drafts,
    data: tempfile::TempDir,
    folder: PathBuf,
}

const NOW: Timestamp = Timestamp(1_000_000);

fn staff(no: &str) -> StaffNo {
    no.parse().unwrap()
}

impl Desk {
    fn new(one_person: bool) -> Self {
        let data = tempfile::tempdir().unwrap();
        let folder = testing::county_copied(data.path());
        let drafts = open(data.path(), &folder, one_person);
        Self { drafts, data, folder }
    }

    fn minutes(&self, by: &str, minutes: &str) -> Result<String, DraftFault> {
        self.put(by, "items", "A01", "mean_minutes", minutes)
    }

    fn put(
        &self,
        by: &str,
        word: &str,
        key: &str,
        field: &str,
        said: &str,
    ) -> Result<String, DraftFault> {
        let cells = BTreeMap::from([(field.to_owned(), said.to_owned())]);
        let form = Form::of(word).unwrap();
        self.drafts.edit((staff(by), NOW), &county(), &format!("{word} {key}"), |sources| {
            forms::put(sources, form, Some(key), &cells)
        })
    }

    fn seen(&self) -> SetupVersion {
        self.drafts.look(|kept| kept.draft.as_ref().unwrap().version())
    }

    fn propose(&self, by: &str) -> Result<(), DraftFault> {
        self.drafts.propose(said(by, "why"), self.seen())
    }

    fn approve(&self, by: &str, why: &str) -> Result<SetupVersion, DraftFault> {
        self.drafts.approve((staff(by), NOW), why, self.seen())
    }
}

fn open(data: &Path, folder: &Path, one_person: bool) -> Drafts {
    let profiles = Profiles::of(data, real_files());
    profiles.keep(&county()).unwrap();
    Drafts::open(data, folder, real_files(), profiles, one_person)
}

fn said(by: &str, why: &str) -> Said {
    Said { at: NOW, by: staff(by), why: why.to_owned() }
}

fn code<T: std::fmt::Debug>(done: Result<T, DraftFault>) -> &'static str {
    done.unwrap_err().code()
}

#[test]
fn nobody_approves_what_they_worked_on_but_a_second_person_does() {
    let desk = Desk::new(false);
    desk.minutes("9001", "30").unwrap();
    desk.propose("9001").unwrap();
    assert_eq!(code(desk.approve("9001", "")), "second_person");
    let version = desk.approve("9002", "").unwrap();
    assert_eq!(Profile::read(&desk.folder).unwrap().version, version);
    assert!(fs::read_to_string(desk.folder.join("items.csv")).unwrap().contains(",30,"));
    desk.drafts.note_in_force(version, NOW, &Actor::Hall);
    let last = desk.drafts.look(|kept| kept.history.last().cloned()).unwrap();
    assert_eq!((last.by, last.proposed_by), (Actor::Staff(staff("9002")), Some(staff("9001"))));
    assert_eq!(last.why, "why");
    assert!(desk.drafts.look(|kept| kept.draft.is_none() && kept.awaited.is_none()));
}

#[test]
fn whoever_only_lent_a_hand_may_not_approve_either() {
    let desk = Desk::new(false);
    desk.minutes("9001", "30").unwrap();
    desk.minutes("9002", "31").unwrap();
    desk.propose("9001").unwrap();
    assert_eq!(code(desk.approve("9002", "")), "second_person");
    desk.approve("9003", "").unwrap();
}

#[test]
fn an_edit_after_the_proposal_takes_it_back_and_what_was_not_seen_is_not_approved() {
    let desk = Desk::new(false);
    desk.minutes("9001", "30").unwrap();
    desk.propose("9001").unwrap();
    let seen = desk.seen();
    desk.minutes("9001", "40").unwrap();
    assert!(desk.drafts.look(|kept| kept.draft.as_ref().unwrap().proposed.is_none()));
    assert_eq!(code(desk.drafts.approve((staff("9002"), NOW), "why", seen)), "changed");
}

#[test]
fn what_is_no_item_queue_or_window_needs_one_person_and_always_a_reason() {
    let desk = Desk::new(false);
    desk.put("9001", "staff", "1003", "title", "窗口负责人").unwrap();
    assert_eq!(code(desk.approve("9001", " ")), "no_reason");
    desk.approve("9001", "why").unwrap();
    let alone = Desk::new(true);
    alone.minutes("9001", "30").unwrap();
    alone.approve("9001", "why").unwrap();
}

#[test]
fn a_draft_outlives_the_server_and_nothing_of_it_is_in_the_folder_before() {
    let desk = Desk::new(false);
    let before = Profile::read(&desk.folder).unwrap().version;
    desk.minutes("9001", "30").unwrap();
    let again = open(desk.data.path(), &desk.folder, false);
    assert_eq!(again.look(|kept| kept.draft.as_ref().unwrap().version()), desk.seen());
    assert_eq!(Profile::read(&desk.folder).unwrap().version, before);
    assert_eq!(again.changes(&county()).len(), 1);
}

#[test]
fn a_draft_with_problems_is_kept_and_not_proposed() {
    let desk = Desk::new(false);
    desk.minutes("9001", "lots").unwrap();
    assert_eq!(code(desk.propose("9001")), "problems");
    assert!(desk.drafts.problems().iter().any(|problem| problem.key() == Some("mean_minutes")));
}

#[test]
fn a_folder_that_somebody_changed_meanwhile_is_not_written_over_unseen() {
    let desk = Desk::new(false);
    desk.minutes("9001", "30").unwrap();
    let path = desk.folder.join("staff.toml");
    let text = fs::read_to_string(&path).unwrap().replace("3号窗口工作人员", "三号窗口");
    fs::write(&path, text).unwrap();
    assert!(desk.drafts.is_folder_changed());
    assert_eq!(code(desk.propose("9001")), "folder_changed");
    desk.drafts.go_on(staff("9001"), desk.seen()).unwrap();
    desk.propose("9001").unwrap();
    // What the folder has and the draft lacks is seen before it goes.
    assert!(desk.drafts.changes(&county()).iter().any(|change| change.key == "1003"));
}

#[test]
fn an_earlier_version_comes_back_by_the_same_way() {
    let desk = Desk::new(false);
    desk.minutes("9001", "30").unwrap();
    desk.approve("9002", "why").unwrap();
    let first = county().version;
    desk.drafts.bring_back((staff("9001"), NOW), &county(), first).unwrap();
    desk.propose("9001").unwrap();
    assert_eq!(code(desk.approve("9001", "")), "second_person");
    assert_eq!(desk.approve("9002", "").unwrap(), first);
    assert_eq!(Profile::read(&desk.folder).unwrap().version, first);
}

#[test]
fn what_a_power_cut_left_half_written_is_whole_at_the_next_start() {
    let desk = Desk::new(false);
    desk.minutes("9001", "30").unwrap();
    desk.put("9001", "staff", "1003", "title", "窗口负责人").unwrap();
    // The cut comes behind the first file: the folder has the new items and the old staff.
    let staff_before = fs::read_to_string(desk.folder.join("staff.toml")).unwrap();
    let (whole, kept_while) = {
        let seen = desk.seen();
        let sources = desk.drafts.look(|kept| kept.draft.as_ref().unwrap().sources.clone());
        let mut kept = desk.drafts.look(Kept::clone);
        desk.drafts.approve((staff("9002"), NOW), "why", seen).unwrap();
        let entry = desk.drafts.look(|kept| kept.awaited.clone()).unwrap();
        kept.putting = Some(putting::Putting::new(sources, entry.clone()));
        (entry.version, kept)
    };
    fs::write(desk.folder.join("staff.toml"), staff_before).unwrap();
    kept_while.write(&desk.data.path().join(kept::FILE), &*real_files()).unwrap();
    assert_ne!(Profile::read(&desk.folder).unwrap().version, whole);
    finish(desk.data.path(), &desk.folder, &real_files()).unwrap();
    assert_eq!(Profile::read(&desk.folder).unwrap().version, whole);
    let again = open(desk.data.path(), &desk.folder, false);
    assert!(again.look(|kept| kept.draft.is_none() && kept.putting.is_none()));
    assert_eq!(again.look(|kept| kept.awaited.as_ref().unwrap().version), whole);
}

#[test]
fn a_folder_that_cannot_be_written_keeps_the_draft() {
    let desk = Desk::new(false);
    desk.minutes("9001", "30").unwrap();
    let text = fs::read_to_string(desk.folder.join("items.csv")).unwrap();
    // Where the file should go stands a folder.
    fs::create_dir(desk.folder.join(".items.csv.making")).unwrap();
    assert_eq!(code(desk.approve("9002", "why")), "disk");
    assert_eq!(fs::read_to_string(desk.folder.join("items.csv")).unwrap(), text);
    assert!(desk.drafts.look(|kept| kept.draft.is_some() && kept.putting.is_none()));
}

#[test]
fn a_photograph_is_in_the_folder_once_it_is_approved_and_goes_the_same_way() {
    let desk = Desk::new(false);
    let picture = crate::testing::jpeg(300, 400);
    let put = |picture: Option<&[u8]>| {
        desk.drafts.put_photo((staff("9001"), NOW), &county(), staff("1003"), picture)
    };
    let before = Profile::read(&desk.folder).unwrap().version;
    put(Some(&picture)).unwrap();
    let path = desk.folder.join("photos/1003.jpg");
    assert!(!path.exists(), "nothing of a draft is in the folder");
    let mark = desk.drafts.photo_of(staff("1003")).unwrap().unwrap();
    assert_eq!(desk.drafts.picture(&mark), Some(picture.clone()));
    let changes = desk.drafts.changes(&county());
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!((changes[0].file.as_str(), changes[0].key.as_str()), ("photos", "1003"));
    let version = desk.approve("9001", "why").unwrap();
    assert_eq!(fs::read(&path).unwrap(), picture);
    let profile = Profile::read(&desk.folder).unwrap();
    assert_eq!(profile.version, version);
    assert!(profile.photos.contains_key(&staff("1003")));
    // Another one, then none at all.
    let other = crate::testing::jpeg(360, 480);
    put(Some(&other)).unwrap();
    desk.approve("9001", "why").unwrap();
    assert_eq!(fs::read(&path).unwrap(), other);
    put(None).unwrap();
    assert_eq!(desk.drafts.photo_of(staff("1003")), Some(None));
    assert_eq!(desk.approve("9001", "why").unwrap(), before);
    assert!(!path.exists());
    // What is put and taken away again is no draft to propose, and its picture is forgotten.
    put(Some(&picture)).unwrap();
    put(None).unwrap();
    assert!(desk.drafts.changes(&county()).is_empty());
    put(Some(&other)).unwrap();
    assert_eq!(fs::read_dir(desk.data.path().join("setup-photos")).unwrap().count(), 1);
    assert_eq!(desk.drafts.picture("../setup"), None);
}
