//! 区域: who waits where, how crowded it is, and what the windows do.

use hall::words::WindowState;
use wire::{board::Board, texts::Texts};

use crate::{app::App, pages::named::Names};

/// 拥挤度 in per cent from which a zone is yellow, and red: every seat is taken.
const CROWDED: [u32; 2] = [80, 100];

/// A zone.
pub struct ZoneRow {
    pub id: String,
    pub name: String,
    pub waiting: u32,
    /// "17 %" of its seats; empty for a zone without seats.
    pub crowding: String,
    /// `yellow`, `red` or nothing.
    pub level: &'static str,
    /// "办理中 8 · 空闲 2".
    pub states: String,
}

/// Every zone that has queues or windows, in the hall's order.
pub fn of(app: &App, board: &Board, texts: &Texts) -> Vec<ZoneRow> {
    let row = |zone: &hall::setup::Zone| {
        let waiting: u32 = board
            .queues
            .iter()
            .filter(|queue| queue.zone == zone.id)
            .map(|queue| queue.waiting)
            .sum();
        let here = || board.windows.iter().filter(|window| window.zone == zone.id);
        let has_queues = board.queues.iter().any(|queue| queue.zone == zone.id);
        if !has_queues && here().next().is_none() {
            return None;
        }
        let percent = (zone.seats > 0).then(|| waiting * 100 / u32::from(zone.seats));
        let states = WindowState::ALL.iter().filter_map(|state| {
            let count = here().filter(|window| window.state == *state).count();
            let word = texts.get(&format!("window_state.{state}")).to_owned();
            (count > 0).then(|| format!("{word} {count}"))
        });
        Some(ZoneRow {
            id: zone.id.to_string(),
            name: Names::by(app, texts).zone(zone.id),
            waiting,
            crowding: percent.map_or(String::new(), |percent| format!("{percent}%")),
            level: match percent {
                Some(percent) if percent >= CROWDED[1] => "red",
                Some(percent) if percent >= CROWDED[0] => "yellow",
                Some(_) | None => "",
            },
            states: states.collect::<Vec<_>>().join(" · "),
        })
    };
    app.profile.setup.zones().iter().filter_map(row).collect()
}
