//! Revisions over a broken connection, without a broker.

mod calls;

use hall::{
    Hall,
    event::{Event, Fact},
    ids::{LegId, LegNo, StaffNo, TicketId, WindowId},
    time::Timestamp,
    words::{Actor, PauseReason, Printing},
};

use wire::device::{Health, PadKey};

use super::*;
use crate::{clock::HallClock, fleet::PressFault, profile::Profile, testing::county};

struct Server {
    room: Postroom,
    hall: Hall,
    profile: Profile,
    now: Timestamp,
}

fn server() -> Server {
    let profile = county();
    let room = Postroom::new(Arc::new(Fleet::new(&profile.devices)), 7, 1);
    let hall = Hall::new(profile.setup.clone());
    Server { room, hall, profile, now: HallClock::read("2026-11-23 09:00", 480).unwrap() }
}

impl Server {
    fn happens(&mut self, fact: Fact) {
        let event = Event { at: self.now, by: Actor::Hall, request: None, fact };
        self.hall.apply(&event);
    }

    /// Lets the postroom act; the strip's new faces.
    fn strip(&mut self, act: impl Fn(&mut Postroom, &View)) -> Vec<Wanted> {
        let strip: DeviceId = "strip-1".parse().unwrap();
        let posts = self.posts(act).into_iter();
        posts
            .filter(|post| post.device == strip)
            .filter_map(|post| match post.what {
                Sent::Wanted(wanted) => Some(wanted),
                Sent::Job(_) | Sent::Press(_) => None,
            })
            .collect()
    }

    /// Lets the postroom act; all that goes out.
    fn posts(&mut self, act: impl Fn(&mut Postroom, &View)) -> Vec<Post> {
        let clock = HallClock::told(480, self.now);
        let (texts, now) = (Postroom::texts(), self.now);
        let view =
            View { hall: &self.hall, profile: &self.profile, clock, texts, now, forecasts: None };
        act(&mut self.room, &view);
        std::iter::from_fn(|| self.room.poll_post()).collect()
    }
}

#[test]
fn after_a_broken_connection_no_face_is_older_than_what_a_device_holds() {
    let mut server = server();
    let (window, staff): (WindowId, StaffNo) = ("1".parse().unwrap(), "1001".parse().unwrap());
    let first = server.strip(Postroom::handle_connected);
    server.happens(Fact::SignedOn { window, staff });
    let second = server.strip(Postroom::handle_time);
    assert!(second[0].revision > first[0].revision);

    // Nothing changed while the broker was away: the same face under the same revision.
    let again = server.strip(Postroom::handle_connected);
    assert_eq!(again, second);

    // It changed while nobody could be told: the device must take it for a new one.
    server.happens(Fact::Paused { window, reason: PauseReason::Meal, whereabouts: None });
    let changed = server.strip(Postroom::handle_connected);
    assert!(changed[0].revision > second[0].revision, "{changed:?} after {second:?}");
}

#[test]
fn a_device_that_is_ahead_gets_its_face_again_above_what_it_shows() {
    let mut server = server();
    let first = server.strip(Postroom::handle_connected);
    let ahead = first[0].revision + 3;
    let report =
        Report { boot: 1, count: 1, age_millis: 0, what: Happening::Shown { revision: ahead } };
    let payload = serde_json::to_vec(&report).unwrap();
    let hall = server.profile.setup.id();
    let topic = Topic::device(hall, "strip-1".parse().unwrap(), DeviceTopic::Report);
    let again = server.strip(|room, view| drop(room.handle_message(view, topic, &payload, false)));
    assert_eq!(again.len(), 1);
    assert!(again[0].revision > ahead && again[0].face == first[0].face, "{again:?}");
}

