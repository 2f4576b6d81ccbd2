//! Lines with trouble: noise, wrong speeds, a thread that fails.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::worker::{NotTaken, Tap};

/// Ends the noise, also when a test fails.
struct Silence<'a>(&'a AtomicBool);

impl Drop for Silence<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Puts noise on the line while something is done.
fn amid_noise<T>(twins: &TwinLine, noise: &[u8], every: Duration, act: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                twins.say(noise);
                std::thread::park_timeout(every);
            }
        });
        let _silence = Silence(&done);
        act()
    })
}

#[test]
fn noise_that_never_ends_holds_up_no_strip_and_no_key() {
    for (noise, every) in [(&[0xFF][..], 50), (&[0xA0], 50), (&[0xFF, 0x68, 0x03], 40)] {
        let mut hall = hall(false);
        hall.waits_for_state("pad-1", Health::Online, "");
        let Hall { twins, worker, events, .. } = &hall;
        amid_noise(twins, noise, Duration::from_millis(every), || {
            for revision in 1..=3 {
                let began = Instant::now();
                let text = format!("A00{revision} 正在办理");
                let face = Face::Strip { text: text.clone(), tone: Tone::Steady };
                let wanted = Box::new(Wanted { revision, face });
                let order = LineOrder::Wanted(id("strip-1"), wanted);
                assert!(worker.as_ref().unwrap().try_order(order).is_ok());
                let shows = |twins: &[Twin], _: &_| twins[0].picture().text() == Some(&*text);
                assert!(twins.wait_until(LONG, shows), "{noise:02X?}");
                // A frame that noise has spoiled on the way back is sent again.
                let took = began.elapsed();
                assert!(took < Duration::from_secs(8), "{noise:02X?}: {took:?}");
            }
            twins.press(id("pad-1"), "call").unwrap().unwrap();
            let heard = |event: LineEvent| {
                matches!(event, LineEvent::Happened(_, Happening::Pressed(PadKey::CallNext)))
            };
            while !heard(events.recv_timeout(LONG).expect("the key is heard")) {}
        });
    }
}

#[test]
fn a_wrong_speed_is_told_of_pads_and_of_strips_and_silence_is_not_called_rubbish() {
    let mut hall = hall(false);
    hall.twins.heed_speed();
    hall.waits_for_state("pad-1", Health::Online, "");
    hall.wants("strip-1", 1, "请 A001 号", Tone::Steady);
    assert!(hall.shows("strip-1", "请 A001 号"), "at the right speed all is well");
    drop(hall.worker.take());

    let shelf = Shelf::built_in();
    let session = |name: &str, profile: &str, address| {
        Session::new(id(name), address, shelf.get(profile).unwrap())
    };
    let sessions = vec![session("strip-1", "strip-a090", 1), session("pad-1", "pad-s11", 1)];
    let line = Line::new(19_200, Echo::Auto, sessions, Instant::now());
    let (tell, events) = channel();
    let place = Place::usual("line-1", hall.twins.path().to_owned(), 19_200);
    hall.worker = Some(
        Worker::start(place, line, None, move |event| {
            tell.send(event).ok();
        })
        .unwrap(),
    );
    hall.events = events;
    hall.states.clear();
    hall.wants("strip-1", 2, "请 A002 号", Tone::Steady);
    // A strip that does not understand says nothing, and that is what is told.
    hall.waits_for_state("strip-1", Health::Offline, "no_answer");
    hall.press("pad-1", "call");
    hall.waits_for_state("strip-1", Health::Ill, "rubbish");
    assert!(!hall.shows_now("strip-1", "请 A002 号"));
}

