//! 广播字幕: what is said to the hall stands on its screens while it is said, for whoever does not
//! hear it.

use std::collections::{BTreeSet, VecDeque};

use hall::{
    ids::{DeviceId, ZoneId},
    time::Timestamp,
};
use wire::{device::Work, spoken::Broadcast};

use crate::{announcements::Announcement, faces::View};

/// A caption stands at least so long from its turn on, in milliseconds of the world, also where nobody
/// speaks.
const STANDS_MILLIS_MIN: u64 = 20_000;

/// And so long for each of its characters: half as fast as people read.
const MILLIS_PER_CHAR: u64 = 400;

/// Captions that stand or wait at once; past it the oldest goes that is not urgent.
const CAPTIONS_MAX: usize = 16;

#[derive(Debug)]
struct Caption {
    zone: Option<ZoneId>,
    broadcast: Broadcast,
    /// Jobs of announcers that have not ended.
    due: BTreeSet<(DeviceId, u64)>,
    /// How long it stands, in milliseconds of the hall, once it is its turn.
    stands_millis: i64,
    /// When its turn came.
    shown: Option<Timestamp>,
    /// Then nobody will speak it any more.
    gone_at: Timestamp,
}

/// What is being said, oldest first.
#[derive(Debug, Default)]
pub struct Captions {
    all: VecDeque<Caption>,
}

impl Captions {
    /// Announcers were given these jobs; a call is no caption, it stands as a row. True if something
    /// stands now that did not.
    pub fn begin(
        &mut self,
        said: &Announcement,
        jobs: impl IntoIterator<Item = (DeviceId, u64)>,
        expires_in_millis: u64,
        view: &View,
    ) -> bool {
        let Work::Say { text, window: None, how, .. } = &said.work else { return false };
        let reads = MILLIS_PER_CHAR.saturating_mul(text.chars().count() as u64);
        let stands = STANDS_MILLIS_MIN.max(reads);
        let broadcast = Broadcast { text: text.clone(), at: view.now.0, urgent: how.urgent };
        self.all.push_back(Caption {
            zone: said.zone,
            broadcast,
            due: jobs.into_iter().collect(),
            stands_millis: of_hall(view, stands),
            shown: None,
            gone_at: later(view, expires_in_millis.max(stands)),
        });
        if self.all.len() > CAPTIONS_MAX {
            let oldest = self.all.iter().position(|caption| !caption.broadcast.urgent);
            self.all.remove(oldest.unwrap_or(0));
        }
        self.handle_time(view.now);
        true
    }

    /// An announcer has spoken, or could not.
    pub fn note_ended(&mut self, device: DeviceId, job: u64) {
        for caption in &mut self.all {
            caption.due.remove(&(device, job));
        }
    }

    /// One after the other has its turn: what was spoken and could be read goes, so does what nobody
    /// will speak any more. An urgent one goes before; whom it interrupts begins anew.
    pub fn handle_time(&mut self, now: Timestamp) {
        while let Some(turn) = self.turn() {
            for (place, caption) in self.all.iter_mut().enumerate() {
                if place != turn {
                    caption.shown = None;
                }
            }
            let caption = &mut self.all[turn];
            let since = *caption.shown.get_or_insert(now);
            let was_read = now.0 >= since.0.saturating_add(caption.stands_millis);
            let was_spoken = caption.due.is_empty() || now >= caption.gone_at;
            if !(was_read && was_spoken) {
                return;
            }
            self.all.remove(turn);
        }
    }

    /// Whose turn it is: the newest that is urgent, else the oldest.
    fn turn(&self) -> Option<usize> {
        let urgent = self.all.iter().rposition(|caption| caption.broadcast.urgent);
        urgent.or_else(|| (!self.all.is_empty()).then_some(0))
    }

    /// What stands on a screen of that zone, or of the whole hall: the newest that is urgent, else
    /// the one that is spoken first.
    #[must_use]
    pub fn of(&self, zone: Option<ZoneId>) -> Option<&Broadcast> {
        let here =
            |caption: &&Caption| zone.is_none() || caption.zone.is_none() || caption.zone == zone;
        let urgent = self.all.iter().rev().filter(here).find(|caption| caption.broadcast.urgent);
        urgent.or_else(|| self.all.iter().find(here)).map(|caption| &caption.broadcast)
    }
}

/// The hall's moment so many milliseconds of the world from now.
fn later(view: &View, millis: u64) -> Timestamp {
    Timestamp(view.now.0.saturating_add(of_hall(view, millis)))
}

/// Milliseconds of the world in those of the hall.
fn of_hall(view: &View, millis: u64) -> i64 {
    (millis as f64 * view.clock.speed()) as i64
}

#[cfg(test)]
mod tests;
