//! The link against a broker of a few lines, on a real socket: what it says first, what it hears,
//! and that a broken connection is made again with the unacknowledged report.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use bytes::BytesMut;
use rumqttc::{
    ConnAck, ConnectReturnCode, Packet, PubAck, Publish, QoS, SubAck, SubscribeReasonCode,
};
use wire::{
    device::{DeviceState, Happening, Health, Report},
    screens::{NotFound, Role, Sought},
};

use super::{
    FromBroker, Link, LinkConfig, Reads,
    finder::{Finder, Told},
};
use crate::{config::BrokerConfig, gallery::sample_face};

const PATIENCE: Duration = Duration::from_secs(20);

/// The broker's side of one connection.
struct Peer {
    stream: TcpStream,
    bytes: BytesMut,
}

impl Peer {
    fn accept(listener: &TcpListener) -> Self {
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self { stream, bytes: BytesMut::new() }
    }

    fn next(&mut self) -> Packet {
        loop {
            if let Ok(packet) = Packet::read(&mut self.bytes, 1 << 20) {
                return packet;
            }
            let mut some = [0; 4096];
            let count = self.stream.read(&mut some).expect("the display says something in time");
            assert!(count > 0, "the display hung up");
            self.bytes.extend_from_slice(&some[..count]);
        }
    }

    fn send(&mut self, write: impl FnOnce(&mut BytesMut)) {
        let mut bytes = BytesMut::new();
        write(&mut bytes);
        self.stream.write_all(&bytes).unwrap();
    }

    /// Accepts the connection and the subscriptions; answers the filters.
    fn greet(&mut self) -> Vec<String> {
        let Packet::Connect(connect) = self.next() else { panic!("the first packet connects") };
        assert_eq!(connect.client_id, "display-1.screen-1");
        let will = connect.last_will.expect("a screen that dies is seen to be offline");
        assert!(will.retain && will.topic.ends_with("/device/screen-1/state"));
        let state: DeviceState = serde_json::from_slice(&will.message).unwrap();
        assert_eq!(state.health, Health::Offline);
        self.let_in(3)
    }

    /// Lets the client in and grants it so many subscriptions; answers the filters.
    fn let_in(&mut self, count: usize) -> Vec<String> {
        self.send(|to| {
            ConnAck::new(ConnectReturnCode::Success, false).write(to).unwrap();
        });
        let mut filters = Vec::new();
        while filters.len() < count {
            if let Packet::Subscribe(subscribe) = self.next() {
                filters.extend(subscribe.filters.into_iter().map(|filter| filter.path));
                let granted = vec![SubscribeReasonCode::Success(QoS::AtLeastOnce)];
                self.send(|to| {
                    SubAck::new(subscribe.pkid, granted).write(to).unwrap();
                });
            }
        }
        filters
    }

    /// The next thing published, acknowledged if asked.
    fn published(&mut self, acknowledge: bool) -> Publish {
        loop {
            if let Packet::Publish(publish) = self.next() {
                if acknowledge {
                    self.send(|to| {
                        PubAck::new(publish.pkid).write(to).unwrap();
                    });
                }
                return publish;
            }
        }
    }

    /// The next report, past the states.
    fn report(&mut self, acknowledge: bool) -> Report {
        loop {
            let publish = self.published(acknowledge);
            if publish.topic.ends_with("/report") {
                return serde_json::from_slice(&publish.payload).unwrap();
            }
        }
    }
}

fn broker(listener: &TcpListener) -> BrokerConfig {
    BrokerConfig {
        host: "127.0.0.1".to_owned(),
        port: listener.local_addr().unwrap().port(),
        user: "display-1".to_owned(),
        password: Some("p".to_owned()),
        password_file: None,
        authority_file: None,
        certificate_file: None,
        key_file: None,
    }
}

fn start(listener: &TcpListener) -> (Link, Receiver<FromBroker>) {
    let broker = broker(listener);
    let config = LinkConfig {
        hall: "yunxi".parse().unwrap(),
        device: "screen-1".parse().unwrap(),
        about: "test".to_owned(),
        reads: Reads::Screen,
        boot: 9,
        state_every: Duration::from_millis(50),
        by: "display-1".to_owned(),
        turn: None,
        kept_in: None,
    };
    let (tell, told) = channel();
    let link = Link::start(&broker, config, Box::new(move |what| drop(tell.send(what)))).unwrap();
    (link, told)
}

