//! The transaction, with the power going at every step, a server that keeps the hall's rules, and
//! the paper twin as printer.

mod alone;
mod person;
mod unfound;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
    sync::Arc,
};

use journal::{false_files::FalseFiles, files::Files};
use paper::{
    faces::Faces,
    profile::Profile,
    twin::{PrinterTwin, TwinPaper, TwinState},
};
use wire::{
    http::{
        Problem, TicketBody,
        offline::{HandInRequest, NumbersAnswer, NumbersRequest, OfflineSlip},
    },
    ids::TicketId,
    words::{Printing, PriorityClass, TicketState},
};

use super::*;
use crate::{
    gallery,
    ledger::{disk::DiskBook, open_of},
    model::page::{Choice, Page},
    printer::SlipPrinter,
};

/// Counts down to the moment the power goes; a step before zero is taken whole.
#[derive(Clone, Default)]
struct Power(Rc<Cell<Option<u32>>>);

struct PowerCut;

impl Power {
    fn step(&self) {
        match self.0.get() {
            Some(0) => std::panic::resume_unwind(Box::new(PowerCut)),
            Some(left) => self.0.set(Some(left - 1)),
            None => {}
        }
    }
}

#[derive(Default)]
struct Hall {
    tickets: BTreeMap<u64, (String, TicketState)>,
    silent: u32,
    calls: u32,
    refuse: bool,
    full: bool,
    not_open: bool,
    handed_in: Vec<HandInRequest>,
    unfound: Vec<UnfoundRequest>,
}

/// A server that keeps the hall's rules about slips.
#[derive(Clone, Default)]
struct Twin {
    hall: Rc<RefCell<Hall>>,
    power: Power,
}

impl Twin {
    fn hears(&self) -> Result<(), Fault> {
        let mut hall = self.hall.borrow_mut();
        hall.calls += 1;
        if hall.silent > 0 {
            hall.silent -= 1;
            return Err(Fault::Silent { what: "twin".into(), why: "away".into() });
        }
        Ok(())
    }

    fn states(&self) -> Vec<TicketState> {
        self.hall.borrow().tickets.values().map(|(_, state)| *state).collect()
    }
}

fn refusal(code: &str) -> Fault {
    Fault::Refused(Box::new(Problem {
        kind: String::new(),
        title: code.to_owned(),
        status: 409,
        code: code.to_owned(),
        detail: None,
        until: None,
        ticket: None,
    }))
}

impl Counter for Twin {
    fn issue(&self, body: &IssueRequest, _: Language, _: Patience) -> Result<IssueAnswer, Fault> {
        self.power.step();
        self.hears()?;
        let mut hall = self.hall.borrow_mut();
        if hall.refuse {
            return Err(refusal("sold_out"));
        }
        let known = hall.tickets.iter().find(|(_, (request, _))| *request == body.request_id);
        let id = known.map_or(hall.tickets.len() as u64 + 1, |(id, _)| *id);
        let state = if body.paper { TicketState::Reserved } else { TicketState::Waiting };
        let state = hall.tickets.entry(id).or_insert((body.request_id.clone(), state)).1;
        drop(hall);
        // The answer may be lost on its way.
        self.power.step();
        let mut slip = slip_body();
        slip.no = format!("A{id:03}").parse().unwrap();
        Ok(IssueAnswer {
            ticket: TicketBody {
                id: TicketId(id),
                no: slip.no,
                queue: "A".parse().unwrap(),
                queue_name: "企业开办".into(),
                item: None,
                item_name: None,
                state,
                class: PriorityClass::Ordinary,
                channel: Channel::Kiosk,
                printing: Printing::Pending,
                issued_at: 0,
                window: None,
                calls: 0,
            },
            ahead: 5,
            wait: None,
            slip,
        })
    }

    fn printed(&self, ticket: TicketId, body: &PrintedRequest) -> Result<(), Fault> {
        self.power.step();
        self.hears()?;
        let mut hall = self.hall.borrow_mut();
        let (_, state) =
            hall.tickets.get_mut(&ticket.0).ok_or_else(|| refusal("no_such_ticket"))?;
        match (body.outcome, *state) {
            (
                PrintOutcome::Printed | PrintOutcome::Unknown,
                TicketState::Reserved | TicketState::Waiting,
            ) => *state = TicketState::Waiting,
            (
                PrintOutcome::Failed,
                TicketState::Reserved | TicketState::Waiting | TicketState::NotPrinted,
            ) => *state = TicketState::NotPrinted,
            _ => return Err(refusal("wrong_state")),
        }
        drop(hall);
        self.power.step();
        Ok(())
    }

