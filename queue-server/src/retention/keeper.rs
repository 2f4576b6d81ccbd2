//! The thread that does it every night, or by day if the machine was off, and whenever an administrator
//! asks.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use hall::time::Day;

use super::{Wish, night};
use crate::app::App;

/// How often it is looked whether the night has come.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// A server that has just begun has better things to do.
const REST_AT_START: Duration = Duration::from_secs(5 * 60);

/// After a night that could not do everything the next try is so much later.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(2 * 3_600);

/// Begins.
///
/// # Errors
/// If the system gives no thread.
pub fn start(app: Arc<App>, inbox: Receiver<Wish>) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("retention".into()).spawn(move || keep(&app, &inbox))
}

fn keep(app: &App, inbox: &Receiver<Wish>) {
    let began = Instant::now();
    let mut tried: Option<Instant> = None;
    night::begin(app);
    loop {
        let wish = inbox.recv_timeout(LOOK_EVERY);
        if *app.stopping.borrow() {
            return;
        }
        let rests = |since: Instant, span| since.elapsed() < span;
        match wish {
            Ok(Wish::Now) => {
                while let Ok(Wish::Now) = inbox.try_recv() {}
                night::run(app, true);
                tried = Some(Instant::now());
            }
            Ok(Wish::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let is_tired = rests(began, REST_AT_START)
                    || tried.is_some_and(|tried| rests(tried, TRY_AGAIN_AFTER));
                if !is_tired && is_due(app) {
                    let whole = night::run(app, false).is_whole();
                    tried = (!whole).then(Instant::now);
                }
            }
        }
    }
}

fn is_due(app: &App) -> bool {
    let now = app.now();
    let hour = app.clock.time_of_day(now).0 / 60;
    let memory = app.retention.memory();
    is_due_at(memory.whole, app.clock.day(now), hour, app.retention.limits().hour)
}

/// Once a day, from its hour on.
fn is_due_at(whole: Option<Day>, today: Day, hour: u16, at: u8) -> bool {
    whole.is_none_or(|day| day < today) && hour >= u16::from(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_due_once_a_day_from_its_hour_on_and_after_a_night_that_was_slept_through() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let (monday, tuesday) = (day("2026-11-23"), day("2026-11-24"));
        assert!(is_due_at(None, monday, 1, 1) && !is_due_at(None, monday, 0, 1));
        assert!(!is_due_at(Some(monday), monday, 2, 1));
        assert!(is_due_at(Some(monday), tuesday, 9, 1) && !is_due_at(Some(monday), tuesday, 0, 1));
    }
}
