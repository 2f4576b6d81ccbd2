//! Who counts as lost, and when.

use wire::device::DeviceKind;

use super::*;
use crate::testing;

const MINUTE: Duration = Duration::from_secs(60);
const PROGRAM: &str = "kiosk 0.1.0";
const NOW: Timestamp = Timestamp(1_000);

fn fleet() -> Fleet {
    Fleet::new(&testing::county().devices)
}

fn id(text: &str) -> DeviceId {
    text.parse().unwrap()
}

fn online() -> DeviceState {
    let (why, about) = (String::new(), String::new());
    DeviceState { health: Health::Online, why, shown: None, about, counters: BTreeMap::new() }
}

#[test]
fn a_kiosk_or_a_screen_that_says_nothing_for_a_minute_is_lost_until_it_speaks_again() {
    let fleet = fleet();
    fleet.note_kiosk(id("kiosk-1"), "", PROGRAM, NOW);
    fleet.note_state(id("screen-1"), online(), NOW);
    assert!(!fleet.handle_time(MINUTE / 2));
    fleet.note_kiosk(id("kiosk-1"), "", PROGRAM, NOW);
    assert!(fleet.handle_time(MINUTE / 2), "the screen has become silent");
    assert_eq!(fleet.health(id("kiosk-1")), Health::Online);
    assert_eq!(fleet.health(id("screen-1")), Health::Offline);
    let silent = (id("screen-1"), Some(DeviceTrouble::Silent));
    assert!(fleet.troubles().contains(&silent));
    fleet.note_state(id("screen-1"), online(), NOW);
    assert_eq!(fleet.health(id("screen-1")), Health::Online);
}

#[test]
fn a_device_on_a_line_is_spoken_for_by_its_bridge() {
    let fleet = fleet();
    let (strip, bridge) = (id("strip-1"), id("bridge-1"));
    fleet.note_state(strip, online(), NOW);
    fleet.note_bridge(bridge, BridgeState { online: true, boot: 1, devices: vec![strip] });
    fleet.handle_time(MINUTE * 60);
    assert_eq!(fleet.health(strip), Health::Online);
    fleet.note_bridge(bridge, BridgeState { online: false, boot: 1, devices: vec![strip] });
    assert_eq!(fleet.health(strip), Health::Offline);
}

#[test]
fn a_kiosk_that_says_the_same_again_is_no_news() {
    let fleet = fleet();
    let kiosk = id("kiosk-1");
    assert!(fleet.note_kiosk(kiosk, "", PROGRAM, NOW));
    assert!(!fleet.note_kiosk(kiosk, "", PROGRAM, NOW));
    assert!(fleet.note_kiosk(kiosk, "paper_low", PROGRAM, NOW));
    let troubles = fleet.troubles();
    assert!(troubles.contains(&(kiosk, Some(DeviceTrouble::PaperLow))));
    fleet.handle_time(MINUTE);
    assert!(fleet.note_kiosk(kiosk, "paper_low", PROGRAM, NOW), "it was lost and has come back");
}

#[test]
fn the_silence_of_a_lost_device_counts_from_its_last_message_or_from_the_loss_of_its_bridge() {
    let fleet = fleet();
    let (kiosk, strip, bridge) = (id("kiosk-1"), id("strip-1"), id("bridge-1"));
    assert_eq!(fleet.silence(kiosk), None, "it was never heard of, and has time");
    fleet.note_kiosk(kiosk, "", PROGRAM, NOW);
    fleet.note_state(strip, online(), NOW);
    fleet.note_bridge(bridge, BridgeState { online: true, boot: 1, devices: vec![strip] });
    fleet.handle_time(MINUTE * 3 / 4);
    assert_eq!(fleet.silence(kiosk), None);
    fleet.handle_time(MINUTE / 2);
    assert_eq!((fleet.silence(kiosk), fleet.silence(strip)), (Some(MINUTE * 5 / 4), None));
    let lost = BridgeState { online: false, boot: 1, devices: vec![strip] };
    fleet.note_bridge(bridge, lost.clone());
    fleet.handle_time(MINUTE / 4);
    fleet.note_bridge(bridge, lost);
    assert_eq!(fleet.silence(strip), Some(MINUTE / 4));
}

/// A face of a strip.
fn face(revision: u64) -> Wanted {
    let (text, tone) = (revision.to_string(), wire::device::Tone::Steady);
    Wanted { revision, face: wire::device::Face::Strip { text, tone } }
}