    fn cancel(&self, ticket: TicketId, _: &HolderRequest) -> Result<(), Fault> {
        self.power.step();
        self.hears()?;
        let mut hall = self.hall.borrow_mut();
        hall.tickets.get_mut(&ticket.0).unwrap().1 = TicketState::Cancelled;
        Ok(())
    }

    fn numbers(&self, _: &NumbersRequest) -> Result<NumbersAnswer, Fault> {
        self.hears()?;
        Err(refusal("hall_closed"))
    }

    fn hand_in(&self, body: &HandInRequest) -> Result<(), Fault> {
        self.power.step();
        self.hears()?;
        let mut hall = self.hall.borrow_mut();
        if hall.not_open {
            return Err(refusal("hall_closed"));
        }
        if hall.handed_in.iter().all(|known| known.request_id != body.request_id) {
            assert!(hall.handed_in.iter().all(|known| known.no != body.no), "{} twice", body.no);
            hall.handed_in.push(body.clone());
        }
        drop(hall);
        self.power.step();
        Ok(())
    }

    fn unfound(&self, body: &UnfoundRequest) -> Result<(), Fault> {
        self.power.step();
        self.hears()?;
        let mut hall = self.hall.borrow_mut();
        if hall.refuse {
            return Err(refusal("no_such_department"));
        }
        if hall.full {
            return Err(refusal("unfound_full"));
        }
        if hall.unfound.iter().all(|known| known.request_id != body.request_id) {
            hall.unfound.push(body.clone());
        }
        drop(hall);
        self.power.step();
        Ok(())
    }
}

fn slip_body() -> wire::http::SlipBody {
    let Some(Page::Ticket { taken, .. }) = gallery::page("ticket").map(|model| model.page) else {
        panic!("the gallery has a ticket");
    };
    taken.slip
}

struct Watched {
    book: DiskBook,
    power: Power,
}

impl Book for Watched {
    fn write(&mut self, entry: &Entry) -> Result<(), BookFault> {
        self.power.step();
        self.book.write(entry)?;
        self.power.step();
        Ok(())
    }

    fn name(&self) -> wire::ids::Token {
        self.book.name()
    }

    fn used(&self) -> &crate::ledger::Used {
        self.book.used()
    }
}

/// Slips that came out, by number; a printer that can be told to fail.
#[derive(Clone, Default)]
struct Tray {
    out: Rc<RefCell<u32>>,
    numbers: Rc<RefCell<Vec<String>>>,
    fails: bool,
    power: Power,
}

impl Printer for Tray {
    fn state(&mut self) -> PrinterState {
        PrinterState::Ready
    }

    fn print(&mut self, slip: &Slip) -> Came {
        self.power.step();
        if self.fails {
            return Came { outcome: PrintOutcome::Failed, state: PrinterState::PaperOut };
        }
        *self.out.borrow_mut() += 1;
        let big = slip.blocks.iter().find_map(|block| {
            if let paper::slip::Block::Big { text } = block { Some(text.clone()) } else { None }
        });
        self.numbers.borrow_mut().extend(big);
        self.power.step();
        Came { outcome: PrintOutcome::Printed, state: PrinterState::Ready }
    }
}

#[derive(Clone, Default)]
struct Quiet {
    told: Rc<RefCell<Vec<Msg>>>,
    ids: Rc<Cell<u32>>,
    later: i64,
}

impl Shell for Quiet {
    fn now(&self) -> i64 {
        1_795_396_440_000 + self.later
    }
    fn request_id(&self) -> String {
        self.ids.set(self.ids.get() + 1);
        format!("request-{}", self.ids.get())
    }
    fn luck(&self) -> u64 {
        7
    }
    fn keep_numbers(&self, _: &InHand) {}
    fn pause(&self, _: u32) {}
    fn tell(&self, msg: Msg) {
        self.told.borrow_mut().push(msg);
    }
}

fn order(paper: bool) -> Order {
    Order {
        choice: Choice { queue: "A".parse().unwrap(), item: None },
        class: PriorityClass::Ordinary,
        reason: None,
        silent: false,
        document: None,
        extras: crate::model::service::Extras::default(),
        paper,
        language: Language::Chinese,
        alone: false,
        draft: None,
    }
}

struct World {
    files: Arc<FalseFiles>,
    server: Twin,
    tray: Tray,
    shell: Quiet,
    power: Power,
}

impl World {
    fn new() -> Self {
        let power = Power::default();
        Self {
            files: Arc::new(FalseFiles::default()),
            server: Twin { power: power.clone(), ..Twin::default() },
            tray: Tray { power: power.clone(), ..Tray::default() },
            shell: Quiet::default(),
            power,
        }
    }

