//! `devices.toml`: serial lines and the devices of the hall.
//!
//! `[[line]]` is a serial line with its speed. `[[set]]` gives each window in its list a strip, a
//! call pad and an evaluator on one line; the bus address counts from 1 in the order of the list,
//! evaluators stand 0x80 above; with `window_screen = true` or `tablet = true` each window gets such a
//! screen too, `window-screen-1`, `tablet-1`, and a set of screens alone needs no line. `[[device]]` is a single one: kiosk, screen, voice, printer, and the
//! card reader of a `kiosk`. A hall screen may hang in one `zone`, and a voice announces for its
//! `zone`, or for every zone without one; a window screen (`window_screen`) and an evaluator with a
//! screen (`tablet`) stand at their `window`.
//! A `carrier` names the one credential that speaks for a line or a device: with more than one
//! bridge or screen none can press another's keys.

mod single;

use std::collections::BTreeMap;

use hall::{
    ids::{DeviceId, WindowId, ZoneId},
    limits::WINDOWS_MAX,
};
use wire::{device::DeviceKind, screens::Role};

use super::{
    index::{Index, Kind},
    problem::Problem,
    reader::{Source, Table},
};

const FILE: &str = "devices.toml";

/// A serial line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its speed.
    pub baud: u32,
    /// The only credential that speaks for its devices; any of its role if none is named.
    pub carrier: Option<DeviceId>,
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
    /// The only zone that it shows, of a hall screen, or serves, of an announcer; none: the whole
    /// hall, or every zone without an announcer of its own.
    pub zone: Option<ZoneId>,
    /// The kiosk that it stands at, of a card reader.
    pub kiosk: Option<DeviceId>,
    /// How people call it: "1号取号机".
    pub name: String,
    /// The only credential that speaks for it; any of its role if none is named.
    pub carrier: Option<DeviceId>,
}

impl Device {
    /// True for a screen that a program of its own shows: one on a line is the bridge's.
    #[must_use]
    pub const fn is_screen_program(&self) -> bool {
        Role::of(self.kind).is_some() && self.line.is_none()
    }
}

/// Evaluators stand this far above the pad of their window.
const EVALUATOR_ADDRESS_OFFSET: u8 = 0x80;

/// Windows on one line: RS-485 carries 32 loads, three a window.
const WINDOWS_PER_SET_MAX: usize = 10;

/// Reads `devices.toml`.
pub fn read(
    text: &str,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) -> (Vec<Line>, Vec<Device>) {
    let source = Source::new(FILE, text);
    let (mut lines, mut devices): (Vec<Line>, Vec<Device>) = (Vec::new(), Vec::new());
    let Some(parsed) = source.parse(problems) else { return (lines, devices) };
    let mut top = Table::top(&source, &parsed);
    for mut table in top.tables("line", problems) {
        let name = table.id::<String>("name", &[Kind::Line.no_such()], problems);
        let baud = table.maybe::<u32>("baud", problems);
        if let Some(baud) = baud.as_ref().filter(|baud| !BAUDS.contains(&baud.value)) {
            let known = BAUDS.map(|baud| baud.to_string()).join(", ");
            let problem = table.problem(baud.line, "bad_baud").with("value", baud.value);
            problems.push(problem.with("known", known));
        }
        let baud = baud.map_or(BAUDS[3], |found| found.value);
        let carrier = table.maybe::<DeviceId>("carrier", problems).map(|found| found.value);
        if let Some(name) = name {
            index.note(Kind::Line, &name.value, (FILE, name.line), problems);
            lines.push(Line { name: name.value, baud, carrier });
        }
        table.finish(problems);
    }
    for table in top.tables("set", problems) {
        set(table, &lines, &mut devices, index, problems);
    }
    for table in top.tables("device", problems) {
        single::read(table, &lines, &mut devices, index, problems);
    }
    one_address_each(&devices, index, problems);
    one_kiosk_each(&devices, index, problems);
    one_announcer_each(&devices, index, problems);
    top.finish(problems);
    (lines, devices)
}

/// Speeds that serial adapters have.
const BAUDS: [u32; 8] = [1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200];

/// Two of a kind at one address of a line would answer at once.
fn one_address_each(devices: &[Device], index: &Index, problems: &mut Vec<Problem>) {
    let mut taken = BTreeMap::new();
    for device in devices {
        let (Some(line), Some(address)) = (&device.line, device.address) else { continue };
        let Some(other) = taken.insert((line, address, device.kind), device.id) else {
            continue;
        };
        let at = index.place(Kind::Device, device.id).map(|(_, line)| line);
        let problem = Problem::new(FILE, at, "address_taken").with("line", line);
        let problem = problem.with("address", address).with("what", device.id);
        problems.push(problem.with("other", other));
    }
}

