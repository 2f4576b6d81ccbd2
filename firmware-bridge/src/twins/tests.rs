//! End to end on pseudo-terminals: real ports and threads on both sides, no broker.

mod card;
mod dialects;
mod trouble;

use std::{
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use wire::{
    device::{Face, Happening, Health, PadKey, Picture, Tone, Wanted},
    ids::DeviceId,
};

use super::{
    line::{Habits, TwinLine},
    shown::{Only, show_one},
    start_for,
    twin::{LIT_FOR, Twin},
};
use crate::{
    bus::Echo,
    config::{Device, Line as LineConfig},
    line::{Line, LineEvent, LineOrder},
    port::{Manner, Port, PortFault},
    probe::{Patience, probe},
    session::Session,
    shelf::Shelf,
    worker::{Place, Way, Worker},
};

/// Nothing here takes longer on a slow machine.
const LONG: Duration = Duration::from_secs(20);

struct Hall {
    twins: TwinLine,
    worker: Option<Worker>,
    events: Receiver<LineEvent>,
    states: Vec<(String, Health, String)>,
    _folder: tempfile::TempDir,
}

const DEVICES: [(&str, &str, u8); 4] = [
    ("strip-1", "strip-a090", 1),
    ("strip-2", "strip-a090", 2),
    ("pad-1", "pad-s11", 1),
    ("evaluator-1", "evaluator-5key", 129),
];

fn id(name: &str) -> DeviceId {
    name.parse().unwrap()
}

fn hall(echo: bool) -> Hall {
    hall_of(&DEVICES, echo)
}

fn hall_of(devices: &[(&str, &str, u8)], echo: bool) -> Hall {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::built_in();
    let twin = |&(name, profile, address): &(&str, &str, u8)| {
        Twin::new(id(name), address, shelf.get(profile).unwrap())
    };
    let port = folder.path().join("line-1");
    let habits = Habits { baud: 9_600, echo };
    let twins =
        TwinLine::start("line-1", &port, devices.iter().map(twin).collect(), habits).unwrap();
    let session = |&(name, profile, address): &(&str, &str, u8)| {
        Session::new(id(name), address, shelf.get(profile).unwrap())
    };
    let line = Line::new(9_600, Echo::Auto, devices.iter().map(session).collect(), Instant::now());
    let (tell, events) = channel();
    let place = Place::usual("line-1", port, 9_600);
    let worker = Worker::start(place, line, None, move |event| {
        tell.send(event).ok();
    });
    Hall { twins, worker: Some(worker.unwrap()), events, states: Vec::new(), _folder: folder }
}

impl Hall {
    fn wants(&self, device: &str, revision: u64, text: &str, tone: Tone) {
        let face = Face::Strip { text: text.to_owned(), tone };
        let order = LineOrder::Wanted(id(device), Box::new(Wanted { revision, face }));
        assert!(self.worker.as_ref().unwrap().try_order(order).is_ok());
    }

    /// Waits for the next thing a device did, and remembers states on the way.
    fn happens(&mut self) -> (String, Happening) {
        loop {
            match self.events.recv_timeout(LONG).expect("something happens") {
                LineEvent::Happened(id, what) => return (id.to_string(), what),
                LineEvent::Forgot(_) => {}
                LineEvent::State(id, state) => {
                    self.states.push((id.to_string(), state.health, state.why));
                }
            }
        }
    }

    fn waits_for_state(&mut self, device: &str, health: Health, why: &str) {
        let wanted = (device.to_owned(), health, why.to_owned());
        loop {
            if self.states.contains(&wanted) {
                self.states.clear();
                return;
            }
            match self.events.recv_timeout(LONG).expect("the state comes") {
                LineEvent::Happened(..) | LineEvent::Forgot(_) => {}
                LineEvent::State(id, state) => {
                    self.states.push((id.to_string(), state.health, state.why));
                }
            }
        }
    }

    /// Waits until a device tells this of itself; what it tells.
    fn waits_for_about(&mut self, device: &str, told: &str) -> String {
        loop {
            match self.events.recv_timeout(LONG).expect("it tells of itself") {
                LineEvent::State(found, state) if found == id(device) => {
                    if state.about.contains(told) {
                        return state.about;
                    }
                }
                LineEvent::State(..) | LineEvent::Happened(..) | LineEvent::Forgot(_) => {}
            }
        }
    }

    fn shows(&self, device: &str, text: &str) -> bool {
        self.twins.wait_until(LONG, |twins, _| {
            twins.iter().any(|twin| twin.id() == id(device) && twin.picture().text() == Some(text))
        })
    }

    fn shows_now(&self, device: &str, text: &str) -> bool {
        self.twins.picture(id(device)).is_some_and(|picture| picture.text() == Some(text))
    }

    /// Frames that the bridge sent to the pad.
    fn acknowledgements(&self) -> usize {
        let heard: Vec<u8> = self
            .twins
            .trace()
            .into_iter()
            .filter(|piece| piece.way == Way::Heard)
            .flat_map(|piece| piece.bytes)
            .collect();
        heard.windows(7).filter(|bytes| bytes == &[0xFF, 0x68, 3, 3, 0x68, 1, 1]).count()
    }

    fn press(&self, device: &str, key: &str) -> Instant {
        self.twins.press(id(device), key).unwrap().unwrap()
    }
}

fn pressed(key: PadKey) -> (String, Happening) {
    ("pad-1".to_owned(), Happening::Pressed(key))
}

#[test]
fn the_echo_of_an_acknowledgement_does_not_become_a_key() {
    let mut hall = hall(true);
    hall.waits_for_state("pad-1", Health::Online, "");
    hall.press("pad-1", "call");
    assert_eq!(hall.happens(), pressed(PadKey::CallNext));
    hall.wants("strip-1", 1, "请A001号", Tone::Steady);
    let shown = ("strip-1".to_owned(), Happening::Shown { revision: 1 });
    assert_eq!(hall.happens(), shown);
    hall.press("pad-1", "recall");
    assert_eq!(hall.happens(), pressed(PadKey::Recall));
    let evaluator = (
        "evaluator-1".to_owned(),
        Happening::Graded {
            level: 4,
            scale: 5,
            leg: None,
            reasons: Vec::new(),
            text: String::new(),
        },
    );
    hall.press("evaluator-1", "4");
    assert_eq!(hall.happens(), evaluator);
    assert_eq!(hall.acknowledgements(), 2, "an echo was acknowledged as a press");
}

#[test]
fn a_key_repeated_because_acknowledgements_got_lost_is_one_press() {
    let mut hall = hall(false);
    hall.waits_for_state("pad-1", Health::Online, "");
    hall.twins.with(id("pad-1"), |twin| twin.deafen(2)).unwrap();
    hall.press("pad-1", "call");
    assert_eq!(hall.happens(), pressed(PadKey::CallNext));
    let again = |twins: &[Twin], _: &_| twins.iter().any(|twin| twin.repeats() == 2);
    assert!(hall.twins.wait_until(LONG, again));
    hall.press("pad-1", "6");
    hall.press("pad-1", "ok");
    assert_eq!(hall.happens(), pressed(PadKey::NoShow));
}

#[test]
fn strips_on_one_line_show_their_own_text_and_can_be_seen_as_a_picture() {
    let mut hall = hall(false);
    hall.wants("strip-1", 1, "请 A001 号", Tone::Calling);
    hall.wants("strip-2", 1, "暂停服务", Tone::Quiet);
    assert!(hall.shows("strip-1", "请 A001 号") && hall.shows("strip-2", "暂停服务"));
    let shown = [hall.happens().0, hall.happens().0];
    assert_eq!(shown, ["strip-1", "strip-2"]);
    let diodes = hall.twins.with(id("strip-1"), |twin| twin.diodes()).flatten();
    let drawn = diodes.unwrap().png().unwrap();
    let picture = png::Decoder::new(std::io::Cursor::new(drawn)).read_info().unwrap();
    assert_eq!((picture.info().width, picture.info().height), (768, 64));
    assert!(hall.shows("strip-1", " "), "a call blinks");
    assert!(hall.shows("strip-1", "请 A001 号"));
}

#[test]
fn a_line_unplugged_and_plugged_in_again_shows_the_truth_again() {
    let mut hall = hall(false);
    hall.wants("strip-1", 5, "A001 正在办理", Tone::Steady);
    assert!(hall.shows("strip-1", "A001 正在办理"));
    hall.waits_for_state("strip-1", Health::Online, "");
    hall.twins.unplug();
    hall.waits_for_state("strip-1", Health::Offline, "port_missing");
    hall.twins.with(id("strip-1"), |twin| twin.power(true));
    hall.wants("strip-1", 6, "A002 正在办理", Tone::Steady);
    let plugged = Instant::now();
    hall.twins.replug().unwrap();
    assert!(hall.shows("strip-1", "A002 正在办理"));
    assert!(plugged.elapsed() < Duration::from_secs(10));
    hall.waits_for_state("strip-1", Health::Online, "");
    hall.press("pad-1", "call");
    while hall.happens() != pressed(PadKey::CallNext) {}
}

#[test]
fn a_strip_whose_power_was_cut_is_right_again_within_ten_seconds() {
    let mut hall = hall(false);
    hall.wants("strip-1", 1, "欢迎", Tone::Steady);
    // Only what was answered counts as shown; before that a retry would bring it back.
    assert_eq!(hall.happens(), ("strip-1".to_owned(), Happening::Shown { revision: 1 }));
    hall.twins.with(id("strip-1"), |twin| twin.power(false));
    hall.twins.with(id("strip-1"), |twin| twin.power(true));
    let cut = Instant::now();
    assert!(hall.shows("strip-1", "欢迎"));
    assert!(cut.elapsed() < Duration::from_secs(10), "{:?}", cut.elapsed());
}

#[test]
fn a_second_program_on_the_port_is_told_plainly() {
    let mut hall = hall(false);
    hall.waits_for_state("pad-1", Health::Online, "");
    let second = Port::open(hall.twins.path(), Manner::usual(9_600), |_| true);
    let fault = second.expect_err("only one program may have a port");
    assert!(matches!(fault, PortFault::Busy { .. }));
    let told = fault.to_string();
    assert!(told.contains("正被另一个程序使用"), "{told}");
    assert!(told.contains("in use by another program"), "{told}");
    drop(hall.worker.take());
    assert!(Port::open(hall.twins.path(), Manner::usual(9_600), |_| true).is_ok());
    let nowhere = hall.twins.path().with_file_name("nowhere");
    let fault = Port::open(&nowhere, Manner::usual(9_600), |_| true).expect_err("there is nothing");
    assert!(fault.to_string().contains("not plugged in"), "{fault}");
}

#[test]
fn a_busy_port_is_told_as_the_state_of_its_devices_and_taken_when_it_is_free() {
    let mut hall = hall(false);
    hall.waits_for_state("pad-1", Health::Online, "");
    let shelf = Shelf::built_in();
    let session = Session::new(id("pad-1"), 1, shelf.get("pad-s11").unwrap());
    let line = Line::new(9_600, Echo::Auto, vec![session], Instant::now());
    let (tell, told) = channel();
    let port = hall.twins.path().to_owned();
    let place = Place::usual("again", port, 9_600);
    let _second = Worker::start(place, line, None, move |event| {
        tell.send(event).ok();
    });
    let why = |wanted: &str| loop {
        match told.recv_timeout(LONG).expect("a state") {
            LineEvent::State(_, state) if state.why == wanted => return,
            LineEvent::State(..) | LineEvent::Happened(..) | LineEvent::Forgot(_) => {}
        }
    };
    why("port_busy");
    drop(hall.worker.take());
    why("");
}

#[test]
fn the_probe_finds_what_is_there_and_says_it_in_both_languages() {
    let hall = hall(false);
    let Hall { twins, worker, _folder, .. } = hall;
    drop(worker);
    twins.press(id("pad-1"), "call").unwrap().unwrap();
    let patience =
        Patience { listen: Duration::from_secs(2), bauds: vec![9_600], addresses: vec![1, 2, 3] };
    let mut said = Vec::new();
    let found = probe(twins.path(), &Shelf::built_in(), &patience, |line| {
        said.push(line.to_owned());
    });
    let found = found.unwrap();
    let said = said.join("\n");
    let at = |address: u8, profile: &str| {
        found.iter().any(|device| {
            device.address == address && device.profiles.iter().any(|name| name == profile)
        })
    };
    assert!(at(1, "strip-a090") && at(2, "strip-a090") && !at(3, "strip-a090"), "{said}");
    assert!(at(1, "pad-s11") && at(1, "pad-s4"), "{said}");
    assert!(said.contains("条屏回答了") && said.contains("a strip answered"), "{said}");
}

#[test]
fn twins_for_all_lines_have_a_port_each() {
    let folder = tempfile::tempdir().unwrap();
    let device = |name: &str, profile: &str, address| Device {
        id: id(name),
        profile: profile.to_owned(),
        address,
    };
    let line = |name: &str, devices| LineConfig::usual(name, "".into(), 9_600, devices);
    let lines = [
        line("line-1", vec![device("strip-1", "strip-a090", 1), device("pad-1", "pad-s4", 1)]),
        line("line-2", vec![device("strip-7", "strip-a090", 1)]),
    ];
    let twins = start_for(folder.path(), &lines, &Shelf::built_in(), LIT_FOR).unwrap();
    assert_eq!(twins.ports().len(), 2);
    assert!(twins.ports().iter().all(|(_, port)| port.exists()));
    assert_eq!(twins.ids().len(), 3);
    assert!(twins.strip_png(id("strip-7")).is_some() && twins.strip_png(id("pad-1")).is_none());
    assert!(
        twins.press(id("pad-1"), "nonsense").unwrap().unwrap_err().to_string().contains("call")
    );
    assert!(twins.press(id("pad-9"), "call").is_none());
}

#[test]
fn a_twin_takes_nobodys_file_away_and_says_so_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("report.txt");
    std::fs::write(&port, "work of a year").unwrap();
    let said = |profile: &str| {
        let only = Only {
            profile: profile.to_owned(),
            address: None,
            port: Some(port.clone()),
            png: None,
        };
        let shown = show_one(&Shelf::built_in(), only, std::iter::empty(), || {}, &mut |_| {});
        shown.unwrap_err().to_string()
    };
    let taken = said("strip-a090");
    assert!(taken.contains("已经有别的东西") && taken.contains("stays as it is"), "{taken}");
    assert_eq!(std::fs::read_to_string(&port).unwrap(), "work of a year");
    let unknown = said("strip-a09");
    assert!(unknown.contains("没有档案") && unknown.contains("There is no profile"), "{unknown}");
}
