use std::{fs, path::Path};

use jiff::civil::date;

use super::*;
use crate::{
    audit::check::{Break, Witness, check},
    testing::{clock_at, wait_until},
};

fn at(moment: &str) -> HallClock {
    HallClock::told(480, clock_at(moment).now())
}

fn open(data: &Path, moment: &str) -> (Audit, JoinHandle<()>) {
    let files = crate::record::real_files();
    let start = Start { data: data.to_owned(), files, clock: at(moment), months_kept: MONTHS_KEPT };
    super::start(start).unwrap()
}

fn act(about: &str) -> Act {
    let by = Who::Staff { no: "9001".parse().unwrap(), role: crate::access::Role::Admin };
    Act::new(Kind::Hall, by, "10.0.0.7", about, "busy", Outcome::Done)
}

/// Writes acts and closes the trail.
fn written(data: &Path, moment: &str, abouts: &[&str]) {
    let (audit, thread) = open(data, moment);
    for about in abouts {
        audit.note(act(about));
    }
    audit.stop();
    thread.join().unwrap();
}

fn checked(data: &Path) -> check::Checked {
    check(data, &crate::record::real_files())
}

/// The files of the trail, oldest first.
fn segments(data: &Path) -> Vec<PathBuf> {
    let list = fs::read_dir(folder(data)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = list.filter(|path| path.to_str().unwrap().contains(".log")).collect();
    files.sort();
    files
}

fn abouts(audit: &Audit, day: jiff::civil::Date) -> Vec<String> {
    let found = audit.of_days((day, day), 100, |_| true);
    found.acts.into_iter().map(|each| each.act.about).collect()
}

#[tokio::test]
async fn what_must_be_on_record_is_safe_before_it_is_said_so() {
    let data = tempfile::tempdir().unwrap();
    let (audit, thread) = open(data.path(), "2026-11-23 09:00");
    assert!(audit.keep(act("tide 24")).await);
    let kept = checked(data.path());
    assert_eq!((kept.records, kept.broken), (1, None));
    assert_eq!(abouts(&audit, date(2026, 11, 23)), ["tide 24"]);
    assert!(abouts(&audit, date(2026, 11, 22)).is_empty());
    audit.stop();
    thread.join().unwrap();
    assert!(!audit.keep(act("too late")).await, "nobody writes any more");
}

#[test]
fn the_newest_stands_first_and_a_kind_can_be_asked_for() {
    let data = tempfile::tempdir().unwrap();
    written(data.path(), "2026-11-23 09:00", &["a", "b", "c"]);
    let (audit, thread) = open(data.path(), "2026-11-24 09:00");
    assert_eq!(abouts(&audit, date(2026, 11, 23)), ["c", "b", "a"]);
    let days = (date(2026, 11, 23), date(2026, 11, 24));
    let found = audit.of_days(days, 2, |act| act.kind == Kind::Hall);
    assert_eq!((found.acts.len(), found.is_cut, found.acts[0].no), (2, true, 3));
    assert!(audit.of_days(days, 9, |act| act.kind == Kind::Erase).acts.is_empty());
    audit.stop();
    thread.join().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_letter_is_seen_and_told_and_another_trail_begins() {
    let data = tempfile::tempdir().unwrap();
    let (audit, thread) = open(data.path(), "2026-11-23 09:00");
    for about in ["tide 24", "lend M", "announce"] {
        assert!(audit.keep(act(about)).await);
    }
    audit.stop();
    thread.join().unwrap();
    assert_eq!(checked(data.path()).broken, None);
    let file = segments(data.path()).pop().unwrap();
    let mut bytes = fs::read(&file).unwrap();
    let place = bytes.windows(7).position(|seven| seven == b"tide 24").unwrap();
    bytes[place] = b'T';
    fs::write(&file, bytes).unwrap();
    assert!(matches!(checked(data.path()).broken, Some(Break::Damaged { .. })));
    let (audit, thread) = open(data.path(), "2026-11-23 10:00");
    wait_until("the new trail tells of the old", || {
        let told = abouts(&audit, date(2026, 11, 23));
        told.iter().any(|about| about.contains("audit.damaged-2026-11-23-1"))
    });
    audit.stop();
    thread.join().unwrap();
    assert!(data.path().join("audit.damaged-2026-11-23-1").is_dir(), "it can be looked at");
}

#[test]
fn a_cut_end_is_seen_and_the_trail_says_so_itself() {
    let data = tempfile::tempdir().unwrap();
    written(data.path(), "2026-11-23 09:00", &["one", "two"]);
    let kept: Vec<_> =
        segments(data.path()).iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect();
    written(data.path(), "2026-11-23 10:00", &["three"]);
    for file in segments(data.path()) {
        fs::remove_file(file).unwrap();
    }
    for (file, bytes) in kept {
        fs::write(file, bytes).unwrap();
    }
    assert_eq!(checked(data.path()).broken, Some(Break::End { last: 2, was: 3 }));
    written(data.path(), "2026-11-23 11:00", &["four"]);
    let (audit, thread) = open(data.path(), "2026-11-23 12:00");
    let told = abouts(&audit, date(2026, 11, 23));
    assert!(told.iter().any(|about| about.contains(" 2") && about.contains(" 3")), "{told:?}");
    audit.stop();
    thread.join().unwrap();
    fs::remove_file(data.path().join("audit.head")).unwrap();
    assert_eq!(checked(data.path()).broken, Some(Break::NoWitness));
}

#[test]
fn a_trail_that_has_only_begun_is_whole() {
    let data = tempfile::tempdir().unwrap();
    written(data.path(), "2026-11-23 09:00", &[]);
    let files = crate::record::real_files();
    assert!(Witness::read(data.path(), files.as_ref()).is_some(), "there is one before any act");
    assert_eq!(checked(data.path()).broken, None);
}

#[test]
fn a_trail_that_is_gone_whole_is_seen() {
    let data = tempfile::tempdir().unwrap();
    written(data.path(), "2026-11-23 09:00", &["one"]);
    fs::remove_dir_all(folder(data.path())).unwrap();
    fs::create_dir(folder(data.path())).unwrap();
    assert_eq!(checked(data.path()).broken, Some(Break::End { last: 0, was: 1 }));
}

#[test]
fn days_are_forgotten_after_their_months_and_the_chain_still_holds() {
    let data = tempfile::tempdir().unwrap();
    for (moment, about) in [
        ("2025-10-01 09:00", "first"),
        ("2025-11-20 09:00", "old"),
        ("2025-11-22 09:00", "just within"),
        ("2026-06-01 09:00", "summer"),
        ("2026-11-23 09:00", "today"),
    ] {
        written(data.path(), moment, &[about]);
    }
    let found = checked(data.path());
    assert_eq!(found.broken, None);
    let (audit, thread) = open(data.path(), "2026-11-23 10:00");
    let all = audit.of_days((date(2025, 1, 1), date(2026, 12, 31)), 99, |_| true);
    let told: Vec<&str> = all.acts.iter().rev().map(|each| &*each.act.about).collect();
    assert_eq!(told, ["just within", "summer", "kept from record 3", "today"]);
    audit.stop();
    thread.join().unwrap();
    fs::remove_file(&segments(data.path())[0]).unwrap();
    assert_eq!(checked(data.path()).broken, Some(Break::Beginning { first: 4 }));
}

#[test]
fn nobody_waits_for_a_disk_that_hangs_and_what_found_no_place_is_counted() {
    let data = tempfile::tempdir().unwrap();
    let (waiting, _inbox) = mpsc::sync_channel(WAITING_MAX);
    let state = State {
        data: data.path().to_owned(),
        files: crate::record::real_files(),
        clock: at("2026-11-23 09:00"),
        months_kept: MONTHS_KEPT,
        lost: AtomicU64::new(0),
        is_stuck: AtomicBool::new(false),
        checked: Mutex::default(),
        same: Mutex::default(),
    };
    let audit = Audit { state: Arc::new(state), waiting };
    for _ in 0..WAITING_MAX + 7 {
        audit.note(act("sign-on"));
    }
    assert_eq!(audit.state.lost.load(Relaxed), 7);
}

#[test]
fn the_same_no_to_the_same_asker_is_told_once_a_minute() {
    let data = tempfile::tempdir().unwrap();
    let (audit, thread) = open(data.path(), "2026-11-23 09:00");
    for about in ["POST /reload", "POST /reload", "POST /erasures"] {
        audit.note_once(None, act(about));
    }
    audit.stop();
    thread.join().unwrap();
    assert_eq!(checked(data.path()).records, 2);
}

#[test]
fn what_was_done_at_the_console_comes_into_the_trail() {
    let data = tempfile::tempdir().unwrap();
    command::leave(data.path(), Kind::Account, "staff add no=1003 role=desk").unwrap();
    fs::write(data.path().join("audit.waiting/no-note"), "{").unwrap();
    let (audit, thread) = open(data.path(), "2026-11-23 09:00");
    wait_until("the note is taken", || {
        let found = audit.of_days((date(2026, 11, 23), date(2026, 11, 23)), 9, |act| {
            act.by == Who::Console && act.about.starts_with("staff add no=1003")
        });
        found.acts.len() == 1
    });
    audit.stop();
    thread.join().unwrap();
    let left = fs::read_dir(data.path().join("audit.waiting")).unwrap().count();
    assert_eq!(left, 1, "what is no note stays where it is");
}

#[test]
fn a_witness_is_read_as_it_was_kept() {
    let data = tempfile::tempdir().unwrap();
    let files = crate::record::real_files();
    let witness = Witness { last: journal::record::Seq(41), head: [7; 32] };
    witness.keep(data.path(), files.as_ref()).unwrap();
    assert_eq!(Witness::read(data.path(), files.as_ref()), Some(witness));
}
