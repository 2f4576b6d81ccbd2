//! 日巡查: somebody walks through the hall and notes what is not in order.

use alloc::{collections::BTreeSet, string::ToString};

use super::{Facts, desk, words};
use crate::{
    event::{
        Fact,
        inspected::{Inspected, WindowInspected},
    },
    hall::Hall,
    limits::INSPECTIONS_A_DAY_MAX,
    refusal::Refusal,
};

pub(super) fn decide(hall: &Hall, said: &Inspected) -> Result<Facts, Refusal> {
    if hall.day().is_none() {
        return Err(Refusal::HallClosed);
    }
    if hall.state.inspections.len() >= INSPECTIONS_A_DAY_MAX {
        return Err(Refusal::InspectionsFull);
    }
    if said.windows.is_empty() && said.hall.is_empty() && said.note.trim().is_empty() {
        return Err(Refusal::NothingInspected);
    }
    let mut seen = BTreeSet::new();
    let mut windows = said.windows.clone();
    for each in &mut windows {
        hall.known_window(each.window)?;
        if !seen.insert(each.window) {
            return Err(Refusal::NothingInspected);
        }
        *each = looked_at(hall, each)?;
    }
    let mut poor = said.hall.clone();
    poor.sort_unstable();
    poor.dedup();
    let note = noted(&said.note)?;
    Ok(Facts::from([Fact::Inspected(Inspected { round: said.round, windows, hall: poor, note })]))
}

/// Who is at the window is the hall's to say, not the form's.
fn looked_at(hall: &Hall, said: &WindowInspected) -> Result<WindowInspected, Refusal> {
    let mut poor = said.poor.clone();
    poor.sort_unstable();
    poor.dedup();
    let staff = hall.state.windows.get(&said.window).and_then(|window| window.staff());
    Ok(WindowInspected { window: said.window, staff, poor, note: noted(&said.note)? })
}

fn noted(note: &str) -> Result<alloc::string::String, Refusal> {
    let note = note.trim().to_string();
    if !note.is_empty() {
        desk::text(&note, Refusal::NoteNeeded)?;
    }
    Ok(words::without_telephones(&note))
}
