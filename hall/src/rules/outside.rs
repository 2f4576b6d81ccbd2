//! What the shell tells of the world: how a device is, whether calls arrive, who asks for help, which windows should be
//! staffed.

use alloc::{collections::BTreeSet, string::ToString, vec::Vec};

use super::{Facts, desk};
use crate::{
    event::{Fact, calls::CallsReported},
    hall::Hall,
    ids::{DeviceId, WindowId},
    limits::{CALLS_REPORTED_MAX, DEVICES_MAX},
    refusal::Refusal,
    state::{State, alerts::Schedule},
    time::Timestamp,
    words::alert::DeviceTrouble,
};

/// 设备: ill since then, or well; telling the same again is no news.
pub(super) fn device(
    hall: &Hall,
    at: Timestamp,
    device: DeviceId,
    trouble: Option<DeviceTrouble>,
    since: Timestamp,
) -> Result<Facts, Refusal> {
    hall.open_day()?;
    let alerts = &hall.state.alerts;
    let known = alerts.device(device);
    if known.map(|(trouble, _)| trouble) == trouble {
        return Ok(Facts::new());
    }
    if known.is_none() && alerts.device_count() >= DEVICES_MAX {
        return Err(Refusal::TooMuch);
    }
    let since = since.min(at);
    Ok(Vec::from([Fact::DeviceReported { device, trouble, since }]))
}

/// 叫号送达: no more can arrive than was called.
pub(super) fn calls(hall: &Hall, said: CallsReported) -> Result<Facts, Refusal> {
    hall.open_day()?;
    if hall.setup().window(said.window).is_none() {
        return Err(Refusal::NoSuchWindow);
    }
    if !(1..=CALLS_REPORTED_MAX).contains(&said.calls) || said.in_time > said.calls {
        return Err(Refusal::TooMuch);
    }
    Ok(Vec::from([Fact::CallsReported(said)]))
}

/// 求助.
pub(super) fn help(hall: &Hall, from: DeviceId, place: &str) -> Result<Facts, Refusal> {
    hall.open_day()?;
    desk::text(place, Refusal::TooMuch)?;
    Ok(Vec::from([Fact::HelpAsked { from, place: place.to_string() }]))
}

/// 排班: takes the place of what was said before.
pub(super) fn schedule(
    hall: &Hall,
    windows: &[WindowId],
    from: Timestamp,
    until: Timestamp,
) -> Result<Facts, Refusal> {
    hall.open_day()?;
    if until <= from {
        return Err(Refusal::InThePast);
    }
    let windows: BTreeSet<WindowId> = windows.iter().copied().collect();
    if windows.iter().any(|window| hall.setup().window(*window).is_none()) {
        return Err(Refusal::NoSuchWindow);
    }
    let same = hall.state.alerts.schedule().is_some_and(|before| {
        before.windows == windows && before.from == from && before.until == until
    });
    if same {
        return Ok(Facts::new());
    }
    let windows = windows.into_iter().collect();
    Ok(Vec::from([Fact::WindowsScheduled { windows, from, until }]))
}

pub(super) fn apply_scheduled(
    state: &mut State,
    at: Timestamp,
    windows: &[WindowId],
    (from, until): (Timestamp, Timestamp),
) {
    let windows = windows.iter().copied().collect();
    let schedule = Schedule { windows, from, until };
    state.ledger.note_schedule(at, schedule.clone());
    state.alerts.set_schedule(schedule);
}
