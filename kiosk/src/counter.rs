//! The counter's thread: orders in, news out, and settling in between.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use paper::watch::Watch;
use wire::{
    catalogue::ItemGuide,
    http::{PrintOutcome, matters::ToldMatter, unfound::UnfoundRequest},
    texts::Language,
};

use crate::{
    alone::{InHand, kept},
    ledger::{Book, Open},
    limits, link,
    model::{
        lacking::Lacking,
        message::{Msg, Order, Reprint},
    },
    news::News,
    printing::{Desk, Printer, Shell},
    server::{Counter, Reprints},
    trial::Trial,
};

/// After a slip the printer is looked at again so soon: the roll may have ended with it.
const SOON: Duration = Duration::from_secs(1);

/// What the counter is asked to do.
enum Task {
    Take(Order),
    Reprint(Reprint),
    Guide(Box<ItemGuide>, Language),
    Receipt(Box<ToldMatter>, String, Language),
    Unfound(Lacking),
    Test,
}

/// The counter, as the screen holds it.
pub struct Counters {
    tasks: SyncSender<Task>,
}

impl Counters {
    /// Opens the counter; what an earlier run left open is settled first.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start<S, B, P>(
        server: S,
        (book, open, unfound): (B, Vec<Open>, Vec<UnfoundRequest>),
        printer: P,
        folder: PathBuf,
        news: News,
        trial: Trial,
    ) -> std::io::Result<Self>
    where
        S: Counter + Reprints + Send + 'static,
        B: Book + Send + 'static,
        P: Printer + Send + 'static,
    {
        let (tasks, inbox) = sync_channel(limits::ORDERS_MAX);
        let hand = kept::numbers(&folder);
        let world = World { news, folder };
        let desk = Desk::new(server, book, printer, world, open).with_numbers(hand);
        let desk = desk.with_unfound(unfound);
        thread::Builder::new()
            .name("counter".to_owned())
            .spawn(move || work(desk, &inbox, &trial))?;
        Ok(Self { tasks })
    }

    /// Hands over an order; false if the counter is busy.
    #[must_use]
    pub fn send(&self, order: Order) -> bool {
        self.tasks.try_send(Task::Take(order)).is_ok()
    }

    /// Hands over a slip to be printed once more; false if the counter is busy.
    #[must_use]
    pub fn reprint(&self, wish: Reprint) -> bool {
        self.tasks.try_send(Task::Reprint(wish)).is_ok()
    }
}

impl Counters {
    /// Hands over a guide to be printed; false if the counter is busy.
    #[must_use]
    pub fn guide(&self, guide: Box<ItemGuide>, language: Language) -> bool {
        self.tasks.try_send(Task::Guide(guide, language)).is_ok()
    }

    /// Hands over a receipt to be printed; false if the counter is busy.
    #[must_use]
    pub fn receipt(&self, matter: Box<ToldMatter>, hall: String, language: Language) -> bool {
        self.tasks.try_send(Task::Receipt(matter, hall, language)).is_ok()
    }

    /// Asks for a test slip; false if the counter is busy.
    #[must_use]
    pub fn test(&self) -> bool {
        self.tasks.try_send(Task::Test).is_ok()
    }

    /// Hands over what somebody did not find; false if the counter is busy.
    #[must_use]
    pub fn unfound(&self, said: Lacking) -> bool {
        self.tasks.try_send(Task::Unfound(said)).is_ok()
    }
}

fn work<S, B, P, H>(mut desk: Desk<S, B, P, H>, inbox: &Receiver<Task>, trial: &Trial)
where
    S: Counter + Reprints,
    B: Book,
    P: Printer,
    H: Shell,
{
    let mut silent = 0;
    let mut watch = Watch::new(Instant::now());
    let mut renew = Instant::now();
    loop {
        if Instant::now() >= watch.due() {
            let state = desk.printer_state();
            if let Some(news) = watch.note(state, Instant::now()) {
                desk.tell(Msg::PrinterTold(news));
            }
        }
        if Instant::now() >= renew {
            let came = desk.renew_numbers();
            let secs = if came { limits::NUMBERS_SECS } else { limits::NUMBERS_AGAIN_SECS };
            renew = Instant::now() + Duration::from_secs(secs);
        }
        desk.tell_alone();
        let left = desk.open().len().min(limits::SETTLED_AT_ONCE_MAX);
        for _ in 0..left {
            if desk.settle_one() {
                silent = 0;
            } else {
                // The server is away; the others would wait in vain too.
                silent += 1;
                break;
            }
        }
        if let Some(test) = trial.take() {
            trial.ended(test, desk.test());
        }
        // Tickets go first; while the server is away the rest would wait in vain too.
        let more = silent == 0 && desk.settle_unfound() && desk.owes_unfound();
        let pause = match silent {
            0 if more || !desk.open().is_empty() => Duration::ZERO,
            0 => News::IDLE,
            _ => Duration::from_millis(link::backoff_millis(silent)).min(News::IDLE),
        };
        match inbox.recv_timeout(pause) {
            Ok(task) => {
                match task {
                    Task::Take(order) => desk.take(&order),
                    Task::Reprint(wish) => desk.reprint(&wish),
                    Task::Guide(guide, language) => desk.guide(&guide, language),
                    Task::Receipt(matter, hall, language) => desk.receipt(&matter, &hall, language),
                    Task::Unfound(said) => desk.keep_unfound(said),
                    Task::Test => {
                        let came = desk.test() != PrintOutcome::Failed;
                        desk.tell(Msg::TestPrinted(came));
                    }
                }
                // The desk told how the printer is after the slip; it is looked at again soon.
                watch = Watch::new(Instant::now() + SOON);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// The real time, and the system's chance.
pub struct World {
    news: News,
    folder: PathBuf,
}

impl Shell for World {
    fn now(&self) -> i64 {
        Timestamp::now().as_millisecond()
    }

    fn request_id(&self) -> String {
        request_id()
    }

    fn luck(&self) -> u64 {
        luck()
    }

    fn keep_numbers(&self, hand: &InHand) {
        kept::keep_numbers(&self.folder, hand);
    }

    fn pause(&self, tries: u32) {
        thread::sleep(Duration::from_millis(link::backoff_millis(tries)));
    }

    fn tell(&self, msg: Msg) {
        self.news.tell(msg);
    }
}

/// 64 bits that nobody can guess.
#[must_use]
pub fn luck() -> u64 {
    let mut bytes = [0; 8];
    if getrandom::fill(&mut bytes).is_err() {
        // Without the system's chance, the nanosecond and the process are as good as it gets.
        let nanos = Timestamp::now().as_nanosecond() as u64;
        bytes = (nanos.rotate_left(32) ^ u64::from(std::process::id())).to_le_bytes();
    }
    u64::from_le_bytes(bytes)
}

/// 32 hexadecimal digits nobody used before.
#[must_use]
pub fn request_id() -> String {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Without the system's chance, the nanosecond and the process are as good as it gets.
        let nanos = Timestamp::now().as_nanosecond();
        bytes = (nanos ^ i128::from(std::process::id())).to_be_bytes();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
