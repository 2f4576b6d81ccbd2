//! The whole bridge against a broker of the system (mosquitto), with twins on pseudo-terminals.

use std::{
    net::{Shutdown, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, channel, sync_channel},
    },
    time::{Duration, Instant},
};

use wire::{
    device::{Face, Happening, PadKey, Picture, Press, Report, Tone, Wanted},
    topics::{DeviceTopic, Place, Topic},
};

use super::{Arrived, Stop, end_lines, run};
use crate::{
    bus::Echo,
    config::Config,
    line::Line,
    moment::Moment,
    mqtt::{FromBroker, Mqtt, MqttConfig},
    outbox::{MemoryKeep, Outbox},
    session::Session,
    shelf::Shelf,
    switchboard::{SETTLE, Switchboard},
    twins::{Twins, room::Room, start_for, twin::LIT_FOR},
    worker::{Place as LinePlace, Way, Worker},
};

const MOSQUITTO: &str = "/usr/sbin/mosquitto";
const LONG: Duration = Duration::from_secs(30);

/// A broker that is ended with the test.
struct Broker {
    child: Child,
    port: u16,
    file: PathBuf,
}

impl Broker {
    fn start(folder: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let file = folder.join("mosquitto.conf");
        std::fs::write(&file, format!("listener {port} 127.0.0.1\nallow_anonymous true\n"))
            .unwrap();
        Self { child: Self::spawn(&file, port), port, file }
    }

