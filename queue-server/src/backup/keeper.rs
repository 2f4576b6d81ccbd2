//! The thread that makes backups: one a night, and one whenever an administrator asks.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::{Backup, BackupFault, Plan, list, make, wanted};
use crate::{
    audit::{Act, Audit, Kind, Outcome},
    clock::HallClock,
};

/// How often it is looked whether one is due.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// A server that has just begun has better things to do.
const REST_AT_START: Duration = Duration::from_secs(10 * 60);

/// The hour of the hall at which one is made, unless the settings say otherwise.
pub const HOUR: u8 = 2;

/// One made within so many seconds is the night's.
const SAME_NIGHT_SECS: i64 = 20 * 3600;

/// A machine that is off at night makes one when it is on.
const OVERDUE_SECS: i64 = 26 * 3600;

/// Older than this is told.
const OLD_SECS: i64 = 50 * 3600;

/// After one failed the next is tried so much later.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(3600);

/// Wishes that wait; one backup answers them all.
const WISHES_MAX: usize = 4;

/// How backups stand.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    /// One is being made.
    pub is_making: bool,
    /// The last that was made, now or before.
    pub last: Option<Backup>,
    /// Why the last try failed, if it did.
    pub failed: Option<Arc<BackupFault>>,
}

/// The backups of a server; cheap to clone.
#[derive(Clone)]
pub struct Backups {
    plan: Plan,
    state: Arc<State>,
    wishes: SyncSender<Wish>,
}

struct State {
    condition: Mutex<Condition>,
    began: Instant,
    is_over: AtomicBool,
}

enum Wish {
    Now,
    Stop,
}

/// Begins to keep backups.
///
/// # Errors
/// If the system gives no thread.
pub fn start(
    plan: Plan,
    hour: u8,
    clock: HallClock,
    audit: Audit,
) -> std::io::Result<(Backups, JoinHandle<()>)> {
    let (wishes, inbox) = mpsc::sync_channel(WISHES_MAX);
    let condition = Condition { last: list(&plan.to).into_iter().next(), ..Condition::default() };
    let state = Arc::new(State {
        condition: Mutex::new(condition),
        began: Instant::now(),
        is_over: AtomicBool::new(false),
    });
    let keeper =
        Keeper { plan: plan.clone(), hour, clock, audit, state: state.clone(), tried: None };
    let thread = std::thread::Builder::new().name("backup".into()).spawn(|| keeper.run(inbox))?;
    Ok((Backups { plan, state, wishes }, thread))
}

impl Backups {
    /// Asks for one now.
    pub fn ask(&self) {
        // One that is asked for already answers this wish too.
        self.wishes.try_send(Wish::Now).ok();
        self.state.lock().is_making = true;
    }

    /// How they stand.
    #[must_use]
    pub fn condition(&self) -> Condition {
        self.state.lock().clone()
    }

    /// Every backup that is kept, the newest first.
    #[must_use]
    pub fn list(&self) -> Vec<Backup> {
        list(&self.plan.to)
    }

    /// The files of the disk.
    #[must_use]
    pub fn files(&self) -> &Arc<dyn journal::files::Files> {
        &self.plan.files
    }

    /// Asks that the next start puts a backup back, and looks through it first.
    ///
    /// # Errors
    /// If it is not what was copied, or the wish cannot be written; nothing is touched.
    pub fn want_back(
        &self,
        name: &str,
        by: hall::ids::StaffNo,
        why: &str,
    ) -> Result<(), BackupFault> {
        let Plan { data, to, files, .. } = &self.plan;
        let backup = wanted::looked_through(to, name, files)?.path;
        let kept_in = to.starts_with(data).then(|| to.clone());
        let why = why.to_owned();
        wanted::ask(data, &wanted::Wanted { backup, kept_in, by, why }, files)
    }

    /// Where they are kept.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.plan.to
    }

    /// How many are kept.
    #[must_use]
    pub const fn kept(&self) -> usize {
        self.plan.keep
    }

    /// True if the backups lie on the very disk that they are to outlive.
    #[must_use]
    pub fn are_on_the_same_disk(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let device = |path: &Path| std::fs::metadata(path).ok().map(|found| found.dev());
        device(&self.plan.to).is_none_or(|there| Some(there) == device(&self.plan.data))
    }

    /// True if the last one is older than it should be, or could not be made.
    #[must_use]
    pub fn are_late(&self) -> bool {
        let condition = self.state.lock();
        let up_secs = i64::try_from(self.state.began.elapsed().as_secs()).unwrap_or(i64::MAX);
        let age = condition.last.as_ref().map_or(i64::MAX, age_secs);
        condition.failed.is_some() || (age > OLD_SECS && up_secs > OVERDUE_SECS)
    }

    /// Lets the thread end.
    pub fn stop(&self) {
        self.state.is_over.store(true, Relaxed);
        self.wishes.try_send(Wish::Stop).ok();
    }
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Condition> {
        self.condition.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn age_secs(backup: &Backup) -> i64 {
    Timestamp::now().as_second().saturating_sub(backup.manifest.made_secs)
}

struct Keeper {
    plan: Plan,
    hour: u8,
    clock: HallClock,
    audit: Audit,
    state: Arc<State>,
    tried: Option<Instant>,
}

impl Keeper {
    fn run(mut self, inbox: Receiver<Wish>) {
        loop {
            let wish = inbox.recv_timeout(LOOK_EVERY);
            if self.state.is_over.load(Relaxed) {
                return;
            }
            match wish {
                Ok(Wish::Now) => {
                    while let Ok(Wish::Now) = inbox.try_recv() {}
                    self.make();
                }
                Ok(Wish::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) if self.is_due() => self.make(),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn is_due(&self) -> bool {
        let rests = |since: Instant, span| since.elapsed() < span;
        if rests(self.state.began, REST_AT_START)
            || self.tried.is_some_and(|tried| rests(tried, TRY_AGAIN_AFTER))
        {
            return false;
        }
        let hour = self.clock.time_of_day(self.clock.now()).0 / 60;
        let age = self.state.lock().last.as_ref().map_or(i64::MAX, age_secs);
        is_due(age, hour == u16::from(self.hour))
    }

    fn make(&mut self) {
        self.tried = Some(Instant::now());
        self.state.lock().is_making = true;
        let made = make(&self.plan);
        let (about, outcome) = match &made {
            Ok(backup) => (format!("{}, {} bytes", backup.name(), backup.bytes()), Outcome::Done),
            Err(fault) => (fault.to_string(), Outcome::Failed),
        };
        self.audit.note(Act::of_hall(Kind::Backup, &about, outcome));
        let mut condition = self.state.lock();
        condition.is_making = false;
        match made {
            Ok(backup) => {
                tracing::info!(backup = backup.name(), bytes = backup.bytes(), "a backup was made");
                (condition.last, condition.failed) = (Some(backup), None);
            }
            Err(fault) => {
                tracing::error!(%fault, "no backup could be made");
                condition.failed = Some(Arc::new(fault));
            }
        }
    }
}

/// Whether one is due, of the age of the last and whether it is the hour for it.
fn is_due(age_secs: i64, is_the_hour: bool) -> bool {
    age_secs > OVERDUE_SECS || (is_the_hour && age_secs > SAME_NIGHT_SECS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_a_night_and_one_by_day_if_the_machine_was_off() {
        const HOURS: i64 = 3600;
        assert!(is_due(24 * HOURS, true));
        assert!(!is_due(24 * HOURS, false) && !is_due(HOURS, true));
        assert!(is_due(27 * HOURS, false) && is_due(i64::MAX, false));
    }
}
