//! A hall screen of diodes: who is called where, and below it what is said to the hall, else the running
//! text.

use wire::{
    board::{HallRow, RowState},
    device::{HallScreenFace, Tone},
    texts::{Language, Texts},
};

use crate::{dialects::Area, profile::Panel};

/// Cells that a call takes in words; a narrower panel has it shorter.
const LONG_CALL_CELLS: usize = 20;

/// The areas of a hall screen on this panel: a line for each of the newest calls, and from three
/// lines on the last one for what runs. 紧急 runs on the smallest panel too.
pub fn areas(face: &HallScreenFace, panel: &Panel) -> Vec<Area> {
    let rows = panel.rows();
    let (tone, runs) = match &face.broadcast {
        Some(said) if said.urgent => (Tone::Calling, said.text.clone()),
        Some(said) => (Tone::Steady, said.text.clone()),
        None => (Tone::Steady, face.running.join("　")),
    };
    let below = (rows > 2 || tone == Tone::Calling) && !runs.trim().is_empty();
    let dots = panel.font.dots();
    let calls = rows - usize::from(below);
    let mut lines: Vec<(Tone, String)> =
        face.rows.iter().filter_map(|row| line(row, panel.cells())).take(calls).collect();
    if lines.is_empty() {
        lines.push((Tone::Steady, face.hall_name.clone()));
    }
    let area = |y: usize, rows: usize, lines, runs| Area {
        x: 0,
        y: dots * y as u16,
        width: panel.width,
        height: dots * rows as u16,
        lines,
        runs,
    };
    let mut areas = Vec::new();
    if calls > 0 {
        areas.push(area(0, calls, lines, false));
    }
    if below {
        areas.push(area(calls, 1, vec![(tone, runs)], true));
    }
    areas
}

/// A test picture over the whole panel.
pub fn test(text: &str, panel: &Panel) -> Area {
    let lines = vec![(Tone::Calling, text.to_owned())];
    Area { x: 0, y: 0, width: panel.width, height: panel.height, lines, runs: true }
}

/// A call in words; nobody is sent to a window that pauses.
fn line(row: &HallRow, cells: usize) -> Option<(Tone, String)> {
    let no = row.no?;
    let tone = match row.state {
        RowState::Called | RowState::Recalled => Tone::Calling,
        RowState::Serving => Tone::Steady,
        RowState::Paused => return None,
    };
    let key = if cells < LONG_CALL_CELLS { "bridge.panel_call_short" } else { "bridge.panel_call" };
    Some((tone, Texts::of(Language::Chinese).fill(key, &[("no", &no), ("window", &row.window)])))
}

#[cfg(test)]
mod tests;
