//! `[[device]]`: one device with a table of its own.

use hall::ids::{DeviceId, WindowId, ZoneId};
use wire::device::DeviceKind;

use super::{Device, FILE, Line};
use crate::profile::{
    index::{Index, Kind},
    problem::Problem,
    reader::{Found, Table},
};

/// Kinds that anybody may write.
const KINDS: [(&str, DeviceKind); 7] = [
    ("kiosk", DeviceKind::Kiosk),
    ("hall_screen", DeviceKind::HallScreen),
    ("window_screen", DeviceKind::WindowScreen),
    ("tablet", DeviceKind::Tablet),
    ("voice", DeviceKind::Voice),
    ("printer", DeviceKind::Printer),
    ("reader", DeviceKind::Reader),
];

/// Kinds that hang on a line.
const ON_A_LINE: [(&str, DeviceKind); 3] =
    [("strip", DeviceKind::Strip), ("pad", DeviceKind::Pad), ("evaluator", DeviceKind::Evaluator)];

pub fn read(
    mut table: Table,
    lines: &[Line],
    devices: &mut Vec<Device>,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) {
    let id = table.id::<DeviceId>("id", &[Kind::Device.no_such()], problems);
    let kind = table.must::<String>("kind", problems);
    let profile = table.maybe::<String>("profile", problems);
    let name = table.maybe::<String>("name", problems);
    let carrier = table.maybe::<DeviceId>("carrier", problems).map(|found| found.value);
    let line = table.maybe::<String>("line", problems);
    let address = table.maybe::<u8>("address", problems);
    let kind = kind.and_then(|kind| known(&table, &kind, line.is_some(), problems));
    let (window, zone) = place(&mut table, kind, index, problems);
    let is_reader = kind == Some(DeviceKind::Reader);
    let kiosk = if is_reader { table.must::<DeviceId>("kiosk", problems) } else { None };
    if let Some(line) = &line {
        index.require(Kind::Line, &line.value, (FILE, line.line), problems);
        if address.is_none() {
            problems.push(table.problem(line.line, "missing").with("key", "address"));
        }
    }
    let its_line = line.as_ref().and_then(|line| lines.iter().find(|each| each.name == line.value));
    let carrier = carrier.or_else(|| its_line.and_then(|line| line.carrier));
    if let Some(id) = id {
        index.note(Kind::Device, id.value, (FILE, id.line), problems);
        devices.extend(kind.map(|kind| Device {
            id: id.value,
            kind,
            profile: profile.map_or_else(String::new, |found| found.value),
            line: line.map(|found| found.value),
            address: address.map(|found| found.value),
            window,
            zone,
            kiosk: kiosk.map(|found| found.value),
            name: name.map_or_else(|| id.value.to_string(), |found| found.value),
            carrier,
        }));
    }
    table.finish(problems);
}

fn known(
    table: &Table,
    kind: &Found<String>,
    on_a_line: bool,
    problems: &mut Vec<Problem>,
) -> Option<DeviceKind> {
    let all = || KINDS.into_iter().chain(ON_A_LINE.into_iter().filter(|_| on_a_line));
    let found = all().find(|(word, _)| *word == kind.value).map(|(_, kind)| kind);
    if found.is_none() {
        problems.push(table.not_one_of(kind, all().map(|(word, _)| word)));
    }
    found
}

/// Where it is: what stands at a window must say at which, and only a hall screen or a voice
/// serves one zone.
fn place(
    table: &mut Table,
    kind: Option<DeviceKind>,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) -> (Option<WindowId>, Option<ZoneId>) {
    let at_window = matches!(kind, Some(DeviceKind::WindowScreen | DeviceKind::Tablet));
    let window = if at_window {
        table.must::<WindowId>("window", problems)
    } else {
        table.maybe::<WindowId>("window", problems)
    };
    if let Some(window) = &window {
        index.require(Kind::Window, window.value, (FILE, window.line), problems);
    }
    let in_zone = matches!(kind, Some(DeviceKind::HallScreen | DeviceKind::Voice));
    let zone = in_zone.then(|| table.maybe::<ZoneId>("zone", problems)).flatten();
    if let Some(zone) = &zone {
        index.require(Kind::Zone, zone.value, (FILE, zone.line), problems);
    }
    (window.map(|found| found.value), zone.map(|found| found.value))
}
