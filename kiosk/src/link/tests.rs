//! The line against a server on loopback that goes and comes back.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::Receiver,
    },
    thread,
    time::Duration,
};

use wire::{http::IssueRequest, server::Way, texts::Language, words::PriorityClass};

use super::*;
use crate::{
    gallery,
    model::Model,
    server::{Counter, Fault, Patience},
    vitals::Vitals,
};

/// What a test waits for at most; a slow machine needs some of it.
const PATIENCE: Duration = Duration::from_secs(20);

struct Front {
    address: SocketAddr,
    away: Arc<AtomicBool>,
    heard: Arc<Mutex<Vec<String>>>,
    seen: Arc<AtomicBool>,
}

impl Front {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (away, heard) = (Arc::new(AtomicBool::new(false)), Arc::default());
        let (gone, notes) = (Arc::clone(&away), Arc::clone(&heard));
        let seen = Arc::new(AtomicBool::new(false));
        let is_seen = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (gone, notes) = (Arc::clone(&gone), Arc::clone(&notes));
                let is_seen = Arc::clone(&is_seen);
                thread::spawn(move || drop(answer(stream.unwrap(), &gone, &notes, &is_seen)));
            }
        });
        Self { address, away, heard, seen }
    }

    fn server(&self) -> HttpServer {
        HttpServer::new(
            &Way::to(&format!("http://{}", self.address), None).unwrap(),
            "secret",
            "kiosk/test",
        )
    }

    fn heard(&self, wanted: &str) -> bool {
        self.heard.lock().unwrap().iter().any(|line| line.contains(wanted))
    }
}

