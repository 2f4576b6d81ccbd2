//! A call has arrived when its strip confirmed it in two seconds and its voice has spoken.

use super::*;

fn window() -> WindowId {
    "3".parse().unwrap()
}

const CALLED: Timestamp = Timestamp(1_000_000);
const GONE: Timestamp = Timestamp(1_300_000);

fn clock() -> HallClock {
    HallClock::told(480, CALLED)
}

fn id(name: &str) -> DeviceId {
    name.parse().unwrap()
}

/// A call at window 3 that a strip shows with revision 7 and a voice says as job 4.
fn called() -> Arrivals {
    let mut arrivals = Arrivals::default();
    call(&mut arrivals);
    arrivals
}

fn call(arrivals: &mut Arrivals) {
    let (faces, said) = ([(id("strip-3"), 7)].into(), [(id("voice-1"), 4)].into());
    arrivals.begin((window(), CALLED), faces, said, GONE);
}

/// Calls at window 3 and those in time; none before it is known what became of them.
fn counted(arrivals: &mut Arrivals) -> Option<(u32, u32)> {
    let told = arrivals.take();
    let [Command::ReportCalls(said)] = *told.as_slice() else {
        assert!(told.is_empty());
        return None;
    };
    assert_eq!(said.window, window());
    Some((said.calls, said.in_time))
}

fn shown(arrivals: &mut Arrivals, revision: u64, after_millis: u64) {
    arrivals.note_shown(id("strip-3"), revision, (CALLED + Millis(after_millis), &clock()));
}

#[test]
fn it_has_arrived_when_the_strip_shows_it_and_the_voice_has_spoken() {
    let mut arrivals = called();
    shown(&mut arrivals, 7, 2_000);
    assert_eq!(counted(&mut arrivals), None, "it was not spoken yet");
    arrivals.note_ended(id("voice-1"), 4, true);
    assert_eq!(counted(&mut arrivals), Some((1, 1)));
    assert_eq!(counted(&mut arrivals), None, "told once");
}

#[test]
fn a_later_face_of_the_strip_confirms_it_too_and_an_earlier_one_does_not() {
    let mut arrivals = called();
    arrivals.note_ended(id("voice-1"), 4, true);
    shown(&mut arrivals, 6, 500);
    assert_eq!(counted(&mut arrivals), None);
    shown(&mut arrivals, 9, 900);
    assert_eq!(counted(&mut arrivals), Some((1, 1)));
}

#[test]
fn a_strip_after_two_seconds_is_late_and_so_is_one_that_says_nothing() {
    let mut arrivals = called();
    arrivals.note_ended(id("voice-1"), 4, true);
    shown(&mut arrivals, 7, 2_001);
    assert_eq!(counted(&mut arrivals), Some((1, 0)));
    call(&mut arrivals);
    arrivals.note_ended(id("voice-1"), 4, true);
    arrivals.handle_time(CALLED + Millis(2_000), &clock());
    assert_eq!(counted(&mut arrivals), None, "it still has time");
    arrivals.handle_time(CALLED + Millis(3_000), &clock());
    assert_eq!(counted(&mut arrivals), Some((1, 0)));
}

#[test]
fn a_voice_that_could_not_speak_and_one_that_never_did_are_no_arrival() {
    let mut arrivals = called();
    shown(&mut arrivals, 7, 100);
    arrivals.note_ended(id("voice-1"), 4, false);
    assert_eq!(counted(&mut arrivals), Some((1, 0)));
    call(&mut arrivals);
    shown(&mut arrivals, 7, 100);
    arrivals.handle_time(CALLED + Millis(60_000), &clock());
    assert_eq!(counted(&mut arrivals), None, "others are spoken first");
    arrivals.handle_time(GONE, &clock());
    assert_eq!(counted(&mut arrivals), Some((1, 0)));
}

#[test]
fn where_nothing_shows_and_nobody_speaks_nothing_is_counted() {
    let mut arrivals = Arrivals::default();
    arrivals.begin((window(), CALLED), BTreeMap::new(), BTreeSet::new(), GONE);
    arrivals.handle_time(GONE, &clock());
    assert_eq!(counted(&mut arrivals), None);
}

#[test]
fn of_more_than_can_be_awaited_the_oldest_has_not_arrived() {
    let mut arrivals = Arrivals::default();
    (0..OPEN_MAX + 2).for_each(|_| call(&mut arrivals));
    assert_eq!(counted(&mut arrivals), Some((2, 0)));
}