#[test]
fn a_device_that_shows_what_was_never_given_is_not_believed() {
    let mut server = server();
    let first = server.strip(Postroom::handle_connected);
    let device: DeviceId = "strip-1".parse().unwrap();
    let hall = server.profile.setup.id();
    let topic = |what| Topic::device(hall, device, what);
    for revision in [u64::MAX, u64::MAX - 1, REVISIONS_MAX] {
        let what = Happening::Shown { revision };
        let report = Report { boot: 1, count: revision, age_millis: 0, what };
        let (why, about) = (String::new(), String::new());
        let (health, counters) = (Health::Online, BTreeMap::new());
        let state = DeviceState { health, why, shown: Some(revision), about, counters };
        let lies = [
            (topic(DeviceTopic::Report), serde_json::to_vec(&report).unwrap()),
            (topic(DeviceTopic::State), serde_json::to_vec(&state).unwrap()),
        ];
        for (topic, lie) in lies {
            let again =
                server.strip(|room, view| drop(room.handle_message(view, topic, &lie, false)));
            assert_eq!(again, [], "{topic}");
        }
        let known = server.room.fleet.devices();
        let known = known.into_iter().find(|known| known.device.id == device).unwrap();
        assert_eq!(known.shown, None);
    }
    let (window, staff): (WindowId, StaffNo) = ("1".parse().unwrap(), "1001".parse().unwrap());
    server.happens(Fact::SignedOn { window, staff });
    let next = server.strip(Postroom::handle_time);
    assert_eq!(next[0].revision, first[0].revision + 1, "its faces go on as before");
}

#[test]
fn a_panel_on_a_line_is_not_told_the_time() {
    let mut server = server();
    server.strip(Postroom::handle_connected);
    let told = server.posts(Postroom::handle_beat).into_iter();
    let told: Vec<String> = told.map(|post| post.device.to_string()).collect();
    assert!(told.iter().any(|device| device.starts_with("screen-")), "{told:?}");
    assert!(told.iter().all(|device| device != "led-1"), "{told:?}");
}

#[test]
fn only_faces_are_kept_by_the_broker() {
    let device = "voice-1".parse().unwrap();
    let job = Job { id: 1, boot: 1, expires_in_millis: 1, work: Work::Beep };
    let press = Press { key: "call".to_owned(), id: 1 };
    for what in [Sent::Job(job), Sent::Press(press)] {
        assert!(!Post { device, what }.is_retained());
    }
    let face = Face::Evaluator { ask: None };
    assert!(Post { device, what: Sent::Wanted(Wanted { revision: 1, face }) }.is_retained());
}

#[test]
fn a_key_that_waited_in_the_broker_calls_nobody_and_a_grade_still_counts() {
    let mut server = server();
    let mut came = |device: &str, count, what, waited| {
        let report = Report { boot: 1, count, age_millis: 0, what };
        let payload = serde_json::to_vec(&report).unwrap();
        let hall = server.profile.setup.id();
        let topic = Topic::device(hall, device.parse().unwrap(), DeviceTopic::Report);
        let cell = std::cell::Cell::new(false);
        server.strip(|room, view| {
            let came = room.handle_message(view, topic, &payload, waited);
            cell.set(matches!(came, Came::Asks(..)));
        });
        cell.get()
    };
    assert!(came("pad-1", 1, Happening::Pressed(PadKey::CallNext), false));
    assert!(!came("pad-1", 2, Happening::Pressed(PadKey::CallNext), true));
    let leg = Some(LegId { ticket: TicketId(1), leg: LegNo(0) });
    assert!(came(
        "evaluator-1",
        1,
        Happening::Graded { level: 5, scale: 5, leg, reasons: Vec::new(), text: String::new() },
        true
    ));
    assert!(!came(
        "evaluator-1",
        2,
        Happening::Graded {
            level: 5,
            scale: 5,
            leg: None,
            reasons: Vec::new(),
            text: String::new()
        },
        true
    ));
}

#[test]
fn a_key_trial_shows_one_key_and_does_nothing_with_it() {
    use crate::fleet::trials::{Outcome, Tried};
    let mut server = server();
    let pad: DeviceId = "pad-1".parse().unwrap();
    let fleet = server.room.fleet.clone();
    fleet.try_out(pad, Tried::Key, server.now).unwrap();
    let mut asks = |count| {
        let what = Happening::Pressed(PadKey::CallNext);
        let report = Report { boot: 1, count, age_millis: 0, what };
        let payload = serde_json::to_vec(&report).unwrap();
        let topic = Topic::device(server.profile.setup.id(), pad, DeviceTopic::Report);
        let cell = std::cell::Cell::new(false);
        server.strip(|room, view| {
            let came = room.handle_message(view, topic, &payload, false);
            cell.set(matches!(came, Came::Asks(..)));
        });
        cell.get()
    };
    assert!(!asks(1), "nobody is called");
    assert!(asks(2), "the next key is the clerk's own again");
    let outcome = fleet.trial(pad).unwrap().outcome();
    assert_eq!(outcome, Outcome::Key(Happening::Pressed(PadKey::CallNext)));
}

