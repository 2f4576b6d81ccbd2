//! 单据的全程: from what a clerk notes to the paper in the citizen's hand, and what is said when it
//! does not come out.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{api::Api, bridge::Bridge, printer::Printer, server::Server, wait_until};

const SOON: Duration = Duration::from_secs(30);

struct Hall {
    server: Server,
    printer: Printer,
    _bridge: Bridge,
    desk: Api,
}

impl Hall {
    /// A window with a slip printer, where somebody is served with something missing.
    fn open() -> Self {
        let (server, printer) = (Server::county(), Printer::start());
        let password = server.token("bridge", "bridge-1");
        let place = printer.place();
        let printers = format!(
            "[[printer]]\nid = \"printer-w1\"\nplace = \"{place}\"\nprofile = \"{}\"\n",
            tests::printer::PROFILE
        );
        let bridge = Bridge::start_with(server.folder(), &server.mqtt, &password, &printers);
        let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
        desk.sign_on("1");
        let ticket = json!({ "item": "A01", "request_id": "a" });
        assert_eq!(kiosk.post("/tickets", &ticket).unwrap().0, 201);
        assert_eq!(desk.window("1", "call-next", "call").unwrap().0, 200);
        assert_eq!(desk.window("1", "start", "start").unwrap().0, 200);
        let missing = json!({ "request_id": "n", "missing": [{ "no": 2 }, { "name": "委托书" }] });
        assert_eq!(desk.post("/windows/1/notice", &missing).unwrap().0, 200);
        Self { server, printer, _bridge: bridge, desk }
    }

    fn print(&self, paper: &str) -> Value {
        let (status, answer) =
            self.desk.post("/windows/1/print", &json!({ "paper": paper })).unwrap();
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Prints until it came out: the bridge tells of its printer when it has looked.
    fn printed(&self, paper: &str) -> Value {
        wait_until(&format!("{paper} comes out"), SOON, || {
            let answer = self.print(paper);
            if answer["outcome"] == "printed" { Ok(answer) } else { Err(answer.to_string()) }
        })
    }
}

#[test]
fn a_notice_comes_out_at_the_window_and_the_desk_is_told() {
    let hall = Hall::open();
    let told = hall.printed("notice");
    assert_eq!(told["said"], "1号窗口小票打印机：一次性告知单已打出。");
    let notice = hall.printer.piece(1, SOON);
    assert!(notice.whole);
    for words in ["一次性告知单", "A001", "1.  住所使用证明", "2.  委托书", "（盖章）"]
    {
        assert!(notice.text.contains(words), "{words} in\n{}", notice.text);
    }
    // The same again says so: its mark is a picture more.
    assert_eq!(hall.print("notice")["outcome"], "printed");
    let again = hall.printer.piece(2, SOON);
    assert_eq!(again.text.trim_start(), notice.text.trim_start());
    assert_ne!(again, notice);
    let folder = hall.server.folder().join("bridge/printers/printer-w1");
    assert!(folder.is_dir(), "the life of each paper is on the bridge's record");
}

#[test]
fn paper_that_ends_a_printer_that_hangs_and_one_that_is_off_are_told_and_stop_nobody() {
    let hall = Hall::open();
    hall.printed("guide");
    hall.printer.paper_ends_after(200);
    let told = hall.print("notice");
    assert_eq!(
        (&told["outcome"], &told["page"]),
        (&json!("failed"), &json!("/desk/paper?window=1&kind=notice")),
        "{told}"
    );
    assert!(told["said"].as_str().unwrap().contains("没有纸"), "{told}");
    hall.printer.new_roll();
    hall.printed("notice");
    let last = hall.printer.paper().pop().unwrap();
    assert!(last.whole && last.text.contains("委托书"), "the torn one does not come later");

    hall.printer.says_nothing();
    let told = hall.print("notice");
    assert_eq!(told["outcome"], "failed", "{told}");
    assert!(told["said"].as_str().unwrap().contains("没有应答"), "{told}");
    let begun = Instant::now();
    assert_eq!(hall.desk.window("1", "finish", "finish").unwrap().0, 200);
    assert!(begun.elapsed() < Duration::from_secs(2), "the hall goes on");
    let (_, none) = hall.desk.post("/windows/1/print", &json!({ "paper": "notice" })).unwrap();
    assert_eq!(none["code"], "no_such_paper", "the visit is over");
}
