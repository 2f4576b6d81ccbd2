//! A kiosk: the real counter with its record on a false disk, in a thread that runs only while the
//! world waits for it, so that it can be switched off between any two of its steps.

mod counter;

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::Relaxed},
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use hall::{command::Command, event::people::Grounds, ids::DeviceId, words::Actor};
use journal::false_files::FalseFiles;
use kiosk::{
    limits, link,
    model::{
        PrinterState,
        message::{Msg, Order},
    },
    news::News,
    printing::Came,
};
use queue_server::engine::{Wish, request_id};
use wire::{
    http::{IssueAnswer, PrintOutcome, Problem, SlipBody, TicketBody},
    ids::TicketId,
};

use crate::{
    calls::{Caller, Heard, ticket_of},
    faults::Fault,
    world::{Deed, Outcome, World},
};
use counter::{Says, Wait};

/// People in front of one kiosk; whoever finds more goes away.
const QUEUE_MAX: usize = 6;

/// What the world tells a counter.
#[derive(Debug)]
pub enum ToCounter {
    /// Take a ticket.
    Take(Order),
    /// Settle what is open.
    Settle,
    /// The server's answer to an asking.
    Issued(Result<Box<IssueAnswer>, Option<Box<Problem>>>),
    /// The server's answer to anything else; none is silence.
    Done(Result<(), Option<Box<Problem>>>),
    /// The printer's state.
    State(PrinterState),
    /// What came out of the printer.
    Came(Came),
    /// Go on.
    GoOn,
}

/// Something of a kiosk that is due.
#[derive(Debug)]
pub enum KioskDeed {
    /// The printer says how it is.
    State,
    /// The printer has done what it does.
    Printed(TicketId),
    /// A pause is over.
    GoOn,
    /// It is time to settle.
    Settle,
}

/// A kiosk.
pub struct Kiosk {
    /// Its id.
    pub id: DeviceId,
    disk: FalseFiles,
    on: Option<On>,
    boots: u64,
    people: VecDeque<Order>,
    silent: u32,
    clock: Arc<AtomicI64>,
}

/// A kiosk that is switched on.
struct On {
    to: Sender<ToCounter>,
    from: Receiver<Says>,
    thread: Option<JoinHandle<()>>,
    boot: u64,
    wait: Wait,
    ticket: Option<TicketId>,
}

impl Kiosk {
    /// A kiosk that is switched off.
    #[must_use]
    pub fn new(id: DeviceId) -> Self {
        let disk = FalseFiles::new();
        let (people, clock) = (VecDeque::new(), Arc::default());
        Self { id, disk, on: None, boots: 0, people, silent: 0, clock }
    }

    /// Its counter's thread ends wherever it is.
    fn ends(&mut self) {
        if let Some(mut on) = self.on.take() {
            // A counter whose world is gone unwinds at its next word.
            drop(on.to);
            if let Some(thread) = on.thread.take() {
                thread.join().ok();
            }
        }
        self.people.clear();
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        self.ends();
    }
}

impl World {
    /// A kiosk is switched on.
    ///
    /// # Errors
    /// If its record does not open.
    pub fn kiosk_on(&mut self, place: usize) -> Outcome {
        if self.kiosks[place].on.is_some() || !self.devices_on {
            return Ok(());
        }
        let (chance, now) = (self.luck.next(), self.unix_millis());
        let kiosk = &mut self.kiosks[place];
        kiosk.clock.store(now, Relaxed);
        kiosk.boots += 1;
        let (to, heard) = channel();
        let (said, from) = channel();
        let (disk, clock) = (kiosk.disk.clone(), kiosk.clock.clone());
        let thread = std::thread::Builder::new()
            .name(format!("{}", kiosk.id))
            .spawn(move || counter::run(disk, chance, clock, heard, said))
            .map_err(|error| format!("no thread for a kiosk: {error}"))?;
        let boot = kiosk.boots;
        let thread = Some(thread);
        kiosk.on = Some(On { to, from, thread, boot, wait: Wait::Idle { open: 0 }, ticket: None });
        self.kiosk_listens(place)
    }

