//! 叫号送达: whether a call came to the person — the strip confirmed it in time, and the voice said it.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use hall::{
    command::Command,
    event::calls::CallsReported,
    ids::{DeviceId, WindowId},
    time::{Millis, Timestamp},
    words::Actor,
};

use super::Outbox;
use crate::{clock::HallClock, engine::Wish};

/// 叫号送达: a strip has so long from the press on, in the world's time (`domain.md` 5).
pub const IN_TIME: Duration = Duration::from_secs(2);

/// Calls of which nothing is known yet; past it the oldest has not arrived. A window calls once in
/// some minutes, and a voice has five of them.
const OPEN_MAX: usize = 512;

/// The hall is told so often, in its own time: one word for all calls of a window.
const TOLD_EVERY: Millis = Millis::from_minutes(15);

/// A call that has not arrived everywhere.
#[derive(Debug)]
struct Call {
    window: WindowId,
    at: Timestamp,
    /// Faces not confirmed yet, by the revision that shows the call.
    faces: BTreeMap<DeviceId, u64>,
    /// Jobs of voices that have not ended.
    said: BTreeSet<(DeviceId, u64)>,
    /// When nobody will speak it any more.
    gone_at: Timestamp,
    is_late: bool,
}

/// What became of calls at a window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counted {
    calls: u32,
    in_time: u32,
}

/// Calls on their way, and what became of those that were.
#[derive(Debug, Default)]
pub struct Arrivals {
    open: VecDeque<Call>,
    counted: BTreeMap<WindowId, Counted>,
}

impl Arrivals {
    /// A call was sent to these faces and voices; with neither, nothing had to arrive.
    pub fn begin(
        &mut self,
        (window, at): (WindowId, Timestamp),
        faces: BTreeMap<DeviceId, u64>,
        said: BTreeSet<(DeviceId, u64)>,
        gone_at: Timestamp,
    ) {
        if faces.is_empty() && said.is_empty() {
            return;
        }
        if self.open.len() >= OPEN_MAX
            && let Some(oldest) = self.open.pop_front()
        {
            self.count(oldest.window, false);
        }
        self.open.push_back(Call { window, at, faces, said, gone_at, is_late: false });
    }

    /// A device shows this revision, and with it every one before.
    pub fn note_shown(
        &mut self,
        device: DeviceId,
        revision: u64,
        (now, clock): (Timestamp, &HallClock),
    ) {
        for call in &mut self.open {
            if call.faces.get(&device).is_some_and(|owed| *owed <= revision) {
                call.faces.remove(&device);
                call.is_late |= !is_in_time(call.at, now, clock);
            }
        }
        self.settle();
    }

    /// A voice has spoken, or could not.
    pub fn note_ended(&mut self, device: DeviceId, job: u64, done: bool) {
        for call in &mut self.open {
            if call.said.remove(&(device, job)) {
                call.is_late |= !done;
            }
        }
        self.settle();
    }

    /// Time passed: a strip that has not confirmed is late, a voice that is past its time has not
    /// spoken.
    pub fn handle_time(&mut self, now: Timestamp, clock: &HallClock) {
        for call in &mut self.open {
            if !call.faces.is_empty() && !is_in_time(call.at, now, clock) {
                call.faces.clear();
                call.is_late = true;
            }
            if !call.said.is_empty() && now >= call.gone_at {
                call.said.clear();
                call.is_late = true;
            }
        }
        self.settle();
    }

    /// What the hall has not been told, window by window; it is forgotten here.
    pub fn take(&mut self) -> Vec<Command> {
        let counted = std::mem::take(&mut self.counted).into_iter();
        let told = |(window, Counted { calls, in_time })| CallsReported { window, calls, in_time };
        counted.map(told).map(Command::ReportCalls).collect()
    }

    fn settle(&mut self) {
        let mut over = Vec::new();
        self.open.retain(|call| {
            let is_over = call.faces.is_empty() && call.said.is_empty();
            if is_over {
                over.push((call.window, !call.is_late));
            }
            !is_over
        });
        over.into_iter().for_each(|(window, in_time)| self.count(window, in_time));
    }

    fn count(&mut self, window: WindowId, in_time: bool) {
        let counted = self.counted.entry(window).or_default();
        counted.calls += 1;
        counted.in_time += u32::from(in_time);
    }
}

impl Outbox {
    /// Tells the hall which calls arrived, in lots; what it does not take now is not told again, for it
    /// tells of our own quality and of nobody's ticket.
    pub(super) fn report_arrivals(&mut self) {
        let now = self.app.now();
        if now.since(self.arrivals_told) < TOLD_EVERY {
            return;
        }
        self.arrivals_told = now;
        let (told, engine) = (self.room.take_arrivals(), self.app.engine.clone());
        tokio::spawn(async move {
            for command in told {
                let wish = Wish { by: Actor::Hall, request: None, command };
                if let Err(why) = engine.ask(wish).await {
                    tracing::debug!(%why, "which calls arrived was not noted");
                }
            }
        });
    }
}

fn is_in_time(called: Timestamp, now: Timestamp, clock: &HallClock) -> bool {
    clock.world_of(now.since(called)).is_some_and(|took| took <= IN_TIME)
}

#[cfg(test)]
mod tests;
