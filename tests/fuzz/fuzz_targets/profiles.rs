//! A profile of a site: any text is taken or told to be wrong, and a described language that is
//! taken reads what it says.
#![no_main]

use firmware_bridge::{
    dialects::{self, Decoded, Order},
    profile::Profile,
};
use libfuzzer_sys::fuzz_target;
use wire::device::Tone;

fuzz_target!(|text: &str| {
    let Ok(profile) = Profile::parse("fuzz", text) else { return };
    let orders = [
        Order::Text { text: "A023".to_owned(), tone: Tone::Steady },
        Order::Ask,
        Order::Beep,
        Order::Identify,
        Order::Show { row: 0, no: "A023".parse().ok(), waiting: 5 },
    ];
    for order in orders {
        let Ok(bytes) = dialects::encode(profile.addresses[0], &order, &profile) else { continue };
        if let Decoded::Frame { used, .. } = profile.tongue().decode(&bytes) {
            assert!(used <= bytes.len());
        }
    }
});
