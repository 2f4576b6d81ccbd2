//! One virtual device by itself.

use wire::device::PadKey;

use super::*;
use crate::{dialects::ff68, profile::Said, shelf::Shelf};

fn twin(profile: &str, address: u8) -> Twin {
    let profile = Shelf::built_in().get(profile).unwrap();
    Twin::new("twin-1".parse().unwrap(), address, profile)
}

fn asked(twin: &mut Twin, now: Instant) {
    let (address, func) = (129, ff68::FUNC_KEY);
    let data = vec![ff68::KEY_EVALUATE];
    twin.handle_frame(&Frame { address, func, data, answer: false, bare: false }, now);
}

fn is_asking(twin: &Twin) -> bool {
    matches!(twin.picture(), Picture::Evaluator { asking: true, .. })
}

#[test]
fn lamps_that_nobody_presses_go_out_and_burn_anew_for_the_next_citizen() {
    let start = Instant::now();
    let second = Duration::from_secs(1);
    let mut twin = twin("evaluator-5key", 129).lit_for(second * 30);
    asked(&mut twin, start);
    asked(&mut twin, start + second * 20);
    twin.handle_timeout(start + second * 49);
    assert!(is_asking(&twin), "the second citizen has all the time");
    let before = twin.changes();
    assert_eq!(twin.poll_timeout(), Some(start + second * 50));
    twin.handle_timeout(start + second * 50);
    assert!(!is_asking(&twin));
    assert_eq!((twin.changes(), twin.poll_timeout()), (before + 1, None));
}

#[test]
fn every_key_that_a_picture_offers_says_what_it_means() {
    let now = Instant::now();
    let mut pad = twin("pad-s11", 1);
    let Picture::Pad { keys, .. } = pad.picture() else { panic!("a pad") };
    assert!(keys.iter().any(|key| key == "no_show") && keys.iter().any(|key| key == "hold"));
    for key in keys {
        pad.press("7", now).unwrap();
        pad.press(&key, now).unwrap();
        let bytes = pad.poll_transmit(now).unwrap();
        let data = bytes[7..bytes.len() - 2].to_vec();
        let frame = Frame { address: 1, func: ff68::FUNC_KEY, data, answer: false, bare: false };
        match (key.as_str(), pad.profile().meaning(&frame)) {
            ("no_show", said) => assert_eq!(said, Said::Key(PadKey::NoShow)),
            ("call_next", said) => assert_eq!(said, Said::Key(PadKey::CallNext)),
            (_, said) => assert!(matches!(said, Said::Key(_)), "{key}"),
        }
    }
}

#[test]
fn an_evaluator_of_four_keys_offers_the_levels_that_it_has() {
    let mut twin = twin("evaluator-s11", 129);
    let Picture::Evaluator { levels, keys: 4, .. } = twin.picture() else { panic!("four keys") };
    assert_eq!(levels, [1, 2, 4, 5]);
    for level in levels {
        twin.press(&level.to_string(), Instant::now()).unwrap();
    }
}
