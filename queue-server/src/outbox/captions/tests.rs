//! A broadcast stands on the screens of its zone until it was spoken, and could be read.

use hall::{Hall, time::Timestamp};
use wire::device::Delivery;

use super::*;
use crate::{clock::HallClock, outbox::postroom::Postroom, profile::Profile, testing::county};

struct Place {
    captions: Captions,
    profile: Profile,
    hall: Hall,
    now: Timestamp,
}

fn place() -> Place {
    let profile = county();
    let hall = Hall::new(profile.setup.clone());
    let now = HallClock::read("2026-11-23 09:00", 480).unwrap();
    Place { captions: Captions::default(), profile, hall, now }
}

impl Place {
    fn says(&mut self, text: &str, zone: Option<&str>, urgent: bool, jobs: &[u64]) -> bool {
        let how = Delivery { urgent, ..Delivery::default() };
        let work = Work::Say { text: text.to_owned(), times: 2, window: None, how };
        self.works(zone, work, jobs)
    }

    fn works(&mut self, zone: Option<&str>, work: Work, jobs: &[u64]) -> bool {
        let clock = HallClock::told(480, self.now);
        let (texts, now) = (Postroom::texts(), self.now);
        let view =
            View { hall: &self.hall, profile: &self.profile, clock, texts, now, forecasts: None };
        let said = Announcement { zone: zone.map(|zone| zone.parse().unwrap()), work };
        let jobs = jobs.iter().map(|job| ("voice-1".parse().unwrap(), *job));
        self.captions.begin(&said, jobs, 300_000, &view)
    }

    fn after(&mut self, secs: i64) {
        self.now = Timestamp(self.now.0 + secs * 1_000);
        self.captions.handle_time(self.now);
    }

    fn spoken(&mut self, job: u64) {
        self.captions.note_ended("voice-1".parse().unwrap(), job);
    }

    fn shown(&self, zone: Option<&str>) -> &str {
        let zone = zone.map(|zone| zone.parse().unwrap());
        self.captions.of(zone).map_or("-", |broadcast| &broadcast.text)
    }
}

#[test]
fn it_goes_after_it_was_spoken_and_not_before_it_could_be_read() {
    let mut place = place();
    assert!(place.says("午餐后再办", None, false, &[1]));
    place.after(120);
    assert_eq!(place.shown(None), "午餐后再办", "the announcer is still at it");
    place.spoken(1);
    place.after(1);
    assert_eq!(place.shown(None), "-");
    place.says("很快说完", None, false, &[2]);
    place.spoken(2);
    place.after(19);
    assert_eq!(place.shown(None), "很快说完");
    place.after(2);
    assert_eq!(place.shown(None), "-");
}

#[test]
fn it_is_shown_where_nobody_speaks_and_goes_when_an_announcer_never_answers() {
    let mut place = place();
    place.says("没有喇叭", None, false, &[]);
    assert_eq!(place.shown(None), "没有喇叭");
    place.after(21);
    assert_eq!(place.shown(None), "-");
    place.says("喇叭没电", None, false, &[1]);
    place.after(299);
    assert_eq!(place.shown(None), "喇叭没电");
    place.after(2);
    assert_eq!(place.shown(None), "-");
}

#[test]
fn a_zone_sees_its_own_and_what_is_said_to_all_and_a_screen_of_the_hall_everything() {
    let mut place = place();
    place.says("A区停电", Some("A"), false, &[1]);
    assert_eq!((place.shown(Some("A")), place.shown(Some("B"))), ("A区停电", "-"));
    place.says("全厅注意", None, false, &[2]);
    assert_eq!((place.shown(Some("A")), place.shown(Some("B"))), ("A区停电", "全厅注意"));
    assert_eq!(place.shown(None), "A区停电", "in the order in which it is spoken");
}

#[test]
fn what_is_urgent_stands_before_everything_and_a_call_is_no_caption() {
    let mut place = place();
    place.says("午餐时间", None, false, &[1]);
    place.says("请立即离开大厅", None, true, &[2]);
    assert_eq!(place.shown(None), "请立即离开大厅");
    let window = Some("1".parse().unwrap());
    let how = Delivery::default();
    let call = Work::Say { text: "请 A 零 零 一 号".to_owned(), times: 2, window, how };
    assert!(!place.works(None, call, &[3]));
}

#[test]
fn each_has_its_time_from_its_turn_on_and_whom_an_urgent_one_interrupts_begins_anew() {
    let mut place = place();
    place.says("第一条", None, false, &[]);
    place.after(15);
    place.says("第二条", None, false, &[]);
    place.says("第三条", None, false, &[]);
    for (secs, text) in [(4, "第一条"), (2, "第二条"), (19, "第二条"), (2, "第三条")] {
        place.after(secs);
        assert_eq!(place.shown(None), text);
    }
    place.after(10);
    place.says("请立即离开大厅", None, true, &[]);
    place.after(19);
    assert_eq!(place.shown(None), "请立即离开大厅");
    place.after(2);
    assert_eq!(place.shown(None), "第三条");
    place.after(19);
    assert_eq!(place.shown(None), "第三条", "it was interrupted");
    place.after(2);
    assert_eq!(place.shown(None), "-");
}

#[test]
fn captions_are_bounded() {
    let mut place = place();
    for number in 0..40 {
        place.says(&format!("第 {number} 条"), None, false, &[]);
    }
    assert_eq!(place.shown(None), "第 24 条");
}