    fn spawn(file: &Path, port: u16) -> Child {
        let child = Command::new(MOSQUITTO)
            .args(["-c".as_ref(), file.as_os_str()])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let until = Instant::now() + LONG;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < until, "the broker does not come up");
            std::thread::yield_now();
        }
        child
    }

    fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn start_again(&mut self) {
        self.child = Self::spawn(&self.file, self.port);
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The cable between the bridge and the broker; it can be cut while the broker and the server go on.
struct Cable {
    port: u16,
    whole: Arc<AtomicBool>,
    ends: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cable {
    /// Lies for as long as the test runs.
    fn lay(broker: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let cable = Self { port, whole: Arc::new(AtomicBool::new(true)), ends: Arc::default() };
        let (whole, ends) = (cable.whole.clone(), cable.ends.clone());
        std::thread::spawn(move || {
            for here in listener.incoming().map_while(Result::ok) {
                let Ok(there) = TcpStream::connect(("127.0.0.1", broker)) else { continue };
                let mut held = ends.lock().unwrap();
                if !whole.load(Ordering::SeqCst) {
                    continue;
                }
                for (from, to) in [(&here, &there), (&there, &here)] {
                    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    held.push(from.try_clone().unwrap());
                    std::thread::spawn(move || {
                        std::io::copy(&mut from, &mut to).ok();
                        to.shutdown(Shutdown::Both).ok();
                    });
                }
            }
        });
        cable
    }

    fn cut(&self) {
        let mut held = self.ends.lock().unwrap();
        self.whole.store(false, Ordering::SeqCst);
        for end in held.drain(..) {
            end.shutdown(Shutdown::Both).ok();
        }
    }

    fn mend(&self) {
        self.whole.store(true, Ordering::SeqCst);
    }
}

/// Ends the bridge also when the test fails.
struct Ends<'a>(&'a Stop);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Whoever stands on the other side: hears everything of one strip, pad and evaluator.
struct Server {
    mqtt: Mqtt,
    heard: Receiver<FromBroker>,
    backlog: Vec<(Topic, Vec<u8>)>,
}

fn topic(device: &str, which: DeviceTopic) -> Topic {
    Topic::device("yunxi".parse().unwrap(), device.parse().unwrap(), which)
}

impl Server {
    fn start(port: u16) -> Self {
        let all = [DeviceTopic::Report, DeviceTopic::State, DeviceTopic::Picture];
        let mut topics: Vec<Topic> = ["strip-1", "pad-1", "evaluator-1"]
            .iter()
            .flat_map(|device| all.map(|which| topic(device, which)))
            .collect();
        topics.push(Topic::bridge_state("yunxi".parse().unwrap(), "bridge-1".parse().unwrap()));
        let (tell, heard) = channel();
        let mqtt = MqttConfig {
            host: "127.0.0.1".to_owned(),
            port,
            user: "server".to_owned(),
            client: "server".to_owned(),
            password: None,
            tls: None,
            will: None,
            topics,
        };
        let mqtt = Mqtt::start(mqtt, move |from| {
            tell.send(from).ok();
        });
        Self { mqtt: mqtt.unwrap(), heard, backlog: Vec::new() }
    }

    fn publish(&self, topic: Topic, retain: bool, what: &impl serde::Serialize) {
        let payload = serde_json::to_vec(what).unwrap();
        let until = Instant::now() + LONG;
        while !self.mqtt.publish(topic, retain, payload.clone(), None) {
            assert!(Instant::now() < until, "the broker takes nothing");
            std::thread::yield_now();
        }
    }

    fn wants(&self, revision: u64, text: &str) {
        let face = Face::Strip { text: text.to_owned(), tone: Tone::Steady };
        self.publish(topic("strip-1", DeviceTopic::Wanted), true, &Wanted { revision, face });
    }

    /// Waits for a message that is the one; those before it on other topics are kept.
    fn waits_for<T: serde::de::DeserializeOwned>(
        &mut self,
        place: Place,
        is_it: impl Fn(&T) -> bool,
    ) -> T {
        let until = Instant::now() + LONG;
        let mut seen = Vec::new();
        loop {
            while let Some(at) = self.backlog.iter().position(|(topic, _)| topic.place == place) {
                let (_, payload) = self.backlog.remove(at);
                let found = serde_json::from_slice(&payload).unwrap();
                if is_it(&found) {
                    return found;
                }
                seen.push(String::from_utf8_lossy(&payload).into_owned());
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.heard.recv_timeout(left) {
                Ok(FromBroker::Message(topic, payload)) => self.backlog.push((topic, payload)),
                Ok(_) => {}
                Err(_) => panic!("{place:?} did not come; seen: {seen:#?}"),
            }
        }
    }

    fn shown(&mut self, revision: u64) -> Report {
        self.waits_for(topic("strip-1", DeviceTopic::Report).place, |report: &Report| {
            report.what == Happening::Shown { revision }
        })
    }

    fn pressed(&mut self, key: PadKey) -> Report {
        self.waits_for(topic("pad-1", DeviceTopic::Report).place, |report: &Report| {
            report.what == Happening::Pressed(key.clone())
        })
    }

    fn bridge_is(&mut self, online: bool) {
        let place = Place::BridgeState("bridge-1".parse().unwrap());
        self.waits_for(place, |state: &wire::device::BridgeState| state.online == online);
    }
}

fn config(folder: &Path, port: u16) -> (Config, Arc<Twins>) {
    let text = include_str!("../../../assets/config/firmware-bridge.toml")
        .replace("port = 1883", &format!("port = {port}"))
        .replace("password_file = \"bridge.secret\"", "password = \"\"");
    let mut config = Config::parse("bridge.toml", &text).unwrap();
    config.data = folder.join("data");
    // Two tests at once may not serve one kiosk.
    for reader in &mut config.readers {
        reader.socket = folder.join("reader.sock");
    }
    let shelf = config.shelf().unwrap();
    let twins = start_for(&folder.join("lines"), &config.lines, &shelf, LIT_FOR).unwrap();
    for (line, (_, port)) in config.lines.iter_mut().zip(twins.ports()) {
        line.port = port;
    }
    (config, Arc::new(twins))
}

fn text_of(twins: &Twins) -> String {
    match twins.picture("strip-1".parse().unwrap()) {
        Some(picture) => picture.text().unwrap_or_default().to_owned(),
        other => panic!("{other:?} is no strip"),
    }
}

/// Waits until the bridge has sent these bytes.
fn acknowledged(twins: &Twins, bytes: &[u8]) -> bool {
    twins.lines()[0].wait_until(LONG, |_, trace| {
        trace.iter().any(|piece| piece.way == Way::Heard && piece.bytes.starts_with(bytes))
    })
}

#[test]
fn from_the_wanted_face_to_the_strip_and_from_the_key_to_the_report() {
    if !Path::new(MOSQUITTO).exists() {
        eprintln!("{MOSQUITTO} is missing: apt-get install mosquitto; nothing was tested");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::start(folder.path());
    let cable = Cable::lay(broker.port);
    let (config, twins) = config(folder.path(), cable.port);
    let mut server = Server::start(broker.port);
    server.wants(1, "欢迎");
    let stop = Stop::new();
    std::thread::scope(|scope| {
        let _ends = Ends(&stop);
        let bridge = scope.spawn(|| run(&config, &stop));
        let room = Room::open(&config, twins.clone()).unwrap();
        server.bridge_is(true);
        server.shown(1);
        assert_eq!(text_of(&twins), "欢迎");
        let picture = topic("strip-1", DeviceTopic::Picture).place;
        server.waits_for(
            picture,
            |picture: &Picture| matches!(picture, Picture::Strip { text, .. } if text == "欢迎"),
        );

        // A key from the device room, sent twice by the broker, is one press.
        let press = Press { key: "call".to_owned(), id: 9 };
        for _ in 0..2 {
            server.publish(topic("pad-1", DeviceTopic::Press), false, &press);
        }
        let first = server.pressed(PadKey::CallNext);
        assert_eq!(first.count, 1);

        // The cable is cut: the broker says the last will, and what was pressed is not lost.
        cable.cut();
        server.bridge_is(false);
        twins.press("pad-1".parse().unwrap(), "recall").unwrap().unwrap();
        assert!(acknowledged(&twins, &[0xFF, 0x68, 3, 3, 0x68, 1, 1, 0x0D]));
        server.wants(2, "A001 正在办理");
        cable.mend();
        server.bridge_is(true);
        let again = server.pressed(PadKey::Recall);
        assert_eq!((again.boot, again.count), (first.boot, 2));
        server.shown(2);
        assert_eq!(text_of(&twins), "A001 正在办理");

        // The broker itself goes away and forgets everything.
        broker.stop();
        broker.start_again();
        server.bridge_is(true);
        server.wants(3, "暂停服务");
        server.shown(3);
        assert_eq!(text_of(&twins), "暂停服务");

        stop.stop();
        bridge.join().unwrap().unwrap();
        server.bridge_is(false);
        drop(room);
    });
}

#[test]
fn a_bridge_ended_with_unsent_reports_sends_them_when_it_runs_again() {
    if !Path::new(MOSQUITTO).exists() {
        eprintln!("{MOSQUITTO} is missing: apt-get install mosquitto; nothing was tested");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::start(folder.path());
    let (config, twins) = config(folder.path(), broker.port);
    broker.stop();
    let stop = Stop::new();
    std::thread::scope(|scope| {
        let _ends = Ends(&stop);
        let bridge = scope.spawn(|| run(&config, &stop));
        let evaluator = "evaluator-1".parse().unwrap();
        // The bridge may still be opening the line: the twin says it again until it is heard.
        twins.press(evaluator, "5").unwrap().unwrap();
        assert!(acknowledged(&twins, &[0xFF, 0x68, 3, 3, 0x68, 0x81, 1, 4]));
        stop.stop();
        bridge.join().unwrap().unwrap();
    });
    broker.start_again();
    let mut server = Server::start(broker.port);
    let stop = Stop::new();
    std::thread::scope(|scope| {
        let _ends = Ends(&stop);
        let bridge = scope.spawn(|| run(&config, &stop));
        server.bridge_is(true);
        let place = topic("evaluator-1", DeviceTopic::Report).place;
        let found: Report = server.waits_for(place, |_| true);
        assert_eq!(
            found.what,
            Happening::Graded {
                level: 5,
                scale: 5,
                leg: None,
                reasons: Vec::new(),
                text: String::new()
            }
        );
        stop.stop();
        bridge.join().unwrap().unwrap();
    });
}

#[test]
fn what_a_line_tells_while_it_is_ended_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let ids: Vec<wire::ids::DeviceId> =
        (1..=8).map(|n| format!("pad-{n}").parse().unwrap()).collect();
    let profile = Shelf::built_in().get("pad-s11").unwrap();
    let session =
        |(id, address): (&wire::ids::DeviceId, u8)| Session::new(*id, address, profile.clone());
    let sessions = ids.iter().zip(1..).map(session).collect();
    let outbox = Outbox::open(Box::new(MemoryKeep::default())).unwrap();
    let on_line = ids.iter().map(|id| (*id, 0));
    let (hall, own) = ("yunxi".parse().unwrap(), "bridge-1".parse().unwrap());
    let mut board = Switchboard::new(hall, own, 7, on_line, outbox);
    // The line has eight states to tell, and only one of them has room.
    let (tell, told) = sync_channel(1);
    let line = Line::new(9_600, Echo::Auto, sessions, Instant::now());
    let place = LinePlace::usual("line", folder.path().join("nowhere"), 9_600);
    let worker = Worker::start(place, line, None, move |event| {
        tell.send(Arrived::Line(event)).ok();
    });
    end_lines(&mut board, &mut [worker.unwrap()], &told);
    let mut states = 0;
    board.handle_broker(FromBroker::Connected, Moment::now());
    board.pump(
        Moment::now() + SETTLE,
        &mut |post| {
            states += u8::from(post.topic.to_string().ends_with("/state"));
            true
        },
        &mut |_, _| Ok(()),
    );
    assert_eq!(states, 8 + 1, "each device's, and the bridge's own");
}
