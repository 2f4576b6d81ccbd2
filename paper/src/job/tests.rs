use super::*;
use crate::commands::ask_now;
use crate::encode::encode;
use crate::testing::{faces, profile, ticket};
use crate::transport::directory::Directory;
use crate::transport::tcp::Tcp;
use crate::twin::{PrinterTwin, TwinPaper, TwinState};

/// Short waits: everything is on this machine.
const PATIENCE: Patience = Patience {
    reach: Duration::from_secs(2),
    answer: Duration::from_millis(400),
    send: Duration::from_secs(2),
    done: Duration::from_secs(2),
};

struct Hall {
    twin: PrinterTwin,
    way: Tcp,
    profile: Profile,
    slip: Vec<u8>,
}

impl Hall {
    fn with(name: &str, state: TwinState) -> Self {
        let profile = profile(name);
        let slip = encode(&ticket(), &profile, &faces()).expect("bytes");
        let twin = PrinterTwin::start(&profile, &faces(), "127.0.0.1:0").expect("a twin");
        twin.set(state);
        let way = Tcp::new(&twin.address().to_string());
        Self { twin, way, profile, slip }
    }

    fn print(&mut self) -> Outcome {
        print(&mut self.way, &self.profile, &self.slip, &PATIENCE)
    }
}

fn fine() -> TwinState {
    TwinState::default()
}

#[test]
fn a_slip_is_printed_and_the_printer_says_so() {
    for name in Profile::names() {
        let mut hall = Hall::with(name, fine());
        let outcome = hall.print();
        let Outcome::Printed { confirmed: true, paper: PaperState::Ok } = outcome else {
            panic!("{name}: {outcome:?}");
        };
        let jobs = hall.twin.jobs();
        assert_eq!(jobs.len(), 1, "{name}");
        assert!(jobs[0].bytes == hall.slip, "{name}: the paper is made of the slip's bytes");
    }
}

#[test]
fn one_slip_after_another_over_the_same_way() {
    let mut hall = Hall::with("generic-80", fine());
    for count in 1..=5 {
        let outcome = hall.print();
        assert!(matches!(outcome, Outcome::Printed { confirmed: true, .. }), "{outcome:?}");
        assert_eq!(hall.twin.count(), count);
    }
}

#[test]
fn paper_near_its_end_is_told_with_the_slip() {
    for name in ["generic-80", "epson-80"] {
        let mut hall = Hall::with(name, TwinState { paper: TwinPaper::NearEnd, ..fine() });
        let outcome = hall.print();
        let near = matches!(outcome, Outcome::Printed { paper: PaperState::NearEnd, .. });
        assert!(near, "{name}: {outcome:?}");
    }
}

#[test]
fn nothing_is_sent_to_a_printer_without_paper() {
    let mut hall = Hall::with("generic-80", TwinState { paper: TwinPaper::Out, ..fine() });
    let outcome = hall.print();
    assert!(matches!(outcome, Outcome::PaperOut { during: false }), "{outcome:?}");
    hall.twin.set(fine());
    let outcome = hall.print();
    assert!(matches!(outcome, Outcome::Printed { .. }), "{outcome:?}");
    assert_eq!(hall.twin.count(), 1, "the first slip does not come out later");
}

#[test]
fn paper_that_ends_in_the_middle_is_told_and_the_rest_never_comes() {
    for name in ["generic-80", "epson-80", "generic-58"] {
        let state = TwinState { paper: TwinPaper::EndsAfter { rows: 400 }, ..fine() };
        let mut hall = Hall::with(name, state);
        let outcome = hall.print();
        assert!(matches!(outcome, Outcome::PaperOut { during: true }), "{name}: {outcome:?}");
        hall.twin.set(fine());
        let outcome = hall.print();
        assert!(matches!(outcome, Outcome::Printed { .. }), "{name}: {outcome:?}");
        let jobs = hall.twin.jobs();
        let whole: Vec<bool> = jobs.iter().map(|job| job.whole).collect();
        assert_eq!(whole, [false, true], "{name}");
        assert!(jobs[1].bytes == hall.slip, "{name}: the next slip is itself alone");
    }
}

#[test]
fn a_printer_that_cannot_print_says_why() {
    let cases = [
        (TwinState { cover_open: true, ..fine() }, "the printer's cover is open"),
        (TwinState { offline: true, ..fine() }, "the printer is offline"),
        (
            TwinState { error: Some(HeadError::Cutter), ..fine() },
            "the printer stopped with a stuck knife",
        ),
    ];
    for (state, sentence) in cases {
        let mut hall = Hall::with("generic-80", state);
        let outcome = hall.print();
        let Outcome::Failed(trouble) = outcome else { panic!("{outcome:?}") };
        assert_eq!(trouble.to_string(), sentence);
        assert_eq!(hall.twin.count(), 0);
    }
}

#[test]
fn a_printer_that_refuses_is_not_reached() {
    let mut hall = Hall::with("generic-80", fine());
    hall.twin.stop();
    let outcome = hall.print();
    let refused =
        matches!(outcome, Outcome::Failed(Trouble::NotReached(TransportFault::Open { .. })));
    assert!(refused, "{outcome:?}");
}

#[test]
fn a_silent_printer_gets_no_slip() {
    let mut hall = Hall::with("generic-80", TwinState { silent: true, ..fine() });
    let outcome = hall.print();
    assert!(matches!(outcome, Outcome::Failed(Trouble::Silent { .. })), "{outcome:?}");
    assert_eq!(hall.twin.count(), 0);
}

/// A way on which every question is noted and nothing is answered.
#[derive(Default)]
struct Noted {
    sent: Vec<Vec<u8>>,
}