    /// A kiosk is switched off at the main switch.
    pub fn kiosk_off(&mut self, place: usize) {
        let luck = self.luck.next();
        let kiosk = &mut self.kiosks[place];
        if kiosk.on.is_some() {
            self.counts.kiosk_ends += 1;
            // The slip may be half out; whether it is counts as out is chance.
            self.half_a_slip(place);
        }
        let kiosk = &mut self.kiosks[place];
        kiosk.ends();
        kiosk.disk.crash(luck);
    }

    /// A kiosk loses its power: now, or in the middle of one of its next writes.
    pub fn kiosk_loses_power(&mut self, place: usize) {
        if self.luck.chance(500) {
            let changes = 1 + self.luck.below(12);
            self.kiosks[place].disk.stop_at(changes);
        } else {
            self.kiosk_power_goes(place);
        }
    }

    fn kiosk_power_goes(&mut self, place: usize) {
        self.kiosk_off(place);
        let back = self.luck.secs(5, 60);
        self.after(back, Deed::KioskOn(place));
    }

    fn half_a_slip(&mut self, place: usize) {
        let on = self.kiosks[place].on.as_ref();
        let printing = on.filter(|on| on.wait == Wait::Print).and_then(|on| on.ticket);
        if let Some(ticket) = printing
            && self.luck.chance(500)
        {
            *self.ledger.slips.entry(ticket).or_default() += 1;
        }
    }

    /// Somebody stands before a kiosk and wants a ticket.
    ///
    /// # Errors
    /// If what the kiosk does then may not be.
    pub fn before_kiosk(&mut self, place: usize, order: Order) -> Outcome {
        let kiosk = &mut self.kiosks[place];
        if kiosk.on.is_some() && kiosk.people.len() < QUEUE_MAX {
            kiosk.people.push_back(order);
        }
        self.kiosk_next(place)
    }

    /// The server's answer reached a kiosk.
    ///
    /// # Errors
    /// If what the kiosk does then may not be.
    pub fn kiosk_hears(&mut self, place: usize, boot: u64, heard: Heard) -> Outcome {
        let on = self.kiosks[place].on.as_ref().filter(|on| on.boot == boot);
        let Some(wait) = on.map(|on| on.wait.clone()) else { return Ok(()) };
        let no = |heard: Heard| match heard {
            Heard::Refused(refusal) => Some(Box::new(problem(refusal.code()))),
            Heard::Told(_) | Heard::Silent => None,
        };
        let tell = match (wait, heard) {
            (Wait::Issue(_), Heard::Told(told)) => {
                let ticket = ticket_of(&told);
                if let Some(on) = &mut self.kiosks[place].on {
                    on.ticket = ticket;
                }
                let answer = ticket.and_then(|ticket| self.issue_answer(ticket));
                ToCounter::Issued(answer.map(Box::new).ok_or(None))
            }
            (Wait::Issue(_), heard) => ToCounter::Issued(Err(no(heard))),
            (Wait::Printed(..) | Wait::Cancel(..), Heard::Told(_)) => ToCounter::Done(Ok(())),
            (Wait::Printed(..) | Wait::Cancel(..), heard) => ToCounter::Done(Err(no(heard))),
            (Wait::Idle { .. } | Wait::Print | Wait::State | Wait::Pause(_), _) => return Ok(()),
        };
        self.kiosk_goes_on(place, tell)
    }

