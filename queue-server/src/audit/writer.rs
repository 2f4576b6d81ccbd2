//! The thread that alone writes the trail: a batch, one sync, then the answers.

use std::{
    fs, io,
    sync::{
        Arc,
        atomic::Ordering::Relaxed,
        mpsc::{Receiver, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use hall::time::Day;
use jiff::{ToSpan, civil::Date};
use journal::{
    Journal,
    disk::{DiskJournal, Sizes},
    fault::Fault,
    read,
    record::{Kind as RecordKind, Seq},
};
use tokio::sync::oneshot;

use super::{
    Act, Kind, Message, Outcome, State,
    check::{self, Break, Witness},
    command, folder,
};

/// How often notes of commands are looked for, and whether the day has turned.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Acts written with one sync.
const BATCH_MAX: usize = 256;

/// After the disk failed it is tried again so often.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// A day of a hall is some hundred short lines.
const SIZES: Sizes = Sizes { segment_bytes: 4 << 20, reserve_bytes: 64 << 10 };

/// Trails put aside under names of their own; a disk that damages more is no disk.
const PUT_ASIDE_MAX: u32 = 100;

pub struct Writer {
    state: Arc<State>,
    inbox: Receiver<Message>,
    trail: Option<Trail>,
    tried: Option<Instant>,
    /// What was found of the trail as it was opened, to be its next line.
    found: Option<Act>,
}

struct Trail {
    journal: DiskJournal,
    /// Whose segment is written; none before the first act.
    day: Option<Day>,
    /// Nothing was written of this day yet.
    begins: bool,
}

type Waiting = Vec<(Act, Option<oneshot::Sender<bool>>)>;

impl Writer {
    pub const fn new(state: Arc<State>, inbox: Receiver<Message>) -> Self {
        Self { state, inbox, trail: None, tried: None, found: None }
    }

    /// Writes until it is told to stop, or nobody is left to tell it anything.
    pub fn run(mut self) {
        self.open();
        self.check();
        let mut is_over = false;
        while !is_over {
            let mut batch = Waiting::new();
            match self.inbox.recv_timeout(LOOK_EVERY) {
                Ok(message) => is_over |= self.take(message, &mut batch),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => is_over = true,
            }
            while batch.len() < BATCH_MAX {
                let Ok(message) = self.inbox.try_recv() else { break };
                is_over |= self.take(message, &mut batch);
            }
            self.write(batch);
            self.take_notes();
        }
    }

    /// True if this is the end.
    fn take(&self, message: Message, batch: &mut Waiting) -> bool {
        match message {
            Message::Keep(act, kept) => batch.push((*act, kept)),
            Message::Check => self.check(),
            Message::Stop => return true,
        }
        false
    }

    /// Writes, syncs, and only then says so.
    fn write(&mut self, batch: Waiting) {
        let lost = self.state.lost.swap(0, Relaxed);
        if batch.is_empty() && lost == 0 && self.found.is_none() {
            return;
        }
        let (mut acts, kept): (Vec<Act>, Vec<_>) = batch.into_iter().unzip();
        let unasked = kept.iter().filter(|kept| kept.is_none()).count() as u64;
        if lost > 0 {
            acts.push(Act::of_hall(Kind::Trail, &format!("not written: {lost}"), Outcome::Failed));
        }
        let is_safe = self.write_all(acts);
        if !is_safe {
            self.state.lost.fetch_add(lost + unasked, Relaxed);
        }
        for kept in kept.into_iter().flatten() {
            // Whoever asked may have given up.
            kept.send(is_safe).ok();
        }
    }

    fn write_all(&mut self, acts: Vec<Act>) -> bool {
        if self.trail.is_none() {
            self.open();
        }
        let turned = self.turn_day();
        let Some(trail) = &mut self.trail else { return false };
        let acts: Vec<Act> = self.found.clone().into_iter().chain(acts).collect();
        let written = turned.and_then(|()| append(trail, acts, &self.state));
        if let Err(fault) = &written {
            tracing::error!(why = fault.sentence(), "the audit trail cannot be written");
            self.trail = None;
        } else {
            self.found = None;
        }
        self.state.is_stuck.store(written.is_err(), Relaxed);
        written.is_ok()
    }

    /// Begins the segment of a new day, and forgets what was kept long enough.
    fn turn_day(&mut self) -> Result<(), Fault> {
        let today = self.state.clock.day(self.state.clock.now());
        let Some(trail) = &mut self.trail else { return Ok(()) };
        if trail.day == Some(today) {
            return Ok(());
        }
        trail.journal.roll(&today.to_string())?;
        (trail.day, trail.begins) = (Some(today), true);
        trail.journal.closed().compress()?;
        forget(trail, &self.state)?;
        self.check();
        Ok(())
    }

    /// Takes in what was done at the console.
    fn take_notes(&mut self) {
        let notes = command::left(&self.state.data);
        if notes.is_empty() {
            return;
        }
        let (files, acts): (Vec<_>, Vec<_>) = notes.into_iter().unzip();
        if !self.write_all(acts) {
            return;
        }
        for file in files {
            if let Err(error) = fs::remove_file(&file) {
                tracing::warn!(%error, "a note for the audit trail stays and will be taken twice");
            }
        }
    }

    /// Looks through the trail without keeping anybody waiting.
    fn check(&self) {
        let state = self.state.clone();
        let look = move || {
            let checked = check::check(&state.data, &state.files);
            if let Some(broken) = &checked.broken {
                tracing::error!(%broken, "the audit trail is not what was written");
            }
            state.keep_checked(checked);
        };
        if let Err(error) = thread::Builder::new().name("audit-check".to_owned()).spawn(look) {
            tracing::warn!(%error, "the audit trail could not be looked through");
        }
    }

    fn open(&mut self) {
        let now = Instant::now();
        if self.tried.is_some_and(|then| now.saturating_duration_since(then) < TRY_AGAIN_AFTER) {
            return;
        }
        self.tried = Some(now);
        let opened = open(&self.state);
        self.state.is_stuck.store(opened.is_err(), Relaxed);
        match opened {
            Ok((trail, found)) => {
                (self.trail, self.tried) = (Some(trail), None);
                self.found = found.or(self.found.take());
            }
            Err(why) => tracing::error!(why, "the audit trail cannot be opened"),
        }
    }
}

/// Opens the trail; one that is not what was written is put aside, and the new one begins with that.
fn open(state: &State) -> Result<(Trail, Option<Act>), String> {
    let folder = folder(&state.data);
    let files = || state.files.clone();
    let witness = Witness::read(&state.data, state.files.as_ref());
    let mut broken = None;
    let opened = match DiskJournal::open_sized(&folder, files(), SIZES) {
        Err(Fault::Damaged { segment, at, .. }) => {
            let aside = put_aside(state).map_err(|error| error.to_string())?;
            tracing::error!(segment, at, aside, "the audit trail is damaged; another is begun");
            broken = Some((Break::Damaged { segment, at }, aside));
            DiskJournal::open_sized(&folder, files(), SIZES)
        }
        other => other,
    };
    let (journal, opened) = opened.map_err(|fault| fault.sentence())?;
    let head = journal.head();
    if witness.is_none() && opened.last == Seq(0) {
        // From the first act on there is one, so that a missing one tells something.
        let begins = Witness { last: Seq(0), head };
        begins.keep(&state.data, state.files.as_ref()).map_err(|error| error.to_string())?;
    }
    let told = match broken {
        Some((broken, aside)) => Some(format!("{broken} {aside}")),
        None => witness
            .map_or_else(
                || (opened.last > Seq(0)).then_some(Break::NoWitness),
                |witness| witness.contradicts(opened.last, &head),
            )
            .map(|broken| broken.to_string()),
    };
    let found = told.map(|told| {
        tracing::error!(told, "the audit trail is not what was written");
        Act::of_hall(Kind::Trail, &told, Outcome::Failed)
    });
    Ok((Trail { journal, day: None, begins: false }, found))
}

/// Gives the folder another name; what is in it may be looked at and is touched no more.
fn put_aside(state: &State) -> io::Result<String> {
    let day = state.clock.day(state.clock.now());
    let free = (1..=PUT_ASIDE_MAX).map(|n| format!("audit.damaged-{day}-{n}"));
    let free = free.into_iter().find(|name| !state.data.join(name).exists());
    let name = free.ok_or_else(|| io::Error::other("too many damaged trails were put aside"))?;
    fs::rename(folder(&state.data), state.data.join(&name))?;
    Ok(name)
}

/// Each day's first act is an opening, so that a start reads the last day alone.
fn append(trail: &mut Trail, acts: Vec<Act>, state: &State) -> Result<(), Fault> {
    let mut opens = std::mem::take(&mut trail.begins);
    for mut act in acts {
        act.at = state.clock.now();
        let payload = serde_json::to_vec(&act).unwrap_or_default();
        let kind = if opens { RecordKind::Opening } else { RecordKind::Entry };
        trail.journal.append(kind, &payload)?;
        opens = false;
    }
    trail.journal.sync()?;
    let witness = Witness { last: trail.journal.last(), head: trail.journal.head() };
    if let Err(error) = witness.keep(&state.data, state.files.as_ref()) {
        tracing::warn!(%error, "how far the audit trail was written could not be kept");
    }
    Ok(())
}

/// Forgets whole days that are older than they are kept. The trail says so first.
fn forget(trail: &mut Trail, state: &State) -> Result<(), Fault> {
    let today = state.clock.date(state.clock.now());
    let Ok(oldest) = today.checked_sub(i64::from(state.months_kept).months()) else {
        return Ok(());
    };
    let names = read::segments(&folder(&state.data), state.files.as_ref())?;
    // A segment that begins on the oldest day or before it ends all that stands before it.
    let begins =
        names.iter().rev().find(|name| name.hint.parse::<Date>().is_ok_and(|day| day <= oldest));
    let Some(kept) = begins.map(|name| Seq(name.first)).filter(|kept| *kept > Seq(1)) else {
        return Ok(());
    };
    if names.first().is_none_or(|name| name.first >= kept.0) {
        return Ok(());
    }
    append(trail, vec![check::forgotten(kept)], state)?;
    let gone = trail.journal.closed().forget_before(kept)?;
    tracing::info!(gone, %kept, "days of the audit trail were forgotten in their time");
    Ok(())
}