impl Transport for Noted {
    fn place(&self) -> String {
        "a way that answers nothing".to_owned()
    }
    fn two_way(&self) -> bool {
        true
    }
    fn open(&mut self, _: Instant) -> Result<(), TransportFault> {
        Ok(())
    }
    fn send(&mut self, bytes: &[u8], _: Instant) -> Result<(), TransportFault> {
        self.sent.push(bytes.to_vec());
        Ok(())
    }
    fn hear(&mut self, _: &mut [u8], _: Instant) -> Result<usize, TransportFault> {
        Ok(0)
    }
    fn close(&mut self) {}
}

#[test]
fn a_question_is_not_followed_by_another_before_it_was_answered() {
    let profile = profile("generic-80");
    let slip = encode(&ticket(), &profile, &faces()).expect("bytes");
    let mut way = Noted::default();
    let outcome = print(&mut way, &profile, &slip, &PATIENCE);
    assert!(matches!(outcome, Outcome::Failed(Trouble::Silent { .. })), "{outcome:?}");
    assert_eq!(way.sent, [ask_now(1).to_vec()]);
}

/// A way on which everything after the slip is lost.
struct DeafAfterSlip {
    inner: Tcp,
    slip_sent: bool,
}

impl Transport for DeafAfterSlip {
    fn place(&self) -> String {
        "a way that goes deaf".to_owned()
    }
    fn two_way(&self) -> bool {
        true
    }
    fn open(&mut self, deadline: Instant) -> Result<(), TransportFault> {
        self.inner.open(deadline)
    }
    fn send(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), TransportFault> {
        self.slip_sent |= bytes.len() > 100;
        self.inner.send(bytes, deadline)
    }
    fn hear(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, TransportFault> {
        if !self.slip_sent {
            return self.inner.hear(buffer, deadline);
        }
        std::thread::sleep(deadline.saturating_duration_since(Instant::now()));
        Ok(0)
    }
    fn close(&mut self) {
        self.inner.close();
    }
}

#[test]
fn when_nobody_says_what_came_out_the_outcome_says_that() {
    let hall = Hall::with("generic-80", fine());
    let mut way = DeafAfterSlip { inner: hall.way, slip_sent: false };
    let outcome = print(&mut way, &hall.profile, &hall.slip, &PATIENCE);
    assert!(matches!(outcome, Outcome::Unsure(Doubt::NoAnswer { .. })), "{outcome:?}");
}

#[test]
fn a_printer_that_only_listens_counts_as_having_printed_what_it_took() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = profile("generic-80");
    let slip = encode(&ticket(), &profile, &faces()).expect("bytes");
    let mut way = Directory::new(folder.path(), &profile, &faces());
    let outcome = print(&mut way, &profile, &slip, &PATIENCE);
    assert!(matches!(outcome, Outcome::Printed { confirmed: false, .. }), "{outcome:?}");
    assert!(std::fs::read(folder.path().join("slip-000001.bin")).expect("a job") == slip);
}

#[test]
fn a_printer_is_asked_how_it_is() {
    let mut hall = Hall::with("generic-80", TwinState { cover_open: true, ..fine() });
    let status = ask_status(&mut hall.way, &hall.profile, &PATIENCE).expect("an answer");
    assert!(status.is_some_and(|status| status.cover_open));
    hall.twin.set(TwinState { silent: true, ..fine() });
    let trouble = ask_status(&mut hall.way, &hall.profile, &PATIENCE).expect_err("silence");
    assert!(trouble.to_string().contains("does not answer"), "{trouble}");
}

/// A machine that greets and answers in words, as web servers and such do.
fn talker(words: &'static [u8], greets: bool) -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        while let Ok((mut stream, _)) = listener.accept() {
            let mut asked = [0; 64];
            if greets {
                stream.write_all(words).ok();
            }
            while stream.read(&mut asked).is_ok_and(|count| count > 0) {
                if stream.write_all(words).is_err() {
                    break;
                }
            }
        }
    });
    address
}

#[test]
fn a_machine_that_answers_in_words_is_no_printer_and_gets_no_slip() {
    let talkers = [
        talker(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", false),
        talker(b"2220 mail.example ESMTP ready\r\n", true),
        talker("欢迎使用路由器：请登录\r\n".as_bytes(), false),
        talker(&[0xf3, 0x00, 0xff, 0x80, 0x9c, 0xfe, 0x00, 0xc7], false),
    ];
    for address in talkers {
        for name in Profile::names() {
            let profile = profile(name);
            if !profile.can_answer() {
                continue;
            }
            let slip = encode(&ticket(), &profile, &faces()).expect("bytes");
            let mut way = Tcp::new(&address.to_string());
            let outcome = print(&mut way, &profile, &slip, &PATIENCE);
            let is_none = matches!(
                outcome,
                Outcome::Failed(Trouble::Stranger { .. } | Trouble::Silent { .. })
            );
            assert!(is_none, "{name}: {outcome:?}");
        }
    }
}

#[test]
fn a_model_that_reports_by_itself_tells_what_it_is_and_others_are_not_asked() {
    for name in Profile::names() {
        let mut hall = Hall::with(name, fine());
        let told = ask_model(&mut hall.way, &hall.profile, &PATIENCE);
        let knows = hall.profile.status() == StatusBy::Asb;
        assert_eq!(told.as_deref(), knows.then_some("TWIN"), "{name}");
        assert!(matches!(hall.print(), Outcome::Printed { .. }), "{name} prints as before");
    }
    let mut way = Noted::default();
    assert_eq!(ask_model(&mut way, &profile("generic-80"), &PATIENCE), None);
    assert!(way.sent.is_empty(), "it might print the question");
}
