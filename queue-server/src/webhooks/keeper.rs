//! The thread that alone writes the row: events become bodies, bodies are made safe, and only then does
//! anybody send them.

use std::{io, path::PathBuf, sync::Arc, time::Duration};

use hall::event::Event;
use journal::{
    Journal,
    disk::{DiskJournal, Sizes},
    fault::Fault,
    files::File,
    record::{Kind as RecordKind, Seq},
};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        mpsc, watch,
    },
    time::{sleep, timeout},
};
use wire::webhook::{Webhook, WebhookData, WebhookKind};

use super::{
    Start, Wish,
    line::{Line, Place, Waiting, now_secs},
    told,
};
use crate::{
    engine::{Batch, events_of},
    record,
};

/// How often places are kept, and what every receiver has had is let go.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What came within this is made safe together: the disk is the hall's before it is ours.
const TOGETHER_FOR: Duration = Duration::from_millis(100);

/// Steps taken together at most.
const STEPS_MAX: usize = 128;

/// Bodies in one record of the row.
const BODIES_MAX: usize = 512;

/// After the disk failed it is tried again so often.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// How far the record was looked through is written at least every so many records.
const NOTED_EVERY: u64 = 10_000;

/// Small segments, so that what was delivered is let go soon.
const SIZES: Sizes = Sizes { segment_bytes: 1 << 20, reserve_bytes: 64 << 10 };

/// The longest file of a receiver's place: a hundred bodies put aside.
const PLACE_BYTES_MAX: u64 = 4 << 20;

/// A record of the row.
#[derive(Serialize, Deserialize)]
struct Page {
    /// The hall's record was looked through up to there.
    upto: u64,
    /// What came of it.
    bodies: Vec<Waiting>,
}

/// The keeper.
pub struct Keeper {
    start: Start,
    line: Arc<Line>,
    wishes: mpsc::Receiver<Wish>,
    stopping: watch::Receiver<bool>,
}

/// What there is to do next.
enum Next {
    Step(Arc<Batch>),
    Behind,
    Wish(Wish),
    Time,
    Over,
}

/// The row on the disk.
struct Row {
    journal: DiskJournal,
    /// The hall's record was looked through up to there …
    upto: u64,
    /// … and this stands on the disk.
    noted: u64,
    next: u64,
    /// The first place of each record that is still there.
    pages: Vec<(u64, Seq)>,
}

impl Keeper {
    pub const fn new(
        start: Start,
        line: Arc<Line>,
        wishes: mpsc::Receiver<Wish>,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        Self { start, line, wishes, stopping }
    }

    /// Keeps until it is told to stop; a disk that fails is tried again, and what happened meanwhile is
    /// made of the hall's record.
    pub async fn run(mut self) {
        loop {
            match self.keep().await {
                Ok(()) => break,
                Err(why) => tracing::error!(why, "webhooks cannot be kept"),
            }
            self.line.set_stuck(true);
            let stop = self.stopping.wait_for(|stop| *stop);
            if timeout(TRY_AGAIN_AFTER, stop).await.is_ok() {
                break;
            }
        }
        self.line.end();
    }

    async fn keep(&mut self) -> Result<(), String> {
        let mut events = self.start.engine.subscribe();
        let mut row = self.open().map_err(|fault| fault.sentence())?;
        self.catch_up(&mut row)?;
        self.line.set_stuck(false);
        loop {
            let mut steps: Vec<Arc<Batch>> = Vec::new();
            let next = self.next(&mut events).await;
            let is_over = matches!(next, Next::Over);
            match next {
                Next::Step(step) => {
                    steps.push(step);
                    sleep(TOGETHER_FOR).await;
                }
                Next::Behind => self.catch_up(&mut row)?,
                Next::Wish(wish) => self.fulfil(&mut row, wish)?,
                Next::Time | Next::Over => {}
            }
            let behind = take_more(&mut events, &mut steps);
            self.take(&mut row, &steps)?;
            if behind {
                self.catch_up(&mut row)?;
            }
            self.tidy(&mut row)?;
            if is_over {
                return row.note().map_err(|fault| fault.sentence());
            }
        }
    }

    async fn next(&mut self, events: &mut broadcast::Receiver<Arc<Batch>>) -> Next {
        tokio::select! {
            step = events.recv() => match step {
                Ok(step) => Next::Step(step),
                Err(RecvError::Lagged(_)) => Next::Behind,
                Err(RecvError::Closed) => Next::Over,
            },
            Some(wish) = self.wishes.recv() => Next::Wish(wish),
            _ = self.stopping.wait_for(|stop| *stop) => Next::Over,
            () = sleep(LOOK_EVERY) => Next::Time,
        }
    }

    fn folder(&self) -> PathBuf {
        self.start.data.join("webhooks")
    }

