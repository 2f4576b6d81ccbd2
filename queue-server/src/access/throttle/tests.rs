//! Guessing is slowed down; whom somebody else guesses at is not locked out.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};

use super::{FREE_TRIES, OF_ACCOUNT_MAX, OF_PLACE_MAX, Throttle, WAIT_MAX, WITHIN};
use crate::access::SignInRefusal;

fn place(last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(10, 0, 0, last))
}

fn secs(outcome: Result<(), SignInRefusal>) -> u64 {
    match outcome {
        Err(SignInRefusal::Wait { secs }) => secs,
        other => panic!("no wait: {other:?}"),
    }
}

#[test]
fn each_failure_past_the_free_ones_doubles_the_wait_up_to_a_bound() {
    let mut throttle = Throttle::default();
    let mut now = Instant::now();
    for _ in 0..FREE_TRIES {
        assert_eq!(throttle.begin("1003", place(1), true, now), Ok(()));
    }
    let mut waits = Vec::new();
    for _ in 0..10 {
        let wait = secs(throttle.begin("1003", place(1), true, now));
        waits.push(wait);
        now += Duration::from_secs(wait);
        assert_eq!(throttle.begin("1003", place(1), true, now), Ok(()), "after {wait} s");
    }
    assert_eq!(waits[..4], [5, 10, 20, 40]);
    assert_eq!(waits[9], WAIT_MAX.as_secs());
}

#[test]
fn wrong_passwords_from_elsewhere_do_not_lock_the_clerk_out() {
    let mut throttle = Throttle::default();
    let now = Instant::now();
    let mut let_through = 0;
    for try_no in 0..600_u32 {
        let from = IpAddr::V4(Ipv4Addr::from(0x0A01_0000 + try_no));
        let_through += u32::from(throttle.begin("1003", from, false, now).is_ok());
    }
    assert_eq!(let_through, OF_ACCOUNT_MAX, "an account is guessed at no more often than this");
    assert_eq!(throttle.begin("1003", place(1), true, now), Ok(()), "where it signed in before");
    assert_eq!(throttle.begin("1004", place(2), false, now), Ok(()), "another account");
    assert_eq!(throttle.begin("1003", place(9), false, now + WITHIN), Ok(()), "it passes");
}

#[test]
fn one_place_cannot_try_every_account() {
    let mut throttle = Throttle::default();
    let now = Instant::now();
    let tries =
        (0..400).filter(|no| throttle.begin(&format!("{no}"), place(1), false, now).is_ok());
    assert_eq!(tries.count() as u32, OF_PLACE_MAX);
    assert_eq!(throttle.begin("1003", place(1), true, now), Ok(()), "who is known here signs in");
}

#[test]
fn a_right_password_is_no_failure() {
    let mut throttle = Throttle::default();
    let now = Instant::now();
    for _ in 0..1_000 {
        assert_eq!(throttle.begin("1003", place(1), false, now), Ok(()));
        throttle.succeeded("1003", place(1));
    }
}
