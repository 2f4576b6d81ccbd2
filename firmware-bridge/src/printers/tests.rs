//! Printers with their threads and virtual printers at the other end.

use std::{
    net::TcpListener,
    path::Path,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use paper::{
    faces::Faces,
    profile::Profile,
    twin::{LineTwin, PrinterTwin, TwinPaper, TwinState},
};
use wire::{
    device::{DeviceState, Happening, Health, Job, Work},
    papers::{Paper, PaperKind, PaperLine, SlipOutcome},
};

use super::{
    ledger::{Entry, disk::DiskBook},
    model::SlipPrinter,
    trial,
    worker::PrinterWorker,
};
use crate::{
    config,
    line::{LineEvent, LineOrder},
};

const SOON: Duration = Duration::from_secs(10);

fn faces() -> Faces {
    Faces::new(
        include_bytes!("../../../assets/fonts/HallSansSC-Regular.otf"),
        include_bytes!("../../../assets/fonts/HallSansSC-Bold.otf"),
    )
    .unwrap()
}

fn twin() -> PrinterTwin {
    let profile = Profile::find("generic-80").unwrap();
    PrinterTwin::start(&profile, &faces(), "127.0.0.1:0").unwrap()
}

struct Bench {
    worker: PrinterWorker,
    told: Receiver<LineEvent>,
}

fn open(id: &str, place: &str, data: &Path) -> Bench {
    let (id, profile) = (id.parse().unwrap(), "generic-80".to_owned());
    let printer = config::Printer { id, place: place.parse().unwrap(), profile };
    let (tell, told) = channel();
    let worker = PrinterWorker::open(&printer, data, move |event| {
        tell.send(event).ok();
    });
    Bench { worker: worker.unwrap(), told }
}

impl Bench {
    fn print(&self, id: u64) {
        let lines = vec![
            PaperLine::Title("受理凭证".to_owned()),
            PaperLine::Pair {
                label: "请于".to_owned(),
                value: "2026-12-23".to_owned(),
                large: true,
            },
            PaperLine::Stamp("（盖章）".to_owned()),
        ];
        let work = Work::Print(Paper { kind: PaperKind::Receipt, again: false, lines });
        let job = Job { id, boot: 4, expires_in_millis: 20_000, work };
        let order = LineOrder::Job("printer-w1".parse().unwrap(), job, Instant::now() + SOON);
        self.worker.order(order);
    }

    /// Waits for what became of a paper.
    fn came(&self) -> (u64, SlipOutcome, String) {
        let until = Instant::now() + SOON;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.told.recv_timeout(left).expect("a paper's end is told") {
                LineEvent::Happened(_, Happening::SlipCame { id, outcome, why, .. }) => {
                    return (id, outcome, why);
                }
                LineEvent::Happened(..) | LineEvent::State(..) | LineEvent::Forgot(_) => {}
            }
        }
    }

    /// Waits until the printer is told to be so.
    fn becomes(&self, health: Health, why: &str) -> DeviceState {
        let until = Instant::now() + SOON;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.told.recv_timeout(left).expect("it is told how the printer is") {
                LineEvent::State(_, state) if state.health == health && state.why == why => {
                    return state;
                }
                LineEvent::Happened(..) | LineEvent::State(..) | LineEvent::Forgot(_) => {}
            }
        }
    }
}

#[test]
fn a_paper_comes_out_of_a_network_printer_and_its_life_is_on_the_record() {
    let (data, twin) = (tempfile::tempdir().unwrap(), twin());
    let mut bench = open("printer-w1", &format!("tcp:{}", twin.address()), data.path());
    bench.becomes(Health::Online, "");
    bench.print(1);
    assert_eq!(bench.came(), (1, SlipOutcome::Printed, String::new()));
    assert_eq!(twin.count(), 1);
    bench.worker.stop();
    let folder = data.path().join("printers/printer-w1");
    let entries = DiskBook::open(&folder).unwrap().0.read().unwrap();
    assert!(matches!(
        entries.as_slice(),
        [
            Entry::Queued { kind: Some(PaperKind::Receipt), .. },
            Entry::Sent { .. },
            Entry::Came { outcome: SlipOutcome::Printed, .. }
        ]
    ));
}

#[test]
fn a_serial_printer_prints_as_well() {
    let data = tempfile::tempdir().unwrap();
    let twin = LineTwin::start(&Profile::find("generic-80").unwrap(), &faces()).unwrap();
    let bench =
        open("printer-w1", &format!("serial:{}@115200", twin.path().display()), data.path());
    bench.print(1);
    assert_eq!(bench.came().1, SlipOutcome::Printed);
    assert_eq!(twin.count(), 1);
}

#[test]
fn a_printer_without_paper_says_so_and_prints_the_next_when_it_has_some() {
    let (data, twin) = (tempfile::tempdir().unwrap(), twin());
    twin.set(TwinState { paper: TwinPaper::Out, ..TwinState::default() });
    let bench = open("printer-w1", &format!("tcp:{}", twin.address()), data.path());
    bench.becomes(Health::Ill, "paper_out");
    bench.print(1);
    assert_eq!(bench.came(), (1, SlipOutcome::Failed, "paper_out".to_owned()));
    twin.set(TwinState::default());
    bench.becomes(Health::Online, "");
    bench.print(2);
    assert_eq!(bench.came().1, SlipOutcome::Printed);
    assert_eq!(twin.count(), 1, "the first one does not come later");
}

#[test]
fn a_printer_that_hangs_stops_no_other_and_no_order() {
    let (data, twin) = (tempfile::tempdir().unwrap(), twin());
    // It lets everybody in and says nothing for ever.
    let hung = TcpListener::bind("127.0.0.1:0").unwrap();
    let stuck = open("printer-w1", &format!("tcp:{}", hung.local_addr().unwrap()), data.path());
    let well = open("printer-w2", &format!("tcp:{}", twin.address()), data.path());
    let begun = Instant::now();
    for id in 1..=100 {
        stuck.print(id);
    }
    assert!(begun.elapsed() < Duration::from_millis(500), "orders never wait for a printer");
    well.print(1);
    assert_eq!(well.came().1, SlipOutcome::Printed);
    let state = stuck.becomes(Health::Offline, "no_answer");
    assert!(state.about.starts_with("printer generic-80 tcp:127.0.0.1:"), "{}", state.about);
}

#[test]
fn an_electrician_is_told_in_both_languages_how_the_printer_is_and_whether_it_prints() {
    let twin = twin();
    let place = format!("tcp:{}", twin.address()).parse().unwrap();
    let profile = "generic-80".to_owned();
    let printer = config::Printer { id: "printer".parse().unwrap(), place, profile };
    let mut printer = SlipPrinter::open(&printer).unwrap();
    let mut try_out = || {
        let mut said = Vec::new();
        let came = trial::try_out(&mut printer, &mut |line: &str| said.push(line.to_owned()));
        (came, said.join("\n"))
    };
    let (came, said) = try_out();
    assert!(came && said.contains("在线。") && said.ends_with("Test slip printed."), "{said}");
    twin.set(TwinState { cover_open: true, ..TwinState::default() });
    let (came, said) = try_out();
    assert!(!came && said.contains("盖子没有合上") && said.contains("cover open"), "{said}");
    assert_eq!(twin.count(), 1, "nothing is sent to a printer that cannot print");
}