    /// Opens the row, and gives the receivers what waits for them.
    fn open(&self) -> Result<Row, Fault> {
        let (folder, files) = (self.folder(), self.start.files.clone());
        let disk = |source: io::Error| Fault::disk("make the folder", &folder, source);
        files.make_dir(&folder).map_err(disk)?;
        let (journal, opened) = DiskJournal::open_sized(&folder.join("row"), files, SIZES)?;
        let now = *self.start.engine.sequence().borrow();
        let mut row = Row { journal, upto: now, noted: 0, next: 1, pages: Vec::new() };
        let mut waiting = Vec::new();
        for record in opened.records {
            let Ok(page) = serde_json::from_slice::<Page>(&record.payload) else {
                tracing::error!(seq = record.seq.0, "a record of the webhooks' row is none");
                continue;
            };
            // A record that was put back from a backup is shorter than what we have seen.
            row.upto = page.upto.min(now);
            row.noted = row.upto;
            if let (Some(first), Some(last)) = (page.bodies.first(), page.bodies.last()) {
                row.pages.push((first.place, record.seq));
                row.next = last.place + 1;
            }
            waiting.extend(page.bodies);
        }
        let places = self.start.receivers.iter().map(|each| self.place(&each.name, &row, &waiting));
        let places = places.collect();
        self.line.take_up(waiting, places);
        Ok(row)
    }

    /// Where a receiver stands. A new one is told what happens from now on; of one whose file cannot be
    /// read everything that is still there goes out again.
    fn place(&self, name: &str, row: &Row, waiting: &[Waiting]) -> Place {
        let path = self.folder().join(format!("{name}.json"));
        let read = || -> io::Result<Place> {
            let file: Box<dyn File> = self.start.files.open_to_read(&path)?;
            let length = file.size()?.min(PLACE_BYTES_MAX);
            let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
            let read = file.read_at(0, &mut bytes)?;
            Ok(serde_json::from_slice(&bytes[..read])?)
        };
        match read() {
            Ok(place) => place,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Place { next: row.next, ..Place::default() }
            }
            Err(error) => {
                tracing::warn!(%error, receiver = name, "what it has had is not known");
                let first = waiting.first().map_or(row.next, |waiting| waiting.place);
                Place { next: first, ..Place::default() }
            }
        }
    }

    /// Makes of the hall's record what was missed: after a start, or behind a busy second.
    fn catch_up(&self, row: &mut Row) -> Result<(), String> {
        let until = *self.start.engine.sequence().borrow();
        if row.upto >= until {
            return Ok(());
        }
        let hall = self.start.engine.hall();
        let mut bodies = Vec::new();
        let (data, files) = (&self.start.data, &self.start.files);
        let mut broken = None;
        record::read_after(data, files, row.upto, |record| {
            if record.seq.0 > until {
                return;
            }
            match events_of(record.seq.0, &record.payload) {
                Ok(events) => {
                    let told = events.iter().flat_map(|event| self.told(&hall, event));
                    bodies.extend(told);
                }
                Err(fault) => broken = Some(fault.to_string()),
            }
        })
        .map_err(|fault| fault.to_string())?;
        if let Some(why) = broken {
            tracing::error!(why, "events could not be told");
        }
        row.upto = until;
        self.put(row, bodies)
    }

    fn told(&self, hall: &hall::Hall, event: &Event) -> Vec<Webhook> {
        let is_wanted =
            |kind: WebhookKind| self.start.receivers.iter().any(|each| each.wants(kind));
        told::of(hall, event, &is_wanted)
    }

    fn take(&self, row: &mut Row, steps: &[Arc<Batch>]) -> Result<(), String> {
        let new: Vec<&Arc<Batch>> = steps.iter().filter(|step| step.sequence > row.upto).collect();
        let Some(last) = new.last() else { return Ok(()) };
        let events = || new.iter().flat_map(|step| &step.events);
        let bodies = self
            .start
            .engine
            .read(|hall| events().flat_map(|event| self.told(hall, event)).collect::<Vec<_>>());
        row.upto = last.sequence;
        self.put(row, bodies)
    }

    /// Makes bodies safe, and only then lets the receivers see them.
    fn put(&self, row: &mut Row, bodies: Vec<Webhook>) -> Result<(), String> {
        let mut waiting = Vec::with_capacity(bodies.len());
        for body in bodies {
            let text = serde_json::to_string(&body).map_err(|error| error.to_string())?;
            waiting.push(row.waiting(body.kind, None, text));
        }
        self.keep_all(row, waiting)
    }

    fn keep_all(&self, row: &mut Row, waiting: Vec<Waiting>) -> Result<(), String> {
        row.keep(&waiting).map_err(|fault| fault.sentence())?;
        if !waiting.is_empty() {
            self.line.add(waiting);
        }
        Ok(())
    }

    fn fulfil(&self, row: &mut Row, wish: Wish) -> Result<(), String> {
        let waiting = match wish {
            Wish::Test(receiver) => {
                let (hall, at) = (&self.start.engine, self.start.engine.stepped_at());
                let body = Webhook {
                    kind: WebhookKind::Test,
                    timestamp: told::written(at),
                    hall: hall.read(|hall| hall.setup().id().to_string()),
                    data: WebhookData::default(),
                };
                let text = serde_json::to_string(&body).map_err(|error| error.to_string())?;
                row.waiting(body.kind, Some(receiver), text)
            }
            Wish::Again { receiver, id } => {
                let Some(again) = self.line.take_aside(&receiver, &id) else { return Ok(()) };
                // The same id: whoever had it after all knows it.
                Waiting { id, ..row.waiting(again.kind, Some(receiver), again.body) }
            }
        };
        self.keep_all(row, vec![waiting])
    }

    /// Keeps the places, and lets go what everybody has had.
    fn tidy(&self, row: &mut Row) -> Result<(), String> {
        if row.upto - row.noted > NOTED_EVERY {
            row.note().map_err(|fault| fault.sentence())?;
        }
        for (name, place) in self.line.changed_places().into_iter().flatten() {
            self.keep_place(&name, &place).map_err(|error| error.to_string())?;
        }
        let needed = self.line.let_go();
        row.let_go(needed).map_err(|fault| fault.sentence())
    }

    fn keep_place(&self, name: &str, place: &Place) -> io::Result<()> {
        let (folder, files) = (self.folder(), &self.start.files);
        let making = folder.join(format!("{name}.making"));
        let file: Box<dyn File> = files.create(&making)?;
        file.write_at(0, &serde_json::to_vec(place)?)?;
        file.sync()?;
        files.rename(&making, &folder.join(format!("{name}.json")))
    }
}

