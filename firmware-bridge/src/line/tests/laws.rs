//! Laws of a line: whatever comes in, and whatever its profiles say.

use proptest::prelude::*;

use super::*;
use crate::{dialects::qm, shelf::VECTORS};

/// A line with a device of every profile, each at two addresses.
fn motley(now: Instant) -> Line {
    let shelf = Shelf::built_in();
    let mut sessions = Vec::new();
    for (place, profile) in shelf.all().enumerate() {
        let lowest = profile.addresses[0];
        for address in [lowest, lowest + 1] {
            let id = format!("d-{place}-{address}").parse().unwrap();
            sessions.push(Session::new(id, address, Arc::clone(profile)));
        }
    }
    Line::new(9_600, Echo::Auto, sessions, now)
}

/// Frames of the vectors, whole or with a byte of them changed, and noise.
fn heard() -> impl Strategy<Value = Vec<u8>> {
    let rows: Vec<Vec<u8>> = VECTORS
        .iter()
        .flat_map(|(_, text)| text.lines())
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('|').nth(3))
        .map(|hex| {
            hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
        })
        .collect();
    let spoiled = (prop::sample::select(rows.clone()), any::<prop::sample::Index>(), any::<u8>())
        .prop_map(|(mut bytes, at, byte)| {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes
        });
    prop_oneof![
        4 => prop::sample::select(rows),
        2 => spoiled,
        1 => prop::collection::vec(any::<u8>(), 0..40),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_heard_a_line_goes_on_and_every_device_keeps_a_state(
        pieces in prop::collection::vec((heard(), 0_u64..400), 1..60),
    ) {
        let start = Instant::now();
        let mut line = motley(start);
        line.handle_open(start);
        let (mut now, mut revision) = (start, 0);
        let mut events = 0;
        for (bytes, pause) in pieces {
            revision += 1;
            for (place, _) in Shelf::built_in().all().enumerate() {
                line.handle_order(wanted(&format!("d-{place}-1"), revision, "请 A023 号"), now);
            }
            line.handle_bytes(&bytes, now);
            while let Some(bytes) = line.poll_transmit(now) {
                prop_assert!(!bytes.is_empty());
            }
            prop_assert!(line.poll_timeout(now).is_some(), "a line is never asleep for ever");
            now += Duration::from_millis(pause);
            line.handle_timeout(now);
            events += std::iter::from_fn(|| line.poll_event()).count();
        }
        prop_assert!(events > 0);
        let counters = line.counters();
        prop_assert!(counters.garbage_bytes + counters.echo_bytes <= counters.bytes_heard + counters.echo_bytes);
        // And it still works: what a pad says now is heard.
        now += Duration::from_secs(2);
        line.handle_timeout(now);
        let before = line.counters().frames_heard;
        line.handle_bytes(&ff68::frame(1, ff68::FUNC_KEY, &[0x0D]), now);
        prop_assert!(line.counters().frames_heard > before);
    }
}

#[test]
fn a_line_with_qm_strips_is_quiet_for_300_milliseconds_after_each_frame() {
    let shelf = Shelf::built_in();
    let session = |n: u8, profile: &str| {
        let id = format!("{}-{n}", profile.split('-').next().unwrap()).parse().unwrap();
        Session::new(id, n, shelf.get(profile).unwrap())
    };
    let start = Instant::now();
    let sessions = vec![session(1, "strip-qm"), session(2, "strip-qm"), session(1, "pad-s11")];
    let mut line = Line::new(9_600, Echo::No, sessions, start);
    line.handle_open(start);
    let (mut now, mut revision, mut sent) = (start, 0, Vec::new());
    while now < start + Duration::from_secs(10) {
        revision += 1;
        for n in 1..=2 {
            line.handle_order(wanted(&format!("strip-{n}"), revision, "请 A023 号"), now);
        }
        while let Some(bytes) = line.poll_transmit(now) {
            assert_eq!(bytes.len(), qm::FRAME_BYTES);
            sent.push(now);
        }
        now += Duration::from_millis(1);
        line.handle_timeout(now);
    }
    let last_byte = Duration::from_micros(69 * 1_041);
    let gaps = sent.windows(2).map(|pair| pair[1] - pair[0] - last_byte);
    assert!(sent.len() > 20, "{}", sent.len());
    for gap in gaps {
        assert!(gap >= Duration::from_millis(300), "{gap:?}");
    }
    // But a pad is acknowledged in between.
    line.handle_bytes(&ff68::frame(1, ff68::FUNC_KEY, &[0x0C]), now);
    let answered = (0..100).find(|millis| {
        line.poll_transmit(now + Duration::from_millis(*millis))
            .is_some_and(|bytes| bytes[0] == 0xFF)
    });
    assert!(answered.is_some_and(|millis| millis < 80), "{answered:?}");
}

#[test]
fn a_key_is_acknowledged_within_forty_milliseconds_or_when_our_own_frame_has_left() {
    let (mut line, start) = line();
    line.handle_open(start);
    let key = ff68::frame(1, ff68::FUNC_KEY, &[0x0C]);
    let acknowledged = |line: &mut Line, now: Instant| {
        line.handle_bytes(&key, now);
        (0..200)
            .find(|millis| {
                let at = now + Duration::from_millis(*millis);
                line.handle_timeout(at);
                line.poll_transmit(at) == Some(key.clone())
            })
            .expect("it is acknowledged")
    };
    assert!(acknowledged(&mut line, start) < 10, "on a quiet line");
    let now = start + Duration::from_secs(5);
    line.handle_order(wanted("strip-1", 1, "请 A023 号到 3 号窗口"), now);
    let frame = line.poll_transmit(now).unwrap();
    let leaves = (frame.len() as u64 * 1_042).div_ceil(1_000);
    let waited = acknowledged(&mut line, now);
    assert!(waited <= leaves + 5, "{waited} ms, and our frame took {leaves}");
}
