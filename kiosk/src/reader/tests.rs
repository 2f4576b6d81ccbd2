//! The reader's thread between a bridge that comes and goes and a server that starts later.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::net::UnixListener,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc::Receiver as Inbox,
    },
};

use wire::reader::{CardKind, KeyText, ReadCard, Unread};
use wire::server::Way;

use super::*;

const LONG: Duration = Duration::from_secs(30);

/// A server that has no key while it is away.
fn server(away: Arc<AtomicBool>) -> HttpServer {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut head = BufReader::new(stream.try_clone().unwrap()).lines();
            let asked = head.next().unwrap().unwrap();
            while head.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            assert!(asked.starts_with("GET /api/v1/reader-key "), "{asked}");
            let key = ReaderKeyAnswer { key: KeyText::of(&[7; 32]), elderly_from_years: 60 };
            let body = serde_json::to_string(&key).unwrap();
            let (status, body) =
                if away.load(SeqCst) { ("503 Away", "{}".to_owned()) } else { ("200 OK", body) };
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            );
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    HttpServer::new(&Way::to(&format!("http://{address}"), None).unwrap(), "secret", "kiosk/test")
}

/// The bridge's end of a connection.
struct Bridge(BufReader<UnixStream>);

impl Bridge {
    fn at(listener: &UnixListener) -> Self {
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        Self(BufReader::new(stream))
    }

    fn say(&mut self, says: &ReaderSays) {
        self.0.get_mut().write_all(&line(says)).unwrap();
    }

    fn hear(&mut self) -> KioskSays {
        let mut heard = String::new();
        self.0.read_line(&mut heard).unwrap();
        serde_json::from_str(&heard).unwrap()
    }
}

fn start(socket: &Path, away: &Arc<AtomicBool>) -> (CardReader, Inbox<Msg>) {
    let (news, inbox) = News::channel(|_| {});
    (CardReader::start(socket.to_owned(), server(away.clone()), news).unwrap(), inbox)
}

fn told(inbox: &Inbox<Msg>) -> Msg {
    inbox.recv_timeout(LONG).expect("the screen is told")
}

#[test]
fn a_bridge_is_given_the_key_is_asked_for_cards_and_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("reader.sock");
    let (reader, inbox) = start(&socket, &Arc::default());
    // The bridge comes later than the kiosk.
    let listener = UnixListener::bind(&socket).unwrap();
    let mut bridge = Bridge::at(&listener);
    bridge.say(&ReaderSays::Here);
    assert!(matches!(bridge.hear(), KioskSays::Key(key) if key.elderly_from_years == 60));
    assert_eq!(told(&inbox), Msg::ReaderTold(true));
    reader.want(true);
    assert_eq!(bridge.hear(), KioskSays::Want(true));
    let card = ReadCard {
        kind: CardKind::Citizen,
        mark: "0".repeat(32),
        is_elderly: false,
        masked_name: String::new(),
    };
    bridge.say(&ReaderSays::Card(card.clone()));
    assert_eq!(told(&inbox), Msg::CardRead(Box::new(card)));
    bridge.say(&ReaderSays::Unread { why: Unread::Again });
    assert_eq!(told(&inbox), Msg::CardUnread(Unread::Again));
    bridge.say(&ReaderSays::Away { why: "port_missing".to_owned() });
    assert_eq!(told(&inbox), Msg::ReaderTold(false));

    // Another bridge is told the same anew, and the person still stands there.
    drop(bridge);
    let mut bridge = Bridge::at(&listener);
    bridge.say(&ReaderSays::Here);
    assert!(matches!(bridge.hear(), KioskSays::Key(_)));
    assert_eq!(bridge.hear(), KioskSays::Want(true));
    assert_eq!(told(&inbox), Msg::ReaderTold(true));
    bridge.0.get_mut().write_all(b"hello\n").unwrap();
    assert_eq!(told(&inbox), Msg::ReaderTold(false), "one that makes no sense is left");
}

#[test]
fn a_reader_is_offered_as_soon_as_the_server_has_told_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("reader.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    let away = Arc::new(AtomicBool::new(true));
    let (_reader, inbox) = start(&socket, &away);
    let mut bridge = Bridge::at(&listener);
    bridge.say(&ReaderSays::Here);
    assert!(inbox.recv_timeout(Duration::from_millis(500)).is_err(), "without a key it is no use");
    away.store(false, SeqCst);
    assert_eq!(told(&inbox), Msg::ReaderTold(true));
    assert!(matches!(bridge.hear(), KioskSays::Key(_)));
}
