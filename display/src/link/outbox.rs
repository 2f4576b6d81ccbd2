//! Reports until the broker has acknowledged them. The client drops what it holds when a session
//! is new, so what is not acknowledged is sent again; `boot` and `count` make it once.

use std::collections::{BTreeMap, VecDeque};

use wire::device::{Happening, Report};

use super::kept::Kept;

/// Reports kept while the broker is away: an hour of calls. Past it the oldest go, because the
/// server asks what is *shown* now, not what was.
const REPORTS_MAX: usize = 256;

/// Unacknowledged at once; under the client's own limit.
const SENT_MAX: usize = 8;

/// What to publish next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// A report.
    Report(Report),
    /// The state, as it is now.
    State,
}

#[derive(Debug, Clone, PartialEq)]
enum Sent {
    Report(Placed),
    State,
}

/// A report and its place among all that this program ever had to send.
#[derive(Debug, Clone, PartialEq)]
struct Placed {
    place: u64,
    report: Report,
}

/// What waits, what was given to the client, and what it gave a packet id.
pub struct Outbox {
    boot: u64,
    kept: Option<Kept>,
    places: u64,
    count: u64,
    connected: bool,
    state_due: bool,
    waiting: VecDeque<Placed>,
    handed: VecDeque<Sent>,
    unacknowledged: BTreeMap<u16, Sent>,
}

impl Outbox {
    /// An empty outbox of a boot.
    pub const fn new(boot: u64) -> Self {
        Self {
            boot,
            kept: None,
            places: 0,
            count: 0,
            connected: false,
            state_due: false,
            waiting: VecDeque::new(),
            handed: VecDeque::new(),
            unacknowledged: BTreeMap::new(),
        }
    }

    /// The same, which keeps ratings on the disk, and sends those first that an earlier start left.
    #[must_use]
    pub fn keeping(mut self, kept: Kept) -> Self {
        for report in kept.left() {
            self.waiting.push_back(Placed { place: self.places, report: report.clone() });
            self.places += 1;
        }
        self.kept = Some(kept);
        self
    }

    /// One more report.
    pub fn push(&mut self, what: Happening) {
        self.count += 1;
        if let Happening::Shown { .. } = what {
            // Only the last picture matters.
            self.waiting.retain(|one| !matches!(one.report.what, Happening::Shown { .. }));
            self.state_due = true;
        }
        let report = super::numbered(self.boot, self.count, what);
        if let (Happening::Graded { .. }, Some(kept)) = (&report.what, &mut self.kept) {
            complain(kept.keep(&report));
        }
        self.waiting.push_back(Placed { place: self.places, report });
        self.places += 1;
        if self.waiting.len() > REPORTS_MAX {
            self.drop_oldest();
        }
    }

    /// What a person said goes last.
    fn drop_oldest(&mut self) {
        let is_said = |one: &Placed| matches!(one.report.what, Happening::Graded { .. });
        let place = self.waiting.iter().position(|one| !is_said(one)).unwrap_or(0);
        if let Some(dropped) = self.waiting.remove(place) {
            self.forget(&dropped.report);
            tracing::warn!("the oldest report was dropped: the broker has been away for long");
        }
    }

    fn forget(&mut self, report: &Report) {
        if let (Happening::Graded { .. }, Some(kept)) = (&report.what, &mut self.kept) {
            complain(kept.forget(report.boot, report.count));
        }
    }

    /// The state is to be told (again).
    pub const fn tell_state(&mut self) {
        self.state_due = true;
    }

    /// The state is somebody else's to tell.
    pub const fn hush_state(&mut self) {
        self.state_due = false;
    }

    /// A session began: nothing is under way, and the broker may have forgotten the state.
    pub fn handle_connected(&mut self) {
        self.handle_disconnected();
        self.connected = true;
        self.state_due = true;
    }

    /// The session ended: what is not acknowledged waits again, in its order.
    pub fn handle_disconnected(&mut self) {
        self.connected = false;
        let unacknowledged = std::mem::take(&mut self.unacknowledged).into_values();
        let back: Vec<Sent> = unacknowledged.chain(self.handed.drain(..)).collect();
        let reports = back.into_iter().filter_map(|sent| match sent {
            Sent::Report(report) => Some(report),
            Sent::State => None,
        });
        let mut all: Vec<Placed> = reports.chain(self.waiting.drain(..)).collect();
        all.sort_by_key(|one| one.place);
        self.waiting = all.into();
    }

    /// What to publish now; taken as handed to the client.
    pub fn poll_next(&mut self) -> Option<Next> {
        if !self.connected || self.handed.len() + self.unacknowledged.len() >= SENT_MAX {
            return None;
        }
        if self.state_due {
            self.state_due = false;
            self.handed.push_back(Sent::State);
            return Some(Next::State);
        }
        let next = self.waiting.pop_front()?;
        let report = next.report.clone();
        self.handed.push_back(Sent::Report(next));
        Some(Next::Report(report))
    }

    /// The client did not take what was polled last.
    pub fn handle_refused(&mut self) {
        match self.handed.pop_back() {
            Some(Sent::Report(report)) => self.waiting.push_front(report),
            Some(Sent::State) => self.state_due = true,
            None => {}
        }
    }

    /// The client sent what it was handed first, under this packet id.
    pub fn handle_sent(&mut self, pkid: u16) {
        if let Some(sent) = self.handed.pop_front() {
            self.unacknowledged.insert(pkid, sent);
        }
    }

    /// The broker has it.
    pub fn handle_acknowledged(&mut self, pkid: u16) {
        if let Some(Sent::Report(one)) = self.unacknowledged.remove(&pkid) {
            self.forget(&one.report);
        }
    }
}

/// A disk that fails keeps nothing; what is in memory still goes out.
fn complain(kept: Result<(), super::kept::KeepFault>) {
    if let Err(error) = kept {
        tracing::error!(%error, "a rating is in memory only");
    }
}

#[cfg(test)]
mod tests;
