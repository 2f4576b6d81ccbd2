//! 离线取号: the server is away at the busiest time, eight kiosks go on, some lose their power too, and
//! every clock is off. Nobody's ticket is lost, none is doubled, and the order is the true one.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    path::{Path, PathBuf},
    rc::Rc,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use kiosk::{
    alone::{InHand, kept},
    counter,
    ledger::disk::DiskBook,
    model::{
        PrinterState,
        message::{Msg, Order},
        page::Choice,
    },
    printing::{Came, Desk, Printer, Shell},
    server::HttpServer,
};
use paper::slip::{Block, Slip};
use tests::{free_port, server::Server, wait_until};
use wire::{
    http::{PrintOutcome, SlipBody},
    number::TicketNo,
    server::Way,
    texts::Language,
    words::PriorityClass,
};

const KIOSKS: usize = 8;

/// Numbers that each gives out alone.
const EACH: usize = 20;

/// A press prints so soon while nobody answers (R7).
const PRINTS_WITHIN: Duration = Duration::from_secs(3);

/// Slips in the hands of people, with the true time of each, from all kiosks.
type Hands = Rc<RefCell<Vec<(Instant, String)>>>;

struct Tray(Hands);

impl Printer for Tray {
    fn state(&mut self) -> PrinterState {
        PrinterState::Ready
    }

    fn print(&mut self, slip: &Slip) -> Came {
        let number = slip.blocks.iter().find_map(|block| match block {
            Block::Big { text } => Some(text.clone()),
            Block::Text { .. }
            | Block::Label { .. }
            | Block::Pair { .. }
            | Block::Qr { .. }
            | Block::Rule { .. }
            | Block::Feed { .. }
            | Block::Cut { .. } => None,
        });
        self.0.borrow_mut().push((Instant::now(), number.expect("a slip bears a number")));
        Came { outcome: PrintOutcome::Printed, state: PrinterState::Ready }
    }
}

/// A kiosk's shell whose clock is off.
struct Wrong {
    folder: PathBuf,
    off_millis: i64,
}

impl Shell for Wrong {
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX) + self.off_millis
    }

    fn request_id(&self) -> String {
        counter::request_id()
    }

    fn luck(&self) -> u64 {
        counter::luck()
    }

    fn keep_numbers(&self, hand: &InHand) {
        kept::keep_numbers(&self.folder, hand);
    }

    fn pause(&self, _: u32) {}

    fn tell(&self, _: Msg) {}
}

type TestDesk = Desk<HttpServer, DiskBook, Tray, Wrong>;

fn desk(server: &HttpServer, folder: &Path, off_millis: i64, hands: &Hands) -> TestDesk {
    let (book, open) = DiskBook::open(folder).unwrap();
    let shell = Wrong { folder: folder.to_owned(), off_millis };
    let hand = kept::numbers(folder);
    Desk::new(server.clone(), book, Tray(hands.clone()), shell, open).with_numbers(hand)
}

fn order(letter: char) -> Order {
    let queue = letter.to_string().parse().unwrap();
    Order {
        choice: Choice { queue, item: None },
        class: PriorityClass::Ordinary,
        reason: None,
        document: None,
        paper: true,
        language: Language::Chinese,
        silent: false,
        extras: kiosk::model::service::Extras::default(),
        alone: true,
        draft: Some(Box::new(SlipBody {
            hall_name: "云溪县政务服务中心".to_owned(),
            no: TicketNo { letter, number: 0 },
            queue_name: "业务".to_owned(),
            item_name: None,
            class: PriorityClass::Ordinary,
            windows: Vec::new(),
            place: String::new(),
            ahead: 0,
            wait: None,
            stops: Vec::new(),
            issued: String::new(),
            follow_url: String::new(),
            reactivate_within_minutes: None,
            complaint_phone: String::new(),
            supervision_phone: String::new(),
            offline: true,
            silent: false,
            window: None,
            english: wire::http::EnglishSlip::default(),
            mark: None,
        })),
    }
}