    /// Something of a kiosk is due.
    ///
    /// # Errors
    /// If what the kiosk does then may not be.
    pub fn kiosk_due(&mut self, place: usize, boot: u64, deed: KioskDeed) -> Outcome {
        let on = self.kiosks[place].on.as_ref().filter(|on| on.boot == boot);
        let Some(wait) = on.map(|on| on.wait.clone()) else { return Ok(()) };
        let tell = match (deed, wait) {
            (KioskDeed::State, Wait::State) => {
                let out = self.strikes(Fault::Printer, 40);
                ToCounter::State(if out { PrinterState::PaperOut } else { PrinterState::Ready })
            }
            (KioskDeed::Printed(ticket), Wait::Print) => ToCounter::Came(self.prints(ticket)),
            (KioskDeed::GoOn, Wait::Pause(_)) => ToCounter::GoOn,
            (KioskDeed::Settle, Wait::Idle { open }) if open > 0 => ToCounter::Settle,
            (
                KioskDeed::State | KioskDeed::Printed(_) | KioskDeed::GoOn | KioskDeed::Settle,
                Wait::Idle { .. }
                | Wait::Issue(_)
                | Wait::Printed(..)
                | Wait::Cancel(..)
                | Wait::Print
                | Wait::State
                | Wait::Pause(_),
            ) => return Ok(()),
        };
        self.kiosk_goes_on(place, tell)
    }

    /// What comes out of the printer, and what it says of it.
    fn prints(&mut self, ticket: TicketId) -> Came {
        let (outcome, state, is_out) = if self.strikes(Fault::Printer, 60) {
            (PrintOutcome::Failed, PrinterState::PaperOut, false)
        } else if self.strikes(Fault::Printer, 60) {
            (PrintOutcome::Unknown, PrinterState::NoAnswer, self.luck.chance(500))
        } else {
            (PrintOutcome::Printed, PrinterState::Ready, true)
        };
        if is_out {
            *self.ledger.slips.entry(ticket).or_default() += 1;
        }
        Came { outcome, state }
    }

    /// Lets a counter go on until it waits again.
    fn kiosk_goes_on(&mut self, place: usize, tell: ToCounter) -> Outcome {
        let Some(on) = &mut self.kiosks[place].on else { return Ok(()) };
        on.wait = Wait::Idle { open: limits::OPEN_MAX };
        let Some(on) = &self.kiosks[place].on else { return Ok(()) };
        self.kiosks[place].clock.store(self.unix_millis(), Relaxed);
        // A counter that has ended says so below.
        on.to.send(tell).ok();
        self.kiosk_listens(place)
    }

    fn kiosk_listens(&mut self, place: usize) -> Outcome {
        let Some(on) = &self.kiosks[place].on else { return Ok(()) };
        let says = on.from.recv();
        if self.kiosks[place].disk.is_stopped() {
            self.kiosk_power_goes(place);
            return Ok(());
        }
        let says = says.map_err(|_| format!("the counter of {} ended", self.kiosks[place].id))?;
        if !says.errors.is_empty() {
            return Err(format!("a kiosk logged an error: {}", says.errors.join("; ")));
        }
        let silent = says.said.contains(&Msg::NoAnswer);
        let kiosk = &mut self.kiosks[place];
        kiosk.silent = if silent { kiosk.silent + 1 } else { 0 };
        self.kiosk_waits(place, says.wait)
    }