impl Row {
    fn waiting(&mut self, kind: WebhookKind, to: Option<String>, body: String) -> Waiting {
        let place = self.next;
        self.next += 1;
        Waiting { place, id: id(), at_secs: now_secs(), kind, to, body }
    }

    fn keep(&mut self, waiting: &[Waiting]) -> Result<(), Fault> {
        for bodies in waiting.chunks(BODIES_MAX) {
            // How far it was looked through holds when all of it is there.
            let is_last =
                bodies.last().map(|each| each.place) == waiting.last().map(|each| each.place);
            let upto = if is_last { self.upto } else { self.noted };
            let seq = self.append(&Page { upto, bodies: bodies.to_vec() })?;
            self.pages.extend(bodies.first().map(|first| (first.place, seq)));
        }
        if waiting.is_empty() { Ok(()) } else { self.journal.sync() }
    }

    /// Writes how far the record was looked through.
    fn note(&mut self) -> Result<(), Fault> {
        if self.noted == self.upto {
            return Ok(());
        }
        self.append(&Page { upto: self.upto, bodies: Vec::new() })?;
        self.journal.sync()
    }

    fn append(&mut self, page: &Page) -> Result<Seq, Fault> {
        let payload = serde_json::to_vec(page).unwrap_or_default();
        let seq = self.journal.append(RecordKind::Entry, &payload)?;
        self.noted = page.upto;
        Ok(seq)
    }

    fn let_go(&mut self, needed: Option<u64>) -> Result<(), Fault> {
        let kept = match needed {
            Some(place) => self.pages.iter().rev().find(|(first, _)| *first <= place),
            None => None,
        };
        let kept = kept.map_or(self.journal.last(), |(_, seq)| *seq);
        if self.pages.first().is_none_or(|(_, seq)| *seq >= kept) {
            return Ok(());
        }
        self.journal.closed().forget_before(kept)?;
        self.pages.retain(|(_, seq)| *seq >= kept);
        Ok(())
    }
}

/// Whatever else is there already; true if some of it is gone.
fn take_more(events: &mut broadcast::Receiver<Arc<Batch>>, steps: &mut Vec<Arc<Batch>>) -> bool {
    while steps.len() < STEPS_MAX {
        match events.try_recv() {
            Ok(step) => steps.push(step),
            Err(broadcast::error::TryRecvError::Lagged(_)) => return true,
            Err(broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed) => {
                return false;
            }
        }
    }
    false
}

/// An id by which a receiver knows that it had a body already.
fn id() -> String {
    let mut bytes = [0; 16];
    // Without chance two bodies of one moment might share an id; the moment alone still tells most.
    if getrandom::fill(&mut bytes).is_err() {
        bytes[..8].copy_from_slice(&jiff::Timestamp::now().as_nanosecond().to_le_bytes()[..8]);
    }
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("msg_{digits}")
}
