//! Texts on strips: whatever they hold, each profile's frame is read again as one frame.
#![no_main]

use std::sync::LazyLock;

use firmware_bridge::{
    dialects::{self, Area, Decoded, Order},
    shelf::Shelf,
};
use libfuzzer_sys::fuzz_target;
use wire::device::Tone;

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::built_in);

fuzz_target!(|text: &str| {
    for profile in SHELF.all() {
        let address = profile.addresses[0].max(1);
        let area = |lines| Area { x: 0, y: 0, width: 64, height: 32, lines, runs: false };
        let lines = text.lines().take(4).map(|line| (Tone::Steady, line.to_owned())).collect();
        let orders = [
            Order::Text { text: text.to_owned(), tone: Tone::Calling },
            Order::Panel(vec![area(lines)]),
        ];
        for order in orders {
            let Ok(bytes) = dialects::encode(address, &order, profile) else { continue };
            let Decoded::Frame { used, frame } = profile.tongue().decode(&bytes) else {
                panic!("{}: no frame", profile.name)
            };
            assert_eq!((used, frame.address), (bytes.len(), address), "{}", profile.name);
        }
    }
});