    fn kiosk_waits(&mut self, place: usize, wait: Wait) -> Outcome {
        let Some(boot) = self.kiosks[place].on.as_ref().map(|on| on.boot) else { return Ok(()) };
        if let Some(on) = &mut self.kiosks[place].on {
            on.wait = wait.clone();
        }
        let deed = |deed| Deed::Kiosk(place, boot, deed);
        match wait {
            Wait::Idle { open } => {
                let silent = self.kiosks[place].silent;
                let pause = Duration::from_millis(link::backoff_millis(silent.max(1)));
                let pause = if silent > 0 { pause } else { News::IDLE };
                if open > 0 {
                    self.after(pause, deed(KioskDeed::Settle));
                }
                return self.kiosk_next(place);
            }
            Wait::Issue(body) => {
                let queue = body.queue.or_else(|| {
                    body.item.and_then(|item| self.profile.setup.item(item)).map(|item| item.queue)
                });
                let queue = queue.ok_or("an order names a queue or an item")?;
                let (item, channel, class, paper) =
                    (body.item, body.channel, body.priority, body.paper);
                let grounds = Grounds { reason: body.priority_reason, note: None };
                let (person, agent) = (None, None);
                let issue = hall::command::Issue {
                    queue,
                    item,
                    channel,
                    class,
                    grounds,
                    paper,
                    person,
                    agent,
                    purpose: hall::command::Purpose::One,
                    silent: false,
                    estimate: None,
                };
                self.kiosk_asks(place, boot, &body.request_id, Command::Issue(issue));
            }
            Wait::Printed(ticket, body) => {
                let command = match body.outcome {
                    PrintOutcome::Printed => Command::ConfirmPrint { ticket, certain: true },
                    PrintOutcome::Unknown => Command::ConfirmPrint { ticket, certain: false },
                    PrintOutcome::Failed => Command::FailPrint { ticket },
                };
                self.kiosk_asks(place, boot, &body.request_id, command);
            }
            Wait::Cancel(ticket, body) => {
                self.kiosk_asks(place, boot, &body.request_id, Command::Cancel { ticket });
            }
            Wait::Print => {
                let ticket = self.kiosks[place].on.as_ref().and_then(|on| on.ticket);
                let ticket = ticket.ok_or("a slip is printed for a ticket")?;
                let wait = self.luck.millis(700, 2_500);
                self.after(wait, deed(KioskDeed::Printed(ticket)));
            }
            Wait::State => self.after(Duration::from_millis(20), deed(KioskDeed::State)),
            Wait::Pause(tries) => {
                let pause = Duration::from_millis(link::backoff_millis(tries));
                self.after(pause, deed(KioskDeed::GoOn));
            }
        }
        Ok(())
    }

    fn kiosk_asks(&mut self, place: usize, boot: u64, request: &str, command: Command) {
        let id = self.kiosks[place].id;
        let request = Some(request_id(id.as_str(), request));
        let wish = Wish { by: Actor::Device(id), request, command };
        self.call(Caller::Kiosk(place, boot), wish);
    }

    /// The next person, if the counter is free.
    fn kiosk_next(&mut self, place: usize) -> Outcome {
        let kiosk = &mut self.kiosks[place];
        let idle = kiosk
            .on
            .as_ref()
            .is_some_and(|on| matches!(on.wait, Wait::Idle { open } if open < limits::OPEN_MAX));
        match kiosk.people.pop_front().filter(|_| idle) {
            Some(order) => self.kiosk_goes_on(place, ToCounter::Take(order)),
            None => Ok(()),
        }
    }

    /// The body of the server's answer, as its HTTP side fills it from the readers' hall.
    fn issue_answer(&mut self, id: TicketId) -> Option<IssueAnswer> {
        let up = self.server.up.as_ref()?;
        let ticket = up.readers.ticket(id)?;
        let queue = self.profile.setup.queue(ticket.queue())?;
        let wait = ticket.wait.map(Into::into);
        let answer = IssueAnswer {
            ticket: TicketBody {
                id,
                no: ticket.no,
                queue: queue.id,
                queue_name: queue.name.clone(),
                item: ticket.item,
                item_name: None,
                state: ticket.state,
                class: ticket.class,
                channel: ticket.channel,
                printing: ticket.printing,
                issued_at: ticket.issued.0,
                window: None,
                calls: 0,
            },
            ahead: ticket.ahead,
            wait,
            slip: SlipBody {
                hall_name: self.profile.details.name.clone(),
                no: ticket.no,
                mark: None,
                queue_name: queue.name.clone(),
                item_name: None,
                class: ticket.class,
                windows: Vec::new(),
                place: String::new(),
                ahead: ticket.ahead,
                wait,
                stops: Vec::new(),
                issued: String::new(),
                follow_url: String::new(),
                reactivate_within_minutes: None,
                complaint_phone: String::new(),
                supervision_phone: String::new(),
                offline: false,
                silent: false,
                window: None,
                english: wire::http::EnglishSlip::default(),
            },
        };
        Some(answer)
    }
}

fn problem(code: &str) -> Problem {
    Problem {
        kind: String::new(),
        title: code.to_owned(),
        status: 409,
        code: code.to_owned(),
        detail: None,
        until: None,
        ticket: None,
    }
}
