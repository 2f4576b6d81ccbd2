//! A port's life, without a port.

use super::*;

const MINUTE: Duration = Duration::from_secs(60);

/// Opens whenever it is wanted for so long; how often, and how often something was told.
fn lives(plug: &mut Plug, now: &mut Instant, time: Duration, each: Option<Duration>) -> [usize; 2] {
    let until = *now + time;
    let (mut opened, mut told) = (0, 0);
    while *now < until {
        *now = plug.poll_timeout().unwrap_or(*now + Duration::from_secs(1)).max(*now);
        told += usize::from(plug.stood(*now));
        if !plug.wants_opening(*now) {
            continue;
        }
        opened += 1;
        match each {
            Some(each) => {
                told += usize::from(plug.opened(*now));
                *now += each;
                told += usize::from(plug.gone(*now));
            }
            None => told += usize::from(plug.not_opened(Away::PortMissing, *now)),
        }
    }
    [opened, told]
}

#[test]
fn a_port_that_is_away_is_tried_ever_more_seldom_and_told_once() {
    let (mut now, start) = (Instant::now(), Instant::now());
    let mut plug = Plug::new(start);
    let [opened, told] = lives(&mut plug, &mut now, MINUTE, None);
    assert!((20..30).contains(&opened), "{opened} times in a minute");
    assert_eq!(told, 1);
    assert!(plug.not_opened(Away::PortBusy, now), "another reason is news");
    assert!(plug.opened(now) && !plug.opened(now), "that it is open is told once");
}

#[test]
fn a_port_that_opens_and_dies_is_opened_ever_more_seldom_and_told_once_each_way() {
    let mut now = Instant::now();
    let mut plug = Plug::new(now);
    let [opened, told] = lives(&mut plug, &mut now, MINUTE, Some(Duration::from_millis(5)));
    assert!((20..30).contains(&opened), "{opened} times in a minute");
    assert_eq!(told, 2, "open, and away");
    // Now it stays: that is told when it has stood, and only then.
    now = plug.poll_timeout().unwrap();
    assert!(!plug.opened(now) && !plug.stood(now + STOOD / 2));
    assert!(plug.stood(now + STOOD) && !plug.stood(now + STOOD * 2));
    // And from here on it is tried again as fast as one that was always well.
    assert!(plug.gone(now + STOOD * 2));
    assert_eq!(plug.poll_timeout(), Some(now + STOOD * 2 + PAUSE_MIN));
}

#[test]
fn a_port_that_stood_and_went_is_opened_again_within_a_moment() {
    let mut now = Instant::now();
    let mut plug = Plug::new(now);
    for _ in 0..3 {
        assert!(plug.wants_opening(now) && plug.opened(now));
        now += STOOD;
        assert!(plug.gone(now));
        assert_eq!(plug.poll_timeout(), Some(now + PAUSE_MIN));
        now += PAUSE_MIN;
    }
}

#[test]
fn to_try_another_speed_is_neither_news_nor_a_death() {
    let mut now = Instant::now();
    let mut plug = Plug::new(now);
    assert!(plug.opened(now));
    for _ in 0..6 {
        now += Duration::from_secs(2);
        plug.again(now);
        assert!(plug.wants_opening(now) && !plug.opened(now));
    }
    assert!(plug.gone(now));
    assert_eq!(plug.poll_timeout(), Some(now + PAUSE_MIN));
}