#[test]
fn a_strip_that_does_not_confirm_its_face_is_stale_after_the_limit() {
    let fleet = fleet();
    let strip = id("strip-1");
    fleet.note_state(strip, online(), NOW);
    fleet.note_wanted(strip, &face(7));
    assert!(!fleet.handle_time(STALE_AFTER - Duration::from_secs(1)));
    assert_eq!(fleet.health(strip), Health::Online);
    assert!(fleet.handle_time(Duration::from_secs(1)), "it becomes stale");
    assert_eq!((fleet.health(strip), fleet.why(strip)), (Health::Ill, "stale".to_owned()));
    assert!(fleet.troubles().contains(&(strip, Some(DeviceTrouble::Fault))));
    fleet.note_shown(strip, 7, NOW);
    assert_eq!((fleet.health(strip), fleet.why(strip)), (Health::Online, String::new()));
    assert_eq!(fleet.owes(strip), None);
}

#[test]
fn a_screen_of_diodes_is_stale_like_a_strip() {
    let fleet = fleet();
    let led = id("led-1");
    fleet.note_state(led, online(), NOW);
    fleet.note_wanted(led, &face(7));
    assert!(fleet.handle_time(STALE_AFTER));
    assert_eq!(fleet.why(led), "stale");
}

#[test]
fn a_hall_screen_tells_by_itself_that_its_picture_is_old() {
    let fleet = fleet();
    let screen = id("screen-1");
    fleet.note_state(screen, online(), NOW);
    fleet.note_wanted(screen, &face(7));
    fleet.handle_time(STALE_AFTER);
    assert_eq!(fleet.health(screen), Health::Online);
}

#[test]
fn a_strip_that_is_always_one_face_behind_in_a_busy_hour_is_not_stale() {
    let fleet = fleet();
    let strip = id("strip-1");
    fleet.note_state(strip, online(), NOW);
    fleet.note_wanted(strip, &face(1));
    for revision in 2..100 {
        fleet.note_wanted(strip, &face(revision));
        fleet.handle_time(Duration::from_secs(2));
        assert_eq!(fleet.health(strip), Health::Online, "face {revision}");
        fleet.note_shown(strip, revision - 1, NOW);
    }
    // Faces that change all the time hide no strip that confirms none of them.
    for revision in 100..110 {
        fleet.note_wanted(strip, &face(revision));
        fleet.handle_time(Duration::from_secs(2));
    }
    assert_eq!(fleet.health(strip), Health::Ill);
}

#[test]
fn a_strip_that_was_away_has_its_time_again() {
    let fleet = fleet();
    let (strip, bridge) = (id("strip-1"), id("bridge-1"));
    let carried = |online| BridgeState { online, boot: 1, devices: vec![strip] };
    fleet.note_state(strip, online(), NOW);
    fleet.note_bridge(bridge, carried(true));
    fleet.note_bridge(bridge, carried(false));
    fleet.note_wanted(strip, &face(3));
    fleet.handle_time(MINUTE * 10);
    assert_eq!(fleet.health(strip), Health::Offline, "who is lost is not called stale");
    fleet.note_bridge(bridge, carried(true));
    assert_eq!(fleet.health(strip), Health::Online);
    fleet.handle_time(STALE_AFTER);
    assert_eq!(fleet.health(strip), Health::Ill);
    let lost = DeviceState { health: Health::Offline, why: "no_answer".into(), ..online() };
    fleet.note_state(strip, lost, NOW);
    assert_eq!((fleet.health(strip), fleet.why(strip)), (Health::Offline, "no_answer".to_owned()));
    fleet.note_state(strip, online(), NOW);
    assert_eq!(fleet.health(strip), Health::Online);
}

