//! What the whole product reads of the hall: the board, the day's figures, the metrics.
//!
//! Pure functions over the readers' hall, filled into the types that cross the wire.

pub mod alerts;
pub mod board;
pub mod metrics;
pub mod tally;
pub mod troubles;
pub mod usual;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use hall::time::Day;
use wire::{board::Board, metrics::Metrics, tally::Tally, texts::Language};

use crate::app::App;

/// A board is not made again within this unless something changed: hundreds of screens ask at once.
const BOARD_KEPT_FOR: Duration = Duration::from_millis(500);

/// The last board of each language.
#[derive(Default)]
pub struct BoardCache(Mutex<Vec<(Language, Instant, Arc<Board>)>>);

impl App {
    /// The whole hall now.
    #[must_use]
    pub fn board(&self, language: Language) -> Arc<Board> {
        let sequence = self.sequence();
        let mut kept = self.boards.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |(_, at, board): &&(Language, Instant, Arc<Board>)| {
            board.sequence == sequence && at.elapsed() < BOARD_KEPT_FOR
        };
        let of_language = kept.iter().find(|(each, _, _)| *each == language);
        if let Some((_, _, board)) = of_language.filter(fresh) {
            return board.clone();
        }
        let board = Arc::new(board::of(self, &self.engine.hall(), sequence, language));
        kept.retain(|(each, _, _)| *each != language);
        kept.push((language, Instant::now(), board.clone()));
        board
    }

    /// The figures of the day that is open, or was open last.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let sequence = self.sequence();
        tally::of(&self.engine.hall(), &self.clock, self.now(), sequence)
    }

    /// The figures of today or of a closed day, if it is kept.
    #[must_use]
    pub fn tally_of(&self, day: Day) -> Option<Tally> {
        let now_open = self.read(hall::Hall::last_day);
        if now_open == Some(day) { Some(self.tally()) } else { self.store.tally(day) }
    }

    /// What the office subscribes to.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        metrics::of(&self.board(Language::Chinese), &self.tally(), &self.forecasts.knowledge())
    }
}
