//! 广播字幕: what is said to the hall stands on its screens while it is said, for whoever does not
//! hear it.

use std::collections::{BTreeSet, VecDeque};

use hall::{
    ids::{DeviceId, ZoneId},
    time::Timestamp,
};
use wire::{device::Work, spoken::Broadcast};

use crate::{announcements::Announcement, faces::View};

/// A caption stands at least so long, in milliseconds of the world, also where nobody speaks.
const STANDS_MILLIS_MIN: u64 = 20_000;

/// And so long for each of its characters: half as fast as people read.
const MILLIS_PER_CHAR: u64 = 400;

/// Captions that stand or wait at once; past it the oldest goes.
const CAPTIONS_MAX: usize = 16;

#[derive(Debug)]
struct Caption {
    zone: Option<ZoneId>,
    broadcast: Broadcast,
    /// Jobs of announcers that have not ended.
    due: BTreeSet<(DeviceId, u64)>,
    stands_until: Timestamp,
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
            stands_until: later(view, stands),
            gone_at: later(view, expires_in_millis.max(stands)),
        });
        if self.all.len() > CAPTIONS_MAX {
            self.all.pop_front();
        }
        true
    }

    /// An announcer has spoken, or could not.
    pub fn note_ended(&mut self, device: DeviceId, job: u64) {
        for caption in &mut self.all {
            caption.due.remove(&(device, job));
        }
    }

    /// What was spoken and could be read goes; so does what nobody will speak any more.
    pub fn handle_time(&mut self, now: Timestamp) {
        self.all.retain(|caption| {
            now < caption.stands_until || (!caption.due.is_empty() && now < caption.gone_at)
        });
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
    let of_hall = millis as f64 * view.clock.speed();
    Timestamp(view.now.0.saturating_add(of_hall as i64))
}

#[cfg(test)]
mod tests;
