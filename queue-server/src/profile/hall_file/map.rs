//! `[map]`: the floor in metres, with zones, windows, places, walls and kiosks.

use hall::ids::{DeviceId, WindowId, ZoneId};
use wire::map::{
    Area, Facing, HallMap, Here, MapPlace, MapWindow, MapZone, PLACES_MAX, PlaceKind, SIDE_M_MAX,
    SIDE_M_MIN, Spot, WALLS_MAX,
};

use super::{
    super::{
        index::{Index, Kind},
        problem::Problem,
        reader::Table,
    },
    Details, FILE,
};

/// 大厅地图 of a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct FloorPlan {
    /// The floor, without where somebody stands.
    pub floor: HallMap,
    /// Where kiosks stand.
    pub kiosks: Vec<Kiosk>,
}

/// 取号机 on the floor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kiosk {
    /// Its id in `devices.toml`.
    pub id: DeviceId,
    /// Where it stands, and where one looks who stands before it.
    pub here: Here,
    line: usize,
}

/// Reads `[map]`; windows and zones must exist, and everything must be on the floor.
pub fn read(mut top: Table, index: &Index, problems: &mut Vec<Problem>) -> Option<FloorPlan> {
    top.whole()?;
    let mut plan = FloorPlan {
        floor: HallMap {
            width_m: side(&mut top, "width_m", problems)?,
            depth_m: side(&mut top, "depth_m", problems)?,
            zones: Vec::new(),
            windows: Vec::new(),
            places: Vec::new(),
            walls: Vec::new(),
            here: None,
        },
        kiosks: Vec::new(),
    };
    for table in top.tables("zone", problems) {
        plan.zone(table, index, problems);
    }
    for table in top.tables("row", problems) {
        plan.row(table, index, problems);
    }
    for table in top.tables("place", problems) {
        plan.place(table, problems);
    }
    for mut table in top.tables("wall", problems) {
        plan.floor.walls.extend(area(&mut table, &plan.floor, problems));
        table.finish(problems);
    }
    for table in top.tables("kiosk", problems) {
        plan.kiosk(table, problems);
    }
    let floor = &plan.floor;
    for (count, most, name) in [
        (floor.walls.len(), WALLS_MAX, "[[map.wall]]"),
        (floor.places.len(), PLACES_MAX, "[[map.place]]"),
    ] {
        if count > most {
            let problem = Problem::new(FILE, Some(top.line()), "too_many").with("what", name);
            problems.push(problem.with("most", most));
        }
    }
    top.finish(problems);
    Some(plan)
}

/// Every kiosk of the plan is one of `devices.toml`.
pub fn kiosks_are_devices(details: &Details, index: &Index, problems: &mut Vec<Problem>) {
    let kiosks = details.map.iter().flat_map(|plan| &plan.kiosks);
    for kiosk in kiosks {
        index.require(Kind::Device, kiosk.id, (FILE, kiosk.line), problems);
    }
}

impl FloorPlan {
    fn zone(&mut self, mut table: Table, index: &Index, problems: &mut Vec<Problem>) {
        let zone = table.must::<ZoneId>("zone", problems);
        let area = area(&mut table, &self.floor, problems);
        if let Some(zone) = zone
            && index.require(Kind::Zone, zone.value, (FILE, zone.line), problems)
            && let Some(area) = area
        {
            if self.floor.zones.iter().any(|known| known.zone == zone.value) {
                problems.push(table.problem(zone.line, "map_twice").with("what", zone.value));
            }
            self.floor.zones.push(MapZone { zone: zone.value, area });
        }
        table.finish(problems);
    }

