//! Bytes of a line, in any language: reading never panics, always progresses, and holds little; what
//! is read has a meaning, a virtual device bears it, and a line with such a device goes on.
#![no_main]

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use firmware_bridge::{
    bus::{Echo, Reader},
    line::Line,
    session::Session,
    shelf::Shelf,
    twins::twin::Twin,
};
use libfuzzer_sys::fuzz_target;

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::built_in);

fuzz_target!(|data: &[u8]| {
    let Some((&pick, bytes)) = data.split_first() else { return };
    let profiles: Vec<_> = SHELF.all().collect();
    let profile = profiles[usize::from(pick) % profiles.len()];
    let (mut reader, mut now) = (Reader::new(vec![profile.tongue()]), Instant::now());
    let mut twin = Twin::new("twin".parse().expect("an id"), 1, profile.clone());
    let session = Session::new("twin".parse().expect("an id"), 1, profile.clone());
    let mut line = Line::new(profile.baud, Echo::Auto, vec![session], now);
    line.handle_open(now);
    let mut bear = |reader: &mut Reader| {
        while let Some((_, frame)) = reader.next() {
            let _ = profile.meaning(&frame);
            twin.handle_frame(&frame, now);
            let _ = twin.picture();
        }
    };
    for chunk in bytes.chunks(usize::from(pick) / 16 + 1) {
        reader.take(chunk);
        bear(&mut reader);
        assert!(reader.held() <= Reader::HELD_MAX);
    }
    reader.give_up();
    bear(&mut reader);
    assert_eq!(reader.held(), 0);
    for chunk in bytes.chunks(usize::from(pick) / 16 + 1) {
        line.handle_bytes(chunk, now);
        while line.poll_transmit(now).is_some() {}
        while line.poll_event().is_some() {}
        now += Duration::from_millis(u64::from(chunk[0]) * 4);
        line.handle_timeout(now);
    }
});
