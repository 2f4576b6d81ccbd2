//! A restore that was asked for is done by the next start, or refused before anything is touched.

use hall::Hall;

use super::*;
use crate::{
    backup::{Plan, make},
    record,
    serve::{serve, tests::config},
    testing::{issue_command, wait_until, wish},
};

async fn a_hall_with_a_backup(place: &Path) -> (PathBuf, Wanted, u64) {
    let data = place.join("data");
    let running = serve(config(&data)).await.unwrap();
    let engine = running.app.engine.clone();
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    engine.ask(wish("kiosk-1", "1", issue_command())).await.unwrap();
    let to = data.join("backups");
    let plan = Plan {
        data: data.clone(),
        hall: running.app.reloading.folder().to_owned(),
        to: to.clone(),
        keep: 2,
        files: record::real_files(),
    };
    let made = make(&plan).unwrap();
    engine.ask(wish("kiosk-1", "2", issue_command())).await.unwrap();
    running.stop().await;
    let by = "9001".parse().unwrap();
    let (backup, why) = (made.path, "a broken disk".to_owned());
    (data, Wanted { backup, kept_in: Some(to), by, why }, made.manifest.records)
}

fn tickets(hall: &Hall) -> usize {
    hall.tickets().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_start_puts_it_back_and_keeps_what_was_there() {
    let place = tempfile::tempdir().unwrap();
    let (data, wanted, _) = a_hall_with_a_backup(place.path()).await;
    let files = record::real_files();
    ask(&data, &wanted, &files).unwrap();
    let again = serve(config(&data)).await.unwrap();
    assert_eq!(again.app.read(tickets), 1, "the second came after the backup");
    let told = told(&data).unwrap();
    assert_eq!((told.fault, told.by), (None, wanted.by));
    let aside = told.aside.unwrap();
    let (then, now) = (record::verify(&aside).unwrap(), record::verify(&data).unwrap());
    assert!(then.records > 0 && now.records > 0, "both are whole");
    assert_eq!(again.app.backups.list().len(), 1, "the backups stay where they are looked for");
    wait_until("the trail says so", || {
        let today = again.app.clock.date(again.app.now());
        let found =
            again.app.audit.of_days((today, today), 99, |act| act.about.contains("restore"));
        found.acts.iter().any(|each| each.act.about.contains("a broken disk"))
    });
    again.stop().await;
    // It is done once.
    let third = serve(config(&data)).await.unwrap();
    assert_eq!(third.app.read(tickets), 1);
    third.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_torn_backup_is_refused_and_nothing_is_touched() {
    let place = tempfile::tempdir().unwrap();
    let (data, wanted, _) = a_hall_with_a_backup(place.path()).await;
    let files = record::real_files();
    let name = wanted.backup.file_name().unwrap().to_string_lossy().into_owned();
    let folder = wanted.kept_in.clone().unwrap();
    assert!(looked_through(&folder, &name, &files).is_ok());
    for no_name in ["../backups", "", "paihao-none", "/etc"] {
        assert!(looked_through(&folder, no_name, &files).is_err(), "{no_name}");
    }
    let list = fs::read_dir(wanted.backup.join("data/journal")).unwrap();
    let segment = list.flatten().map(|entry| entry.path()).max().unwrap();
    let bytes = fs::read(&segment).unwrap();
    fs::write(&segment, &bytes[..bytes.len() / 2]).unwrap();
    assert!(looked_through(&folder, &name, &files).is_err());
    ask(&data, &wanted, &files).unwrap();
    let again = serve(config(&data)).await.unwrap();
    assert_eq!(again.app.read(tickets), 2, "the hall is as it was");
    let told = told(&data).unwrap();
    assert!(told.fault.is_some() && told.aside.is_none(), "{told:?}");
    assert!(!place.path().join("data.restoring").exists());
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_was_cut_short_is_finished_by_the_next_start() {
    let place = tempfile::tempdir().unwrap();
    let (data, wanted, _) = a_hall_with_a_backup(place.path()).await;
    let files = record::real_files();
    let told_of = Told {
        backup: "b".to_owned(),
        by: wanted.by,
        why: String::new(),
        at_secs: 0,
        aside: None,
        fault: None,
        kept_in: wanted.kept_in.clone(),
    };
    put_beside(&data, &wanted, &told_of, &files).unwrap();
    // The power goes between the two names.
    fs::rename(&data, named_aside(&data, 0)).unwrap();
    let again = serve(config(&data)).await.unwrap();
    assert_eq!(again.app.read(tickets), 1);
    assert_eq!(told(&data).unwrap().fault, None);
    assert_eq!(again.app.backups.list().len(), 1);
    again.stop().await;
}