#[test]
fn eight_kiosks_go_on_alone_and_hand_in_every_ticket_once_in_the_true_order() {
    let mut server = Server::prepared(&[]);
    server.keep_http_at(free_port());
    server.start();
    let hands = Hands::default();
    let folders: Vec<_> = (0..KIOSKS).map(|_| tempfile::tempdir().unwrap()).collect();
    let lines: Vec<HttpServer> = (0..KIOSKS)
        .map(|kiosk| {
            let credential = server.token("kiosk", &format!("alone-{kiosk}"));
            HttpServer::new(&Way::to(&server.http, None).unwrap(), &credential, "kiosk/test")
        })
        .collect();
    // Clocks are off by up to five minutes, both ways.
    let off = |kiosk: usize| (kiosk as i64 - 4) * 75_000;
    let open = |kiosk: usize| desk(&lines[kiosk], folders[kiosk].path(), off(kiosk), &hands);
    for kiosk in 0..KIOSKS {
        assert!(open(kiosk).renew_numbers(), "numbers are set aside");
    }
    let mut desks: Vec<Option<TestDesk>> = (0..KIOSKS).map(|kiosk| Some(open(kiosk))).collect();
    server.kill();
    let mut slowest = Duration::ZERO;
    for round in 0..EACH {
        for (kiosk, place) in desks.iter_mut().enumerate() {
            let mut desk = place.take().unwrap_or_else(|| open(kiosk));
            let began = Instant::now();
            desk.take(&order(if (round + kiosk) % 3 == 0 { 'F' } else { 'A' }));
            slowest = slowest.max(began.elapsed());
            if (round + 3 * kiosk) % 7 == 0 {
                assert!(!desk.settle_one(), "nobody answers");
            } else {
                // Every seventh loses its power here, and begins again from its record.
                *place = Some(desk);
            }
        }
    }
    let given: Vec<String> = hands.borrow().iter().map(|(_, no)| no.clone()).collect();
    assert_eq!(given.len(), KIOSKS * EACH, "every press prints");
    assert!(slowest < PRINTS_WITHIN, "the slowest press took {slowest:?}");
    let distinct: BTreeSet<&String> = given.iter().collect();
    assert_eq!(distinct.len(), given.len(), "no number is in two hands");

    server.start();
    let office = server.api("office", "office");
    // The sample hall's clock begins anew with the server: it must pass what the kiosks reckoned.
    thread::sleep(hands.borrow().last().map_or(Duration::ZERO, |(at, _)| {
        at.duration_since(hands.borrow()[0].0) + Duration::from_secs(8)
    }));
    // One after another, the last kiosk first: the order does not come from who is heard first.
    for (kiosk, place) in desks.iter_mut().enumerate().rev() {
        let mut desk = place.take().unwrap_or_else(|| open(kiosk));
        for _ in 0..4 * EACH {
            desk.settle_one();
        }
        assert_eq!(desk.open(), [], "something stays open");
    }
    wait_until("every ticket waits", Duration::from_secs(30), || {
        let (_, board) = office.get("/board")?;
        let waiting = board["waiting"].as_u64();
        if waiting == Some((KIOSKS * EACH) as u64) { Ok(()) } else { Err(format!("{waiting:?}")) }
    });
    let mut known: Vec<(i64, String)> = (1..=KIOSKS * EACH)
        .map(|id| {
            let (_, answer) = office.get(&format!("/tickets/{id}")).unwrap();
            let ticket = &answer["ticket"];
            (ticket["issued_at"].as_i64().unwrap(), ticket["no"].as_str().unwrap().to_owned())
        })
        .collect();
    known.sort();
    let names: BTreeSet<&String> = known.iter().map(|(_, no)| no).collect();
    assert_eq!(names, distinct, "what was given is what waits");
    // The order is right within two seconds of the true one.
    let truth = hands.borrow();
    let first = truth[0].0;
    let told_first = known.iter().find(|(_, no)| *no == truth[0].1).unwrap().0;
    for (at, no) in truth.iter() {
        let told = known.iter().find(|(_, known)| known == no).unwrap().0 - told_first;
        let true_millis = i64::try_from(at.duration_since(first).as_millis()).unwrap();
        assert!((told - true_millis).abs() < 2_000, "{no}: {told} ms, in truth {true_millis} ms");
    }
}
