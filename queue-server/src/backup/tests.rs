use std::fs;

use hall::{Hall, command::Command};
use journal::disk::DiskJournal;

use super::*;
use crate::{
    audit::{Act, Kind, Outcome},
    backup::restore::restore,
    serve::tests::config,
    testing::{issue_command, ticket_of, wait_until, wish},
};

fn plan(data: &Path, hall: &Path, to: &Path) -> Plan {
    let files = record::real_files();
    Plan { data: data.to_owned(), hall: hall.to_owned(), to: to.to_owned(), keep: 2, files }
}

fn profile() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/county-24")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_put_back_from_a_backup_has_the_same_hall() {
    let (data, to, new) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let running = crate::serve::serve(config(data.path())).await.unwrap();
    let engine = running.app.engine.clone();
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    let mut last = None;
    for each in 0..20 {
        let told = engine.ask(wish("kiosk-1", &each.to_string(), issue_command())).await.unwrap();
        last = Some(ticket_of(told));
    }
    let no = "9101".parse().unwrap();
    let role = crate::access::Role::Security;
    let person = crate::access::Person { no, name: "S".into(), role, windows: Vec::new() };
    running.app.access.add_person(person, "a long enough password").unwrap();
    let session = running.app.access.begin_session(no);
    assert!(running.app.audit.keep(Act::of_hall(Kind::Hall, "before", Outcome::Done)).await);
    let hall_then = engine.read(Hall::clone);
    let made = make(&plan(data.path(), &profile(), to.path())).unwrap();
    engine.ask(wish("kiosk-1", "after", issue_command())).await.unwrap();
    engine.ask(wish("admin", "close", Command::CloseDay)).await.unwrap();
    running.stop().await;

    let copied: Vec<&str> = made.manifest.file.iter().map(|file| &*file.path).collect();
    for out in ["data/store", "data/access/sessions", "data/persons/day.key", "data/lock"] {
        assert!(copied.iter().all(|path| !path.starts_with(out)), "{out} is in {copied:?}");
    }
    let (there, hall) = (new.path().join("data"), new.path().join("hall"));
    restore(&made, &there, Some(&hall), &record::real_files()).unwrap();
    let mut config = config(&there);
    config.hall = hall;
    let again = crate::serve::serve(config).await.unwrap();
    let ticket = last.unwrap();
    assert!(again.app.read(|hall| hall.ticket(ticket).is_some()));
    let numbers = |hall: &Hall| hall.tickets().map(|ticket| ticket.no).collect::<Vec<_>>();
    assert_eq!(again.app.read(numbers), numbers(&hall_then));
    assert!(again.app.access.has_person(no));
    assert!(again.app.access.session(&session, true).is_none(), "nobody is signed in any more");
    let today = again.app.clock.date(again.app.now());
    let acts = again.app.audit.of_days((today, today), 99, |act| act.about == "before");
    assert_eq!(acts.acts.len(), 1);
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_under_load_are_whole_and_no_more_are_kept_than_said() {
    let (data, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let running = crate::serve::serve(config(data.path())).await.unwrap();
    let engine = running.app.engine.clone();
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    let asking = engine.clone();
    let load = tokio::spawn(async move {
        for each in 0..400 {
            asking.ask(wish("kiosk-1", &each.to_string(), issue_command())).await.ok();
        }
    });
    let plan = plan(data.path(), &profile(), to.path());
    let mut records = Vec::new();
    for _ in 0..4 {
        let made = {
            let plan = plan.clone();
            tokio::task::spawn_blocking(move || make_another(&plan)).await.unwrap()
        };
        prove(&made, &plan.files).unwrap();
        records.push(made.manifest.records);
    }
    load.await.unwrap();
    running.stop().await;
    assert!(records.is_sorted(), "{records:?}");
    assert_eq!(list(to.path()).len(), 2);
}

/// A name is of a second; waits for the next one.
fn make_another(plan: &Plan) -> Backup {
    let mut made = None;
    wait_until("a backup of a second of its own is made", || {
        made = make(plan).ok();
        made.is_some()
    });
    made.unwrap()
}

#[test]
fn a_changed_file_is_seen_before_anything_is_put_back() {
    let (data, to, new) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let files = record::real_files();
    drop(record::open(data.path(), &files).unwrap());
    drop(DiskJournal::open(&crate::audit::folder(data.path()), files).unwrap());
    fs::write(data.path().join("learned.json"), "{}").unwrap();
    let made = make(&plan(data.path(), &profile(), to.path())).unwrap();
    let files = record::real_files();
    prove(&made, &files).unwrap();
    fs::write(made.path.join("data/learned.json"), "[]").unwrap();
    let place = new.path().join("data");
    let refused = restore(&made, &place, None, &files);
    assert!(matches!(refused, Err(BackupFault::Changed { .. })), "{refused:?}");
    assert!(!place.exists(), "nothing was put anywhere");
    let second = make_another(&plan(data.path(), &profile(), to.path()));
    let refused = restore(&second, data.path(), None, &files);
    assert!(matches!(refused, Err(BackupFault::NotEmpty { .. })), "{refused:?}");
}

#[test]
fn a_list_that_leads_out_of_the_backup_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = Manifest {
        made_secs: 0,
        version: String::new(),
        records: 0,
        last: 0,
        acts: 0,
        trail_head: String::new(),
        file: vec![Listed { path: "data/../../etc".into(), bytes: 0, sha256: String::new() }],
    };
    fs::write(folder.path().join(LIST), toml::to_string(&manifest).unwrap()).unwrap();
    assert!(matches!(open(folder.path()), Err(BackupFault::NoBackup { .. })));
}

#[test]
fn a_damaged_record_makes_no_backup() {
    let (data, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::create_dir(data.path().join("journal")).unwrap();
    fs::create_dir(data.path().join("audit")).unwrap();
    let broken = "journal/00000000000000000001-first.log";
    fs::write(data.path().join(broken), "no segment").unwrap();
    let made = make(&plan(data.path(), &profile(), to.path()));
    assert!(matches!(made, Err(BackupFault::Record(_))), "{made:?}");
    assert!(list(to.path()).is_empty());
}
