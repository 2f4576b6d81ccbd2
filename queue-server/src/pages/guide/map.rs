//! 大厅平面图: where things are, and the way from the guide desk to a queue's windows.

use askama::Template;
use hall::{
    ids::{ItemId, QueueId, WindowId},
    words::PriorityClass,
};
use wire::{
    map::{Area, HallMap, PlaceKind, Spot, route},
    texts::Texts,
};

use super::{Desk, written};
use crate::pages::named::Names;

/// From a zone's lower edge to the line on which its name stands, in metres.
const FOOT_M: f32 = 0.7;

/// From a zone's upper edge to that line, in metres.
const HEAD_M: f32 = 1.8;

/// From a place's mark down to the line of its name, in metres.
const NAME_M: f32 = 1.6;

/// Up to it, for the guide desk, where the way begins.
const UP_M: f32 = 1.0;

/// The half of a window's plate, in metres.
const PLATE_HALF_M: f32 = 0.9;

/// Words on the plan.
struct Label {
    at: Spot,
    words: String,
    /// It is where the way leads.
    sought: bool,
}

/// A place and its name.
struct Place {
    at: Spot,
    name_y: f32,
    words: String,
}

struct Zone {
    area: Area,
    label: Label,
}

#[derive(Template)]
#[template(path = "guide_map.html")]
struct Panel {
    t: &'static Texts,
    title: String,
    /// Where one came from.
    back: String,
    /// About how many metres; nothing where no way is known.
    way: String,
    width: f32,
    depth: f32,
    walls: Vec<Area>,
    zones: Vec<Zone>,
    windows: Vec<Label>,
    places: Vec<Place>,
    half: f32,
    /// "x,y x,y": the way.
    line: String,
    here: Option<Spot>,
    goal: Option<Spot>,
}

impl Desk<'_> {
    /// The panel 大厅平面图; to a queue's windows, if one is asked for.
    pub(super) fn map(&self) -> String {
        let texts = self.texts;
        let Some(plan) = self.app.profile.details.map.as_ref() else {
            return written(&Panel {
                title: texts.get("guide.map_none").to_owned(),
                ..drawn(texts, &EMPTY, self.names(), &[])
            });
        };
        let queue = self.asked.queue.parse::<QueueId>().ok();
        let sought = queue.map_or_else(Vec::new, |queue| {
            self.app.read(|hall| hall.windows_to_go(queue, PriorityClass::Ordinary))
        });
        let floor = &plan.floor;
        let mut panel = drawn(texts, floor, self.names(), &sought);
        panel.here = desk_of(floor);
        let at = floor.windows.iter().filter(|each| sought.contains(&each.window));
        let from = panel.here;
        let distance = |spot: &Spot| from.map_or(0.0, |here| here.distance(*spot));
        panel.goal =
            at.map(|each| each.at).min_by(|one, other| distance(one).total_cmp(&distance(other)));
        if let Some(queue) = queue {
            let item: Option<ItemId> = self.asked.item.parse().ok();
            panel.back = match item {
                Some(item) => format!("/guide?do=take&item={item}"),
                None => format!("/guide?do=take&whole={queue}"),
            };
            let windows: Vec<String> = sought.iter().map(ToString::to_string).collect();
            let no = windows.join(texts.get("pages.join"));
            panel.title = self.names().queue(queue);
            if !windows.is_empty() {
                let windows = texts.fill("pages.window_no", &[("no", &no)]);
                panel.title = format!("{}\u{3000}{windows}", panel.title);
            }
        }
        if let (Some(here), Some(goal)) = (panel.here, panel.goal) {
            let way = route::route(floor, here, goal);
            let metres: f32 = way.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
            let corners = way.iter().map(|spot| format!("{},{}", spot.x_m, spot.y_m));
            panel.line = corners.collect::<Vec<_>>().join(" ");
            if !way.is_empty() {
                panel.way = texts.fill("guide.map_metres", &[("n", &(metres.round() as u32))]);
            }
        }
        written(&panel)
    }
}

/// A floor that nobody drew.
const EMPTY: HallMap = HallMap {
    width_m: 0.0,
    depth_m: 0.0,
    zones: Vec::new(),
    windows: Vec::new(),
    places: Vec::new(),
    walls: Vec::new(),
    here: None,
};

fn drawn(texts: &'static Texts, floor: &HallMap, names: Names<'_>, sought: &[WindowId]) -> Panel {
    let zone = |each: &wire::map::MapZone| Zone {
        area: each.area,
        label: Label {
            at: name_place(floor, each.area),
            words: names.zone(each.zone),
            sought: false,
        },
    };
    let window = |each: &wire::map::MapWindow| Label {
        at: each.at,
        words: each.window.to_string(),
        sought: sought.contains(&each.window),
    };
    let place = |each: &wire::map::MapPlace| Place {
        at: each.at,
        name_y: if each.kind == PlaceKind::GuideDesk {
            each.at.y_m - UP_M
        } else {
            each.at.y_m + NAME_M
        },

        words: texts.get(&format!("place.{}", each.kind.as_str())).to_owned(),
    };
    Panel {
        t: texts,
        title: texts.get("guide.map").to_owned(),
        back: "/guide?do=take".to_owned(),
        way: String::new(),
        width: floor.width_m,
        depth: floor.depth_m,
        walls: floor.walls.clone(),
        zones: floor.zones.iter().map(zone).collect(),
        windows: floor.windows.iter().map(window).collect(),
        places: floor.places.iter().map(place).collect(),
        half: PLATE_HALF_M,
        line: String::new(),
        here: None,
        goal: None,
    }
}

/// Where a zone's name stands: at its foot if its windows are at its head, or else at its head.
fn name_place(floor: &HallMap, area: Area) -> Spot {
    let middle = area.middle();
    let inside: Vec<Spot> =
        floor.windows.iter().map(|window| window.at).filter(|at| area.holds(*at)).collect();
    let above = inside.iter().filter(|at| at.y_m <= middle.y_m).count();
    let y_m = if above * 2 >= inside.len() {
        area.y_m + area.depth_m - FOOT_M
    } else {
        area.y_m + HEAD_M
    };
    Spot { y_m, ..middle }
}

/// Where the guide desk stands.
fn desk_of(floor: &HallMap) -> Option<Spot> {
    let desk = floor.places.iter().find(|place| place.kind == PlaceKind::GuideDesk);
    desk.map(|place| place.at)
}
