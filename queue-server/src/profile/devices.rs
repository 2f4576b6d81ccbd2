//! `devices.toml`: serial lines and the devices of the hall.
//!
//! `[[line]]` is a serial line with its speed. `[[set]]` gives each window in its list a strip, a
//! call pad and an evaluator on one line; the bus address counts from 1 in the order of the list,
//! evaluators stand 0x80 above. `[[device]]` is a single one: kiosk, hall screen, voice, printer.

use std::collections::BTreeSet;

use hall::{
    ids::{DeviceId, WindowId},
    setup::Window,
};
use wire::device::DeviceKind;

use super::{
    problem::Problem,
    reader::{Source, Table},
};

/// A serial line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its speed.
    pub baud: u32,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id: "strip-1".
    pub id: DeviceId,
    /// What it is.
    pub kind: DeviceKind,
    /// Its profile: "strip-a090".
    pub profile: String,
    /// The line it hangs on.
    pub line: Option<String>,
    /// Its address on the line.
    pub address: Option<u8>,
    /// The window it belongs to.
    pub window: Option<WindowId>,
    /// How people call it: "1号取号机".
    pub name: String,
}

/// Evaluators stand this far above the pad of their window.
const EVALUATOR_ADDRESS_OFFSET: u8 = 0x80;

/// Windows on one line: RS-485 carries 32 loads, three a window.
const WINDOWS_PER_SET_MAX: usize = 10;

/// Reads `devices.toml`.
pub fn read(
    text: &str,
    windows: &[Window],
    problems: &mut Vec<Problem>,
) -> (Vec<Line>, Vec<Device>) {
    let source = Source::new("devices.toml", text);
    let (mut lines, mut devices): (Vec<Line>, Vec<Device>) = (Vec::new(), Vec::new());
    let Some(parsed) = source.parse(problems) else { return (lines, devices) };
    let mut top = Table::top(&source, &parsed);
    for mut table in top.tables("line", problems) {
        let name = table.must::<String>("name", problems);
        let baud = table.maybe::<u32>("baud", problems).map_or(9_600, |found| found.value);
        if let Some(name) = name {
            if lines.iter().any(|line| line.name == name.value) {
                problems.push(table.problem(name.line, "twice").with("what", &name.value));
            }
            lines.push(Line { name: name.value, baud });
        }
        table.finish(problems);
    }
    for table in top.tables("set", problems) {
        set(table, windows, &lines, &mut devices, problems);
    }
    for table in top.tables("device", problems) {
        single(table, windows, &mut devices, problems);
    }
    let mut ids = BTreeSet::new();
    for device in &devices {
        if !ids.insert(device.id) {
            problems.push(source.problem(None, "twice").with("what", device.id));
        }
    }
    top.finish(problems);
    (lines, devices)
}

fn set(
    mut table: Table,
    windows: &[Window],
    lines: &[Line],
    devices: &mut Vec<Device>,
    problems: &mut Vec<Problem>,
) {
    let line = table.must::<String>("line", problems);
    let at = table.list::<WindowId>("windows", problems);
    let kinds = [
        (DeviceKind::Strip, "strip", 0),
        (DeviceKind::Pad, "pad", 0),
        (DeviceKind::Evaluator, "evaluator", EVALUATOR_ADDRESS_OFFSET),
    ];
    let profiles = kinds.map(|(kind, key, offset)| {
        (kind, key, offset, table.maybe::<String>(key, problems).map(|found| found.value))
    });
    if let Some(line) = &line
        && !lines.iter().any(|known| known.name == line.value)
    {
        problems.push(table.problem(line.line, "no_such_line").with("what", &line.value));
    }
    if at.len() > WINDOWS_PER_SET_MAX {
        let problem = table.problem(table.line(), "too_many").with("what", "windows");
        problems.push(problem.with("most", WINDOWS_PER_SET_MAX));
    }
    for (place, window) in at.iter().enumerate().take(WINDOWS_PER_SET_MAX) {
        if !windows.iter().any(|known| known.id == window.value) {
            problems.push(table.problem(window.line, "no_such_window").with("what", window.value));
            continue;
        }
        for (kind, key, offset, profile) in &profiles {
            let Some(profile) = profile else { continue };
            let id = format!("{key}-{}", window.value);
            devices.push(Device {
                id: id.parse().expect("a kind, a dash and a window's id make an id"),
                kind: *kind,
                profile: profile.clone(),
                line: line.as_ref().map(|line| line.value.clone()),
                address: Some(place as u8 + 1 + offset),
                window: Some(window.value),
                name: id,
            });
        }
    }
    table.finish(problems);
}

fn single(
    mut table: Table,
    windows: &[Window],
    devices: &mut Vec<Device>,
    problems: &mut Vec<Problem>,
) {
    let id = table.must::<DeviceId>("id", problems);
    let kind = table.must::<String>("kind", problems);
    let profile = table.maybe::<String>("profile", problems);
    let window = table.maybe::<WindowId>("window", problems);
    let name = table.maybe::<String>("name", problems);
    if let Some(window) = &window
        && !windows.iter().any(|known| known.id == window.value)
    {
        problems.push(table.problem(window.line, "no_such_window").with("what", window.value));
    }
    if let (Some(id), Some(kind)) = (id, kind) {
        let known = match kind.value.as_str() {
            "kiosk" => Some(DeviceKind::Kiosk),
            "hall_screen" => Some(DeviceKind::HallScreen),
            "voice" => Some(DeviceKind::Voice),
            "printer" => Some(DeviceKind::Printer),
            _ => None,
        };
        match known {
            Some(kind) => devices.push(Device {
                id: id.value,
                kind,
                profile: profile.map_or_else(String::new, |found| found.value),
                line: None,
                address: None,
                window: window.map(|found| found.value),
                name: name.map_or_else(|| id.value.to_string(), |found| found.value),
            }),
            None => problems.push(
                table
                    .problem(kind.line, "not_one_of")
                    .with("value", kind.value)
                    .with("known", "kiosk, hall_screen, voice, printer"),
            ),
        }
    }
    table.finish(problems);
}
