//! 综合屏: rows newest first, paused windows last, who waits where, the running texts.

use hall::{
    order,
    views::board::{self, CallView},
    words::{TicketState, WindowState},
};
use wire::{
    board::{HallRow, RowState},
    device::{HallScreenFace, ZoneWaiting},
};

use super::View;

/// Rows of a hall screen.
const ROWS_MAX: usize = 10;

impl View<'_> {
    pub(super) fn hall_screen(&self) -> HallScreenFace {
        let mut rows = self.call_rows();
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

    /// The last calls that still matter: called or being served.
    #[must_use]
    pub fn call_rows(&self) -> Vec<HallRow> {
        board::calls(self.hall).iter().filter_map(|call| self.row(call)).collect()
    }

    fn row(&self, call: &CallView) -> Option<HallRow> {
        let state = match call.state {
            TicketState::Called if call.call > 1 => RowState::Recalled,
            TicketState::Called => RowState::Called,
            TicketState::Serving => RowState::Serving,
            TicketState::Reserved
            | TicketState::Waiting
            | TicketState::Done
            | TicketState::NoShow
            | TicketState::Swept
            | TicketState::Cancelled
            | TicketState::NotPrinted => return None,
        };
        let queue = self.hall.setup().queue(call.queue)?;
        Some(HallRow {
            no: Some(call.no),
            window: call.window,
            business: queue.short_name.clone(),
            state,
            call: call.call,
            announcement: call.announcement,
            at: call.at.0,
        })
    }

    fn paused_rows(&self) -> Vec<HallRow> {
        let windows = self.hall.setup().windows().iter();
        let paused = windows
            .filter(|window| self.hall.window_state(window.id, self.now) == WindowState::Paused);
        let row = |window: &hall::setup::Window| HallRow {
            no: None,
            window: window.id,
            business: String::new(),
            state: RowState::Paused,
            call: 0,
            announcement: 0,
            at: self.hall.window(window.id).and_then(|now| now.since).map_or(0, |at| at.0),
        };
        paused.map(row).collect()
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
