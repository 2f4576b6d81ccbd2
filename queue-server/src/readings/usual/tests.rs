//! A day beside usual ones, reckoned by hand.

use super::{DayCurve, Stood, Usual, compare, every_half_hour};

const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

/// People who came at nine, ten minutes apart, and were called and done in their order from then on.
fn day(came: usize, called: usize) -> DayCurve {
    let at = |place: usize, minutes: i64| 9 * HOUR + place as i64 * 10 * MINUTE + minutes * MINUTE;
    let wait = |place: usize| (at(place, 0), (place < called).then(|| at(place, 5)));
    let waits: Vec<_> = (0..came).map(wait).collect();
    DayCurve {
        every: every_half_hour(&waits),
        waits,
        served: (0..called).map(|place| at(place, 9)).collect(),
    }
}

#[test]
fn a_day_stands_as_its_people_do_at_that_time() {
    let day = day(6, 3);
    let stood = |minutes: i64| day.at(9 * HOUR + minutes * MINUTE);
    let none = Stood { waiting: 0, longest_secs: 0, issued: 0, served: 0 };
    assert_eq!(stood(-1), none);
    assert_eq!(stood(3), Stood { waiting: 1, longest_secs: 180, issued: 1, served: 0 });
    assert_eq!(stood(8), Stood { waiting: 0, longest_secs: 0, issued: 1, served: 0 });
    // Three were called; those of 9:30, 9:40 and 9:50 wait.
    assert_eq!(stood(55), Stood { waiting: 3, longest_secs: 1_500, issued: 6, served: 3 });
}

#[test]
fn the_usual_is_the_middle_of_the_days_and_two_days_are_none() {
    let days = [day(6, 3), day(6, 6), day(6, 1), day(6, 4)];
    let now = 9 * HOUR + 55 * MINUTE;
    assert_eq!(compare(&days[..2], &day(1, 0), now), None, "two days are no custom");
    let found = compare(&days, &day(2, 0), now).unwrap();
    assert_eq!(found.days, 4);
    let [waiting, longest, issued, served] = found.at_this_time;
    // 0, 2, 3 and 5 waited; of an even number the lower middle counts.
    assert_eq!(waiting, Usual { low: 0, mid: 2, high: 5 });
    assert_eq!(longest, Usual { low: 0, mid: 900, high: 2_700 });
    assert_eq!(issued, Usual { low: 6, mid: 6, high: 6 });
    assert_eq!(served, Usual { low: 1, mid: 3, high: 5 });
    let line: Vec<_> =
        found.line.iter().map(|(at, usual, today)| (*at, usual.mid, *today)).collect();
    assert_eq!(line, [(540, 1, Some(1)), (570, 1, Some(2)), (600, 2, None)]);
}
