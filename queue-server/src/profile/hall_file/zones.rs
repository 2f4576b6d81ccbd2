//! `[[zone]]` and `[[department]]`.

use hall::{
    ids::{DepartmentId, ZoneId},
    setup::{Department, Zone},
};

use super::{
    super::{
        english,
        index::{Index, Kind},
        problem::Problem,
        reader::Table,
    },
    FILE, HallPart,
};

/// Seats of one zone; the largest hall in the sources has 300 in all.
const SEATS_MAX: u16 = 2_000;

pub fn zone(mut table: Table, part: &mut HallPart, index: &mut Index, problems: &mut Vec<Problem>) {
    let id = table.id::<ZoneId>("id", &[Kind::Zone.no_such()], problems);
    let label = table.name("label", problems);
    let name = table.name("name", problems);
    let place = table.name("place", problems);
    let english = english::zone(&mut table, problems);
    let seats = table.number("seats", 0..=SEATS_MAX, problems).unwrap_or(0);
    if let Some(id) = id {
        index.note(Kind::Zone, id.value, (FILE, id.line), problems);
        let text = |found: Option<super::super::reader::Found<String>>| {
            found.map_or_else(|| id.value.to_string(), |found| found.value)
        };
        let (label, name) = (text(label), text(name));
        part.details.english.zones.insert(id.value, english);
        part.details.zone_labels.push((id.value, label, name.clone()));
        part.zones.push(Zone { id: id.value, name, place: text(place), seats });
    }
    table.finish(problems);
}

pub fn department(
    mut table: Table,
    part: &mut HallPart,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) {
    let id = table.id::<DepartmentId>("id", &[Kind::Department.no_such()], problems);
    let name = table.name("name", problems);
    let english = english::department(&mut table, problems);
    if let Some(id) = id {
        index.note(Kind::Department, id.value, (FILE, id.line), problems);
        let name = name.map_or_else(|| id.value.to_string(), |found| found.value);
        part.departments.push(Department { id: id.value, name });
        part.details.english.departments.extend(english.map(|english| (id.value, english)));
    }
    table.finish(problems);
}