#[test]
fn whatever_numbers_a_bridge_tells_the_post_goes_on() {
    let mut server = server();
    let first = server.strip(Postroom::handle_connected);
    let hall = server.profile.setup.id();
    let ids = ["strip-1", "pad-1", "evaluator-1", "kiosk-1", "nowhere"];
    let numbers = [0, 1, u64::from(u32::MAX), 1 << 62, u64::MAX - 1, u64::MAX];
    for (id, one) in ids.iter().flat_map(|id| numbers.map(|one| (id, one))) {
        let device: DeviceId = id.parse().unwrap();
        for other in numbers {
            let small = (other % 256) as u8;
            let leg = Some(LegId { ticket: TicketId(other), leg: LegNo(small) });
            let whats = [
                Happening::Shown { revision: other },
                Happening::JobDone { id: one, boot: other, done: true, why: "x".repeat(999) },
                Happening::Pressed(PadKey::CallNumber((other % 65_536) as u16)),
                Happening::Pressed(PadKey::Transfer("9".repeat(99))),
                Happening::Pressed(PadKey::SignOn("0".repeat(99))),
                Happening::Graded {
                    level: small,
                    scale: small,
                    leg,
                    reasons: Vec::new(),
                    text: String::new(),
                },
                Happening::Graded {
                    level: small,
                    scale: 0,
                    leg: None,
                    reasons: Vec::new(),
                    text: String::new(),
                },
            ];
            for what in whats {
                let report = Report { boot: one, count: other, age_millis: other, what };
                let payload = serde_json::to_vec(&report).unwrap();
                let topic = Topic::device(hall, device, DeviceTopic::Report);
                server.strip(|room, view| drop(room.handle_message(view, topic, &payload, false)));
            }
            let state = DeviceState {
                health: Health::Ill,
                why: "?".repeat(9_999),
                shown: Some(other),
                about: String::new(),
                counters: [("x".to_owned(), other)].into(),
            };
            let payload = serde_json::to_vec(&state).unwrap();
            let topic = Topic::device(hall, device, DeviceTopic::State);
            server.strip(|room, view| drop(room.handle_message(view, topic, &payload, false)));
        }
    }
    let (window, staff): (WindowId, StaffNo) = ("1".parse().unwrap(), "1001".parse().unwrap());
    server.happens(Fact::SignedOn { window, staff });
    let next = server.strip(Postroom::handle_time);
    assert!(next[0].revision > first[0].revision, "faces go on: {next:?}");
}

#[test]
fn a_press_that_comes_twice_asks_once() {
    let mut server = server();
    let pad: DeviceId = "pad-1".parse().unwrap();
    let topic = Topic::device(server.profile.setup.id(), pad, DeviceTopic::Report);
    let mut asks = |boot, count| {
        let what = Happening::Pressed(PadKey::CallNext);
        let report = Report { boot, count, age_millis: 0, what };
        let payload = serde_json::to_vec(&report).unwrap();
        let cell = std::cell::Cell::new(false);
        server.strip(|room, view| {
            let came = room.handle_message(view, topic, &payload, false);
            cell.set(matches!(came, Came::Asks(..)));
        });
        cell.get()
    };
    assert!(asks(1, 1));
    assert!(!asks(1, 1), "the broker, or the bridge, said it again");
    assert!(asks(1, 2) && !asks(1, 1), "an older one after a newer");
    assert!(asks(2, 1), "the bridge was started anew");
}

