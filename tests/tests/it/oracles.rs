//! What other people's libraries say of the bridge's bytes.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use firmware_bridge::{
    bus::Echo,
    line::{Line, LineEvent, LineOrder},
    session::Session,
    shelf::Shelf,
    worker::{Place, Worker},
};
use serde_json::json;
use tests::{oracles, server::Server, wait_until};
use wire::{
    device::{Ask, Face, Happening, PadKey, Tone, Wanted},
    ids::{LegId, LegNo, TicketId},
};

const LONG: Duration = Duration::from_secs(20);

/// Ends a program that a test started.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Two ends of a line: whoever holds one speaks to whoever holds the other.
struct Cable {
    ours: PathBuf,
    theirs: PathBuf,
    _socat: Ends,
    _folder: tempfile::TempDir,
}

impl Cable {
    fn lay() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        let end = |path: &Path| format!("pty,raw,echo=0,link={}", path.display());
        let socat = Command::new("socat").arg(end(&ours)).arg(end(&theirs)).spawn();
        let _socat = Ends(socat.expect("socat is installed by tests/run"));
        wait_until("socat makes its ports", LONG, || {
            if ours.exists() && theirs.exists() { Ok(()) } else { Err("no ports".to_owned()) }
        });
        Self { ours, theirs, _socat, _folder: folder }
    }
}

/// What a program prints, line by line.
fn lines_of(program: &mut Ends) -> Receiver<String> {
    let printed = BufReader::new(program.0.stdout.take().unwrap());
    let (shows, shown) = channel();
    std::thread::spawn(move || {
        printed.lines().map_while(Result::ok).for_each(|line| {
            shows.send(line).ok();
        });
    });
    shown
}

#[test]
fn other_libraries_build_and_read_the_same_frames() {
    let Some(mut python) = oracles::python() else { return };
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../firmware-bridge/vectors");
    let looked = python.arg(oracles::script("vectors.py")).arg(vectors).output().unwrap();
    let (said, wrong) =
        (String::from_utf8_lossy(&looked.stdout), String::from_utf8_lossy(&looked.stderr));
    assert!(looked.status.success(), "{said}{wrong}");
    assert!(said.lines().count() >= 20, "{said}");
}

#[test]
fn a_digit_display_made_by_pymodbus_shows_the_number() {
    let Some(mut python) = oracles::python() else { return };
    let cable = Cable::lay();
    python.arg(oracles::script("modbus_server.py")).arg(&cable.theirs).stdout(Stdio::piped());
    let mut server = Ends(python.spawn().unwrap());
    let shown = lines_of(&mut server);
    assert_eq!(shown.recv_timeout(LONG).unwrap(), "0", "it is there");

    let id = "digits-1".parse().unwrap();
    let session = Session::new(id, 1, Shelf::built_in().get("digits-modbus").unwrap());
    let line = Line::new(9_600, Echo::Auto, vec![session], Instant::now());
    let (tell, told) = channel();
    let worker = Worker::start(
        Place::usual("digits", cable.ours.clone(), 9_600),
        line,
        None,
        move |event| {
            tell.send(event).ok();
        },
    );
    let face = Face::Strip { text: "请 B1234 号".to_owned(), tone: Tone::Calling };
    let order = LineOrder::Wanted(id, Box::new(Wanted { revision: 3, face }));
    let worker = worker.unwrap();
    assert!(worker.try_order(order).is_ok());
    loop {
        match told.recv_timeout(LONG).expect("the display answers") {
            LineEvent::Happened(_, Happening::Shown { revision: 3 }) => break,
            LineEvent::Happened(..) | LineEvent::State(..) | LineEvent::Forgot(_) => {}
        }
    }
    assert_eq!(shown.recv_timeout(LONG).unwrap(), "1234");
}

/// What the page of the protocol says is enough for a program that is not ours.
#[test]
fn a_bridge_made_with_paho_calls_and_grades_over_both_versions() {
    let server = Server::county();
    let secret = server
        .command(&["token", "add", "--role", "bridge", "--name", "bridge-1", "--window", "1"]);
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    let office = server.api("office", "office-1");
    desk.sign_on("1");
    // Each press is told twice: were it counted twice, the first round would call both.
    let tickets = ["a", "b"].map(|request| {
        let (status, issued) = kiosk.issue("A", request).unwrap();
        assert_eq!(status, 201, "{issued}");
        issued["ticket"]["no"].as_str().unwrap().to_owned()
    });
    for (version, no, count) in [("3", &tickets[0], 1), ("5", &tickets[1], 2)] {
        let Some(mut python) = oracles::python() else { return };
        let (host, port) = server.mqtt.rsplit_once(':').unwrap();
        let script = oracles::script("bridge_by_paho.py");
        python.arg(script).args([host, port, "bridge-1", &secret, version]);
        let said = oracles::answer(&mut python);
        let said: Vec<&str> = said.lines().collect();
        assert!(said[1].starts_with("calling") && said[1].contains(no.as_str()), "{said:?}");
        assert_eq!(said[2], format!("graded {no}"), "{said:?}");
        wait_until("the grade is counted once", LONG, || {
            let (_, tally) = office.get("/tally")?;
            let wanted = json!([0, 0, 0, count, 0]);
            if tally["evaluations"] == wanted { Ok(()) } else { Err(tally.to_string()) }
        });
    }
}

