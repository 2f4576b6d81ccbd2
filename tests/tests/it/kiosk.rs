//! 取号机 in trouble: the paper ends in a slip, the server goes, an answer is lost on its way.

use std::{path::Path, time::Duration};

use kiosk::{
    ledger::disk::DiskBook,
    model::{PrinterState, message::Msg},
};
use serde_json::{Value, json};
use tests::{
    api::Api,
    free_port,
    gate::Gate,
    kiosk::{Kiosk, Places},
    printer::Printer,
    server::Server,
    wait_until,
};

/// What takes a second or two on a quiet machine.
const SOON: Duration = Duration::from_secs(60);

/// A number that no document has.
const DOCUMENT: &str = "331023195001011234";

/// Rows of dots that end in the middle of a slip.
const HALF_A_SLIP: usize = 300;

/// The words on the kiosk that are touched or heard more than once.
const TAKE: &str = "材料已齐，取号";
const TAKEN: &str = "取号成功";
const PAPER_OUT: &str = "本机缺纸";

#[test]
fn paper_that_ends_in_a_slip_leaves_no_number_waiting_without_one() {
    let server = Server::county();
    let Some(mut hall) = Hall::open(&server, &server.http) else { return };
    hall.printer.paper_ends_after(HALF_A_SLIP);
    hall.walk_to_confirm();
    hall.kiosk.touch_and_hear(TAKE, PAPER_OUT);
    assert!(!hall.printer.piece(1, SOON).whole, "half a slip hangs out");
    hall.issued_and_waiting(1, 0);
    // The person goes to the other kiosk; the next one finds this kiosk mended.
    hall.kiosk.twin().tell(Msg::PaperFailed(PrinterState::PaperOut));
    hall.kiosk.touch("首页");
    hall.printer.new_roll();
    hall.kiosk.is_at_rest();
    hall.walk_to_confirm();
    hall.kiosk.touch_and_hear(TAKE, TAKEN);
    let slip = hall.printer.piece(2, SOON);
    assert!(slip.whole && hall.printer.has_number(&slip, "A002"), "A001 is retired: {}", slip.text);
    hall.issued_and_waiting(2, 1);
    assert_eq!(hall.ticket(1)["state"], "not_printed");
    hall.close_with_nothing_open(2);
}

#[test]
fn whoever_wants_no_paper_has_a_number_that_waits_without_one() {
    let server = Server::county();
    let Some(mut hall) = Hall::open(&server, &server.http) else { return };
    hall.printer.paper_ends_after(HALF_A_SLIP);
    hall.walk_to_confirm();
    hall.kiosk.touch_and_hear(TAKE, PAPER_OUT);
    hall.kiosk.twin().tell(Msg::PaperFailed(PrinterState::PaperOut));
    let said = hall.kiosk.touch_and_hear("不要纸票，记住号码", TAKEN);
    assert!(said.contains("A 零 零 二"), "{said}");
    hall.issued_and_waiting(2, 1);
    assert_eq!(hall.ticket(1)["state"], "not_printed");
    assert_eq!(hall.ticket(2)["state"], "waiting");
    // The rest of the torn slip does not come out of the new roll.
    hall.printer.new_roll();
    hall.close_with_nothing_open(1);
}

#[test]
fn a_kiosk_goes_on_alone_while_the_server_is_away_and_hands_in_what_it_gave() {
    let mut server = Server::prepared(&[]);
    server.keep_http_at(free_port());
    server.start();
    let address = server.http.clone();
    let Some(mut hall) = Hall::open(&server, &address) else { return };
    hall.kiosk.touch("现场取号");
    hall.kiosk.touch("企业开办");
    server.kill();
    // The person notices nothing but the number.
    hall.kiosk.touch("个体工商户登记");
    let said = hall.kiosk.touch_and_hear(TAKE, TAKEN);
    assert!(said.contains("A 八 零 一") && said.contains("网络中断"), "{said}");
    let slip = hall.printer.piece(1, SOON);
    assert!(slip.whole && hall.printer.has_number(&slip, "A801"), "{}", slip.text);
    assert!(slip.text.contains("网络中断时取的号"), "{}", slip.text);
    server.start();
    // One waits, also if the kiosk first asked for a number that is then retired: whether it did
    // hangs on how soon it missed the server.
    wait_until("A801 alone waits", SOON, || {
        let tickets: Vec<Value> = (1..=2).map(|id| hall.ticket(id)).collect();
        let waiting: Vec<&Value> =
            tickets.iter().filter(|ticket| ticket["state"] == "waiting").collect();
        let done = waiting.len() == 1 && waiting[0]["no"] == "A801";
        if done { Ok(()) } else { Err(format!("{tickets:?}")) }
    });
    hall.kiosk.has_nothing_open();
    hall.close_with_nothing_open(1);
}

#[test]
fn a_ticket_whose_answer_was_lost_with_the_server_is_not_doubled() {
    let mut server = Server::prepared(&[]);
    let port = free_port();
    server.keep_http_at(port);
    server.start();
    let gate = Gate::to(port);
    let Some(mut hall) = Hall::open(&server, &gate.url()) else { return };
    hall.walk_to_confirm();
    gate.lose_numbers(true);
    hall.kiosk.touch(TAKE);
    wait_until("an answer is lost", SOON, || {
        if gate.lost() > 0 { Ok(()) } else { Err("none yet".to_owned()) }
    });
    // The server has the ticket in its journal; the plug is pulled before the kiosk knows of it.
    gate.lie_still(true);
    server.kill();
    gate.lose_numbers(false);
    server.start();
    gate.lie_still(false);
    let said = hall.kiosk.hear(TAKEN);
    assert!(said.contains("A 八 零 一"), "{said}");
    let slip = hall.printer.piece(1, SOON);
    assert!(slip.whole && hall.printer.has_number(&slip, "A801"), "{}", slip.text);
    // What the server had given is retired; the slip in the person's hand waits.
    hall.issued_and_waiting(2, 1);
    assert_eq!(hall.ticket(1)["state"], "not_printed");
    hall.close_with_nothing_open(1);
}

