//! Pacing, echo and pieces.

use std::time::{Duration, Instant};

use super::{Bus, Echo};
use crate::dialects::{Dialect, Tongue, ff68};

const CALL: [u8; 10] = [0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x01, 0x0C, 0x0E, 0x16];

fn bus(echo: Echo) -> (Bus, Instant) {
    let now = Instant::now();
    (Bus::new(9_600, echo, [Dialect::Ff68, Dialect::A090].map(Tongue::Known).into(), now), now)
}

fn frames(bus: &mut Bus) -> usize {
    std::iter::from_fn(|| bus.poll_frame()).count()
}

#[test]
fn our_own_acknowledgement_coming_back_is_no_frame() {
    for size in 1..=CALL.len() {
        let (mut bus, now) = bus(Echo::Auto);
        bus.sent(&CALL, now);
        for chunk in CALL.chunks(size) {
            bus.handle_bytes(chunk, now + Duration::from_millis(8));
        }
        assert_eq!(frames(&mut bus), 0, "in pieces of {size}");
        assert_eq!(bus.counters().echo_bytes, 10);
    }
}

#[test]
fn noise_before_the_echo_does_not_make_a_press_of_it() {
    let (mut bus, now) = bus(Echo::Auto);
    bus.sent(&CALL, now);
    bus.handle_bytes(&[0xFF, 0xFF, 0x68, 0x03, 0x00], now);
    bus.handle_bytes(&CALL, now);
    assert_eq!(frames(&mut bus), 0);
}

#[test]
fn another_pad_speaking_right_after_our_frame_is_heard() {
    let (mut bus, now) = bus(Echo::Auto);
    bus.sent(&CALL, now);
    bus.handle_bytes(&CALL, now);
    bus.handle_bytes(&ff68::frame(2, 1, &[0x0C]), now);
    assert_eq!(frames(&mut bus), 1);
    bus.sent(&CALL, now);
    bus.handle_bytes(&ff68::frame(3, 1, &[0x0C]), now);
    assert_eq!(frames(&mut bus), 1, "no echo came, and nothing is held back");
}

#[test]
fn a_line_that_does_not_echo_hears_the_same_frame_after_the_echo_time() {
    let (mut bus, now) = bus(Echo::Auto);
    bus.sent(&CALL, now);
    bus.handle_bytes(&CALL, now + Duration::from_millis(300));
    assert_eq!(frames(&mut bus), 1);
}

#[test]
fn what_was_held_for_an_echo_is_given_back_in_time() {
    let (mut bus, now) = bus(Echo::Auto);
    bus.sent(&CALL, now);
    bus.handle_bytes(&CALL[..4], now);
    assert_eq!(frames(&mut bus), 0);
    let due = bus.poll_timeout(now + Duration::from_millis(50)).unwrap();
    bus.handle_timeout(due);
    bus.handle_bytes(&CALL[4..], due);
    assert_eq!(frames(&mut bus), 1);
}

#[test]
fn a_frame_waits_until_the_line_is_quiet() {
    let (mut bus, now) = bus(Echo::Auto);
    let leaves = bus.sent(&CALL, now);
    assert_eq!((leaves - now).as_micros(), 10_416);
    assert!(!bus.is_free(leaves));
    assert!(bus.is_free(leaves + Duration::from_millis(4)));
    bus.handle_bytes(&CALL[..3], leaves + Duration::from_millis(90));
    let later = leaves + Duration::from_millis(100);
    assert!(!bus.is_free(later), "somebody is speaking");
    let due = bus.poll_timeout(later).unwrap();
    bus.handle_timeout(due);
    assert_eq!(frames(&mut bus), 0);
    assert!(bus.is_free(due), "the piece was given up");
    assert_eq!(bus.counters().garbage_bytes, 3);
}