#[test]
fn a_screen_reads_its_own_topics_says_it_is_there_and_hears_its_face() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (link, told) = start(&listener);
    let mut peer = Peer::accept(&listener);
    let filters = peer.greet();
    let own = "hall/yunxi/device/screen-1";
    let expected = [format!("{own}/wanted"), format!("{own}/job"), "hall/yunxi/metrics".to_owned()];
    assert_eq!(filters, expected);
    assert!(matches!(told.recv_timeout(PATIENCE).unwrap(), FromBroker::Connected));

    let state = peer.published(true);
    assert!(state.retain && state.topic == format!("{own}/state"));
    let state: DeviceState = serde_json::from_slice(&state.payload).unwrap();
    assert_eq!(state.health, Health::Online);

    let wanted = wire::device::Wanted {
        revision: 4,
        face: wire::device::Face::HallScreen(Box::new(sample_face())),
    };
    let payload = serde_json::to_vec(&wanted).unwrap();
    peer.send(|to| {
        let mut publish = Publish::new(format!("{own}/wanted"), QoS::AtMostOnce, payload);
        publish.retain = true;
        publish.write(to).unwrap();
    });
    let heard = told.recv_timeout(PATIENCE).unwrap();
    let FromBroker::Face(face, kept) = heard else { panic!("a face was expected, not {heard:?}") };
    assert_eq!((*face, kept), (wanted, true));

    link.sender().report(Happening::Shown { revision: 4 });
    let report = peer.report(true);
    assert_eq!(
        report,
        Report { boot: 9, count: 1, age_millis: 0, what: Happening::Shown { revision: 4 } }
    );
    link.stop();
    let goodbye = loop {
        // The display hangs up after these words, so nobody is left to hear an acknowledgement.
        let publish = peer.published(false);
        let state: DeviceState = serde_json::from_slice(&publish.payload).unwrap();
        if state.health == Health::Offline {
            break state;
        }
    };
    assert_eq!(goodbye.shown, Some(4));
}

#[test]
fn a_screen_that_knows_its_role_waits_for_a_list_that_has_it() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (tell, told) = channel();
    let sought = Sought { role: Role::Window, zone: None, window: Some("3A".parse().unwrap()) };
    let finder = Finder::start(
        &broker(&listener),
        "yunxi".parse().unwrap(),
        sought,
        9,
        Box::new(move |what| drop(tell.send(what))),
    );
    let mut peer = Peer::accept(&listener);
    let Packet::Connect(connect) = peer.next() else { panic!("the first packet connects") };
    assert_eq!(connect.client_id, "display-1.find-9");
    assert_eq!(peer.let_in(1), ["hall/yunxi/screens"]);
    let mut list = |screens: &str| {
        let payload = format!("{{\"screens\":[{screens}]}}");
        peer.send(|to| {
            Publish::new("hall/yunxi/screens", QoS::AtMostOnce, payload).write(to).unwrap();
        });
        told.recv_timeout(PATIENCE).unwrap()
    };
    let other = r#"{"id":"window-screen-4","role":"window","name":"4","window":"4"}"#;
    let others = vec!["window-screen-4".parse().unwrap()];
    assert_eq!(list(other), Told::Not(NotFound::Nowhere { others }));
    let own = r#"{"id":"window-screen-3A","role":"window","name":"3A","window":"3A"}"#;
    let found = list(&format!("{other},{own}"));
    assert_eq!(found, Told::Found("window-screen-3A".parse().unwrap()));
    finder.unwrap().stop();
}

#[test]
fn a_face_of_a_newer_server_is_survived_and_the_next_one_heard() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (link, told) = start(&listener);
    let mut peer = Peer::accept(&listener);
    peer.greet();
    assert!(matches!(told.recv_timeout(PATIENCE).unwrap(), FromBroker::Connected));
    let known = serde_json::json!({ "revision": 9, "face": { "hall_screen": sample_face() } });
    for face in [r#"{"revision":8,"face":{"hologram":{"depth":3}}}"#.to_owned(), known.to_string()]
    {
        peer.send(|to| {
            let topic = "hall/yunxi/device/screen-1/wanted";
            Publish::new(topic, QoS::AtMostOnce, face).write(to).unwrap();
        });
    }
    let heard = told.recv_timeout(PATIENCE).unwrap();
    assert!(matches!(&heard, FromBroker::Face(face, _) if face.revision == 9), "{heard:?}");
    link.stop();
}

#[test]
fn a_screen_to_which_nothing_happens_says_that_it_lives() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (link, _told) = start(&listener);
    let mut peer = Peer::accept(&listener);
    peer.greet();
    for _ in 0..3 {
        let state = peer.published(true);
        assert_eq!(state.topic, "hall/yunxi/device/screen-1/state");
    }
    link.stop();
}

#[test]
fn a_report_without_acknowledgement_comes_again_over_the_next_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (link, told) = start(&listener);
    let mut peer = Peer::accept(&listener);
    peer.greet();
    link.sender().report(Happening::job_done(1, 2, true));
    let first = peer.report(false);
    drop(peer);
    let mut peer = Peer::accept(&listener);
    peer.greet();
    assert_eq!(peer.report(true), first);
    let heard: Vec<FromBroker> = (0..3).map(|_| told.recv_timeout(PATIENCE).unwrap()).collect();
    assert!(
        matches!(heard[..], [FromBroker::Connected, FromBroker::Lost, FromBroker::Connected]),
        "{heard:?}"
    );
    link.stop();
}
