//! A reader on a pseudo-terminal, its kiosk at the socket, and what the broker hears of both.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use serialport::SerialPort;
use wire::{
    device::{DeviceState, Happening, Health, Job, Work},
    ids::DeviceId,
    reader::{
        CardKind, KeyText, KioskSays, ReaderKeyAnswer, ReaderSays, Unread,
        lines::{Lines, line},
    },
};

use super::{
    socket::SocketFault,
    worker::{ReaderFault, ReaderWorker},
};
use crate::{
    config::Reader,
    line::{LineEvent, LineOrder},
    twins::reader::ReaderTwin,
};

const LONG: Duration = Duration::from_secs(30);

fn id() -> DeviceId {
    "reader-1".parse().unwrap()
}

/// A bridge's reader and its twin, in a folder of their own.
struct Place {
    folder: tempfile::TempDir,
    twin: Option<ReaderTwin>,
    worker: ReaderWorker,
    told: Receiver<LineEvent>,
    /// Everything that the broker would be told, in words.
    heard: Vec<String>,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let twin = Some(ReaderTwin::start(&folder.path().join("port")).unwrap());
        let (worker, told) = start(folder.path()).unwrap();
        Self { folder, twin, worker, told, heard: Vec::new() }
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("reader.sock")
    }

    fn twin(&self) -> &ReaderTwin {
        self.twin.as_ref().unwrap()
    }

    /// Lifts the card, and waits until the reader that looks for cards has seen it.
    fn lift(&self) {
        self.twin().press("lift");
        let (until, seen) = (Instant::now() + LONG, self.twin().reader().finds());
        while self.twin().reader().finds() < seen + 2 {
            assert!(Instant::now() < until, "no card is looked for");
            std::thread::yield_now();
        }
    }

    fn kiosk(&self) -> Kiosk {
        Kiosk::at(&self.socket())
    }

    /// Waits until the broker is told something of the kind.
    fn wait(&mut self, what: &str, is: impl Fn(&LineEvent) -> bool) -> LineEvent {
        let until = Instant::now() + LONG;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let event = self.told.recv_timeout(left).unwrap_or_else(|_| {
                panic!("{what} was not told; told was {:#?}", self.heard);
            });
            self.heard.push(format!("{event:?}"));
            if is(&event) {
                return event;
            }
        }
    }

    fn wait_state(&mut self, health: Health, why: &str) -> DeviceState {
        let is = |event: &LineEvent| matches!(event, LineEvent::State(_, state) if state.health == health && state.why == why);
        match self.wait(&format!("{health:?} {why}"), is) {
            LineEvent::State(_, state) => state,
            LineEvent::Happened(..) | LineEvent::Forgot(_) => unreachable!(),
        }
    }

    /// 测试, and what became of it.
    fn try_out(
        &mut self,
        job: u64,
        lasts: Duration,
        meanwhile: impl FnOnce(&Self),
    ) -> (bool, String) {
        let work = Work::Test { window: None };
        let job = Job { id: job, boot: 7, expires_in_millis: 25_000, work };
        let order = LineOrder::Job(id(), job.clone(), Instant::now() + lasts);
        self.worker.try_order(order).unwrap();
        meanwhile(self);
        let is = |event: &LineEvent| matches!(event, LineEvent::Happened(_, Happening::JobDone { id, .. }) if *id == job.id);
        match self.wait("the trial's end", is) {
            LineEvent::Happened(_, Happening::JobDone { done, why, .. }) => (done, why),
            LineEvent::Happened(..) | LineEvent::State(..) | LineEvent::Forgot(_) => unreachable!(),
        }
    }
}

fn start(folder: &Path) -> Result<(ReaderWorker, Receiver<LineEvent>), ReaderFault> {
    let (tell, told) = channel();
    let (port, socket) = (folder.join("port"), folder.join("reader.sock"));
    let reader = Reader { id: id(), port, baud: 115_200, socket };
    let tell = move |event| {
        tell.send(event).ok();
    };
    Ok((ReaderWorker::open(&reader, tell)?, told))
}

/// A kiosk at the socket.
struct Kiosk {
    stream: UnixStream,
    lines: Lines,
    heard: Vec<ReaderSays>,
}

impl Kiosk {
    fn at(socket: &Path) -> Self {
        let stream = UnixStream::connect(socket).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        Self { stream, lines: Lines::default(), heard: Vec::new() }
    }

    fn say(&mut self, says: &KioskSays) {
        self.stream.write_all(&line(says)).unwrap();
    }

    fn give_key(&mut self) {
        let key = KeyText::of(&[7; 32]);
        self.say(&KioskSays::Key(ReaderKeyAnswer { key, elderly_from_years: 60 }));
    }

