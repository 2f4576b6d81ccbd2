//! 大厅地图 with 您在这里, turned so that what one looks at is up, and the way to a queue's windows.

use wire::{
    ids::{QueueId, WindowId},
    map::{Area, Facing, HallMap, MapZone, PlaceKind, Spot, route},
    texts::Texts,
};

use super::words;
use crate::model::Model;

mod drawn;

pub use drawn::map_ui;

/// The map page. All measures are metres of the turned floor.
#[derive(Debug, Clone, PartialEq)]
pub struct MapView {
    /// 大厅地图, or where the way leads.
    pub title: String,
    /// Where that is from here; or how the map is to be read.
    pub hint: String,
    /// The floor from left to right.
    pub width_m: f32,
    /// The floor from top to bottom.
    pub depth_m: f32,
    /// Walls and counters.
    pub walls: Vec<Area>,
    /// 区域.
    pub zones: Vec<ZoneMark>,
    /// 窗口.
    pub windows: Vec<WindowMark>,
    /// Places beside.
    pub places: Vec<PlaceMark>,
    /// Where the kiosk stands.
    pub here: Spot,
    /// 您在这里.
    pub here_label: String,
    /// What the way leads to, in one plate: "18、19", in the middle of these windows.
    pub goal: Option<(Spot, String)>,
    /// The way, corner by corner; empty without one.
    pub way: Vec<Spot>,
    /// The zones in words, where the page has room for them: "A区 注册登记" and their windows.
    pub legend: Vec<(String, String)>,
}

/// 区域 on the floor.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneMark {
    /// Where.
    pub area: Area,
    /// "A区".
    pub label: String,
    /// "注册登记".
    pub name: String,
    /// The way leads there.
    pub sought: bool,
}

/// 窗口 on the floor.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowMark {
    /// Where one stands before it.
    pub at: Spot,
    /// "18".
    pub label: String,
    /// The way leads there.
    pub sought: bool,
}

/// A place on the floor.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMark {
    /// Where.
    pub at: Spot,
    /// What it is called.
    pub name: String,
}

/// What a way leads to: in words, and on the floor.
struct Goal {
    words: String,
    plate: Option<String>,
    at: Option<Spot>,
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, to: Option<QueueId>) -> MapView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let Some((map, here)) = model.map() else {
        // A page that has lost its plan is empty and leads back.
        return MapView {
            title: said("kiosk.map"),
            hint: String::new(),
            width_m: 1.0,
            depth_m: 1.0,
            walls: Vec::new(),
            zones: Vec::new(),
            windows: Vec::new(),
            places: Vec::new(),
            here: Spot { x_m: 0.5, y_m: 0.5 },
            here_label: String::new(),
            goal: None,
            way: Vec::new(),
            legend: Vec::new(),
        };
    };
    let turn = |spot| here.facing.turn(map, spot);
    let queue = to.and_then(|queue| model.queue(queue));
    let sought = queue.map(|queue| model.windows_of(queue)).unwrap_or_default();
    let goal = to.and_then(|queue| goal(model, map, queue));
    let way: Vec<Spot> = match goal.as_ref().and_then(|goal| goal.at) {
        Some(at) => route::route(map, here.at, at).into_iter().map(turn).collect(),
        None => Vec::new(),
    };
    let zones = map.zones.iter().filter_map(|zone| {
        let known = model.zone(zone.zone)?;
        Some(ZoneMark {
            area: here.facing.turn_area(map, zone.area),
            label: model.zone_label(known).to_owned(),
            name: model.zone_name(known).to_owned(),
            sought: queue.is_some_and(|queue| queue.zone == zone.zone),
        })
    });
    let (width_m, depth_m) = here.facing.size(map);
    MapView {
        title: goal.as_ref().map_or_else(|| said("kiosk.map"), |goal| goal.words.clone()),
        hint: hint(model, to),
        width_m,
        depth_m,
        walls: map.walls.iter().map(|wall| here.facing.turn_area(map, *wall)).collect(),
        zones: zones.collect(),
        windows: map
            .windows
            .iter()
            .map(|window| WindowMark {
                at: turn(window.at),
                label: window.window.to_string(),
                sought: sought.contains(&window.window),
            })
            .collect(),
        places: places(texts, map, here.facing, model.elder),
        here: turn(here.at),
        here_label: said("kiosk.map_here"),
        goal: goal.and_then(|goal| Some((turn(goal.at?), goal.plate?))),
        way,
        legend: legend(model, map),
    }
}

