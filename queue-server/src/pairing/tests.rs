//! A code is good once, for a while, and cannot be guessed.

use super::*;

fn offer(name: &str) -> Offer {
    Offer { name: name.parse().unwrap(), role: Role::Kiosk, windows: Vec::new() }
}

fn from(last: u8) -> IpAddr {
    IpAddr::from([192, 168, 1, last])
}

/// A code that is not this one.
fn other(code: &str) -> String {
    format!("{:08}", (code.parse::<u64>().unwrap() + 1) % CODES)
}

#[test]
fn a_code_is_good_once_and_for_ten_minutes() {
    let (pairings, now) = (Pairings::default(), Instant::now());
    let code = pairings.offer(offer("kiosk-1"), now).unwrap();
    assert!(code.len() == 8 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
    assert_eq!(pairings.open(now).len(), 1);
    let typed = format!("{} {}", &code[..4], &code[4..]);
    assert_eq!(pairings.redeem(&typed, from(1), now), Ok(offer("kiosk-1")));
    assert_eq!(pairings.redeem(&code, from(1), now), Err(PairingRefusal::NoSuchCode));
    let late = pairings.offer(offer("kiosk-1"), now).unwrap();
    let then = now + CODE_LASTS;
    assert_eq!(pairings.redeem(&late, from(2), then), Err(PairingRefusal::NoSuchCode));
    assert!(pairings.open(then).is_empty());
}

#[test]
fn a_new_code_for_the_same_credential_voids_the_old_one_and_there_are_not_many() {
    let (pairings, now) = (Pairings::default(), Instant::now());
    let old = pairings.offer(offer("kiosk-1"), now).unwrap();
    let new = pairings.offer(offer("kiosk-1"), now).unwrap();
    assert_eq!(pairings.open(now).len(), 1);
    assert!(
        pairings.redeem(&old, from(1), now).is_err() && pairings.redeem(&new, from(1), now).is_ok()
    );
    for n in 0..OPEN_MAX {
        pairings.offer(offer(&format!("kiosk-{n}")), now).unwrap();
    }
    assert_eq!(pairings.offer(offer("one-more"), now), Err(PairingRefusal::TooManyOpen));
    pairings.void("kiosk-0".parse().unwrap());
    assert!(pairings.offer(offer("one-more"), now).is_ok());
}

#[test]
fn guessing_from_one_place_ends_soon_and_does_not_disturb_another() {
    let (pairings, now) = (Pairings::default(), Instant::now());
    let code = pairings.offer(offer("kiosk-1"), now).unwrap();
    for _ in 0..WRONG_OF_PLACE_MAX {
        let wrong = pairings.redeem(&other(&code), from(66), now);
        assert_eq!(wrong, Err(PairingRefusal::NoSuchCode));
    }
    assert_eq!(pairings.redeem(&code, from(66), now), Err(PairingRefusal::TooManyWrong));
    assert!(pairings.redeem(&code, from(1), now).is_ok(), "it is not looked at from there");
}

#[test]
fn guessing_from_many_places_voids_every_open_code() {
    let (pairings, now) = (Pairings::default(), Instant::now());
    let code = pairings.offer(offer("kiosk-1"), now).unwrap();
    for place in 0..WRONG_MAX {
        let place = from(u8::try_from(place).unwrap());
        assert!(pairings.redeem(&other(&code), place, now).is_err());
    }
    assert_eq!(pairings.redeem(&code, from(200), now), Err(PairingRefusal::NoSuchCode));
    let fresh = pairings.offer(offer("kiosk-1"), now).unwrap();
    assert!(pairings.redeem(&fresh, from(200), now).is_ok(), "the office makes another");
}
