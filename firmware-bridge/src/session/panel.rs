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
mod tests {
    use wire::{clock::Clock, spoken::Broadcast};

    use super::*;
    use crate::shelf::Shelf;

    /// What runs on a panel of so many lines, and how many lines are left to the calls.
    fn runs(lines: u16, said: Option<(&str, bool)>) -> (Option<(Tone, String)>, u16) {
        let mut panel = Shelf::built_in().get("screen-bx5k").unwrap().panel.clone().unwrap();
        panel.height = panel.font.dots() * lines;
        let face = HallScreenFace {
            hall_name: "云溪县政务服务中心".to_owned(),
            duty_leader: None,
            rows: Vec::new(),
            waiting: 0,
            zones: Vec::new(),
            running: vec!["不收取任何费用".to_owned()],
            zone: None,
            away: Vec::new(),
            notices: Vec::new(),
            broadcast: said.map(|(text, urgent)| Broadcast {
                text: text.to_owned(),
                at: 0,
                urgent,
            }),
            clock: Clock { at: 0, speed: 1.0, utc_offset_minutes: 480 },
        };
        let areas = areas(&face, &panel);
        let calls: u16 = areas.iter().filter(|area| !area.runs).map(|area| area.height).sum();
        let runs = areas.into_iter().find(|area| area.runs).map(|area| area.lines[0].clone());
        (runs, calls / panel.font.dots())
    }

    #[test]
    fn what_is_said_to_the_hall_runs_and_an_emergency_on_the_smallest_panel_too() {
        let (fire, lost) = ("请勿乘坐电梯，从最近出口离开", "请失主到导办台");
        let steady = |text: &str| Some((Tone::Steady, text.to_owned()));
        let urgent = || Some((Tone::Calling, fire.to_owned()));
        assert_eq!(runs(4, None), (steady("不收取任何费用"), 3));
        assert_eq!(runs(4, Some((lost, false))), (steady(lost), 3));
        assert_eq!(runs(4, Some((fire, true))), (urgent(), 3));
        assert_eq!(runs(2, Some((lost, false))), (None, 2), "calls need both lines");
        assert_eq!(runs(2, Some((fire, true))), (urgent(), 1));
        assert_eq!(runs(1, Some((fire, true))), (urgent(), 0));
    }
}
