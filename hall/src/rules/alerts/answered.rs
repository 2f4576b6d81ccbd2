//! 确认 and 关闭: somebody sees to an alert, and says what came of it.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    event::Fact,
    hall::Hall,
    ids::AlertId,
    refusal::Refusal,
    rules::{Facts, desk},
    state::{State, alerts::AlertNow},
    time::Timestamp,
    words::Actor,
};

pub(crate) fn acknowledge(hall: &Hall, id: AlertId, note: Option<&str>) -> Result<Facts, Refusal> {
    known(hall, id)?;
    if let Some(note) = note {
        desk::text(note, Refusal::NoteNeeded)?;
    }
    let note = note.map(str::to_string);
    Ok(Vec::from([Fact::AlertAcknowledged { alert: id, note }]))
}

/// What still holds cannot be closed: it would be raised again at once.
pub(crate) fn close(hall: &Hall, id: AlertId, note: &str) -> Result<Facts, Refusal> {
    let alert = known(hall, id)?;
    desk::text(note, Refusal::NoteNeeded)?;
    if alert.level.is_some() && !alert.kind.has_happened() {
        return Err(Refusal::AlertStands);
    }
    Ok(Vec::from([Fact::AlertClosed { alert: id, note: note.to_string() }]))
}

fn known(hall: &Hall, id: AlertId) -> Result<&AlertNow, Refusal> {
    hall.open_day()?;
    hall.state.alerts.by_id(id).ok_or(Refusal::NoSuchAlert)
}

pub(crate) fn apply_acknowledged(
    state: &mut State,
    at: Timestamp,
    by: &Actor,
    id: AlertId,
    note: Option<&String>,
) {
    let by = match by {
        Actor::Staff(staff) => Some(*staff),
        Actor::Hall | Actor::Device(_) | Actor::Citizen | Actor::System(_) => None,
    };
    state.alerts.acknowledge(at, id, by, note.cloned());
}