#[test]
fn a_checkup_asks_everybody_once_and_is_over_within_a_bound() {
    use super::trials::{ANSWER_WITHIN, Outcome};
    let fleet = fleet();
    for device in ["strip-1", "pad-1", "screen-1"] {
        fleet.note_state(id(device), online(), NOW);
    }
    fleet.note_kiosk(id("kiosk-1"), "", PROGRAM, NOW);
    fleet.note_kiosk(id("kiosk-2"), "paper_out", PROGRAM, NOW);
    assert_eq!(fleet.checkup(), None);
    fleet.check_all(NOW);
    let mut asked = fleet.take_asks().unwrap();
    let asked: Vec<DeviceId> =
        std::iter::from_fn(|| asked.try_recv().ok()).map(|(device, _)| device).collect();
    let there = ["kiosk-1", "kiosk-2", "pad-1", "screen-1", "strip-1"].map(id);
    assert_eq!(asked, there, "those that are there");
    for (job, device) in asked.iter().enumerate() {
        fleet.note_asked(*device, job as u64);
    }
    assert!(!fleet.checkup().unwrap().is_over());
    assert!(
        fleet.note_tried(id("kiosk-1"), 0, Outcome::Done)
            && fleet.note_tried(id("kiosk-2"), 1, Outcome::Undone(String::new()))
            && fleet.note_tried(id("pad-1"), 2, Outcome::Sent)
            && fleet.note_tried(id("screen-1"), 3, Outcome::Undone(String::new()))
    );
    fleet.handle_time(ANSWER_WITHIN);
    let checkup = fleet.checkup().unwrap();
    assert!(checkup.is_over());
    let outcome = |device: &str| checkup.trials[&id(device)].outcome();
    assert_eq!(outcome("pad-1"), Outcome::Sent);
    let undone = || Outcome::Undone(String::new());
    assert_eq!(outcome("screen-1"), undone());
    assert_eq!(outcome("strip-1"), Outcome::NoAnswer);
    assert_eq!((outcome("kiosk-1"), outcome("kiosk-2")), (Outcome::Done, undone()));
    assert_eq!(outcome("strip-2"), Outcome::Away);
}

#[test]
fn that_a_device_is_still_lost_is_no_message_of_it() {
    let fleet = fleet();
    let strip = id("strip-1");
    let lost = || DeviceState { health: Health::Offline, why: "no_answer".into(), ..online() };
    fleet.note_state(strip, lost(), NOW);
    fleet.handle_time(MINUTE * 5);
    fleet.note_state(strip, lost(), Timestamp(9_000));
    assert_eq!(fleet.silence(strip), Some(MINUTE * 5));
    assert_eq!(fleet.device(strip).unwrap().heard, Some(NOW));
    fleet.note_state(strip, online(), Timestamp(9_000));
    assert_eq!(fleet.silence(strip), None);
}

#[test]
fn a_device_that_was_never_heard_is_lost_a_minute_after_the_server_began() {
    let fleet = fleet();
    assert!(fleet.troubles().is_empty(), "a start is no alert");
    fleet.note_kiosk(id("kiosk-1"), "", PROGRAM, NOW);
    fleet.handle_time(MINUTE / 2);
    assert_eq!(fleet.troubles(), [(id("kiosk-1"), None)]);
    assert!(fleet.handle_time(MINUTE / 2), "they become lost");
    let troubles = fleet.troubles();
    for never in ["kiosk-2", "screen-2", "voice-1", "strip-1", "pad-24"] {
        assert!(troubles.contains(&(id(never), Some(DeviceTrouble::Silent))), "{never}");
        assert_eq!(fleet.silence(id(never)), Some(MINUTE), "{never}");
    }
    fleet.note_kiosk(id("kiosk-2"), "", PROGRAM, NOW);
    assert!(fleet.troubles().contains(&(id("kiosk-2"), None)), "it has come");
}

#[test]
fn a_card_reader_is_tried_with_a_card_and_needs_none_in_a_checkup() {
    use super::trials::{Outcome, Tried};
    let mut kiosk = crate::testing::county()
        .devices
        .into_iter()
        .find(|device| device.id == id("kiosk-1"))
        .unwrap();
    (kiosk.id, kiosk.kind, kiosk.kiosk) = (id("reader-1"), DeviceKind::Reader, Some(kiosk.id));
    let (fleet, reader) = (Fleet::new(&[kiosk]), id("reader-1"));
    let bridge = id("bridge-1");
    fleet.note_bridge(bridge, BridgeState { online: true, boot: 1, devices: vec![reader] });
    fleet.note_state(reader, online(), NOW);
    let mut asks = fleet.take_asks().unwrap();
    fleet.check_all(NOW);
    assert!(fleet.checkup().unwrap().is_over(), "nobody has to lay a card down");
    assert_eq!(fleet.trial(reader).unwrap().outcome(), Outcome::Done);
    assert!(asks.try_recv().is_err());
    assert_eq!(fleet.try_out(reader, Tried::Test, NOW), Err(PressFault::NotAsked));
    fleet.try_out(reader, Tried::Card, NOW).unwrap();
    assert_eq!(asks.try_recv().unwrap(), (reader, Work::Test { window: None }));
    fleet.note_asked(reader, 5);
    assert!(fleet.note_tried(reader, 5, Outcome::of_job(false, "no_card")));
    assert_eq!(fleet.trial(reader).unwrap().outcome(), Outcome::Undone("no_card".to_owned()));
}
