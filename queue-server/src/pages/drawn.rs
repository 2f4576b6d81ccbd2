//! What many people look at is drawn once for all of them: a part of a page, in each language, kept until
//! something changes. A hundred boards on the walls and desks of the office cost as much as one.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use wire::texts::Language;

/// Nothing is shown for longer than this, whatever has changed: minutes pass also in a hall where nothing
/// happens.
const KEPT_FOR: Duration = Duration::from_millis(800);

/// Which part of which page, in which language, and whether for those who only read.
pub type Part = (&'static str, Language, bool);

/// The parts as they were drawn last.
#[derive(Default)]
pub struct Drawn(Mutex<BTreeMap<Part, Arc<Slot>>>);

/// A part; whoever comes while it is drawn waits for that drawing.
#[derive(Default)]
struct Slot(Mutex<Option<Kept>>);

struct Kept {
    version: String,
    at: Instant,
    text: Arc<str>,
}

impl Drawn {
    /// The part at this version: as it was drawn for somebody else, or drawn now.
    pub fn part(&self, part: Part, version: &str, draw: impl FnOnce() -> String) -> Arc<str> {
        let slot = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry(part).or_default())
        };
        let mut kept = slot.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |kept: &&Kept| kept.version == version && kept.at.elapsed() < KEPT_FOR;
        if let Some(kept) = kept.as_ref().filter(is_fresh) {
            return Arc::clone(&kept.text);
        }
        let text: Arc<str> = draw().into();
        let (version, at) = (version.to_owned(), Instant::now());
        *kept = Some(Kept { version, at, text: Arc::clone(&text) });
        text
    }
}

#[cfg(test)]
mod tests;
