//! What was learned is found again; what is broken costs nothing but the learning.

use std::path::Path;

use hall::forecast::learned::Learned;

use super::{FILE, School, at_start, read, write};
use crate::{
    engine::ClosedDay,
    forecasts::Forecasts,
    record::real_files,
    store::{Store, tests::a_served_day},
    testing::{clock_at, county},
};

fn school(data: &Path) -> School {
    School {
        data: data.to_owned(),
        files: real_files(),
        store: Store::open(data).unwrap(),
        forecasts: Forecasts::new(at_start(data, &*real_files(), &county().setup)),
    }
}

fn keep(school: &School, closed: &ClosedDay) {
    school.store.keep(closed, &clock_at("2026-11-23 23:00")).unwrap();
}

#[test]
fn a_closed_day_is_learned_from_once_and_found_again_at_the_next_start() {
    let data = tempfile::tempdir().unwrap();
    let (setup, closed) = (county().setup, a_served_day());
    let profile = Learned::of_profile(&setup);
    {
        let school = school(data.path());
        school.learn(&setup);
        assert_eq!(school.forecasts.knowledge().learned, profile, "there is nothing to learn from");
        assert!(!data.path().join(FILE).exists());
        keep(&school, &closed);
        school.learn(closed.hall.setup());
        let learned = &school.forecasts.knowledge().learned;
        assert_eq!((learned.through, learned.counts.days), (Some(closed.day), 1));
        assert_eq!((learned.counts.empty, learned.counts.arrivals), (2, 3), "two empty presses");
    }
    let text = std::fs::read_to_string(data.path().join(FILE)).unwrap();
    assert!(text.contains("\"through\": \"2026-11-23\"") && text.contains("\"days\": 1"), "{text}");
    let again = school(data.path());
    assert_eq!(again.forecasts.knowledge().learned.through, Some(closed.day));
    std::fs::remove_file(data.path().join(FILE)).unwrap();
    again.learn(&setup);
    assert!(!data.path().join(FILE).exists(), "a day that was learned from is not learned again");
}

#[test]
fn a_broken_file_is_told_and_the_hall_begins_with_its_profile_and_learns_anew() {
    let data = tempfile::tempdir().unwrap();
    let (setup, closed) = (county().setup, a_served_day());
    for broken in ["", "{\"through\": 7}", "not what a server writes"] {
        std::fs::write(data.path().join(FILE), broken).unwrap();
        let fault = read(data.path(), &*real_files()).unwrap_err().to_string();
        assert!(fault.contains("learned.json holds nothing that was learned"), "{fault}");
        let cold = at_start(data.path(), &*real_files(), &setup);
        assert_eq!(cold, Learned::of_profile(&setup));
    }
    let school = school(data.path());
    keep(&school, &closed);
    school.learn(&setup);
    let kept = read(data.path(), &*real_files()).unwrap().unwrap();
    assert_eq!(kept.through, Some(closed.day));
}

#[test]
fn a_disk_that_says_no_costs_the_file_and_not_what_was_learned() {
    let data = tempfile::tempdir().unwrap();
    let (setup, closed) = (county().setup, a_served_day());
    let mut school = school(data.path());
    keep(&school, &closed);
    school.data = data.path().join("nowhere");
    school.learn(&setup);
    assert_eq!(school.forecasts.knowledge().learned.through, Some(closed.day));
    assert!(write(&school.data, &*real_files(), &Learned::default()).is_err());
}