    /// The next thing the reader says; none if the connection is closed.
    fn hear(&mut self) -> Option<ReaderSays> {
        let mut bytes = [0; 512];
        while self.heard.is_empty() {
            let count = match self.stream.read(&mut bytes) {
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::ConnectionReset => 0,
                Err(error) => panic!("the reader says nothing: {error}"),
            };
            if count == 0 {
                return None;
            }
            self.heard.extend(self.lines.take::<ReaderSays>(&bytes[..count]).unwrap());
        }
        Some(self.heard.remove(0))
    }

    fn wait(&mut self, is: impl Fn(&ReaderSays) -> bool) -> ReaderSays {
        loop {
            let says = self.hear().expect("the connection stands");
            if is(&says) {
                return says;
            }
        }
    }

    fn wait_here(&mut self) {
        self.wait(|says| *says == ReaderSays::Here);
    }
}

#[test]
fn a_card_is_told_to_the_kiosk_that_wants_one_and_to_nobody_else() {
    let mut place = Place::new();
    let state = place.wait_state(Health::Online, "");
    assert_eq!(state.about, "SAM 115200");
    let mut kiosk = place.kiosk();
    kiosk.give_key();
    kiosk.wait_here();
    place.twin().press("elderly");
    kiosk.say(&KioskSays::Want(true));
    let ReaderSays::Card(card) = kiosk.wait(|says| matches!(says, ReaderSays::Card(_))) else {
        unreachable!()
    };
    assert_eq!(
        (card.kind, card.is_elderly, &*card.masked_name),
        (CardKind::Citizen, true, "李*英")
    );
    place.lift();
    place.twin().press("fail");
    let unread = kiosk.wait(|says| *says != ReaderSays::Here);
    assert_eq!(unread, ReaderSays::Unread { why: Unread::Again });
    place.lift();
    place.twin().press("strange");
    let unread = kiosk.wait(|says| *says != ReaderSays::Here);
    assert_eq!(unread, ReaderSays::Unread { why: Unread::WrongNumber });

    // Nobody is asked any more: a card that is laid down now is looked for by nobody.
    kiosk.say(&KioskSays::Want(false));
    place.twin().press("lift");
    let (_, why) = place.try_out(1, Duration::from_millis(500), |_| {});
    assert_eq!(why, "no_card", "the one that was laid down before is not told");
    place.twin().press("card");
    kiosk.say(&KioskSays::Want(true));
    let said = kiosk.hear();
    assert!(
        matches!(&said, Some(ReaderSays::Card(card)) if card.masked_name == "王*明"),
        "{said:?}"
    );
    place.worker.stop();
    place.heard.extend(place.told.try_iter().map(|event| format!("{event:?}")));
    for told in &place.heard {
        for secret in [card.mark.as_str(), "王", "李", "990000"] {
            assert!(!told.contains(secret), "the broker hears of a card: {told}");
        }
    }
}

#[test]
fn a_trial_says_that_a_card_was_read_and_nothing_of_it() {
    let mut place = Place::new();
    place.wait_state(Health::Online, "");
    let long = Duration::from_secs(25);
    let read = place.try_out(1, long, |place| assert!(place.twin().press("card")));
    assert_eq!(read, (true, String::new()));
    place.twin().press("lift");
    let unread = place.try_out(2, long, |place| assert!(place.twin().press("fail")));
    assert_eq!(unread, (false, "unread".to_owned()));
    place.twin().press("lift");
    assert_eq!(place.try_out(3, Duration::from_millis(700), |_| {}), (false, "no_card".to_owned()));
    // The test is over: nothing is looked for.
    let finds = place.twin().reader().finds();
    let beep = Job { id: 4, boot: 7, expires_in_millis: 1_000, work: Work::Beep };
    place.worker.try_order(LineOrder::Job(id(), beep, Instant::now() + long)).unwrap();
    place.wait("a beep that no reader has", |event| {
        *event == LineEvent::Happened(id(), Happening::job_done(4, 7, false))
    });
    assert_eq!(place.twin().reader().finds(), finds);
    assert!(place.heard.iter().all(|told| !told.contains('王')), "{:?}", place.heard);
}

