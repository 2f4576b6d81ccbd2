//! What a card is told beside its face: the time, how bright, and the question how it is. Once when
//! it is met, and again whenever the time on the wall is told.

use std::{collections::VecDeque, time::Instant};

use super::Session;
use crate::{dialects::Order, moment::Moment};

/// One thing that a card is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    Clock,
    Brightness,
    /// Comes last, so that it tells what the others did.
    Status,
}

/// All that a card is still to be told.
#[derive(Debug, Clone, Default)]
pub(super) struct CareList {
    /// The time on the wall, at the moment when it was told.
    wall: Option<Moment>,
    waiting: VecDeque<Care>,
    /// On its way, and how often it was.
    sent: Option<(Care, u8)>,
}

impl CareList {
    /// Everything once more, if the time is known.
    fn begin(&mut self) {
        self.sent = None;
        self.waiting = match self.wall {
            Some(_) => VecDeque::from([Care::Clock, Care::Brightness, Care::Status]),
            None => VecDeque::new(),
        };
    }
}

impl Session {
    /// The time on the wall: a card's own clock is set to it, and its state asked.
    pub fn handle_clock(&mut self, wall: Moment) {
        if self.is_card() {
            self.care.wall = Some(wall);
            self.care.begin();
        }
    }

    /// A card has just answered for the first time, perhaps after its power was cut.
    pub(super) fn begin_care(&mut self) {
        if self.is_card() {
            self.care.begin();
        }
    }

    /// True if it has still to be told something beside its face.
    pub(super) fn wants_care(&self) -> bool {
        self.met && !self.care.waiting.is_empty()
    }

    /// The next frame of it.
    pub(super) fn next_care(&mut self, now: Instant) -> Option<Vec<u8>> {
        while self.met
            && let Some(care) = self.care.waiting.pop_front()
        {
            let order = match (care, self.care.wall) {
                (Care::Clock, Some(wall)) => {
                    // It may have waited for the card or for the line.
                    let waited = now.saturating_duration_since(wall.steady);
                    Order::SetClock((wall + waited).wall())
                }
                (Care::Clock, None) => continue,
                (Care::Brightness, _) => Order::Brightness,
                (Care::Status, _) => Order::Status,
            };
            if let Some(bytes) = self.encode(&order) {
                let before = self.care.sent.filter(|(sent, _)| *sent == care);
                self.care.sent = Some((care, before.map_or(1, |(_, times)| times + 1)));
                return Some(bytes);
            }
        }
        None
    }

    /// The card did not answer it, or was busy: it is told again, but not for ever.
    pub(super) fn care_lost(&mut self) {
        if let Some((care, times)) = self.care.sent
            && times <= self.profile.retries
        {
            self.care.waiting.push_front(care);
        }
    }
}
