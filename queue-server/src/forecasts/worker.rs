//! The forecast's thread: after each step of the hall a picture, and then a rest as long as the
//! picture has earned it.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering::Relaxed},
    thread::JoinHandle,
    time::Duration,
};

use hall::{
    forecast,
    forecast::ask::{Budget, Forecaster, RUNS},
    ids::QueueId,
    state::ticket::Ticket,
    time::Millis,
    words::{PriorityClass, TicketState},
};

use super::{
    model,
    picture::{Newcomer, Picture, Waiting},
};
use crate::{app::App, engine::words_of};

/// After a picture the thread rests so many times as long as the picture took: at most a twentieth
/// of a core is spent, however busy the hall is.
const REST_TIMES: u32 = 20;

/// A busy hall gets a picture so often; a person sees no difference below.
const GAP: Duration = Duration::from_secs(1);

/// While nothing happens time goes on: whoever waits has waited longer.
const AGAIN_AFTER: Duration = Duration::from_secs(15);

/// A picture is told for so long …
const FRESH_FOR: Millis = Millis::from_minutes(2);

/// … and under a clock that runs faster, for so long of the world's time.
const FRESH_FOR_WORLD: Duration = Duration::from_secs(5);

/// What is spent on a picture at most: some tenths of a second of a small machine.
const STEPS_MAX: u64 = 600_000;

/// The same chance for every picture, so that a range changes when the hall does, and not by dice.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// How far the board looks ahead.
const AHEAD: Millis = Millis::from_minutes(60);

/// Classes that somebody may come in.
const CLASSES: [PriorityClass; 4] = [
    PriorityClass::Ordinary,
    PriorityClass::Vulnerable,
    PriorityClass::Military,
    PriorityClass::Booked,
];

/// Starts the thread; it ends when the server stops.
///
/// # Errors
/// If the system gives no thread.
pub fn start(app: Arc<App>) -> std::io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    app.forecasts.shared.at_work.store(true, Relaxed);
    std::thread::Builder::new().name("forecast".into()).spawn(move || {
        // On Linux this is the thread's own. The engine and whoever asks it go first.
        if let Err(error) = rustix::process::nice(10) {
            tracing::debug!(%error, "the forecast's thread has the usual priority");
        }
        runtime.block_on(work(&app));
        app.forecasts.shared.at_work.store(false, Relaxed);
    })
}

async fn work(app: &App) {
    let mut sequence = app.engine.sequence();
    let mut stopping = app.stopping.clone();
    let mut painter = Painter::default();
    loop {
        sequence.borrow_and_update();
        let cost = painter.paint_and_show(app);
        let rest = (cost * REST_TIMES).max(GAP);
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = tokio::time::sleep(rest) => {}
        }
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            changed = sequence.changed() => {
                if changed.is_err() {
                    return;
                }
            }
            () = tokio::time::sleep(AGAIN_AFTER) => {}
        }
    }
}

/// Makes pictures; it keeps its room from one to the next.
#[derive(Default)]
pub struct Painter {
    forecaster: Forecaster,
    doubted: BTreeSet<QueueId>,
    fails: bool,
}

impl Painter {
    /// Makes a picture, shows it, and says how long of a core that took. What goes wrong costs the
    /// picture and nothing else: the queue's length answers.
    pub fn paint_and_show(&mut self, app: &App) -> Duration {
        let begun = on_the_core();
        let painted = catch_unwind(AssertUnwindSafe(|| self.paint(app)));
        let failed = painted.is_err();
        let picture = painted.unwrap_or_else(|panic| {
            app.forecasts.shared.failed.fetch_add(1, Relaxed);
            if !self.fails {
                let why = words_of(&*panic);
                tracing::error!(
                    why,
                    "the hall could not be run forward; the queue's length answers"
                );
            }
            self.forecaster = Forecaster::new();
            None
        });
        self.fails = failed;
        if let Some(picture) = &picture {
            self.tell_doubts(picture);
        }
        let cost = on_the_core().saturating_sub(begun);
        app.forecasts.show(picture, cost);
        cost
    }

    fn paint(&mut self, app: &App) -> Option<Picture> {
        let sequence = app.sequence();
        // On a copy: the engine waits for its readers.
        let hall = app.engine.hall();
        let now = app.now();
        let mut model = model(app, &hall, now)?;
        let waiting = hall.tickets().filter(|ticket| ticket.state == TicketState::Waiting);
        let waiting: Vec<&Ticket> = waiting.collect();
        // Those who wait stand in the model in the order of their tickets.
        let mut targets: Vec<u32> = (0..).take(waiting.len()).collect();
        let mut comers = Vec::new();
        for queue in hall.setup().queues().iter().filter(|queue| queue.issued) {
            for class in CLASSES {
                let Some(target) = model.ask_about((queue.id, None), class) else { continue };
                targets.push(target);
                comers.push((queue.id, class));
            }
        }
        let budget = Budget { runs: RUNS, steps: STEPS_MAX };
        let whole = self.forecaster.whole(&model, (&targets, AHEAD), SEED, budget);
        let (of_tickets, of_comers) = whole.waits.split_at(waiting.len());
        let tickets = waiting.into_iter().zip(of_tickets).filter_map(|(ticket, forecast)| {
            let (queue, legs, class) = (ticket.queue(), ticket.legs.len(), ticket.class);
            Some((ticket.id, Waiting { forecast: (*forecast)?, queue, legs, class }))
        });
        let newcomers = comers.into_iter().zip(of_comers).filter_map(|(comer, forecast)| {
            let ahead = forecast::ahead_of_newcomer(&hall, comer.0, comer.1, now);
            Some((comer, Newcomer { forecast: (*forecast)?, ahead }))
        });
        Some(Picture {
            sequence,
            at: now,
            runs: whole.runs,
            fresh_for: fresh_for(app),
            newcomers: newcomers.collect(),
            tickets: tickets.collect(),
            items_apart: model.items_apart().collect(),
            hour: whole.hour,
        })
    }

    /// A forecast that is far from what the queue's length says is told in the log once.
    fn tell_doubts(&mut self, picture: &Picture) {
        let doubted: BTreeSet<QueueId> = picture.doubtful().collect();
        for queue in doubted.difference(&self.doubted) {
            tracing::info!(%queue, "the forecast is far from what the queue's length says");
        }
        self.doubted = doubted;
    }
}

fn fresh_for(app: &App) -> Millis {
    let world = FRESH_FOR_WORLD.as_secs_f64() * 1_000.0 * app.clock.speed();
    FRESH_FOR.max(Millis(world as u64))
}

/// Time that this thread has had of a core: what others do on it does not count.
fn on_the_core() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}
