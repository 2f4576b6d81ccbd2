//! A line of waiting people, oldest first, in shared runs: a copy costs little, and so does asking
//! how many stand before somebody.

use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};

use crate::{ids::TicketId, limits::SHELF_PIECE, time::Timestamp};

/// A place in a line: since when, and the ticket to tell two of one moment apart.
pub(crate) type Place = (Timestamp, TicketId);

/// People of one class in one queue.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Sorted runs that are never empty, by the place they begin with.
    runs: BTreeMap<Place, Arc<Vec<Place>>>,
    len: usize,
}

// How a line is cut into runs depends on its history; who stands in it does not.
impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl Eq for Line {}

impl Line {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn first(&self) -> Option<Place> {
        self.runs.keys().next().copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = Place> {
        self.runs.values().flat_map(|run| run.iter().copied())
    }

    /// How many stand before a place.
    pub fn before(&self, place: Place) -> usize {
        let mut count = 0;
        for (first, run) in self.runs.range(..place) {
            debug_assert!(*first < place, "runs are sorted");
            count += if run.last().is_some_and(|last| *last < place) {
                run.len()
            } else {
                run.partition_point(|each| *each < place)
            };
        }
        count
    }

    /// Steps in; false if the place was taken by the same ticket already.
    pub fn insert(&mut self, place: Place) -> bool {
        let Some(first) = self.run_of(place).or_else(|| self.first()) else {
            self.runs.insert(place, Arc::new(Vec::from([place])));
            self.len = 1;
            return true;
        };
        let run = self.runs.get_mut(&first).expect("the run was just found");
        let Err(at) = run.binary_search(&place) else {
            return false;
        };
        self.len += 1;
        let full = run.len() >= SHELF_PIECE;
        if full && at == run.len() {
            // People come at the end: begin a new run and leave the old one full.
            self.runs.insert(place, Arc::new(Vec::from([place])));
            return true;
        }
        let places = Arc::make_mut(run);
        places.insert(at, place);
        let upper = full.then(|| places.split_off(SHELF_PIECE / 2));
        if at == 0 {
            let run = self.runs.remove(&first).expect("the run was just found");
            self.runs.insert(place, run);
        }
        if let Some(upper) = upper {
            self.runs.insert(upper[0], Arc::new(upper));
        }
        true
    }

    /// Steps out; false if the place was not in the line.
    pub fn remove(&mut self, place: Place) -> bool {
        let Some(first) = self.run_of(place) else {
            return false;
        };
        let run = self.runs.get_mut(&first).expect("the run was just found");
        let Ok(at) = run.binary_search(&place) else {
            return false;
        };
        self.len -= 1;
        let places = Arc::make_mut(run);
        places.remove(at);
        if at == 0 {
            let run = self.runs.remove(&first).expect("the run was just found");
            if let Some(next) = run.first() {
                self.runs.insert(*next, run);
            }
        }
        true
    }

    /// The beginning of the run that a place belongs to.
    fn run_of(&self, place: Place) -> Option<Place> {
        self.runs.range(..=place).next_back().map(|(first, _)| *first)
    }
}

#[cfg(test)]
mod tests;