#[test]
fn a_key_pressed_while_an_evaluator_is_tested_is_nobodys_grade() {
    use crate::fleet::trials::{Outcome, Tried};
    let mut server = server();
    let fleet = server.room.fleet.clone();
    let evaluator: DeviceId = "evaluator-1".parse().unwrap();
    fleet.try_out(evaluator, Tried::Test, server.now).unwrap();
    let leg = LegId { ticket: TicketId(1), leg: LegNo(0) };
    let mut asks = |count, leg| {
        let what =
            Happening::Graded { level: 4, scale: 5, leg, reasons: Vec::new(), text: String::new() };
        let report = Report { boot: 1, count, age_millis: 0, what };
        let payload = serde_json::to_vec(&report).unwrap();
        let topic = Topic::device(server.profile.setup.id(), evaluator, DeviceTopic::Report);
        let cell = std::cell::Cell::new(false);
        server.strip(|room, view| {
            let came = room.handle_message(view, topic, &payload, false);
            cell.set(matches!(came, Came::Asks(..)));
        });
        cell.get()
    };
    assert!(asks(1, Some(leg)), "somebody was served before and grades that");
    assert!(!asks(2, None), "the test's own");
    assert!(matches!(fleet.trial(evaluator).unwrap().outcome(), Outcome::Key(_)));
    assert!(asks(3, None), "one key is the test's");
}

#[test]
fn a_test_goes_out_as_a_job_and_its_end_is_seen_in_the_room() {
    use crate::fleet::trials::{ANSWER_WITHIN, Outcome, Tried};
    let mut server = server();
    let fleet = server.room.fleet.clone();
    let (strip, pad): (DeviceId, DeviceId) = ("strip-1".parse().unwrap(), "pad-1".parse().unwrap());
    assert_eq!(fleet.try_out(strip, Tried::Key, server.now), Err(PressFault::NotAsked));
    let mut asked = fleet.take_asks().unwrap();
    let mut tries = |device, tried| {
        fleet.try_out(device, tried, server.now).unwrap();
        let (device, work) = asked.try_recv().unwrap();
        server.room.ask(device, work.clone());
        let post = server.room.poll_post().unwrap();
        let Sent::Job(job) = post.what else { panic!("{post:?}") };
        assert_eq!((post.device, &job.work), (device, &work));
        job
    };
    let (job, _) = (tries(strip, Tried::Test), tries(pad, Tried::Beep));
    let outcome = |device| fleet.trial(device).unwrap().outcome();
    assert_eq!((outcome(strip), outcome(pad)), (Outcome::Waits, Outcome::Waits));
    let done = Happening::job_done(job.id, job.boot, true);
    let report = Report { boot: 1, count: 1, age_millis: 0, what: done };
    let payload = serde_json::to_vec(&report).unwrap();
    let topic = Topic::device(server.profile.setup.id(), strip, DeviceTopic::Report);
    server.strip(|room, view| drop(room.handle_message(view, topic, &payload, false)));
    assert!(fleet.handle_time(ANSWER_WITHIN), "somebody is not waited for any more");
    assert_eq!((outcome(strip), outcome(pad)), (Outcome::Done, Outcome::NoAnswer));
}

#[test]
fn a_bridge_speaks_for_no_device_that_it_may_not_carry() {
    let mut server = server();
    let (own, other): (DeviceId, DeviceId) =
        ("strip-1".parse().unwrap(), "strip-2".parse().unwrap());
    server.room = Postroom::new(Arc::new(Fleet::new(&server.profile.devices)), 7, 1)
        .believing(Arc::new(move |_, device| device == own));
    for device in [own, other] {
        let (why, about) = (String::new(), String::new());
        let counters = BTreeMap::new();
        let online = DeviceState { health: Health::Online, why, shown: None, about, counters };
        server.room.fleet.note_state(device, online, server.now);
    }
    let lost = BridgeState { online: false, boot: 1, devices: vec![own, other] };
    let payload = serde_json::to_vec(&lost).unwrap();
    let topic = Topic::bridge_state(server.profile.setup.id(), "bridge-1".parse().unwrap());
    server.strip(|room, view| drop(room.handle_message(view, topic, &payload, false)));
    assert_eq!(server.room.fleet.health(own), Health::Offline);
    assert_eq!(server.room.fleet.health(other), Health::Online);
}

