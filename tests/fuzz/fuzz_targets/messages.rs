//! Messages of the broker: any payload on any topic is read or refused, and what is read is written
//! and read again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};
use wire::{
    board::Board,
    device::{BridgeState, DeviceState, Job, Picture, Press, Report, Wanted},
    metrics::Metrics,
    topics::Topic,
};

fn look<T: Serialize + DeserializeOwned>(payload: &[u8]) {
    let Ok(message) = serde_json::from_slice::<T>(payload) else { return };
    let written = serde_json::to_vec(&message).expect("it was read");
    let again: T = serde_json::from_slice(&written).expect("what is written can be read");
    let twice = serde_json::to_vec(&again).expect("it was read");
    assert_eq!(written, twice);
}

fuzz_target!(|data: &[u8]| {
    let Some((&pick, payload)) = data.split_first() else { return };
    match pick % 10 {
        0 => look::<Wanted>(payload),
        1 => look::<Job>(payload),
        2 => look::<Report>(payload),
        3 => look::<DeviceState>(payload),
        4 => look::<BridgeState>(payload),
        5 => look::<Picture>(payload),
        6 => look::<Press>(payload),
        7 => look::<Metrics>(payload),
        8 => look::<Board>(payload),
        _ => {
            let Ok(text) = std::str::from_utf8(payload) else { return };
            if let Some(topic) = Topic::parse(text) {
                assert_eq!(topic.to_string(), text);
            }
        }
    }
});