#[test]
fn the_socket_is_its_owners_alone_and_serves_the_newest_kiosk() {
    let place = Place::new();
    let mode = fs::metadata(place.socket()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let mut first = place.kiosk();
    first.give_key();
    first.wait_here();
    let mut second = place.kiosk();
    second.wait_here();
    assert_eq!(first.hear(), None, "a newer kiosk takes the place of the older");
    // The key of the first is forgotten with it.
    place.twin().press("card");
    second.say(&KioskSays::Want(true));
    second.give_key();
    assert!(matches!(second.hear(), Some(ReaderSays::Card(_))));
}

#[test]
fn garbage_at_the_socket_closes_it_and_the_next_kiosk_is_served() {
    let place = Place::new();
    let bad =
        ReaderKeyAnswer { key: serde_json::from_str("\"07\"").unwrap(), elderly_from_years: 60 };
    let no_key = line(&KioskSays::Key(bad));
    for garbage in [&b"GET / HTTP/1.1\n"[..], &[b'x'; 2_000], &no_key] {
        let mut kiosk = place.kiosk();
        kiosk.wait_here();
        kiosk.stream.write_all(garbage).ok();
        assert_eq!(kiosk.hear(), None, "{}", String::from_utf8_lossy(garbage));
    }
    let mut kiosk = place.kiosk();
    kiosk.give_key();
    kiosk.say(&KioskSays::Want(true));
    place.twin().press("card");
    kiosk.wait(|says| matches!(says, ReaderSays::Card(_)));
}

#[test]
fn a_socket_left_over_is_replaced_and_one_that_is_served_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("reader.sock");
    drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
    let (first, _told) = start(folder.path()).unwrap();
    let second = start(folder.path()).map(|_| ()).unwrap_err();
    assert!(matches!(second, ReaderFault::Socket(SocketFault::Served { .. })), "{second}");
    drop(first);
    assert!(!socket.exists());
    fs::write(&socket, "somebody's notes").unwrap();
    let third = start(folder.path()).map(|_| ()).unwrap_err();
    assert!(matches!(third, ReaderFault::Socket(SocketFault::NoSocket { .. })), "{third}");
    assert_eq!(fs::read_to_string(&socket).unwrap(), "somebody's notes");
}

#[test]
fn a_reader_that_is_unplugged_is_away_and_comes_back_when_it_is_plugged_in() {
    let mut place = Place::new();
    place.wait_state(Health::Online, "");
    let mut kiosk = place.kiosk();
    kiosk.give_key();
    kiosk.say(&KioskSays::Want(true));
    kiosk.wait_here();
    place.twin = None;
    place.wait_state(Health::Offline, "port_missing");
    assert_eq!(kiosk.hear(), Some(ReaderSays::Away { why: "port_missing".to_owned() }));
    let tried = place.try_out(1, Duration::from_millis(300), |_| {});
    assert_eq!(tried, (false, String::new()), "how the reader is says why");
    place.twin = Some(ReaderTwin::start(&place.folder.path().join("port")).unwrap());
    place.wait_state(Health::Online, "");
    kiosk.wait_here();
    place.twin().press("card");
    kiosk.wait(|says| matches!(says, ReaderSays::Card(_)));
}

#[test]
fn a_wrong_speed_and_a_silent_reader_are_told_apart() {
    let mut place = Place::new();
    place.wait_state(Health::Online, "");
    place.twin().press("babble");
    let state = place.wait_state(Health::Ill, "rubbish");
    assert!(state.counters["line_garbage_bytes"] >= 8, "{state:?}");
    let mut kiosk = place.kiosk();
    assert_eq!(kiosk.hear(), Some(ReaderSays::Away { why: "rubbish".to_owned() }));
    place.twin().reader().babble(false);
    place.wait_state(Health::Online, "");
    kiosk.wait_here();

    // Somebody holds the other end and answers nothing.
    let folder = tempfile::tempdir().unwrap();
    let silent = serialport::TTYPort::pair().unwrap();
    std::os::unix::fs::symlink(silent.1.name().unwrap(), folder.path().join("port")).unwrap();
    let name = silent.1.name();
    drop(silent.1);
    let (_worker, told) = start(folder.path()).unwrap();
    let until = Instant::now() + LONG;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let event = told.recv_timeout(left).unwrap_or_else(|_| panic!("{name:?} is not told"));
        let LineEvent::State(_, state) = event else { continue };
        if state.why == "no_answer" {
            assert_eq!(state.health, Health::Offline);
            break;
        }
    }
}

#[test]
fn a_port_that_another_program_has_is_told_and_taken_when_it_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let twin = ReaderTwin::start(&folder.path().join("port")).unwrap();
    let held = serialport::new(twin.path().to_string_lossy(), 115_200).open_native().unwrap();
    let (worker, told) = start(folder.path()).unwrap();
    let (heard, twin) = (Vec::new(), Some(twin));
    let mut place = Place { folder, twin, worker, told, heard };
    place.wait_state(Health::Offline, "port_busy");
    drop(held);
    place.wait_state(Health::Online, "");
}
