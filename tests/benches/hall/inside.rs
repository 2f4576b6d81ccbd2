//! The engine without HTTP: callers in this process, on one thread, ask it directly.

use std::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    path::{Path, PathBuf},
    pin::Pin,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use hall::{
    command::{Command, Issue},
    event::people::Grounds,
    ids::{QueueId, WindowId},
    words::{Actor, Channel, PriorityClass},
};
use journal::{
    files::Files,
    record::{HEADER_BYTES, Record},
};
use queue_server::{
    clock::HallClock,
    day::Daybook,
    engine::{self, Engine, Start, Wish, request_id},
    profile::Profile,
    record,
};

use crate::{
    callers::{Asking, Watch, Work},
    halls,
    stats::Found,
};

/// Callers that fill the queues before anything is measured.
const FILLING_CALLERS: usize = 256;

/// Filling takes no longer.
const FILLING_MAX: Duration = Duration::from_secs(600);

/// An engine on a journal of its own.
pub struct Inside {
    data: PathBuf,
    engine: Engine,
    actor: Actor,
    asked: Cell<u64>,
}

impl Inside {
    /// Opens the hall on a Monday morning and signs clerks on.
    #[must_use]
    pub fn open(hall: &Path, data: &Path, files: &Arc<dyn Files>) -> Self {
        let profile = Profile::read(hall).expect("the bench's profile is good");
        let opened = record::open(data, files).expect("a journal for the bench");
        let offset = profile.details.utc_offset_minutes;
        let monday = HallClock::read(tests::server::MONDAY, offset).expect("a moment");
        let clock = HallClock::scaled(offset, monday, 1.0);
        let (engine, _closed_days) = Engine::start(Start {
            recovered: engine::fresh(profile.setup.clone()),
            journal: opened.journal,
            clock,
            daybook: Daybook::new(profile.calendar, clock),
            on_fault: engine::end_process(),
        })
        .expect("a thread for the engine");
        let inside = Self {
            data: data.to_owned(),
            engine,
            actor: Actor::Device("kiosk-1".parse().expect("a literal id is valid")),
            asked: Cell::new(0),
        };
        let is_open = || inside.engine.read(|hall| hall.session().is_some());
        tests::wait_until("a session is open", Duration::from_secs(10), || {
            if is_open() { Ok(()) } else { Err("it is not".to_owned()) }
        });
        for at in 0..halls::windows() {
            let staff = format!("s{at}").parse().expect("a number of staff");
            inside.ask_now(Command::SignOn { window: window(at), staff });
        }
        inside
    }

    fn wish(&self, command: Command) -> Wish {
        let count = self.asked.get() + 1;
        self.asked.set(count);
        let request = Some(request_id("bench", &count.to_string()));
        Wish { by: self.actor.clone(), request, command }
    }

    fn ask_now(&self, command: Command) {
        self.engine.ask_blocking(self.wish(command)).expect("the hall does as it is asked");
    }

    /// Measures callers.
    #[must_use]
    pub fn measure(&self, work: Work, callers: usize, watch: Watch) -> Found {
        let over = |turn| !watch.runs() && work.may_stop(turn);
        callers_until(callers, watch, over, |caller, turn| {
            let asking = work.asking(caller, turn);
            let wish = self.wish(command(asking, caller));
            let engine = self.engine.clone();
            async move {
                engine.ask(wish).await.expect("the hall does as it is asked");
                asking.counts()
            }
        })
    }

    /// Takes so many tickets, evenly over the queues.
    pub fn fill(&self, tickets: usize) {
        self.turns(Work::Issue, FILLING_CALLERS, tickets);
    }

    /// Lets callers ask so often together.
    pub fn turns(&self, work: Work, callers: usize, turns: usize) {
        let watch = Watch::start(Duration::ZERO, FILLING_MAX);
        let left = Cell::new(turns);
        let over = |turn| left.get() == 0 && work.may_stop(turn);
        callers_until(callers, watch, over, |caller, turn| {
            left.set(left.get().saturating_sub(1));
            let wish = self.wish(command(work.asking(caller, turn), caller));
            let engine = self.engine.clone();
            async move { engine.ask(wish).await.is_ok() }
        });
    }

    /// Ends the engine.
    pub fn end(self) {
        self.engine.stop();
    }

    /// The mean bytes on the disk of the newest records.
    #[must_use]
    pub fn bytes_of_newest(&self, count: usize) -> usize {
        let mut all = Vec::new();
        let each = |record: &Record| all.push(HEADER_BYTES + record.payload.len());
        record::read_all(&self.data, &record::real_files(), each).expect("the record can be read");
        let newest = &all[all.len().saturating_sub(count)..];
        newest.iter().sum::<usize>() / newest.len().max(1)
    }
}

fn window(at: usize) -> WindowId {
    halls::window(at).parse().expect("a window's number")
}

fn command(asking: Asking, caller: usize) -> Command {
    match asking {
        Asking::Issue { queue } => Command::Issue(Issue {
            queue: halls::QUEUES[queue].parse::<QueueId>().expect("a literal id is valid"),
            item: None,
            channel: Channel::Kiosk,
            class: PriorityClass::Ordinary,
            grounds: Grounds::default(),
            paper: false,
            person: None,
            agent: None,
            purpose: hall::command::Purpose::One,
            silent: false,
            estimate: None,
        }),
        Asking::CallNext => Command::CallNext { window: window(caller), finish_current: false },
        Asking::Finish => {
            Command::Finish { window: window(caller), case: None, item: None, copies: None }
        }
    }
}

/// Runs callers on this thread: each asks, waits, and asks again until the time is up. What an
/// asking gives says whether its time counts.
pub fn callers_of<F: Future<Output = bool>>(
    callers: usize,
    watch: Watch,
    ask: impl Fn(usize, usize) -> F,
) -> Found {
    callers_until(callers, watch, |_| !watch.runs(), ask)
}

fn callers_until<F: Future<Output = bool>>(
    callers: usize,
    watch: Watch,
    over: impl Fn(usize) -> bool,
    ask: impl Fn(usize, usize) -> F,
) -> Found {
    let found = RefCell::new(Found { span: watch.span(), ..Found::default() });
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let all = (0..callers).map(|caller| {
        let (found, ask, over) = (&found, &ask, &over);
        async move {
            let mut turn = 0;
            while !over(turn) {
                let asked = Instant::now();
                if ask(caller, turn).await {
                    watch.note(asked, &mut found.borrow_mut());
                }
                turn += 1;
            }
        }
    });
    let mut all: Vec<Pin<Box<dyn Future<Output = ()> + '_>>> =
        all.map(|caller| Box::pin(caller) as Pin<Box<_>>).collect();
    // A wake looks at all of them: for so few that costs less than telling them apart.
    runtime.block_on(poll_fn(|context| {
        all.retain_mut(|caller| caller.as_mut().poll(context).is_pending());
        if all.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    }));
    drop(all);
    found.into_inner()
}
