//! Bytes of a line, in any language: reading never panics, always progresses, and holds little; what
//! is read has a meaning, and a virtual device bears it.
#![no_main]

use std::{sync::LazyLock, time::Instant};

use firmware_bridge::{bus::Reader, shelf::Shelf, twins::twin::Twin};
use libfuzzer_sys::fuzz_target;

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::built_in);

fuzz_target!(|data: &[u8]| {
    let Some((&pick, bytes)) = data.split_first() else { return };
    let profiles: Vec<_> = SHELF.all().collect();
    let profile = profiles[usize::from(pick) % profiles.len()];
    let (mut reader, now) = (Reader::new(vec![profile.tongue()]), Instant::now());
    let mut twin = Twin::new("twin".parse().expect("an id"), 1, profile.clone());
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
});
