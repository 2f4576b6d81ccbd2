//! The thread of a counter: says what it waits for, and does nothing until the world answers.

use std::{
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::Path,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::Relaxed},
        mpsc::{Receiver, Sender},
    },
};

use journal::{false_files::FalseFiles, files::Files};
use kiosk::{
    alone::InHand,
    ledger::disk::DiskBook,
    model::{PrinterState, message::Msg},
    printing::{Came, Desk, Printer, Shell},
    server::{Counter, Fault, Patience},
};
use paper::slip::Slip;
use wire::{
    http::{
        HolderRequest, IssueAnswer, IssueRequest, PrintedRequest, Problem,
        offline::{HandInRequest, NumbersAnswer, NumbersRequest},
        unfound::UnfoundRequest,
    },
    ids::TicketId,
    texts::Language,
};

use super::ToCounter;
use crate::{log, luck::Luck};

/// What a counter waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wait {
    /// An order, or the time to settle so many.
    Idle {
        /// Unsettled.
        open: usize,
    },
    /// The answer to an asking.
    Issue(IssueRequest),
    /// The answer to what became of a slip.
    Printed(TicketId, PrintedRequest),
    /// The answer to a cancelling.
    Cancel(TicketId, HolderRequest),
    /// The printer.
    Print,
    /// The printer's state.
    State,
    /// The next try.
    Pause(u32),
}

/// What a counter says when it waits.
pub struct Says {
    /// For what.
    pub wait: Wait,
    /// What it told the screen before.
    pub said: Vec<Msg>,
    /// The errors it logged before.
    pub errors: Vec<String>,
}

/// The power has gone: the thread unwinds.
struct PowerGone;

/// The counter's only way to the world.
struct Mouth {
    heard: Receiver<ToCounter>,
    says: Sender<Says>,
    said: RefCell<Vec<Msg>>,
    luck: Cell<u64>,
    clock: Arc<AtomicI64>,
}

impl Mouth {
    fn wait(&self, wait: Wait) -> ToCounter {
        let (said, errors) = (self.said.take(), log::take_errors());
        let gone = |_| -> ToCounter { resume_unwind(Box::new(PowerGone)) };
        if self.says.send(Says { wait, said, errors }).is_err() {
            resume_unwind(Box::new(PowerGone));
        }
        self.heard.recv().unwrap_or_else(gone)
    }
}

/// Runs a counter until its power goes.
pub fn run(
    disk: FalseFiles,
    luck: u64,
    clock: Arc<AtomicI64>,
    heard: Receiver<ToCounter>,
    says: Sender<Says>,
) {
    log::listen();
    let (said, luck) = (RefCell::default(), Cell::new(luck));
    let mouth = Rc::new(Mouth { heard, says, said, luck, clock });
    // The unwinding of a power cut ends here.
    catch_unwind(AssertUnwindSafe(|| work(disk, &mouth))).ok();
}

fn work(disk: FalseFiles, mouth: &Rc<Mouth>) {
    let files: Arc<dyn Files> = Arc::new(disk);
    let Ok((book, open)) = DiskBook::open_with(Path::new("/slips"), files) else { return };
    let part = || Part(mouth.clone());
    let mut desk = Desk::new(part(), book, part(), part(), open);
    loop {
        let open = desk.open().len();
        match mouth.wait(Wait::Idle { open }) {
            ToCounter::Take(order) => desk.take(&order),
            ToCounter::Settle => settle(&mut desk, open),
            ToCounter::Issued(_)
            | ToCounter::Done(_)
            | ToCounter::State(_)
            | ToCounter::Came(_)
            | ToCounter::GoOn => {}
        }
    }
}

/// Settles what it can, as the counter's own thread does.
fn settle(desk: &mut Desk<Part, DiskBook, Part, Part>, open: usize) {
    for _ in 0..open {
        if !desk.settle_one() {
            // The server is away; the others would wait in vain too.
            desk.tell(Msg::NoAnswer);
            return;
        }
    }
}

/// Server, printer and shell in one: each asks the world.
struct Part(Rc<Mouth>);

fn fault(problem: Option<Box<Problem>>) -> Fault {
    match problem {
        Some(problem) => Fault::Refused(problem),
        None => Fault::Silent { what: "the server".to_owned(), why: "no answer".to_owned() },
    }
}

impl Part {
    fn done(&self, wait: Wait) -> Result<(), Fault> {
        let ToCounter::Done(done) = self.0.wait(wait) else {
            panic!("the world answers a telling with its end")
        };
        done.map_err(fault)
    }
}

impl Counter for Part {
    fn issue(&self, body: &IssueRequest, _: Language, _: Patience) -> Result<IssueAnswer, Fault> {
        let ToCounter::Issued(answer) = self.0.wait(Wait::Issue(body.clone())) else {
            panic!("the world answers an asking with a ticket or a no")
        };
        answer.map(|answer| *answer).map_err(fault)
    }

    fn printed(&self, ticket: TicketId, body: &PrintedRequest) -> Result<(), Fault> {
        self.done(Wait::Printed(ticket, body.clone()))
    }

    fn cancel(&self, ticket: TicketId, body: &HolderRequest) -> Result<(), Fault> {
        self.done(Wait::Cancel(ticket, body.clone()))
    }

    /// These kiosks hold no numbers; `tests/it/alone.rs` has some that do.
    fn numbers(&self, _: &NumbersRequest) -> Result<NumbersAnswer, Fault> {
        Err(fault(None))
    }

    fn hand_in(&self, _: &HandInRequest) -> Result<(), Fault> {
        Err(fault(None))
    }

    fn unfound(&self, _: &UnfoundRequest) -> Result<(), Fault> {
        Err(fault(None))
    }
}

impl Printer for Part {
    fn state(&mut self) -> PrinterState {
        let ToCounter::State(state) = self.0.wait(Wait::State) else {
            panic!("the world answers for the printer with its state")
        };
        state
    }

    fn print(&mut self, _: &Slip) -> Came {
        let ToCounter::Came(came) = self.0.wait(Wait::Print) else {
            panic!("the world answers for the printer with what came out")
        };
        came
    }
}

impl Shell for Part {
    fn now(&self) -> i64 {
        self.0.clock.load(Relaxed)
    }

    fn request_id(&self) -> String {
        let mut luck = Luck::new(self.0.luck.get());
        let id = format!("{:016x}{:016x}", luck.next(), luck.next());
        self.0.luck.set(luck.next());
        id
    }

    fn luck(&self) -> u64 {
        let mut luck = Luck::new(self.0.luck.get());
        let bits = luck.next();
        self.0.luck.set(luck.next());
        bits
    }

    fn keep_numbers(&self, _: &InHand) {}

    fn pause(&self, tries: u32) {
        self.0.wait(Wait::Pause(tries));
    }

    fn tell(&self, msg: Msg) {
        self.0.said.borrow_mut().push(msg);
    }
}
