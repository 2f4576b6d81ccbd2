//! 综合屏: rows newest first, paused windows last, who waits where, the running texts.

use hall::{order, views::board, words::WindowState};
use wire::{
    board::{HallRow, RowState},
    device::{HallScreenFace, ZoneWaiting},
};

use super::View;
use crate::readings;

/// Rows of a hall screen.
const ROWS_MAX: usize = 10;

impl View<'_> {
    pub(super) fn hall_screen(&self) -> HallScreenFace {
        let mut rows = readings::board::calls(self.hall);
        rows.extend(self.paused_rows());
        rows.truncate(ROWS_MAX);
        HallScreenFace {
            hall_name: self.profile.details.name.clone(),
            duty_leader: self.profile.details.duty_leader.clone(),
            rows,
            waiting: board::waiting(self.hall),
            zones: self.zones(),
            running: self.profile.details.running.clone(),
            clock: self.clock.wire(),
        }
    }

    fn paused_rows(&self) -> Vec<HallRow> {
        let windows = self.hall.setup().windows().iter();
        let paused = windows
            .filter(|window| self.hall.window_state(window.id, self.now) == WindowState::Paused);
        let row = |window: &hall::setup::Window| HallRow {
            no: None,
            window: window.id,
            business: self.business(window),
            state: RowState::Paused,
            call: 0,
            announcement: 0,
            at: self.hall.window(window.id).and_then(|now| now.since).map_or(0, |at| at.0),
        };
        paused.map(row).collect()
    }

    /// What a window is there for: its first queue.
    fn business(&self, window: &hall::setup::Window) -> String {
        let queue = window.primary.first().and_then(|id| self.hall.setup().queue(*id));
        queue.map_or(String::new(), |queue| queue.short_name.clone())
    }

    fn zones(&self) -> Vec<ZoneWaiting> {
        let zones = self.profile.details.zone_labels.iter();
        let waiting = |zone| {
            let queues = self.hall.setup().queues().iter().filter(move |queue| queue.zone == zone);
            queues.map(|queue| order::waiting(self.hall, queue.id)).sum()
        };
        zones
            .map(|(zone, label, name)| ZoneWaiting {
                label: label.clone(),
                name: name.clone(),
                waiting: waiting(*zone),
            })
            .collect()
    }
}
