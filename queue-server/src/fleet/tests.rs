//! Who counts as lost, and when.

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
