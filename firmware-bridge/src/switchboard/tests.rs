//! Between broker and lines, without either.

use wire::{
    device::{DeviceState, Face, Happening, Health, Job, PadKey, Report, Tone, Wanted, Work},
    topics::{DeviceTopic, Topic},
};

use super::{Post, SETTLE, Switchboard};
use crate::{
    line::{LineEvent, LineOrder},
    moment::Moment,
    mqtt::FromBroker,
    outbox::{MemoryKeep, Outbox},
};

struct Bridge {
    board: Switchboard,
    now: Moment,
}

fn bridge() -> Bridge {
    let outbox = Outbox::open(Box::new(MemoryKeep::default())).unwrap();
    let devices = [("strip-1", 0), ("pad-1", 0), ("pad-7", 1)];
    let devices = devices.map(|(id, line)| (id.parse().unwrap(), line));
    let (hall, own) = ("yunxi".parse().unwrap(), "bridge-1".parse().unwrap());
    Bridge { board: Switchboard::new(hall, own, 77, devices, outbox), now: Moment::now() }
}

impl Bridge {
    fn pump(&mut self) -> (Vec<Post>, Vec<(usize, LineOrder)>) {
        let (mut posts, mut orders) = (Vec::new(), Vec::new());
        self.board.pump(
            self.now,
            &mut |post| {
                posts.push(post);
                true
            },
            &mut |line, order| {
                orders.push((line, order));
                Ok(())
            },
        );
        (posts, orders)
    }

    fn broker(&mut self, from: FromBroker) {
        self.board.handle_broker(from, self.now);
    }

    fn connects(&mut self) {
        self.broker(FromBroker::Connected);
        self.now = self.now + SETTLE;
    }

    fn message(&mut self, device: &str, which: DeviceTopic, payload: &impl serde::Serialize) {
        let topic = Topic::device("yunxi".parse().unwrap(), device.parse().unwrap(), which);
        self.broker(FromBroker::Message(topic, serde_json::to_vec(payload).unwrap()));
    }

    fn press(&mut self, device: &str) {
        let what = Happening::Pressed(PadKey::CallNext);
        self.board.handle_line(LineEvent::Happened(device.parse().unwrap(), what), self.now);
    }
}

fn reports(posts: &[Post]) -> Vec<(String, u64, u64)> {
    posts
        .iter()
        .filter(|post| post.tag.is_some())
        .map(|post| {
            let report: Report = serde_json::from_slice(&post.payload).unwrap();
            assert!(!post.retain, "a report is never retained");
            (post.topic.to_string(), report.boot, report.count)
        })
        .collect()
}

#[test]
fn the_last_will_says_offline_and_each_connect_says_online_and_every_state() {
    let mut bridge = bridge();
    let will = bridge.board.state(false);
    assert_eq!(will.topic.to_string(), "hall/yunxi/bridge/bridge-1/state");
    assert!(will.retain && String::from_utf8(will.payload).unwrap().contains("\"online\":false"));
    let state = DeviceState {
        health: Health::Online,
        why: String::new(),
        shown: Some(3),
        about: "strip-a090 @1".to_owned(),
        counters: Default::default(),
    };
    bridge.board.handle_line(LineEvent::State("strip-1".parse().unwrap(), state), bridge.now);
    assert_eq!(bridge.pump().0, [], "nobody is there to hear it");
    for _ in 0..2 {
        bridge.connects();
        let posts = bridge.pump().0;
        let topics: Vec<_> = posts.iter().map(|post| post.topic.to_string()).collect();
        assert_eq!(topics, ["hall/yunxi/bridge/bridge-1/state", "hall/yunxi/device/strip-1/state"]);
        assert!(posts.iter().all(|post| post.retain));
        bridge.broker(FromBroker::Lost);
    }
}

#[test]
fn presses_while_the_broker_is_away_arrive_in_order_and_until_they_are_acknowledged() {
    let mut bridge = bridge();
    bridge.press("pad-1");
    bridge.press("pad-7");
    bridge.press("pad-1");
    bridge.connects();
    let expected = [
        ("hall/yunxi/device/pad-1/report".to_owned(), 77, 1),
        ("hall/yunxi/device/pad-7/report".to_owned(), 77, 1),
        ("hall/yunxi/device/pad-1/report".to_owned(), 77, 2),
    ];
    assert_eq!(reports(&bridge.pump().0), expected);
    assert_eq!(reports(&bridge.pump().0), []);
    bridge.broker(FromBroker::Acknowledged(1));
    bridge.broker(FromBroker::Lost);
    bridge.connects();
    assert_eq!(reports(&bridge.pump().0), expected[1..]);
    bridge.broker(FromBroker::Acknowledged(2));
    bridge.broker(FromBroker::Acknowledged(3));
    assert_eq!(bridge.board.waiting(), 0);
}

