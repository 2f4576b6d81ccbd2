//! Webhooks against a receiver that is down, slow, says 500 or is killed, with the server's plug pulled
//! in between: everything comes, signed, in order, and the hall never waits for it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;
use tests::{api::Api, server::Server, wait_until};

pub(crate) const SECRET: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// The first tries come after 2, 4 and 8 seconds.
const COMES_WITHIN: Duration = Duration::from_secs(30);

/// How a receiver takes what it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Takes,
    Says500,
    NeverAnswers,
}

#[derive(Debug, Clone)]
struct Heard {
    id: String,
    kind: String,
    ticket: String,
    taken: bool,
    said: Value,
}

/// Another program that is told, at a port of its own.
pub(crate) struct Receiver {
    pub(crate) port: u16,
    way: Arc<Mutex<Way>>,
    heard: Arc<Mutex<Vec<Heard>>>,
    over: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Receiver {
    pub(crate) fn open() -> Self {
        let mut receiver = Self {
            port: 0,
            way: Arc::new(Mutex::new(Way::Takes)),
            heard: Arc::default(),
            over: Arc::default(),
            listening: None,
        };
        receiver.up();
        receiver
    }

    /// Listens, on the port it had.
    fn up(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).unwrap();
        self.port = listener.local_addr().unwrap().port();
        self.over = Arc::default();
        let (way, heard, over) = (self.way.clone(), self.heard.clone(), self.over.clone());
        self.listening = Some(std::thread::spawn(move || {
            for connection in listener.incoming() {
                if over.load(SeqCst) {
                    return;
                }
                let (way, heard) = (*way.lock().unwrap(), heard.clone());
                // A connection each: one that is never answered keeps no other waiting.
                std::thread::spawn(move || hear(connection.unwrap(), way, &heard));
            }
        }));
    }

    pub(crate) fn down(&mut self) {
        self.over.store(true, SeqCst);
        TcpStream::connect(("127.0.0.1", self.port)).ok();
        self.listening.take().map(JoinHandle::join);
    }

    /// Every body that was taken.
    pub(crate) fn bodies(&self) -> Vec<Value> {
        let heard = self.heard.lock().unwrap();
        heard.iter().filter(|each| each.taken).map(|each| each.said.clone()).collect()
    }

    fn set(&self, way: Way) {
        *self.way.lock().unwrap() = way;
    }

    /// The tickets of a kind that were taken, in order, each once.
    fn taken(&self, kind: &str) -> Vec<String> {
        let heard = self.heard.lock().unwrap();
        let mut ids = Vec::new();
        let mut tickets = Vec::new();
        for each in heard.iter().filter(|each| each.taken && each.kind == kind) {
            if !ids.contains(&each.id) {
                ids.push(each.id.clone());
                tickets.push(each.ticket.clone());
            }
        }
        tickets
    }

    #[track_caller]
    fn wait_for(&self, tickets: &[String]) {
        wait_until("every ticket was told", COMES_WITHIN, || {
            let taken = self.taken("ticket.issued");
            if taken == tickets { Ok(()) } else { Err(format!("{taken:?} of {tickets:?}")) }
        });
    }
}

/// One request, checked as the standard says; anything unsigned ends the test.
fn hear(connection: TcpStream, way: Way, heard: &Mutex<Vec<Heard>>) {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut headers = std::collections::BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.trim().split_once(": ") {
            headers.insert(name.to_lowercase(), value.to_owned());
        }
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    let (id, at) = (&headers["webhook-id"], &headers["webhook-timestamp"]);
    let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(SECRET).unwrap()).unwrap();
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    let signed = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    assert_eq!(headers["webhook-signature"], signed, "not signed: {body}");
    let said: Value = serde_json::from_str(&body).unwrap();
    heard.lock().unwrap().push(Heard {
        id: id.clone(),
        kind: said["type"].as_str().unwrap().to_owned(),
        ticket: said["data"]["ticket"].as_str().unwrap_or_default().to_owned(),
        taken: way == Way::Takes,
        said,
    });
    let answer = match way {
        Way::Takes => "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n",
        Way::Says500 => {
            "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        }
        Way::NeverAnswers => {
            std::thread::sleep(COMES_WITHIN);
            return;
        }
    };
    (&connection).write_all(answer.as_bytes()).ok();
}

fn issue(kiosk: &Api, request: &str, tickets: &mut Vec<String>) {
    let began = Instant::now();
    let (status, answer) = kiosk.issue("A", request).unwrap();
    assert_eq!(status, 201, "{answer}");
    assert!(began.elapsed() < Duration::from_secs(5), "the hall waits for a receiver");
    tickets.push(answer["ticket"]["no"].as_str().unwrap().to_owned());
}

#[test]
fn a_receiver_that_is_away_slow_or_ill_gets_everything_in_order_also_over_pulled_plugs() {
    let mut receiver = Receiver::open();
    let mut server = Server::prepared(&[]);
    std::fs::write(server.folder().join("secret"), SECRET).unwrap();
    // Nobody listens at the second one; it keeps nobody waiting.
    let tables = ["office", "nobody"].map(|name| {
        let port = if name == "office" { receiver.port } else { 9 };
        format!(
            "[[webhook]]\nname = \"{name}\"\nurl = \"http://127.0.0.1:{port}/in\"\n\
             kinds = [\"ticket\", \"day\"]\nsecret_file = \"secret\"\n"
        )
    });
    server.configure(&format!("\n{}", tables.concat()));
    server.start();
    let kiosk = server.api("kiosk", "kiosk-1");
    let mut tickets = Vec::new();
    issue(&kiosk.moved(&server.http), "one", &mut tickets);
    receiver.wait_for(&tickets);

    receiver.set(Way::Says500);
    for request in ["two", "three"] {
        issue(&kiosk.moved(&server.http), request, &mut tickets);
    }
    wait_until("it was tried twice", COMES_WITHIN, || {
        let heard = receiver.heard.lock().unwrap();
        let tries = heard.iter().filter(|each| !each.taken && each.kind == "ticket.issued").count();
        if tries >= 2 { Ok(()) } else { Err(tries.to_string()) }
    });
    receiver.set(Way::NeverAnswers);
    issue(&kiosk.moved(&server.http), "four", &mut tickets);
    receiver.down();
    receiver.set(Way::Takes);
    issue(&kiosk.moved(&server.http), "five", &mut tickets);
    // Whoever was answered is on record; that it is told is made of the record.
    server.kill();
    server.start();
    issue(&kiosk.moved(&server.http), "six", &mut tickets);
    receiver.up();
    receiver.wait_for(&tickets);

    issue(&kiosk.moved(&server.http), "seven", &mut tickets);
    server.kill();
    server.start();
    receiver.wait_for(&tickets);
    let (_, health) = kiosk.moved(&server.http).get("/health").unwrap();
    assert_eq!(health["webhooks"], "ok", "away for less than a while: {health}");
    receiver.down();
}
