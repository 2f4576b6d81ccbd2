use hall::{
    command::Command,
    event::{Event, Fact},
    words::Actor,
};
use wire::{
    device::{DeviceKind, Work},
    texts::{Language, Texts},
};

use super::{Announcement, after, scheduled, spoken_number, spoken_window};
use crate::{
    clock::HallClock,
    faces::View,
    outbox::postroom::Postroom,
    profile::{Device, Profile, voice::Span},
    testing::{MemoryJournal, clock_at, county, issue, open_engine, ticket_of, wish},
};

/// What is announced when somebody is called to a window of zone D in the hall of this profile.
fn of_a_call(profile: &Profile) -> Announcement {
    let told = calls(profile, false);
    assert_eq!(told.len(), 1, "{told:?}");
    told[0].clone()
}

/// What is announced when somebody is called, with or without the voice.
fn calls(profile: &Profile, silent: bool) -> Vec<Announcement> {
    presses(profile, silent, false)
}

/// The same, and the call is taken back.
fn presses(profile: &Profile, silent: bool, take_back: bool) -> Vec<Announcement> {
    let engine = open_engine(MemoryJournal::default());
    let (window, staff) = ("20".parse().unwrap(), "1001".parse().unwrap());
    let mut steps = engine.subscribe();
    let ticket = ticket_of(issue(&engine, "1").unwrap());
    let flag = Command::SetSilent { ticket, silent };
    engine.ask_blocking(wish("kiosk-1", "1b", flag)).unwrap();
    engine.ask_blocking(wish("pad-1", "2", Command::SignOn { window, staff })).unwrap();
    let call = Command::CallNext { window, finish_current: false };
    engine.ask_blocking(wish("pad-1", "3", call)).unwrap();
    if take_back {
        engine.ask_blocking(wish("pad-1", "4", Command::TakeBack { window })).unwrap();
    }
    let mut events: Vec<Event> = Vec::new();
    while let Ok(step) = steps.try_recv() {
        events.extend(step.events.iter().cloned());
    }
    let (hall, clock) = (engine.hall(), clock_at("2026-11-23 12:30"));
    let view = View {
        hall: &hall,
        profile,
        clock,
        texts: Postroom::texts(),
        now: clock.now(),
        forecasts: None,
    };
    events.iter().filter_map(|event| after(event, &view)).collect()
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

#[test]
fn a_scheduled_text_is_said_at_its_minute_of_a_working_day_and_never_late() {
    let (profile, engine) = (county(), open_engine(MemoryJournal::default()));
    let hall = engine.hall();
    let said = |since: &str, now: &str| -> Vec<(String, u64)> {
        let clock = clock_at(now);
        let now = HallClock::read(now, 480).unwrap();
        let view = View {
            hall: &hall,
            profile: &profile,
            clock,
            texts: Postroom::texts(),
            now,
            forecasts: None,
        };
        let told = scheduled(&view, HallClock::read(since, 480).unwrap());
        let text = |said: &Announcement| {
            let Work::Say { text, window: None, how, .. } = &said.work else {
                panic!("a text is said");
            };
            assert!(!how.urgent);
            text.clone()
        };
        told.iter().map(|(said, left)| (text(said), left.as_secs())).collect()
    };
    let morning =
        "各位办事群众，大家上午好。大厅将于八点三十分开始办理业务，请您提前取号，在等候区就座。";
    let evening = "今日业务已办理完毕，感谢您的配合，再见。";
    let nothing: Vec<(String, u64)> = Vec::new();
    assert_eq!(said("2026-11-23 08:24", "2026-11-23 08:25"), [(morning.to_owned(), 180)]);
    assert_eq!(said("2026-11-23 08:25", "2026-11-23 08:26"), nothing, "once");
    assert_eq!(said("2026-11-23 08:20", "2026-11-23 08:27"), [(morning.to_owned(), 60)]);
    assert_eq!(said("2026-11-23 08:20", "2026-11-23 08:28"), nothing, "three minutes late");
    assert_eq!(said("2026-11-23 17:39", "2026-11-23 17:40"), [(evening.to_owned(), 180)]);
    assert_eq!(said("2026-11-22 08:24", "2026-11-22 08:25"), nothing, "a Sunday");
}

#[test]
fn what_is_urgent_is_spoken_in_quiet_hours_too_and_goes_first() {
    let mut profile = county();
    let minute = |text: &str| text.parse().unwrap();
    profile.details.voice.quiet = vec![Span { from: minute("00:00"), until: minute("23:59") }];
    let engine = open_engine(MemoryJournal::default());
    let (hall, clock) = (engine.hall(), clock_at("2026-11-23 12:30"));
    let texts = Postroom::texts();
    let view =
        View { hall: &hall, profile: &profile, clock, texts, now: clock.now(), forecasts: None };
    let how = |urgent| {
        let fact = Fact::Announced { text: "请从东门离开".to_owned(), urgent, zone: None };
        let event = Event { at: clock.now(), by: Actor::Hall, request: None, fact };
        let said = after(&event, &view).unwrap().work;
        let Work::Say { text, window: None, how, times: 2 } = said else {
            panic!("it is said twice");
        };
        assert_eq!(text, "请从东门离开");
        how
    };
    assert_eq!((how(false).urgent, how(false).volume_percent), (false, 0));
    assert_eq!((how(true).urgent, how(true).volume_percent), (true, 100));
}

#[test]
fn who_does_not_hear_is_called_without_the_voice() {
    let profile = county();
    assert!(calls(&profile, true).is_empty());
    assert_eq!(calls(&profile, false).len(), 1);
}

#[test]
fn who_was_called_by_mistake_is_told_to_wait_on_and_to_no_window() {
    let profile = county();
    let told = presses(&profile, false, true);
    let Work::Say { text, times, window, .. } = &told[1].work else { panic!("it is said") };
    assert_eq!(text, "M 零 零 一 号，请稍候，请继续等候叫号。");
    assert_eq!((*times, *window, told[1].zone), (1, None, told[0].zone));
    assert!(presses(&profile, true, true).is_empty(), "not to who is called without the voice");
}