#[test]
fn after_connecting_states_go_at_once_and_reports_when_the_server_has_had_time_to_listen() {
    let mut bridge = bridge();
    bridge.press("pad-1");
    bridge.broker(FromBroker::Connected);
    let posts = bridge.pump().0;
    assert_eq!((posts.len(), reports(&posts).len()), (1, 0));
    bridge.now = bridge.now + SETTLE;
    assert_eq!(reports(&bridge.pump().0).len(), 1);
}

#[test]
fn a_face_goes_to_its_line_and_waits_while_the_line_is_full() {
    let mut bridge = bridge();
    let face = |text: &str| Face::Strip { text: text.to_owned(), tone: Tone::Steady };
    bridge.message("strip-1", DeviceTopic::Wanted, &Wanted { revision: 1, face: face("一") });
    bridge.board.pump(bridge.now, &mut |_| true, &mut |_, order| Err(order));
    assert!(bridge.board.is_held_up());
    let newer = Wanted { revision: 2, face: face("二") };
    bridge.message("strip-1", DeviceTopic::Wanted, &newer);
    let orders = bridge.pump().1;
    assert_eq!(orders, [(0, LineOrder::Wanted("strip-1".parse().unwrap(), Box::new(newer)))]);
}

#[test]
fn a_face_that_a_failed_line_forgot_is_given_again() {
    let mut bridge = bridge();
    let face = Face::Strip { text: "一".to_owned(), tone: Tone::Steady };
    let wanted = Wanted { revision: 1, face };
    bridge.message("strip-1", DeviceTopic::Wanted, &wanted);
    assert_eq!((bridge.pump().1.len(), bridge.pump().1.len()), (1, 0));
    bridge.board.handle_line(LineEvent::Forgot("strip-1".parse().unwrap()), bridge.now);
    let orders = bridge.pump().1;
    assert_eq!(orders, [(0, LineOrder::Wanted("strip-1".parse().unwrap(), Box::new(wanted)))]);
}

#[test]
fn a_job_goes_to_its_line_with_its_expiry_and_rubbish_is_dropped() {
    let mut bridge = bridge();
    let job = Job { id: 1, boot: 2, expires_in_millis: 500, work: Work::Beep };
    bridge.message("pad-7", DeviceTopic::Job, &job);
    bridge.message("pad-7", DeviceTopic::Job, &"rubbish");
    bridge.message("stranger", DeviceTopic::Job, &job);
    let orders = bridge.pump().1;
    let expires = bridge.now.steady + std::time::Duration::from_millis(500);
    assert_eq!(orders, [(1, LineOrder::Job("pad-7".parse().unwrap(), job, expires))]);
}

#[test]
fn a_job_that_comes_too_late_is_not_done_and_is_counted() {
    let mut bridge = bridge();
    let pad: wire::ids::DeviceId = "pad-7".parse().unwrap();
    let (why, about) = (String::new(), String::new());
    let (shown, counters) = (None, Default::default());
    let state = DeviceState { health: Health::Online, why, shown, about, counters };
    bridge.board.handle_line(LineEvent::State(pad, state), bridge.now);
    let job = |id| Job { id, boot: 2, expires_in_millis: 500, work: Work::Beep };
    // The line has no room until it is too late.
    bridge.message("pad-7", DeviceTopic::Job, &job(1));
    bridge.board.pump(bridge.now, &mut |_| true, &mut |_, order| Err(order));
    bridge.message("pad-7", DeviceTopic::Job, &job(2));
    let orders = bridge.pump().1;
    assert_eq!(orders.len(), 2, "{orders:?}");
    bridge.message("pad-7", DeviceTopic::Job, &job(3));
    bridge.now = bridge.now + std::time::Duration::from_millis(500);
    assert_eq!(bridge.pump().1, []);
    // The line was busy until the second was too late, and cannot do the fourth at all.
    let done = |id, done| LineEvent::Happened(pad, Happening::job_done(id, 2, done));
    bridge.board.handle_line(done(1, true), bridge.now);
    bridge.board.handle_line(done(2, false), bridge.now);
    bridge.message("pad-7", DeviceTopic::Job, &job(4));
    assert_eq!(bridge.pump().1.len(), 1);
    bridge.board.handle_line(done(4, false), bridge.now);
    bridge.connects();
    let posts = bridge.pump().0;
    let told: Vec<_> = posts.iter().filter(|post| post.tag.is_some()).collect();
    assert_eq!(told.len(), 4, "the server hears of each: {told:?}");
    let state = posts.iter().find(|post| post.topic.to_string().ends_with("pad-7/state"));
    let state: DeviceState = serde_json::from_slice(&state.unwrap().payload).unwrap();
    assert_eq!((state.counters["jobs_expired"], state.counters["jobs_undone"]), (2, 1));
}