/// The zones that have windows, and which.
fn legend(model: &Model, map: &HallMap) -> Vec<(String, String)> {
    let texts = model.texts();
    let line = |zone: &MapZone| {
        let known = model.zone(zone.zone)?;
        let inside = map.windows.iter().filter(|window| zone.area.holds(window.at));
        let inside: Vec<WindowId> = inside.map(|window| window.window).collect();
        let names = match inside.as_slice() {
            [] => return None,
            // A row of windows is told by its ends.
            [first, _, .., last] => format!("{first}~{last}"),
            few @ ([_] | [_, _]) => words::windows(texts, few),
        };
        Some((model.zone_title(known), texts.fill("kiosk.tile_windows", &[("windows", &names)])))
    };
    map.zones.iter().filter_map(line).collect()
}

/// In 长者版 letters are large: what is asked for most has room.
fn places(texts: &Texts, map: &HallMap, facing: Facing, elder: bool) -> Vec<PlaceMark> {
    let shown = |kind: PlaceKind| {
        use PlaceKind::{
            AccessibleToilet, Entrance, GuideDesk, Kiosk, Lift, Nursery, SelfService, Stairs,
            Toilet, Water,
        };
        match kind {
            Entrance | GuideDesk | Toilet | Lift => true,
            AccessibleToilet | Kiosk | Nursery | SelfService | Stairs | Water => !elder,
        }
    };
    let places = map.places.iter().filter(|place| shown(place.kind));
    places
        .map(|place| PlaceMark {
            at: facing.turn(map, place.at),
            name: texts.get(&format!("place.{}", place.kind.as_str())).to_owned(),
        })
        .collect()
}

fn goal(model: &Model, map: &HallMap, queue: QueueId) -> Option<Goal> {
    let texts = model.texts();
    let queue = model.queue(queue)?;
    let windows = model.windows_of(queue);
    let zone = model.zone(queue.zone);
    let place = model.place_of(queue);
    let known: Vec<Spot> = map
        .windows
        .iter()
        .filter(|known| windows.contains(&known.window))
        .map(|window| window.at)
        .collect();
    if known.is_empty() {
        let area = map.zones.iter().find(|zone| zone.zone == queue.zone);
        let name = zone.map_or_else(|| model.queue_name(queue), |_| place).to_owned();
        return Some(Goal { words: name, plate: None, at: area.map(|zone| zone.area.middle()) });
    }
    let names = words::windows(texts, windows);
    let at_windows = texts.fill("kiosk.tile_windows", &[("windows", &names)]);
    let count = known.len() as f32;
    let middle = Spot {
        x_m: known.iter().map(|spot| spot.x_m).sum::<f32>() / count,
        y_m: known.iter().map(|spot| spot.y_m).sum::<f32>() / count,
    };
    let words = format!("{at_windows}\u{3000}{place}");
    let words = words.trim_end().to_owned();
    Some(Goal { words, plate: Some(names), at: Some(middle) })
}

fn hint(model: &Model, to: Option<QueueId>) -> String {
    let texts = model.texts();
    let reading = texts.get("kiosk.map_hint");
    let Some((map, here)) = model.map() else { return String::new() };
    let goal = to.and_then(|queue| goal(model, map, queue));
    let Some(at) = goal.and_then(|goal| goal.at) else { return reading.to_owned() };
    let way = route::route(map, here.at, at);
    let metres: f32 = way.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    if way.is_empty() {
        return reading.to_owned();
    }
    // People pace by fives.
    let metres = ((metres / 5.0).ceil() as u32 * 5).max(5);
    let side = side(here.facing.turn(map, here.at), here.facing.turn(map, at));
    texts.fill("kiosk.map_way", &[("side", &texts.get(side)), ("n", &metres)])
}

/// On which side of who looks up something lies.
fn side(here: Spot, there: Spot) -> &'static str {
    let (right, ahead) = (there.x_m - here.x_m, here.y_m - there.y_m);
    let aslant = right.abs() > ahead.abs() * 0.4;
    match (ahead > right.abs() * 0.4, ahead < -right.abs() * 0.4, right > 0.0) {
        (true, _, _) if !aslant => "kiosk.map_ahead",
        (true, _, true) => "kiosk.map_ahead_right",
        (true, _, false) => "kiosk.map_ahead_left",
        (_, true, _) if !aslant => "kiosk.map_behind",
        (_, true, true) => "kiosk.map_behind_right",
        (_, true, false) => "kiosk.map_behind_left",
        (false, false, true) => "kiosk.map_right",
        (false, false, false) => "kiosk.map_left",
    }
}

/// What the voice says.
#[must_use]
pub fn say(model: &Model, to: Option<QueueId>) -> String {
    let view = hint(model, to);
    match to {
        Some(_) => view,
        None => model.texts().get("kiosk.say_map").to_owned(),
    }
}

#[cfg(test)]
mod tests;