/// A pad, an evaluator and two strips on one line, made from the page about the bytes and not from
/// our code.
struct Strangers {
    program: Ends,
    says: Receiver<String>,
    told: Receiver<LineEvent>,
    worker: Worker,
    _cable: Cable,
}

impl Strangers {
    fn meet() -> Option<Self> {
        let mut python = oracles::python()?;
        let cable = Cable::lay();
        python.arg(oracles::script("bus.py")).arg(&cable.theirs);
        let mut program =
            Ends(python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap());
        let says = lines_of(&mut program);
        assert_eq!(says.recv_timeout(LONG).unwrap(), "ready");
        let device = |id: &str, profile: &str, address| {
            Session::new(id.parse().unwrap(), address, Shelf::built_in().get(profile).unwrap())
        };
        let devices = vec![
            device("strip-1", "strip-a090", 1),
            device("strip-2", "strip-qm", 2),
            device("pad-1", "pad-s11", 1),
            device("evaluator-1", "evaluator-5key", 0x81),
        ];
        let line = Line::new(9_600, Echo::Auto, devices, Instant::now());
        let (tell, told) = channel();
        let place = Place::usual("strangers", cable.ours.clone(), 9_600);
        let worker = Worker::start(place, line, None, move |event| {
            tell.send(event).ok();
        });
        Some(Self { program, says, told, worker: worker.unwrap(), _cable: cable })
    }

    fn order(&mut self, words: &str) {
        writeln!(self.program.0.stdin.as_mut().unwrap(), "{words}").unwrap();
    }

    fn wants(&self, id: &str, revision: u64, face: Face) {
        let wanted = Box::new(Wanted { revision, face });
        assert!(self.worker.try_order(LineOrder::Wanted(id.parse().unwrap(), wanted)).is_ok());
    }

    /// Waits until they see this; everything they see must be well made.
    fn see(&self, words: &str) {
        let until = Instant::now() + LONG;
        let mut seen = Vec::new();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let said = self.says.recv_timeout(left);
            let said = said.unwrap_or_else(|_| panic!("never: {words}; seen: {seen:?}"));
            seen.push(said.clone());
            assert!(!said.starts_with("bad"), "{said}");
            if said == words {
                return;
            }
        }
    }

    fn happens(&self) -> Happening {
        let until = Instant::now() + LONG;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.told.recv_timeout(left).expect("something happens") {
                LineEvent::Happened(_, Happening::Shown { .. }) => {}
                LineEvent::Happened(_, what) => return what,
                LineEvent::State(..) | LineEvent::Forgot(_) => {}
            }
        }
    }
}

#[test]
fn devices_made_from_the_makers_pages_alone_understand_us_and_we_them() {
    let Some(mut bus) = Strangers::meet() else { return };
    let strip = |text: &str, tone| Face::Strip { text: text.to_owned(), tone };
    bus.wants("strip-1", 1, strip("请 A023 号", Tone::Steady));
    bus.see("strip 请 A023 号");
    bus.wants("strip-2", 1, strip("请A023号", Tone::Steady));
    bus.see("qm 请A023号");
    bus.wants("pad-1", 1, Face::Pad { no: Some("A023".parse().unwrap()), waiting: 5 });
    bus.see("pad 0A 0A 0A 00 02 03");
    bus.see("pad 00 00 05 0A 0A 0A");

    bus.order("press 0C");
    bus.see("acked");
    assert_eq!(bus.happens(), Happening::Pressed(PadKey::CallNext));
    // The acknowledgement is lost: the pad says it again, and it is one press.
    std::thread::sleep(Duration::from_millis(1_100));
    bus.order("lose");
    bus.order("press 0D");
    bus.see("acked");
    assert_eq!(bus.happens(), Happening::Pressed(PadKey::Recall));
    // A collision's rest before a key.
    bus.order("noise FF 68 03");
    bus.order("press 06 0F");
    bus.see("acked");
    assert_eq!(bus.happens(), Happening::Pressed(PadKey::NoShow));

    let leg = LegId { ticket: TicketId(7), leg: LegNo(0) };
    let no = "A023".parse().unwrap();
    let ask = Some(Ask { leg, no, lasts_millis: 60_000 });
    bus.wants("evaluator-1", 1, Face::Evaluator { ask });
    bus.see("asks");
    bus.order("grade 04");
    bus.see("acked");
    let graded = Happening::Graded {
        level: 5,
        scale: 5,
        leg: Some(leg),
        reasons: Vec::new(),
        text: String::new(),
    };
    assert_eq!(bus.happens(), graded, "nothing else was heard before it");
}
