//! A profile of a site: any text is taken or told to be wrong, and a described language that is
//! taken reads what it says.
#![no_main]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use firmware_bridge::{
    bus::Echo,
    dialects::{self, Decoded, Order},
    line::{Line, LineOrder},
    profile::Profile,
    session::Session,
};
use libfuzzer_sys::fuzz_target;
use wire::device::{Face, Tone, Wanted};

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
    // Whatever its numbers are, a line with such a device speaks and goes on.
    let (address, start) = (profile.addresses[0], Instant::now());
    let session = Session::new("twin".parse().expect("an id"), address, Arc::new(profile));
    let mut line = Line::new(9_600, Echo::Auto, vec![session], start);
    line.handle_open(start);
    let face = Face::Strip { text: "A023".to_owned(), tone: Tone::Calling };
    let wanted = Box::new(Wanted { revision: 1, face });
    line.handle_order(LineOrder::Wanted("twin".parse().expect("an id"), wanted), start);
    for step in 0..50 {
        let now = start + Duration::from_millis(step * 250);
        line.handle_timeout(now);
        while line.poll_transmit(now).is_some() {}
        while line.poll_event().is_some() {}
        let _ = line.poll_timeout(now);
    }
});
