//! What other people's libraries say of the bridge's bytes.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::channel,
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
use wire::device::{Face, Happening, Tone, Wanted};

const LONG: Duration = Duration::from_secs(20);

/// Ends a program that a test started.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
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
    let folder = tempfile::tempdir().unwrap();
    let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
    let end = |path: &Path| format!("pty,raw,echo=0,link={}", path.display());
    let socat = Command::new("socat").arg(end(&ours)).arg(end(&theirs)).spawn();
    let _socat = Ends(socat.expect("socat is installed by tests/run"));
    wait_until("socat makes its ports", LONG, || {
        if ours.exists() && theirs.exists() { Ok(()) } else { Err("no ports".to_owned()) }
    });
    python.arg(oracles::script("modbus_server.py")).arg(&theirs).stdout(Stdio::piped());
    let mut server = Ends(python.spawn().unwrap());
    let printed = BufReader::new(server.0.stdout.take().unwrap());
    let (shows, shown) = channel();
    std::thread::spawn(move || {
        printed.lines().map_while(Result::ok).for_each(|line| {
            shows.send(line).ok();
        });
    });
    assert_eq!(shown.recv_timeout(LONG).unwrap(), "0", "it is there");

    let id = "digits-1".parse().unwrap();
    let session = Session::new(id, 1, Shelf::built_in().get("digits-modbus").unwrap());
    let line = Line::new(9_600, Echo::Auto, vec![session], Instant::now());
    let (tell, told) = channel();
    let worker = Worker::start(Place::usual("digits", ours, 9_600), line, None, move |event| {
        tell.send(event).ok();
    });
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
            let (_, tally) = desk.get("/tally")?;
            let wanted = json!([0, 0, 0, count, 0]);
            if tally["evaluations"] == wanted { Ok(()) } else { Err(tally.to_string()) }
        });
    }
}
