//! One virtual device by itself.

use wire::device::{PadKey, Tone};

use super::*;
use crate::{
    dialects::{self, Decoded, Order, bx5k, ff68},
    profile::Said,
    shelf::Shelf,
    twins::{cable::TwinCable, line::Habits},
};

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
fn the_areas_of_a_card_go_by_themselves_when_no_news_comes() {
    let second = Duration::from_secs(1);
    let mut twin = twin("strip-bx5k", 1);
    let profile = twin.profile().clone();
    let text = |text: &str| Order::Text { text: text.to_owned(), tone: Tone::Calling };
    let told = |twin: &mut Twin, words: &str, now| {
        let bytes = dialects::encode(1, &text(words), &profile).unwrap();
        let Decoded::Frame { frame, .. } = bx5k::decode(&bytes) else { panic!("a frame") };
        twin.handle_frame(&frame, now);
    };
    let shown = |twin: &Twin| twin.picture().text().unwrap_or_default().to_owned();
    let start = Instant::now();
    let stands = u64::from(profile.panel.as_ref().unwrap().timeout_secs);
    told(&mut twin, "请 A001 号", start);
    told(&mut twin, "请 A001 号", start + second * 5);
    twin.handle_timeout(start + second * (4 + stands as u32));
    assert_eq!(shown(&twin), "请 A001 号", "the news of the fifth second keeps it");
    twin.handle_timeout(start + second * (5 + stands as u32));
    assert_eq!(shown(&twin), "", "nobody reads an old number from a dead bridge's screen");
    told(&mut twin, "请 A002 号", start + second * 60);
    assert_eq!(shown(&twin), "请 A002 号");
}

#[test]
fn bytes_take_their_time_on_the_cable_of_twins() {
    let start = Instant::now();
    let at = |millis| start + Duration::from_millis(millis);
    let habits = Habits { baud: 9_600, echo: false };
    let mut cable = TwinCable::new(vec![twin("strip-a090", 1)], habits, start);
    let order = Order::Text { text: "请A001号".to_owned(), tone: Tone::Calling };
    let bytes = dialects::encode(1, &order, cable.twins()[0].profile()).unwrap();
    let passes = bytes.len() as u64 * 1_042 / 1_000;
    cable.handle_bytes(bytes, start);
    cable.handle_timeout(at(passes - 1));
    assert_eq!(cable.twins()[0].picture().text(), Some(""), "the last byte is still on its way");
    let answered = (passes..passes + 100).find(|&millis| {
        cable.handle_timeout(at(millis));
        cable.poll_transmit(at(millis)).is_some()
    });
    assert_eq!(cable.twins()[0].picture().text(), Some("请A001号"));
    // Five bytes of answer, and the strip's turning round.
    let took = answered.unwrap() - passes;
    assert!((6..12).contains(&took), "{took} ms");
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