    fn desk(&self) -> Desk<Twin, Watched, Tray, Quiet> {
        let files: Arc<dyn Files> = Arc::<FalseFiles>::clone(&self.files);
        let (book, open) = DiskBook::open_with("/slips".as_ref(), files).unwrap();
        let book = Watched { book, power: self.power.clone() };
        Desk::new(self.server.clone(), book, self.tray.clone(), self.shell.clone(), open)
    }

    /// Takes a ticket with the power going after so many steps; true if it went.
    fn take_until(&self, steps: u32, paper: bool) -> bool {
        let mut desk = self.desk();
        self.power.0.set(Some(steps));
        let done = catch_unwind(AssertUnwindSafe(|| desk.take(&order(paper))));
        self.power.0.set(None);
        drop(desk);
        if done.is_err() {
            self.files.crash(u64::from(steps));
        }
        done.is_err()
    }

    fn settle(&self) {
        let mut desk = self.desk();
        for _ in 0..8 {
            desk.settle_one();
        }
        assert_eq!(desk.open(), [], "something stays open for ever");
    }
}

#[test]
fn the_power_may_go_at_any_step() {
    for fails in [false, true] {
        for steps in 0.. {
            let mut world = World::new();
            world.tray.fails = fails;
            let cut = world.take_until(steps, true);
            world.settle();
            let slips = *world.tray.out.borrow();
            let states = world.server.states();
            let waiting = states.iter().filter(|state| **state == TicketState::Waiting).count();
            assert!(states.len() <= 1, "one asking, one number: {states:?} after {steps}");
            assert!(!states.contains(&TicketState::Reserved), "lost after {steps}");
            if slips == 1 {
                assert_eq!(waiting, 1, "a slip in a hand and no ticket, after {steps}");
            }
            if !cut {
                let expected = if fails { TicketState::NotPrinted } else { TicketState::Waiting };
                assert_eq!(states, [expected]);
                assert!(steps > 8, "the test cuts at every step, not only at {steps}");
                break;
            }
        }
    }
}

#[test]
fn the_power_may_go_twice() {
    for first in 0..14 {
        for second in 0..6 {
            let world = World::new();
            world.take_until(first, true);
            let mut desk = world.desk();
            world.power.0.set(Some(second));
            let cut = catch_unwind(AssertUnwindSafe(|| desk.settle_one())).is_err();
            world.power.0.set(None);
            drop(desk);
            if cut {
                world.files.crash(u64::from(second) + 77);
            }
            world.settle();
            let states = world.server.states();
            assert!(states.len() <= 1 && !states.contains(&TicketState::Reserved));
            if *world.tray.out.borrow() == 1 {
                assert_eq!(states, [TicketState::Waiting], "after {first} and {second}");
            }
        }
    }
}

