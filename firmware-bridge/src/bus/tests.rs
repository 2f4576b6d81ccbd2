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

#[test]
fn an_echo_spoiled_by_a_collision_does_not_make_a_press_of_the_next_one() {
    let (mut bus, now) = bus(Echo::Auto);
    let other = ff68::frame(2, 1, &[0x0C]);
    bus.sent(&other, now);
    bus.sent(&CALL, now + Duration::from_millis(15));
    let spoiled: Vec<u8> = other.iter().map(|byte| byte & 0xF3).collect();
    bus.handle_bytes(&spoiled, now + Duration::from_millis(12));
    bus.handle_bytes(&CALL, now + Duration::from_millis(30));
    assert_eq!(frames(&mut bus), 0, "our own acknowledgement is no press");
    assert_eq!(bus.counters().echo_bytes, 10);
}

#[test]
fn an_echo_that_an_adapter_holds_back_in_lumps_of_sixteen_milliseconds_is_no_frame() {
    let (mut bus, now) = bus(Echo::Auto);
    bus.sent(&CALL, now);
    for (place, lump) in CALL.chunks(4).enumerate() {
        let at = now + Duration::from_millis(16 * (place as u64 + 1));
        bus.handle_timeout(at);
        bus.handle_bytes(lump, at);
    }
    assert_eq!(frames(&mut bus), 0);
    // And what a device says in such lumps is one frame.
    for (place, lump) in CALL.chunks(4).enumerate() {
        let at = now + Duration::from_millis(500 + 16 * place as u64);
        bus.handle_timeout(at);
        bus.handle_bytes(lump, at);
    }
    assert_eq!(frames(&mut bus), 1);
}

/// How long the longest wait for the line was while this noise came every so many milliseconds for
/// ten seconds.
fn longest_wait(noise: &[u8], every_millis: u64) -> Duration {
    let (mut bus, start) = bus(Echo::No);
    let (mut waits_since, mut longest) = (start, Duration::ZERO);
    for millis in 0..10_000 {
        let now = start + Duration::from_millis(millis);
        bus.handle_timeout(now);
        if millis % every_millis == 0 {
            bus.handle_bytes(noise, now);
        }
        frames(&mut bus);
        if bus.is_free(now) {
            longest = longest.max(now - waits_since);
            // Whoever has waited for the line speaks, and somebody else begins to wait.
            waits_since = bus.sent(&CALL, now);
        }
    }
    longest.max(start + Duration::from_secs(10) - waits_since)
}

#[test]
fn noise_holds_a_frame_up_for_a_moment_only() {
    for (noise, every) in
        [(&[0xFF][..], 50), (&[0xA0], 50), (&[0xFF, 0x68, 0x03], 40), (&[0xFF], 7), (&[0x00], 2)]
    {
        let waited = longest_wait(noise, every);
        assert!(waited < Duration::from_millis(500), "{noise:02X?} every {every} ms: {waited:?}");
    }
}

#[test]
fn an_acknowledgement_gets_through_noise_without_a_pause() {
    let (mut bus, start) = bus(Echo::No);
    bus.acknowledge(CALL.to_vec());
    let sent = (0..1_000).find(|&millis| {
        let now = start + Duration::from_millis(millis);
        bus.handle_bytes(&[0x00], now);
        frames(&mut bus);
        bus.poll_urgent(now).is_some()
    });
    assert!(sent.is_some_and(|millis| millis < 500), "{sent:?}");
}

#[test]
fn a_piece_that_goes_on_byte_by_byte_for_ever_is_given_up() {
    let (mut bus, start) = bus(Echo::No);
    // The head of a strip's frame says that 254 bytes follow; a pad speaks in the middle of it.
    bus.handle_bytes(&[0xA0, 0x90, 0x01, 0xA5, 0x00, 0xFE], start);
    let mut heard_at = None;
    for step in 1..40 {
        let now = start + Duration::from_millis(50 * step);
        bus.handle_timeout(now);
        bus.handle_bytes(if step == 3 { &CALL } else { &[0x55] }, now);
        if frames(&mut bus) > 0 {
            heard_at = heard_at.or(Some(now - start));
        }
    }
    assert!(heard_at.is_some_and(|at| at < Duration::from_millis(600)), "{heard_at:?}");
}
