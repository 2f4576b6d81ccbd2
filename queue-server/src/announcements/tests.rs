use hall::{command::Command, event::Event};
use wire::{
    device::{DeviceKind, Work},
    texts::{Language, Texts},
};

use super::{Announcement, after, spoken_number, spoken_window};
use crate::{
    faces::View,
    outbox::postroom::Postroom,
    profile::{Device, Profile, voice::Span},
    testing::{MemoryJournal, clock_at, county, issue, open_engine, wish},
};

/// What is announced when somebody is called to a window of zone D in the hall of this profile.
fn of_a_call(profile: &Profile) -> Announcement {
    let engine = open_engine(MemoryJournal::default());
    let (window, staff) = ("20".parse().unwrap(), "1001".parse().unwrap());
    let mut steps = engine.subscribe();
    issue(&engine, "1").unwrap();
    engine.ask_blocking(wish("pad-1", "2", Command::SignOn { window, staff })).unwrap();
    let call = Command::CallNext { window, finish_current: false };
    engine.ask_blocking(wish("pad-1", "3", call)).unwrap();
    let mut events: Vec<Event> = Vec::new();
    while let Ok(step) = steps.try_recv() {
        events.extend(step.events.iter().cloned());
    }
    let (hall, clock) = (engine.hall(), clock_at("2026-11-23 12:30"));
    let view = View { hall: &hall, profile, clock, texts: Postroom::texts(), now: clock.now() };
    let told: Vec<Announcement> = events.iter().filter_map(|event| after(event, &view)).collect();
    assert_eq!(told.len(), 1, "{events:?}");
    told[0].clone()
}

fn voice(profile: &Profile, id: &str, zone: Option<&str>) -> Device {
    let kind = DeviceKind::Voice;
    let usual = profile.devices.iter().find(|device| device.kind == kind).unwrap().clone();
    let zone = zone.map(|zone| zone.parse().unwrap());
    Device { id: id.parse().unwrap(), zone, ..usual }
}

#[test]
fn a_zones_own_announcer_speaks_its_calls_and_the_other_one_the_rest() {
    let profile = county();
    let call = of_a_call(&profile);
    let (own, rest) = (voice(&profile, "own", Some("D")), voice(&profile, "rest", None));
    let elsewhere = voice(&profile, "elsewhere", Some("B"));
    let who = |said: &Announcement, devices: &[Device]| {
        said.announcers(devices).map(|id| id.to_string()).collect::<Vec<_>>()
    };
    let all = [own, rest.clone(), elsewhere.clone()];
    assert_eq!(who(&call, &all), ["own"]);
    assert_eq!(who(&call, &all[1..]), ["rest"], "it speaks for a zone that has none");
    assert_eq!(who(&call, &[elsewhere]), [""; 0], "nobody announces the calls of another zone");
    let everywhere = Announcement { zone: None, ..call };
    assert_eq!(who(&everywhere, &all), ["own", "rest", "elsewhere"]);
}

#[test]
fn a_call_is_spoken_as_the_hall_says_for_the_hour() {
    let mut profile = county();
    let how = |profile: &Profile| {
        let Work::Say { text, times, how, .. } = of_a_call(profile).work else {
            panic!("a call is said");
        };
        (text, times, how)
    };
    let (text, times, delivery) = how(&profile);
    assert_eq!(text, "请 M 零 零 一 号，到二十号窗口办理。");
    assert_eq!((times, delivery.gap_millis, delivery.pace_percent), (2, 6_000, 80));
    assert_eq!(delivery.volume_percent, 70, "it is softer at noon");
    let minute = |text: &str| text.parse().unwrap();
    profile.details.voice.quiet = vec![Span { from: minute("12:00"), until: minute("14:00") }];
    assert_eq!(how(&profile).2.volume_percent, 0, "shown, not spoken");
}

#[test]
fn numbers_are_spoken_digit_by_digit_and_windows_as_numbers() {
    let texts = Texts::of(Language::Chinese);
    let number = |text: &str| spoken_number(text.parse().unwrap(), texts);
    let window = |text: &str| spoken_window(text.parse().unwrap(), texts);
    assert_eq!(number("A012"), "A 零 一 二");
    assert_eq!(number("A1000"), "A 一 零 零 零");
    let windows = ["1", "10", "12", "20", "24", "3A", "114"].map(window);
    assert_eq!(windows, ["一", "十", "十二", "二十", "二十四", "三 A", "一 一 四"]);
}

#[test]
fn english_says_plain_numbers() {
    let texts = Texts::of(Language::English);
    assert_eq!(spoken_window("24".parse().unwrap(), texts), "24");
    assert_eq!(spoken_number("B007".parse().unwrap(), texts), "B zero zero seven");
}
