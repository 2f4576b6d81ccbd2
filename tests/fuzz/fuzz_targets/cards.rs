//! Bytes of a card reader, and the text of a card: read or refused, whatever they are.
#![no_main]

use std::time::Instant;

use firmware_bridge::{
    idcard::{ReaderKey, reader::Reader, text},
    moment::Wall,
};
use libfuzzer_sys::fuzz_target;

const TODAY: Wall =
    Wall { year: 2026, month: 11, day: 30, weekday: 1, hour: 9, minute: 0, second: 0 };

fuzz_target!(|data: &[u8]| {
    let key = ReaderKey::new([7; 32], 65);
    let now = Instant::now();
    let mut reader = Reader::new(now);
    reader.handle_look(true, now);
    for chunk in data.chunks(40) {
        let _ = reader.poll_transmit(now);
        reader.handle_bytes(chunk, &key, TODAY, now);
        while reader.poll_reading().is_some() {}
    }
    let _ = text::read(data, &key, TODAY);
});