#[test]
fn a_line_that_fails_is_told_as_ill_and_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::built_in();
    let profile = shelf.get("strip-a090").unwrap();
    let port = folder.path().join("line");
    let twin = Twin::new(id("strip-1"), 1, profile.clone());
    let habits = Habits { baud: 9_600, echo: false };
    let twins = TwinLine::start("line", &port, vec![twin], habits).unwrap();
    let session = Session::new(id("strip-1"), 1, profile);
    let line = Line::new(9_600, Echo::Auto, vec![session], Instant::now());
    let (tell, told) = channel();
    let failed = AtomicBool::new(false);
    let tap: Tap = std::sync::Arc::new(move |_, way, _, _| {
        assert!(way == Way::Sent || failed.swap(true, Ordering::Relaxed), "a fault of our own");
    });
    let worker = Worker::start(Place::usual("line", port, 9_600), line, Some(tap), move |event| {
        tell.send(event).ok();
    })
    .unwrap();
    let wants = |revision, text: &str| {
        let face = Face::Strip { text: text.to_owned(), tone: Tone::Steady };
        let wanted = Box::new(Wanted { revision, face });
        worker.try_order(LineOrder::Wanted(id("strip-1"), wanted))
    };
    assert_eq!(wants(4, "A001 正在办理"), Ok(()));
    let mut forgot = false;
    loop {
        match told.recv_timeout(LONG).expect("the failure is told") {
            LineEvent::Forgot(device) => forgot = device == id("strip-1"),
            LineEvent::State(_, state) if state.why == "line_fault" => {
                assert_eq!((state.health, state.shown), (Health::Ill, None));
                break;
            }
            LineEvent::State(..) | LineEvent::Happened(..) => {}
        }
    }
    assert!(forgot, "whoever knows the face is told to give it again");
    twins.with(id("strip-1"), |twin| twin.power(true));
    // The same revision, because nothing is newer.
    assert_eq!(wants(4, "A001 正在办理"), Ok(()));
    let shows = |twins: &[Twin], _: &_| twins[0].picture().text() == Some("A001 正在办理");
    assert!(twins.wait_until(LONG, shows));
    loop {
        match told.recv_timeout(LONG).expect("it is well again") {
            LineEvent::State(_, state) if state.health == Health::Online => return,
            LineEvent::State(..) | LineEvent::Happened(..) | LineEvent::Forgot(_) => {}
        }
    }
}

/// The time that threads of this name have worked, in hundredths of a second.
fn worked(name: &str) -> u64 {
    let mut hundredths = 0;
    for task in std::fs::read_dir("/proc/self/task").unwrap() {
        let folder = task.unwrap().path();
        // A thread may end while it is looked at.
        let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap_or_default();
        if read("comm").trim() != name {
            continue;
        }
        let stat = read("stat");
        let fields: Vec<&str> =
            stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |place: usize| fields.get(place).and_then(|ticks| ticks.parse::<u64>().ok());
        hundredths += ticks(11).unwrap_or(0) + ticks(12).unwrap_or(0);
    }
    hundredths
}

#[test]
fn a_line_whose_adapter_is_away_works_next_to_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::built_in();
    let port = folder.path().join("line");
    let twin = Twin::new(id("strip-1"), 1, shelf.get("strip-a090").unwrap());
    let habits = Habits { baud: 9_600, echo: false };
    let twins = TwinLine::start("away", &port, vec![twin], habits).unwrap();
    let session = Session::new(id("strip-1"), 1, shelf.get("strip-a090").unwrap());
    let line = Line::new(9_600, Echo::Auto, vec![session], Instant::now());
    let (tell, told) = channel();
    let worker = Worker::start(Place::usual("unplugged", port, 9_600), line, None, move |event| {
        tell.send(event).ok();
    })
    .unwrap();
    let face = Face::Strip { text: "一".to_owned(), tone: Tone::Steady };
    let wanted = Box::new(Wanted { revision: 1, face });
    assert_eq!(worker.try_order(LineOrder::Wanted(id("strip-1"), wanted)), Ok(()));
    let waits = |health: Health| loop {
        match told.recv_timeout(LONG).expect("a state") {
            LineEvent::State(_, state) if state.health == health => return,
            LineEvent::State(..) | LineEvent::Happened(..) | LineEvent::Forgot(_) => {}
        }
    };
    waits(Health::Online);
    twins.unplug();
    waits(Health::Offline);
    let before = worked("unplugged");
    std::thread::park_timeout(Duration::from_secs(3));
    let hundredths = worked("unplugged") - before;
    assert!(hundredths <= 6, "{hundredths} hundredths of a second in three seconds");
}

#[test]
fn an_order_for_a_line_that_has_ended_is_not_taken() {
    let hall = hall(false);
    let Hall { worker, .. } = hall;
    let mut worker = worker.unwrap();
    worker.stop();
    let face = Face::Strip { text: "一".to_owned(), tone: Tone::Steady };
    let wanted = Box::new(Wanted { revision: 1, face });
    let given = worker.try_order(LineOrder::Wanted(id("strip-1"), wanted));
    assert_eq!(given, Err(NotTaken::Ended));
}
