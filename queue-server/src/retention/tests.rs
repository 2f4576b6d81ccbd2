//! A hall's clock is put years ahead: what was due is gone, everywhere, and nothing else is.

use std::{
    fs::{self, File},
    path::Path,
    time::{Duration, SystemTime},
};

use hall::{command::Command, ids::VisitId, time::Day, words::indicator::Grouping};
use wire::http::visits::VisitContact;

use super::{Doubt, Limits, Sort, files, night};
use crate::{
    app::App,
    backup,
    clock::HallClock,
    person::Document,
    record,
    serve::{DemoClock, Running, StartAt, serve, tests::config},
    store::Store,
    testing::{issue_command, wait_until, wish},
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

async fn start(data: &Path, at: &str) -> Running {
    let mut config = config(data);
    let start = StartAt::Moment(HallClock::read(at, 480).unwrap());
    config.demo = Some(DemoClock { speed: 1.0, start: Some(start) });
    serve(config).await.unwrap()
}

async fn open(data: &Path, at: &str) -> Running {
    let running = start(data, at).await;
    let app = running.app.clone();
    let today = app.clock.day(app.now());
    wait_until("a session of the day is open", || {
        app.read(|hall| hall.day() == Some(today) && hall.session().is_some())
    });
    running
}

/// A day with so many tickets, closed.
async fn a_day(data: &Path, at: &str, tickets: u32) {
    let running = open(data, at).await;
    let engine = running.app.engine.clone();
    for each in 0..tickets {
        let request = format!("{at} {each}");
        engine.ask(wish("kiosk-1", &request, issue_command())).await.unwrap();
    }
    engine.ask(wish("admin", &format!("{at} close"), Command::CloseDay)).await.unwrap();
    running.stop().await;
}

fn erased(app: &App, sort: Sort) -> u64 {
    let night = app.retention.memory().last.unwrap();
    night.lines.into_iter().find(|line| line.sort == sort).unwrap().erased
}

const YEAR: (Day, Day) =
    (Day { year: 2026, month: 1, day: 1 }, Day { year: 2026, month: 12, day: 31 });

#[tokio::test(flavor = "multi_thread")]
async fn after_three_years_the_days_are_gone_and_the_years_sums_stay() {
    let data = tempfile::tempdir().unwrap();
    a_day(data.path(), "2026-11-23 09:00", 3).await;
    a_day(data.path(), "2026-11-24 09:00", 2).await;
    let running = open(data.path(), "2029-11-26 09:00").await;
    let app = running.app.clone();
    assert!(app.store.tally(day("2026-11-23")).is_some());
    // Three years back is the 26th.
    let found = tokio::task::spawn_blocking({
        let app = app.clone();
        move || night::run(&app, true)
    });
    let found = found.await.unwrap();
    assert!(found.is_whole(), "{found:#?}");
    assert_eq!((erased(&app, Sort::Record), erased(&app, Sort::Tickets)), (2, 2));
    for gone in ["2026-11-23", "2026-11-24"] {
        assert!(app.store.tally(day(gone)).is_none() && app.store.tickets(day(gone)).is_empty());
    }
    let year = app.store.year(2026).unwrap();
    assert_eq!(year.days, 2);
    assert!(!year.sums.contains_key(&Grouping::Clerk), "who worked when is not in a year's sums");
    assert_eq!(app.store.total(Grouping::Hall, YEAR).hall().issued, 5);
    assert_eq!(app.store.total(Grouping::Queue, YEAR).groups["M"].issued, 5);
    record::verify(data.path()).unwrap();
    let text = journal_text(data.path());
    assert!(!text.contains("2026-11-23") && text.contains("2029-11-26"));
    // What is left makes the hall again, a backup of it is whole, and the store is made of it.
    let plan = backup::Plan {
        data: data.path().to_owned(),
        hall: app.reloading.folder().to_owned(),
        to: data.path().join("backups"),
        keep: 2,
        files: record::real_files(),
    };
    tokio::task::spawn_blocking(move || backup::make(&plan)).await.unwrap().unwrap();
    drop(app);
    running.stop().await;
    Store::discard(data.path()).unwrap();
    let again = open(data.path(), "2029-11-26 10:00").await;
    let store = again.app.store.clone();
    wait_until("the store is whole", || store.condition() == "ok");
    assert_eq!(store.days(), []);
    assert_eq!(store.total(Grouping::Hall, YEAR).hall().issued, 5, "no record could make it again");
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_of_bookings_and_contacts_of_nobody_go_at_night_while_the_hall_is_closed() {
    let data = tempfile::tempdir().unwrap();
    let running = open(data.path(), "2026-11-23 09:00").await;
    let (app, today) = (running.app.clone(), day("2026-11-23"));
    app.persons.booker(&Document::read("E12345678").unwrap(), today).unwrap();
    let contact = VisitContact { who: "A".into(), phone: String::new(), place: "B".into() };
    app.contacts.keep(VisitId(999), &contact).unwrap();
    app.engine.ask(wish("admin", "close", Command::CloseDay)).await.unwrap();
    assert_eq!((app.persons.made().1, app.contacts.kept()), (vec![today], vec![VisitId(999)]));
    running.stop().await;
    // A Sunday, 245 days later: no day opens that would turn the keys.
    let running = start(data.path(), "2027-07-25 10:00").await;
    let app = running.app.clone();
    assert_eq!(app.persons.made().1, [today]);
    night::run(&app, true);
    assert_eq!((app.persons.made().1, app.contacts.kept()), (Vec::new(), Vec::new()));
    assert_eq!((erased(&app, Sort::BookingKeys), erased(&app, Sort::Contacts)), (1, 1));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_due_stays_and_a_day_goes_with_its_time() {
    let data = tempfile::tempdir().unwrap();
    a_day(data.path(), "2026-11-23 09:00", 1).await;
    a_day(data.path(), "2026-11-30 09:00", 1).await;
    let running = open(data.path(), "2029-11-29 09:00").await;
    let app = running.app.clone();
    let find = move || {
        night::run(&app, true);
        (app.store.days(), record::kept::oldest(&app.data, &record::real_files()).unwrap())
    };
    let (days, oldest) = tokio::task::spawn_blocking(find).await.unwrap();
    assert_eq!((days, oldest), (vec![day("2026-11-30")], Some(day("2026-11-30"))));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumped_erases_nothing_until_somebody_says_so() {
    let data = tempfile::tempdir().unwrap();
    a_day(data.path(), "2026-11-23 09:00", 1).await;
    let running = open(data.path(), "2031-11-24 09:00").await;
    let app = running.app.clone();
    let find = move || {
        let night = night::run(&app, false);
        assert_eq!(night.doubt, Some(Doubt::ClockJumped { known: day("2026-11-23") }));
        assert!(app.store.tally(day("2026-11-23")).is_some());
        assert!(app.retention.is_late(day("2031-11-24")), "it is told at once");
        assert!(crate::http::health::of(&app).status.contains("retention late"));
        let night = night::run(&app, true);
        assert!(night.is_whole() && app.store.tally(day("2026-11-23")).is_none());
        assert!(!app.retention.is_late(day("2031-11-24")));
    };
    tokio::task::spawn_blocking(find).await.unwrap();
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_years_sums_cannot_be_kept_nothing_goes() {
    let data = tempfile::tempdir().unwrap();
    a_day(data.path(), "2026-11-23 09:00", 1).await;
    fs::write(data.path().join("years"), "no folder").unwrap();
    let running = open(data.path(), "2029-11-26 09:00").await;
    let app = running.app.clone();
    let find = move || {
        let night = night::run(&app, true);
        assert!(!night.is_whole());
        let faults = night.lines.iter().filter(|line| line.fault.is_some()).count();
        assert!(faults >= 2, "{night:#?}");
        assert!(app.store.tally(day("2026-11-23")).is_some());
        assert_eq!(
            record::kept::oldest(&app.data, &record::real_files()).unwrap(),
            Some(day("2026-11-23"))
        );
    };
    tokio::task::spawn_blocking(find).await.unwrap();
    running.stop().await;
}

#[test]
fn two_missed_nights_are_told() {
    let (app, _data, _stop) = crate::testing::app(crate::http::limits::LimitSettings::default());
    night::begin(&app);
    assert!(!app.retention.is_late(day("2026-11-25")));
    assert!(app.retention.is_late(day("2026-11-26")), "it never ran");
    assert!(night::run(&app, false).is_whole());
    assert!(!app.retention.is_late(day("2026-11-25")) && app.retention.is_late(day("2026-11-26")));
}

#[test]
fn names_of_people_who_left_two_years_ago_go_and_others_stay() {
    let (app, _data, _stop) = crate::testing::app(crate::http::limits::LimitSettings::default());
    let profiles = app.reloading.profiles();
    // An earlier profile of a hall with one more.
    let mut sources = (*app.profile.sources).clone();
    let staff =
        format!("{}\n[[staff]]\nno = \"7777\"\nname = \"N7777\"\n", sources.get("staff.toml"));
    sources.put("staff.toml", staff);
    let earlier = crate::profile::Profile::of(sources).unwrap();
    profiles.keep(&earlier).unwrap();
    night::run(&app, true);
    let named = || {
        let posts = profiles.find(earlier.version).unwrap().posts;
        posts.into_iter().find(|post| post.no.to_string() == "7777").unwrap().name
    };
    assert_eq!(named(), "N7777", "whoever was never noted counts from today on");
    let mut memory = app.retention.memory();
    memory.people.insert("7777".parse().unwrap(), day("2024-11-22"));
    app.retention.remember(memory).unwrap();
    night::run(&app, true);
    assert_eq!(named(), "7777");
    assert_eq!(erased(&app, Sort::Names), 1);
    let others = profiles.find(earlier.version).unwrap().posts;
    assert!(others.iter().any(|post| post.name == app.profile.posts[0].name));
}

#[test]
fn a_profile_goes_when_no_record_that_is_kept_can_name_it() {
    let (app, _data, _stop) = crate::testing::app(crate::http::limits::LimitSettings::default());
    let profiles = app.reloading.profiles();
    let mut sources = (*app.profile.sources).clone();
    sources.put("staff.toml", format!("{}\n# another\n", sources.get("staff.toml")));
    let earlier = crate::profile::Profile::of(sources).unwrap();
    profiles.keep(&earlier).unwrap();
    profiles.keep(&app.profile).unwrap();
    let mut memory = app.retention.memory();
    memory.profiles.insert(earlier.version, day("2023-11-01"));
    app.retention.remember(memory).unwrap();
    night::run(&app, true);
    assert!(profiles.find(earlier.version).is_some(), "the record of its last day may lag a month");
    let mut memory = app.retention.memory();
    memory.profiles.insert(earlier.version, day("2023-10-20"));
    app.retention.remember(memory).unwrap();
    night::run(&app, true);
    assert!(profiles.find(earlier.version).is_none());
    assert!(profiles.find(app.profile.version).is_some());
}

#[test]
fn old_backups_go_but_never_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let day_secs = 24 * 3_600;
    for (name, days) in [("a", 100), ("b", 70), ("c", 61)] {
        let path = folder.path().join(format!("paihao-{name}"));
        fs::create_dir(&path).unwrap();
        let made = -days * day_secs;
        let list = format!("made_secs = {made}\nversion = \"\"\nrecords = 0\nlast = 0\nacts = 0\n");
        fs::write(path.join("manifest.toml"), list).unwrap();
    }
    let line = files::remove_backups(folder.path(), 60, (0, &|secs| (secs / day_secs).to_string()));
    assert_eq!((line.erased, line.oldest.as_deref()), (2, Some("-61")));
    assert!(folder.path().join("paihao-c").exists());
}

#[test]
fn what_was_set_aside_goes_in_its_time() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    for name in ["data/store-set-aside", "data/audit.damaged-1", "data.before-1", "other.before-1"]
    {
        let path = place.path().join(name);
        fs::create_dir_all(&path).unwrap();
        let then = SystemTime::now() - Duration::from_secs(61 * 24 * 3_600);
        File::open(&path).unwrap().set_modified(then).unwrap();
    }
    let line = files::remove_aside(&data, 60, 365);
    assert_eq!((line.erased, line.fault), (2, None));
    assert!(data.join("audit.damaged-1").exists(), "evidence stays as long as a trail");
    assert!(place.path().join("other.before-1").exists(), "it is another hall's");
}

#[test]
fn limits_are_those_of_the_law_unless_said_otherwise() {
    assert_eq!(Limits::default(), Limits { years: 3, staff_years: 2, backup_days: 60, hour: 1 });
}

fn journal_text(data: &Path) -> String {
    let mut text = String::new();
    record::read_all(data, &record::real_files(), |record| {
        text.push_str(&String::from_utf8_lossy(&record.payload));
    })
    .unwrap();
    text
}