#[test]
fn reports_that_wait_are_counted_on_a_device_until_the_broker_has_them() {
    let mut bridge = bridge();
    let waiting = |posts: &[Post]| {
        let posts = posts.iter().filter(|post| post.topic.to_string().ends_with("/state"));
        let states = posts.filter_map(|post| serde_json::from_slice(&post.payload).ok());
        states.map(|state: DeviceState| state.counters["reports_waiting"]).collect::<Vec<_>>()
    };
    bridge.connects();
    bridge.pump();
    bridge.press("pad-1");
    bridge.press("pad-1");
    let (why, about) = (String::new(), String::new());
    let (shown, counters) = (None, Default::default());
    let state = DeviceState { health: Health::Online, why, shown, about, counters };
    bridge.board.handle_line(LineEvent::State("pad-1".parse().unwrap(), state), bridge.now);
    assert_eq!(waiting(&bridge.pump().0), [2]);
    bridge.broker(FromBroker::Acknowledged(1));
    assert_eq!(waiting(&bridge.pump().0), [0_u64; 0], "not at each step, for a busy hour has many");
    bridge.broker(FromBroker::Acknowledged(2));
    assert_eq!(waiting(&bridge.pump().0), [0]);
    bridge.press("pad-1");
    bridge.pump();
    bridge.broker(FromBroker::Acknowledged(3));
    assert_eq!(waiting(&bridge.pump().0), [0_u64; 0], "nobody was told that anything waits");
}

#[test]
fn a_full_outbox_is_told_on_the_device_and_to_the_clerk() {
    let mut bridge = bridge();
    let pad = "pad-1".parse().unwrap();
    let state = DeviceState {
        health: Health::Online,
        why: String::new(),
        shown: None,
        about: String::new(),
        counters: Default::default(),
    };
    bridge.board.handle_line(LineEvent::State(pad, state), bridge.now);
    for _ in 0..crate::outbox::REPORTS_MAX {
        bridge.press("pad-1");
    }
    assert!(bridge.pump().1.is_empty());
    bridge.press("pad-1");
    let orders = bridge.pump().1;
    assert!(
        matches!(&orders[..], [(0, LineOrder::Job(_, job, _))]
            if job.work == Work::Feedback { done: false }),
        "{orders:?}"
    );
    bridge.connects();
    let mut posts = bridge.pump().0;
    posts.retain(|post| post.topic.to_string().ends_with("pad-1/state"));
    let state: DeviceState = serde_json::from_slice(&posts[0].payload).unwrap();
    assert_eq!((state.health, &*state.why), (Health::Ill, "outbox_full"));
}

#[test]
fn what_a_person_presses_on_a_device_without_the_right_to_it_is_refused_where_it_is_seen() {
    let mut bridge = bridge();
    bridge.connects();
    bridge.pump();
    let pad = "pad-1".parse().unwrap();
    let wanted = Topic::device("yunxi".parse().unwrap(), pad, DeviceTopic::Wanted);
    bridge.broker(FromBroker::Denied(wanted));
    bridge.press("pad-1");
    bridge.press("pad-7");
    let (posts, orders) = bridge.pump();
    assert_eq!(reports(&posts), [("hall/yunxi/device/pad-7/report".to_owned(), 77, 1)]);
    let told = orders.iter().any(|(_, order)| {
        matches!(order, LineOrder::Job(id, job, _)
            if *id == pad && job.work == Work::Feedback { done: false })
    });
    assert!(told, "the clerk sees that the key did nothing: {orders:?}");
    // The credential was renewed.
    bridge.broker(FromBroker::Lost);
    bridge.connects();
    bridge.pump();
    bridge.press("pad-1");
    assert_eq!(bridge.board.waiting(), 2);
}