#[test]
fn a_ticket_whose_every_answer_was_lost_is_retired_and_the_person_gets_another() {
    let server = Server::county();
    let port = server.http.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap();
    let gate = Gate::to(port);
    let Some(mut hall) = Hall::open(&server, &gate.url()) else { return };
    hall.walk_to_confirm();
    gate.lose_numbers(true);
    let said = hall.kiosk.touch_and_hear(TAKE, TAKEN);
    assert!(said.contains("A 八 零 一"), "{said}");
    gate.lose_numbers(false);
    wait_until("the number is retired", SOON, || {
        let ticket = hall.ticket(1);
        if ticket["state"] == "not_printed" { Ok(()) } else { Err(ticket.to_string()) }
    });
    hall.issued_and_waiting(2, 1);
    hall.kiosk.is_at_rest();
    hall.walk_to_confirm();
    hall.kiosk.touch_and_hear(TAKE, TAKEN);
    let slip = hall.printer.piece(2, SOON);
    assert!(slip.whole && hall.printer.has_number(&slip, "A002"), "{}", slip.text);
    hall.issued_and_waiting(3, 2);
    hall.close_with_nothing_open(2);
}

#[test]
fn somebody_of_eighty_takes_a_number_in_large_letters() {
    let server = Server::county();
    let Some(mut hall) = Hall::open(&server, &server.http) else { return };
    hall.kiosk.touch("长者版");
    hall.kiosk.touch("现场取号");
    hall.kiosk.touch("注册登记");
    hall.kiosk.touch("企业开办");
    hall.kiosk.touch("个体工商户登记");
    let said = hall.kiosk.touch_and_hear(TAKE, TAKEN);
    assert!(said.contains("A 零 零 一"), "{said}");
    let slip = hall.printer.piece(1, SOON);
    assert!(slip.whole && hall.printer.has_number(&slip, "A001"), "{}", slip.text);
    hall.issued_and_waiting(1, 1);
    hall.close_with_nothing_open(1);
}

#[test]
fn somebody_who_has_booked_types_the_number_and_takes_theirs() {
    let mut server = Server::county();
    let booking = json!({ "request_id": "b", "queue": "H", "day": "2026-11-24", "from": "09:00",
        "document": DOCUMENT, "channel": "phone" });
    let (status, booked) = server.api("kiosk", "kiosk-2").post("/bookings", &booking).unwrap();
    assert_eq!(status, 201, "{booked}");
    let no = booked["booking"]["no"].as_str().unwrap_or_default();
    server.kill();
    server.begin_at("2026-11-24 09:05");
    server.start();

    let Some(mut hall) = Hall::open(&server, &server.http) else { return };
    hall.kiosk.touch("预约取号");
    for digit in no.chars().filter(char::is_ascii_digit) {
        hall.kiosk.touch(&digit.to_string());
    }
    hall.kiosk.touch_and_hear("下一步", "现在可以取号");
    hall.kiosk.twin().find_booking(no);
    let said = hall.kiosk.touch_and_hear("取号", TAKEN);
    assert!(said.contains("H 零 零 一"), "{said}");
    let slip = hall.printer.piece(1, SOON);
    assert!(slip.whole && hall.printer.has_number(&slip, "H001"), "{}", slip.text);
    hall.issued_and_waiting(1, 1);
    hall.close_with_nothing_open(1);
}

/// A kiosk with its printer, and somebody who looks at the board.
struct Hall {
    kiosk: Kiosk,
    printer: Printer,
    office: Api,
}

impl Hall {
    /// Opens it for a server that the kiosk reaches at an address.
    fn open(server: &Server, address: &str) -> Option<Self> {
        let printer = Printer::start();
        let credential = server.token("kiosk", "kiosk-1");
        let folder: &Path = server.folder();
        let places = Places { folder, server: address, credential: &credential, printer: &printer };
        let kiosk = Kiosk::start(&places)?;
        kiosk.has_numbers();
        Some(Self { kiosk, printer, office: server.api("office", "office") })
    }

    fn walk_to_confirm(&mut self) {
        self.kiosk.touch("现场取号");
        self.kiosk.touch("企业开办");
        self.kiosk.touch("个体工商户登记");
    }

    /// Waits until so many numbers were given and so many wait: the kiosk confirms a slip after it
    /// has told the person.
    fn issued_and_waiting(&self, issued: u64, waiting: u64) {
        wait_until(&format!("{issued} are issued and {waiting} wait"), SOON, || {
            let (_, board) = self.office.get("/board")?;
            let told = (board["issued"].as_u64(), board["waiting"].as_u64());
            if told == (Some(issued), Some(waiting)) { Ok(()) } else { Err(format!("{told:?}")) }
        });
    }

    fn ticket(&self, id: u64) -> Value {
        let (_, answer) = self.office.get(&format!("/tickets/{id}")).unwrap_or_default();
        answer["ticket"].clone()
    }

    /// Closes the kiosk: so many pieces of paper came out in all, and its record has nothing open.
    fn close_with_nothing_open(self, pieces: usize) {
        assert_eq!(self.printer.paper().len(), pieces, "pieces of paper");
        let record = self.kiosk.kill();
        let (_, open) = DiskBook::open(&record).unwrap();
        assert!(open.is_empty(), "slips are left open: {open:#?}");
    }
}