fn answer(
    stream: TcpStream,
    away: &AtomicBool,
    heard: &Mutex<Vec<String>>,
    seen: &AtomicBool,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    heard.lock().unwrap().push(format!("{head}{}", String::from_utf8_lossy(&body)));
    let Model { catalogue, board, .. } = gallery::sample();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let problem =
        |code: &str| format!(r#"{{"type":"urn","title":"{code}","status":409,"code":"{code}"}}"#);
    let (status, body) = match path.as_str() {
        _ if away.load(Ordering::SeqCst) => (503, problem("stopping")),
        "/api/v1/catalogue" => (200, serde_json::to_string(&catalogue.unwrap())?),
        "/api/v1/board" => (200, serde_json::to_string(&board.unwrap().0)?),
        "/api/v1/help" if head.starts_with("GET") => {
            (200, format!(r#"{{"waits":{}}}"#, !seen.load(Ordering::SeqCst)))
        }
        "/api/v1/help" => (204, String::new()),
        "/api/v1/kiosk/state" => (200, r#"{"test":7}"#.to_owned()),
        "/api/v1/tickets" => (409, problem("sold_out")),
        _ => (404, problem("no_such_place")),
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Reads news until one is wanted.
fn until(news: &Receiver<Msg>, wanted: impl Fn(&Msg) -> bool) {
    let mut last = None;
    loop {
        match news.recv_timeout(PATIENCE) {
            Ok(msg) if wanted(&msg) => return,
            Ok(msg) => last = Some(msg),
            Err(_) => panic!("nothing of the kind came; last seen: {last:?}"),
        }
    }
}

#[test]
fn the_line_survives_a_server_that_goes_and_comes_back() {
    let front = Front::start();
    let (news, inbox) = News::channel(|_| {});
    let link = Link::start(front.server(), news, Trial::default(), Vitals::default()).unwrap();
    until(&inbox, |msg| matches!(msg, Msg::CatalogueCame(_)));
    until(&inbox, |msg| matches!(msg, Msg::BoardCame(_)));
    front.away.store(true, Ordering::SeqCst);
    assert!(link.send(Errand::Look));
    until(&inbox, |msg| matches!(msg, Msg::ServerSilent { tries: 2 }));
    front.away.store(false, Ordering::SeqCst);
    until(&inbox, |msg| matches!(msg, Msg::BoardCame(_)));
}

#[test]
fn help_and_the_printers_state_are_told_with_the_kiosks_credential() {
    let front = Front::start();
    let (news, inbox) = News::channel(|_| {});
    let link = Link::start(front.server(), news, Trial::default(), Vitals::default()).unwrap();
    assert!(link.send(Errand::Printer(PrinterState::PaperOut)));
    let errand = Errand::Help { request: "r1".into(), place: "1号取号机".into() };
    assert!(link.send(errand));
    until(&inbox, |msg| matches!(msg, Msg::HelpTold(true)));
    assert!(front.heard("1号取号机"));
    assert!(front.heard("paper_out"));
    assert!(front.heard("Bearer secret"));
}

#[test]
fn a_person_who_called_for_help_is_told_once_that_somebody_sees_to_it() {
    let front = Front::start();
    let (news, inbox) = News::channel(|_| {});
    let link = Link::start(front.server(), news, Trial::default(), Vitals::default()).unwrap();
    assert!(link.send(Errand::Help { request: "r1".into(), place: "1".into() }));
    until(&inbox, |msg| matches!(msg, Msg::HelpTold(true)));
    until(&inbox, |msg| {
        assert!(!matches!(msg, Msg::HelpSeen), "nobody has seen it yet");
        matches!(msg, Msg::BoardCame(_))
    });
    front.seen.store(true, Ordering::SeqCst);
    until(&inbox, |msg| matches!(msg, Msg::HelpSeen));
}

#[test]
fn a_kiosk_that_is_well_says_so_without_being_touched() {
    let front = Front::start();
    let (news, inbox) = News::channel(|_| {});
    let _link = Link::start(front.server(), news, Trial::default(), Vitals::default()).unwrap();
    until(&inbox, |msg| matches!(msg, Msg::PrinterKnown));
    assert!(front.heard("POST /api/v1/kiosk/state"));
    assert!(front.heard(r#""why": """#));
}

#[test]
fn a_state_that_was_not_taken_is_told_with_the_next_board() {
    let front = Front::start();
    let (news, inbox) = News::channel(|_| {});
    let link = Link::start(front.server(), news, Trial::default(), Vitals::default()).unwrap();
    until(&inbox, |msg| matches!(msg, Msg::PrinterKnown));
    front.away.store(true, Ordering::SeqCst);
    assert!(link.send(Errand::Printer(PrinterState::PaperLow)));
    until(&inbox, |msg| matches!(msg, Msg::ServerSilent { .. }));
    front.away.store(false, Ordering::SeqCst);
    until(&inbox, |msg| matches!(msg, Msg::PrinterKnown));
    assert!(front.heard("paper_low"));
}

#[test]
fn a_refusal_is_final_and_a_busy_server_is_not() {
    let front = Front::start();
    let order = IssueRequest {
        item: None,
        queue: "A".parse().ok(),
        request_id: "r".into(),
        channel: wire::words::Channel::Kiosk,
        priority: PriorityClass::Ordinary,
        priority_reason: None,
        priority_note: None,
        paper: true,
        document: None,
        agent: None,
        then: Vec::new(),
        pipeline: None,
        picks_up: None,
        booking: None,
        late_as_walk_in: false,
        silent: false,
    };
    let asked = front.server().issue(&order, Language::English, Patience::Usual);
    assert!(matches!(asked, Err(Fault::Refused(problem)) if problem.code == "sold_out"));
    assert!(front.heard("en"));
    front.away.store(true, Ordering::SeqCst);
    let asked = front.server().issue(&order, Language::Chinese, Patience::Short);
    assert!(matches!(asked, Err(Fault::Silent { .. })));
}

#[test]
fn a_server_that_is_not_there_is_silent_at_once() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = HttpServer::new(
        &Way::to(&format!("http://{nobody}"), None).unwrap(),
        "secret",
        "kiosk/test",
    );
    assert!(matches!(server.board(), Err(Fault::Silent { .. })));
}

#[test]
fn the_pauses_between_tries_grow_and_end() {
    let pauses: Vec<u64> = (1..=7).map(backoff_millis).collect();
    assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    assert_eq!(backoff_millis(u32::MAX), limits::BACKOFF_MILLIS_MAX);
}

#[test]
fn a_test_slip_that_the_office_asks_for_is_printed_once_and_its_end_told() {
    let front = Front::start();
    let (news, inbox) = News::channel(|_| {});
    let trial = Trial::default();
    let _link = Link::start(front.server(), news, trial.clone(), Vitals::default()).unwrap();
    until(&inbox, |msg| matches!(msg, Msg::PrinterKnown));
    assert_eq!(trial.take(), Some(7));
    trial.ended(7, wire::http::PrintOutcome::Printed);
    until(&inbox, |msg| matches!(msg, Msg::BoardCame(_)) && trial.tested().is_none());
    assert!(front.heard(r#""tested""#));
    assert_eq!(trial.take(), None, "it is still asked for");
}