#[test]
fn a_bridge_without_the_right_to_a_window_is_told_of_in_the_room() {
    let mut server = server();
    let (own, other): (DeviceId, DeviceId) =
        ("strip-1".parse().unwrap(), "strip-2".parse().unwrap());
    let fleet = Arc::new(Fleet::new(&server.profile.devices));
    server.room =
        Postroom::new(fleet.clone(), 7, 1).believing(Arc::new(move |_, device| device == own));
    let topic = Topic::bridge_state(server.profile.setup.id(), "bridge-1".parse().unwrap());
    let carries = BridgeState { online: true, boot: 1, devices: vec![own, other] };
    let payload = serde_json::to_vec(&carries).unwrap();
    server.strip(|room, view| drop(room.handle_message(view, topic, &payload, false)));
    assert_eq!((fleet.why(own), fleet.why(other)), (String::new(), "not_allowed".to_owned()));
    // Its credential is renewed.
    server.room = Postroom::new(fleet.clone(), 7, 1).believing(Arc::new(|_, _| true));
    server.strip(|room, view| drop(room.handle_message(view, topic, &payload, false)));
    assert_eq!(fleet.why(other), "");
}

#[test]
fn a_call_is_shown_at_once_and_counts_with_the_next_look() {
    let mut server = server();
    let (window, staff): (WindowId, StaffNo) = ("1".parse().unwrap(), "1001".parse().unwrap());
    server.happens(Fact::SignedOn { window, staff });
    server.strip(Postroom::handle_connected);

    let event = |fact| Event { at: server.now, by: Actor::Hall, request: None, fact };
    let pause = event(Fact::Paused { window, reason: PauseReason::Meal, whereabouts: None });
    server.hall.apply(&pause);
    let ticket = event(Fact::Printed { ticket: TicketId(1), printing: Printing::Confirmed });
    assert_eq!(server.strip(|room, view| room.handle_events(view, [&ticket])), []);
    let at_another = Fact::Resumed { window: "2".parse().unwrap() };
    let at_another = Event { fact: at_another, ..ticket.clone() };
    assert_eq!(server.strip(|room, view| room.handle_events(view, [&at_another])), []);
    assert_eq!(server.strip(|room, view| room.handle_events(view, [&ticket, &pause])).len(), 1);

    server.hall.apply(&Event { fact: Fact::Resumed { window }, ..pause });
    assert_eq!(server.strip(Postroom::handle_time).len(), 1, "a look misses nothing");
}

#[test]
fn what_is_said_to_the_hall_stands_on_its_screens_until_the_announcer_has_spoken() {
    let mut server = server();
    server.posts(Postroom::handle_connected);
    let fact = Fact::Announced { text: "请从东门离开".to_owned(), urgent: false, zone: None };
    let event = Event { at: server.now, by: Actor::Hall, request: None, fact };
    let posts = server.posts(|room, view| room.handle_events(view, [&event]));
    let captions = |posts: &[Post]| -> Vec<Option<String>> {
        let screens = posts.iter().filter_map(|post| match &post.what {
            Sent::Wanted(Wanted { face: Face::HallScreen(face), .. }) => Some(face),
            Sent::Wanted(_) | Sent::Job(_) | Sent::Press(_) => None,
        });
        screens.map(|face| Some(face.broadcast.as_ref()?.text.clone())).collect()
    };
    let shown = captions(&posts);
    assert!(shown.len() >= 2, "every hall screen at once: {posts:?}");
    assert!(shown.iter().all(|text| text.as_deref() == Some("请从东门离开")), "{shown:?}");
    let jobs = posts.iter().filter_map(|post| match &post.what {
        Sent::Job(job) => Some((post.device, job.id, job.boot)),
        Sent::Wanted(_) | Sent::Press(_) => None,
    });
    let jobs: Vec<_> = jobs.collect();
    server.now = Timestamp(server.now.0 + 60_000);
    assert_eq!(captions(&server.posts(Postroom::handle_time)), [], "still being spoken");
    for (count, (voice, id, boot)) in jobs.into_iter().enumerate() {
        let what = Happening::job_done(id, boot, true);
        let report = Report { boot: 1, count: count as u64 + 1, age_millis: 0, what };
        let payload = serde_json::to_vec(&report).unwrap();
        let topic = Topic::device(server.profile.setup.id(), voice, DeviceTopic::Report);
        server.posts(|room, view| drop(room.handle_message(view, topic, &payload, false)));
    }
    server.now = Timestamp(server.now.0 + 1_000);
    let cleared = captions(&server.posts(Postroom::handle_time));
    assert!(cleared.len() >= 2 && cleared.iter().all(Option::is_none), "{cleared:?}");
}
