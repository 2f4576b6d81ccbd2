//! 事件推送: what happens in the hall, told to other programs by signed HTTP.
//!
//! Deliveries wait in a journal of their own, beside the record, and are made of the record again where
//! the server ended between the two. Each receiver has a thread and its own place in the row: one that
//! is away, slow or wrong keeps neither the hall nor another receiver waiting
//! (`docs/decisions/0026-*`).

mod keeper;
mod line;
mod post;
mod settings;
mod sign;
mod told;

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError},
    thread::JoinHandle,
};

use journal::files::Files;
use tokio::sync::{mpsc, watch};

use crate::engine::Engine;
use line::Line;
pub use line::{Failed, Last, Standing};
pub use settings::{Receiver, read};

/// Receivers of one hall; each has a thread.
pub const RECEIVERS_MAX: usize = 8;

/// Bodies that wait, for all receivers together: three days of every ticket of a large hall, or years
/// of alerts. Past it the oldest go, and the page says how many.
pub const WAITING_MAX: usize = 20_000;

/// A body that could not be delivered for so long is put aside: whoever comes back after a week reads
/// the reports.
const AGE_SECS_MAX: i64 = 7 * 24 * 3600;

/// Bodies put aside that are still listed for each receiver, and may be sent again.
pub const ASIDE_MAX: usize = 100;

/// Orders of the page that wait.
const WISHES_MAX: usize = 16;

/// How the deliveries are opened.
pub struct Start {
    /// The folder of the data.
    pub data: PathBuf,
    /// Its files.
    pub files: Arc<dyn Files>,
    /// Who is told what.
    pub receivers: Vec<Receiver>,
    /// Whose events.
    pub engine: Engine,
}

/// The deliveries of a server; cheap to clone.
#[derive(Clone)]
pub struct Webhooks {
    line: Arc<Line>,
    wishes: mpsc::Sender<Wish>,
    stop: watch::Sender<bool>,
}

/// What an administrator asks for.
enum Wish {
    Test(String),
    Again { receiver: String, id: String },
}

/// Opens the row and its threads; without receivers there are none.
///
/// # Errors
/// If the system gives no thread.
pub fn start(start: Start) -> std::io::Result<(Webhooks, Option<JoinHandle<()>>)> {
    let (wishes, inbox) = mpsc::channel(WISHES_MAX);
    let (stop, stopping) = watch::channel(false);
    let line = Arc::new(Line::new(&start.receivers));
    let webhooks = Webhooks { line: line.clone(), wishes, stop };
    if start.receivers.is_empty() {
        return Ok((webhooks, None));
    }
    for (lane, receiver) in start.receivers.iter().enumerate() {
        let (line, receiver) = (line.clone(), receiver.clone());
        // It ends by itself when the row does; nobody waits for an answer that may take seconds.
        std::thread::Builder::new()
            .name(format!("webhook-{lane}"))
            .spawn(move || post::run(&line, lane, &receiver))?;
    }
    let keeper = keeper::Keeper::new(start, line, inbox, stopping);
    let runtime = tokio::runtime::Handle::current();
    let thread = std::thread::Builder::new()
        .name("webhooks".to_owned())
        .spawn(move || runtime.block_on(keeper.run()))?;
    Ok((webhooks, Some(thread)))
}

impl Webhooks {
    /// How every receiver stands.
    #[must_use]
    pub fn standing(&self) -> Vec<Standing> {
        self.line.standing()
    }

    /// True if a receiver has been away for a while, or nothing can be kept for them.
    #[must_use]
    pub fn are_late(&self) -> bool {
        self.line.is_late()
    }

    /// True while nothing can be kept for receivers.
    #[must_use]
    pub fn are_stuck(&self) -> bool {
        self.line.is_stuck()
    }

    /// Puts a test into the row of a receiver; false if too much was asked already.
    #[must_use]
    pub fn test(&self, receiver: &str) -> bool {
        self.wishes.try_send(Wish::Test(receiver.to_owned())).is_ok()
    }

    /// Puts a body that was put aside at the end of its receiver's row again.
    #[must_use]
    pub fn again(&self, receiver: &str, id: &str) -> bool {
        let (receiver, id) = (receiver.to_owned(), id.to_owned());
        self.wishes.try_send(Wish::Again { receiver, id }).is_ok()
    }

    /// Lets the keeper end when everything is kept.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

fn lock<T>(what: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