#[test]
fn without_paper_a_number_nobody_saw_is_taken_back() {
    for steps in 0.. {
        let world = World::new();
        let cut = world.take_until(steps, false);
        let seen = world.shell.told.borrow().iter().any(|msg| matches!(msg, Msg::Taken(_)));
        world.settle();
        let states = world.server.states();
        if !cut {
            assert_eq!(states, [TicketState::Waiting]);
            assert!(seen);
            break;
        }
        let gone = states.iter().all(|state| *state == TicketState::Cancelled);
        assert!(seen || gone || states == [TicketState::Waiting], "{states:?}");
    }
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_id() {
    let world = World::new();
    world.server.hall.borrow_mut().silent = 2;
    world.desk().take(&order(true));
    assert_eq!(world.server.states(), [TicketState::Waiting]);
    assert!(world.shell.told.borrow().iter().any(|msg| matches!(msg, Msg::Taken(_))));
}

#[test]
fn tries_are_bounded_and_the_asking_is_settled_when_the_server_is_back() {
    let world = World::new();
    world.server.hall.borrow_mut().silent = 100;
    let mut desk = world.desk();
    desk.take(&order(true));
    assert_eq!(world.server.hall.borrow().calls, limits::TRIES_MAX);
    assert_eq!(world.shell.told.borrow().last(), Some(&Msg::NoAnswer));
    assert!(!desk.settle_one());
    assert_eq!(desk.open().len(), 1);
    world.server.hall.borrow_mut().silent = 0;
    assert!(desk.settle_one());
    assert_eq!(world.server.states(), [TicketState::NotPrinted], "the person has gone");
}

#[test]
fn an_old_asking_takes_no_number_of_another_day() {
    let mut world = World::new();
    world.server.hall.borrow_mut().silent = 100;
    world.desk().take(&order(true));
    world.server.hall.borrow_mut().silent = 0;
    world.shell.later = limits::ASKED_HOURS_MAX * 3_600_000;
    world.settle();
    assert_eq!(world.server.states(), []);
}

#[test]
fn a_refusal_is_told_and_leaves_nothing_open() {
    let world = World::new();
    world.server.hall.borrow_mut().refuse = true;
    let mut desk = world.desk();
    desk.take(&order(true));
    assert!(
        matches!(world.shell.told.borrow().last(), Some(Msg::Refused { code, .. }) if code == "sold_out")
    );
    assert_eq!(desk.open(), []);
}

#[test]
fn a_disk_that_is_full_takes_no_ticket() {
    let world = World::new();
    let mut desk = world.desk();
    world.files.fill_after_writing(0);
    desk.take(&order(true));
    assert_eq!(world.shell.told.borrow().last(), Some(&Msg::NoAnswer));
    assert_eq!(world.server.states(), []);
    assert_eq!(*world.tray.out.borrow(), 0);
    world.files.make_room();
    desk.take(&order(true));
    assert_eq!(*world.tray.out.borrow(), 1, "with room again, tickets come again");
}

#[test]
fn a_record_that_grew_long_forgets_what_is_settled() {
    let world = World::new();
    let mut desk = world.desk();
    for _ in 0..1_010 {
        desk.take(&order(true));
    }
    drop(desk);
    let files: Arc<dyn Files> = Arc::<FalseFiles>::clone(&world.files);
    let kept = journal::disk::DiskJournal::open("/slips".as_ref(), files).unwrap().0;
    let left = journal::Journal::replay(&kept).unwrap().len();
    assert!((1..100).contains(&left), "{left} entries are left");
}

#[test]
fn entries_fold_into_what_is_open() {
    assert_eq!(open_of([]), []);
    let asked = IssueRequest {
        item: None,
        queue: "A".parse().ok(),
        request_id: "r".into(),
        channel: Channel::Kiosk,
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
    let request = || "r".to_owned();
    let no = "A001".parse().unwrap();
    let entries = [
        Entry::Asked { at: 1, order: asked },
        Entry::Reserved { request: request(), ticket: TicketId(7), no },
        Entry::Sending { request: request() },
        Entry::Came { request: request(), outcome: PrintOutcome::Printed },
        Entry::Settled { request: request(), how: "printed".into() },
    ];
    let steps: Vec<Option<Step>> =
        (1..=5).map(|n| open_of(entries[..n].to_vec()).first().map(|open| open.step)).collect();
    let ticket = TicketId(7);
    assert_eq!(
        steps,
        [
            Some(Step::Asked),
            Some(Step::Reserved(ticket)),
            Some(Step::Sending(ticket)),
            Some(Step::Came(ticket, PrintOutcome::Printed)),
            None
        ]
    );
}

fn real_printer() -> (PrinterTwin, SlipPrinter) {
    let profile = Profile::find("generic-80").unwrap();
    let faces = || Faces::new(look::fonts::REGULAR, look::fonts::BOLD).unwrap();
    let twin = PrinterTwin::start(&profile, &faces(), "127.0.0.1:0").unwrap();
    let place = format!("tcp:{}", twin.address()).parse().unwrap();
    (twin, SlipPrinter::new(profile, &place, faces()))
}

#[test]
fn paper_that_ends_in_the_middle_of_a_slip_neither_loses_nor_doubles_a_number() {
    let (twin, printer) = real_printer();
    let world = World::new();
    let files: Arc<dyn Files> = Arc::<FalseFiles>::clone(&world.files);
    let (book, open) = DiskBook::open_with("/slips".as_ref(), files).unwrap();
    let mut desk = Desk::new(world.server.clone(), book, printer, world.shell.clone(), open);

    desk.take(&order(true));
    assert_eq!(twin.count(), 1, "the first slip comes out");
    twin.set(TwinState { paper: TwinPaper::EndsAfter { rows: 300 }, ..TwinState::default() });
    desk.take(&order(true));
    let failed = Msg::PaperFailed(PrinterState::PaperOut);
    assert!(world.shell.told.borrow().contains(&failed), "{:?}", world.shell.told.borrow());
    desk.take(&order(true));
    assert_eq!(world.server.states().len(), 2, "an empty printer asks for no number");
    desk.take(&order(false));
    twin.set(TwinState::default());
    desk.take(&order(true));
    assert_eq!(
        world.server.states(),
        [TicketState::Waiting, TicketState::NotPrinted, TicketState::Waiting, TicketState::Waiting]
    );
    assert_eq!(desk.open(), []);
}