    /// Windows of a row stand evenly from its first spot to its last.
    fn row(&mut self, mut table: Table, index: &Index, problems: &mut Vec<Problem>) {
        let windows = table.list::<WindowId>("windows", problems);
        let first = spot(&mut table, ("x_m", "y_m"), &self.floor, problems);
        let last = if table.has("to_x_m") || table.has("to_y_m") {
            spot(&mut table, ("to_x_m", "to_y_m"), &self.floor, problems)
        } else {
            first
        };
        let steps = windows.len().saturating_sub(1).max(1) as f32;
        for (n, window) in windows.iter().enumerate() {
            let id = window.value;
            if !index.require(Kind::Window, id, (FILE, window.line), problems) {
                continue;
            }
            if self.floor.windows.iter().any(|known| known.window == id) {
                problems.push(table.problem(window.line, "map_twice").with("what", id));
            }
            if let (Some(first), Some(last)) = (first, last) {
                let part = n as f32 / steps;
                let x_m = first.x_m + (last.x_m - first.x_m) * part;
                let y_m = first.y_m + (last.y_m - first.y_m) * part;
                self.floor.windows.push(MapWindow { window: id, at: Spot { x_m, y_m } });
            }
        }
        if windows.is_empty() {
            problems.push(table.problem(table.line(), "missing").with("key", "windows"));
        }
        table.finish(problems);
    }

    fn place(&mut self, mut table: Table, problems: &mut Vec<Problem>) {
        let known = PlaceKind::ALL.map(|kind| (kind.as_str(), kind));
        if !table.has("kind") {
            problems.push(table.problem(table.line(), "missing").with("key", "kind"));
        }
        let kind = table.one_of("kind", &known, problems);
        let at = spot(&mut table, ("x_m", "y_m"), &self.floor, problems);
        if let (Some(kind), Some(at)) = (kind, at) {
            self.floor.places.push(MapPlace { kind, at });
        }
        table.finish(problems);
    }

    /// The kiosk itself is no place in a wall: nobody could stand before it.
    fn kiosk(&mut self, mut table: Table, problems: &mut Vec<Problem>) {
        let kiosk = table.must::<DeviceId>("kiosk", problems);
        let at = spot(&mut table, ("x_m", "y_m"), &self.floor, problems);
        if !table.has("facing") {
            problems.push(table.problem(table.line(), "missing").with("key", "facing"));
        }
        let facing = table.one_of("facing", &Facing::WORDS, problems);
        if let (Some(kiosk), Some(at), Some(facing)) = (kiosk, at, facing) {
            if self.floor.walls.iter().any(|wall| wall.holds(at)) {
                problems.push(table.problem(kiosk.line, "map_in_wall").with("what", kiosk.value));
            }
            if self.kiosks.iter().any(|known| known.id == kiosk.value) {
                problems.push(table.problem(kiosk.line, "map_twice").with("what", kiosk.value));
            }
            let here = Here { at, facing };
            self.kiosks.push(Kiosk { id: kiosk.value, here, line: kiosk.line });
        }
        table.finish(problems);
    }
}

fn side(table: &mut Table, key: &str, problems: &mut Vec<Problem>) -> Option<f32> {
    if !table.has(key) {
        problems.push(table.problem(table.line(), "missing").with("key", key));
    }
    let range = f64::from(SIDE_M_MIN)..=f64::from(SIDE_M_MAX);
    table.number::<f64>(key, range, problems).map(|metres| metres as f32)
}

fn metres(table: &mut Table, key: &str, problems: &mut Vec<Problem>) -> Option<f32> {
    let found = table.must::<f64>(key, problems)?;
    Some(found.value as f32)
}

fn spot(
    table: &mut Table,
    (x, y): (&str, &str),
    floor: &HallMap,
    problems: &mut Vec<Problem>,
) -> Option<Spot> {
    let (x_m, y_m) = (metres(table, x, problems), metres(table, y, problems));
    let spot = Spot { x_m: x_m?, y_m: y_m? };
    let is_there = floor.holds(spot);
    if !is_there {
        let problem = table.problem(table.line(), "map_outside");
        problems.push(problem.with("width", floor.width_m).with("depth", floor.depth_m));
    }
    is_there.then_some(spot)
}

fn area(table: &mut Table, floor: &HallMap, problems: &mut Vec<Problem>) -> Option<Area> {
    let (x_m, y_m) = (metres(table, "x_m", problems), metres(table, "y_m", problems));
    let (width, depth) = (metres(table, "width_m", problems), metres(table, "depth_m", problems));
    let area = Area { x_m: x_m?, y_m: y_m?, width_m: width?, depth_m: depth? };
    let is_there = area.width_m > 0.0 && area.depth_m > 0.0 && floor.holds_area(area);
    if !is_there {
        let problem = table.problem(table.line(), "map_outside");
        problems.push(problem.with("width", floor.width_m).with("depth", floor.depth_m));
    }
    is_there.then_some(area)
}
