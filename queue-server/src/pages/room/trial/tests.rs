//! What is told of a trial.

use hall::{ids::DeviceId, time::Timestamp};
use wire::{
    device::{DeviceState, Health},
    texts::Language,
};

use super::*;
use crate::fleet::Fleet;

#[test]
fn a_card_that_was_read_is_told_and_what_stood_in_the_way_too() {
    let mut device = crate::testing::county().devices.remove(0);
    let reader: DeviceId = "reader-1".parse().unwrap();
    (device.id, device.kind) = (reader, DeviceKind::Reader);
    let fleet = Fleet::new(&[device]);
    let state = DeviceState {
        health: Health::Online,
        why: String::new(),
        shown: None,
        about: String::new(),
        counters: std::collections::BTreeMap::new(),
    };
    fleet.note_state(reader, state, Timestamp(0));
    let tried = |job: u64, done: bool, why: &str| {
        fleet.try_out(reader, Tried::Card, Timestamp(0)).unwrap();
        let waits = told(fleet.trial(reader).as_ref(), Texts::of(Language::Chinese)).word;
        assert_eq!(waits, "请放一张身份证（20 秒内）");
        fleet.note_asked(reader, job);
        fleet.note_tried(reader, job, Outcome::of_job(done, why));
        told(fleet.trial(reader).as_ref(), Texts::of(Language::Chinese)).word
    };
    assert_eq!(tried(1, true, ""), "读卡正常");
    assert_eq!(tried(2, false, "no_card"), "没有放卡");
    assert_eq!(tried(3, false, "unread"), "放了卡，读不出");
    assert_eq!(tried(4, false, "something new"), "没有做成");
    assert_eq!(tried(5, false, ""), "没有做成");
}
