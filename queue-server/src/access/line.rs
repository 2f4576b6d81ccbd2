//! 排队: passwords are hashed two at a time, with a bounded line before that.
//!
//! A hash takes 19 MiB and a processor; without a bound, sixty sign-ins at once took 1.2 GB.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Hashes at once: a small machine has two processors, and the hall needs one of them.
const HASHING_MAX: usize = 2;

/// Sign-ins at once, hashing or waiting for it: a hall's desks begin within a few minutes, and a
/// hash takes less than a tenth of a second.
const STANDING_MAX: usize = 32;

/// The line before the hashing.
#[derive(Debug, Clone)]
pub struct Line {
    places: Arc<Semaphore>,
    hashing: Arc<Semaphore>,
}

/// A place in the line.
pub struct Place {
    held: OwnedSemaphorePermit,
    hashing: Arc<Semaphore>,
}

impl Default for Line {
    fn default() -> Self {
        let places = Arc::new(Semaphore::new(STANDING_MAX));
        Self { places, hashing: Arc::new(Semaphore::new(HASHING_MAX)) }
    }
}

impl Line {
    /// A place at its end; none if it is too long.
    pub fn stand(&self) -> Option<Place> {
        let held = self.places.clone().try_acquire_owned().ok()?;
        Some(Place { held, hashing: self.hashing.clone() })
    }
}

impl Place {
    /// Waits for its turn and hashes on a thread that serves nobody else; none if that failed.
    pub async fn hash<T: Send + 'static>(
        self,
        hash: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let turn = self.hashing.acquire_owned().await.ok()?;
        // Both go along, so that a caller who went away holds its place until the hash is done.
        let held = (self.held, turn);
        let hashed = tokio::task::spawn_blocking(move || {
            let hashed = hash();
            drop(held);
            hashed
        });
        hashed.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    };

    use super::{HASHING_MAX, Line, STANDING_MAX};

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn sixty_at_once_hash_two_at_a_time_and_the_line_has_an_end() {
        let line = Line::default();
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let places: Vec<_> = (0..60).filter_map(|_| line.stand()).collect();
        assert_eq!(places.len(), STANDING_MAX);
        let tasks = places.into_iter().map(|place| {
            let (now, most) = (now.clone(), most.clone());
            tokio::spawn(place.hash(move || {
                most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
                for _ in 0..1_000 {
                    std::thread::yield_now();
                }
                now.fetch_sub(1, SeqCst);
            }))
        });
        for task in tasks.collect::<Vec<_>>() {
            assert_eq!(task.await.unwrap(), Some(()));
        }
        assert!(most.load(SeqCst) <= HASHING_MAX, "{most:?} at once");
        assert!(line.stand().is_some(), "the line is empty again");
    }
}