/// A reader stands at a kiosk that there is, and alone.
fn one_kiosk_each(devices: &[Device], index: &Index, problems: &mut Vec<Problem>) {
    let kiosks = devices.iter().filter(|device| device.kind == DeviceKind::Kiosk);
    let kiosks: Vec<String> = kiosks.map(|device| device.id.to_string()).collect();
    let mut taken = BTreeMap::new();
    for device in devices {
        let Some(kiosk) = device.kiosk else { continue };
        let at = index.place(Kind::Device, device.id).map(|(_, line)| line);
        if !kiosks.contains(&kiosk.to_string()) {
            let problem = Problem::new(FILE, at, "no_such_kiosk").with("what", kiosk);
            problems.push(problem.with("known", kiosks.join(", ")));
        } else if let Some(other) = taken.insert(kiosk, device.id) {
            let problem = Problem::new(FILE, at, "kiosk_taken").with("what", device.id);
            problems.push(problem.with("kiosk", kiosk).with("other", other));
        }
    }
}

/// Two that announce for one zone would speak at the same time.
fn one_announcer_each(devices: &[Device], index: &Index, problems: &mut Vec<Problem>) {
    let mut taken = BTreeMap::new();
    for device in devices.iter().filter(|device| device.kind == DeviceKind::Voice) {
        let Some(other) = taken.insert(device.zone, device.id) else { continue };
        let at = index.place(Kind::Device, device.id).map(|(_, line)| line);
        let code = if device.zone.is_some() { "zone_has_voice" } else { "hall_has_voice" };
        let problem = Problem::new(FILE, at, code).with("what", device.id).with("other", other);
        let zone = device.zone.map_or_else(String::new, |zone| zone.to_string());
        problems.push(problem.with("zone", zone));
    }
}

fn set(
    mut table: Table,
    lines: &[Line],
    devices: &mut Vec<Device>,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) {
    let at = table.list::<WindowId>("windows", problems);
    let kinds = [
        (DeviceKind::Strip, "strip", 0),
        (DeviceKind::Pad, "pad", 0),
        (DeviceKind::Evaluator, "evaluator", EVALUATOR_ADDRESS_OFFSET),
    ];
    let profiles =
        kinds.map(|(kind, key, offset)| (kind, key, offset, table.name_if(key, problems)));
    let screens = [
        (DeviceKind::WindowScreen, "window_screen", "window-screen"),
        (DeviceKind::Tablet, "tablet", "tablet"),
    ];
    let mut has = |key: &str| table.maybe::<bool>(key, problems).is_some_and(|found| found.value);
    let screens: Vec<_> = screens.into_iter().filter(|(_, key, _)| has(key)).collect();
    let carrier_of_screens = if screens.is_empty() {
        None
    } else {
        table.maybe::<DeviceId>("carrier", problems).map(|found| found.value)
    };
    let hangs = profiles.iter().any(|(.., profile)| profile.is_some());
    let line = if hangs || screens.is_empty() {
        table.must::<String>("line", problems)
    } else {
        table.maybe::<String>("line", problems)
    };
    if let Some(line) = &line {
        index.require(Kind::Line, &line.value, (FILE, line.line), problems);
    }
    let its_line = line.as_ref().and_then(|line| lines.iter().find(|each| each.name == line.value));
    let carrier = its_line.and_then(|line| line.carrier);
    if !hangs && screens.is_empty() {
        problems.push(table.problem(table.line(), "set_of_nothing"));
    }
    let most = if hangs { WINDOWS_PER_SET_MAX } else { WINDOWS_MAX };
    if at.len() > most {
        let problem = table.problem(table.line(), "too_many").with("what", "windows");
        problems.push(problem.with("most", most));
    }
    for (place, window) in at.iter().enumerate().take(most) {
        if !index.require(Kind::Window, window.value, (FILE, window.line), problems) {
            continue;
        }
        for (kind, _, word) in &screens {
            let name = format!("{word}-{}", window.value);
            let id: DeviceId = name.parse().expect("a kind, a dash and a window's id make an id");
            index.note(Kind::Device, id, (FILE, window.line), problems);
            devices.push(Device {
                id,
                kind: *kind,
                profile: String::new(),
                line: None,
                address: None,
                window: Some(window.value),
                zone: None,
                kiosk: None,
                name,
                carrier: carrier_of_screens,
            });
        }
        for (kind, key, offset, profile) in &profiles {
            let Some(profile) = profile else { continue };
            let name = format!("{key}-{}", window.value);
            let id: DeviceId = name.parse().expect("a kind, a dash and a window's id make an id");
            index.note(Kind::Device, id, (FILE, window.line), problems);
            devices.push(Device {
                id,
                kind: *kind,
                profile: profile.clone(),
                line: line.as_ref().map(|line| line.value.clone()),
                address: Some(place as u8 + 1 + offset),
                window: Some(window.value),
                zone: None,
                kiosk: None,
                name,
                carrier,
            });
        }
    }
    table.finish(problems);
}
