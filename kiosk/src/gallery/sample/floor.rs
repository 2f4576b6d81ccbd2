//! The floor of the county hall, as its profile draws it and who stands before kiosk 1 sees it.

use wire::map::{
    Area, Facing, HallMap, Here, MapPlace, MapWindow, MapZone,
    PlaceKind::{AccessibleToilet, Entrance, GuideDesk, Lift, Nursery, SelfService, Toilet, Water},
    Spot,
};

use super::id;

/// The floor.
pub fn floor() -> HallMap {
    let zone = |letter: &str, (x_m, y_m, width_m, depth_m): (f32, f32, f32, f32)| MapZone {
        zone: id(letter),
        area: Area { x_m, y_m, width_m, depth_m },
    };
    let row = |first: u16, last: u16, from: (f32, f32), to: f32| {
        let step = (to - from.0) / f32::from(last - first).max(1.0);
        (first..=last).map(move |n| MapWindow {
            window: id(&n.to_string()),
            at: Spot { x_m: from.0 + step * f32::from(n - first), y_m: from.1 },
        })
    };
    let place = |kind, x_m, y_m| MapPlace { kind, at: Spot { x_m, y_m } };
    let wall = |x_m, y_m, width_m, depth_m| Area { x_m, y_m, width_m, depth_m };
    let windows = row(1, 5, (3.5, 4.5), 13.5).chain(row(6, 9, (18.5, 4.5), 28.5));
    HallMap {
        width_m: 48.0,
        depth_m: 32.0,
        zones: vec![
            zone("A", (2.0, 2.0, 13.0, 10.0)),
            zone("B", (17.0, 2.0, 13.0, 10.0)),
            zone("D", (32.0, 2.0, 14.0, 10.0)),
            zone("C", (2.0, 18.0, 23.0, 11.0)),
            zone("G", (27.0, 17.0, 8.0, 5.0)),
            zone("X", (38.0, 16.0, 8.0, 6.0)),
        ],
        windows: windows
            .chain(row(18, 24, (33.0, 4.5), 45.0))
            .chain(row(10, 17, (3.5, 26.5), 23.5))
            .chain(row(25, 25, (33.5, 19.5), 33.5))
            .chain(row(26, 26, (44.0, 19.0), 44.0))
            .collect(),
        places: vec![
            place(GuideDesk, 29.0, 19.5),
            place(Entrance, 36.0, 31.0),
            place(Toilet, 47.0, 24.0),
            place(AccessibleToilet, 47.0, 26.5),
            place(Lift, 1.5, 15.0),
            place(Water, 37.0, 14.0),
            place(Nursery, 45.0, 29.5),
            place(SelfService, 41.0, 24.0),
        ],
        walls: vec![
            wall(2.0, 2.0, 13.0, 1.5),
            wall(17.0, 2.0, 13.0, 1.5),
            wall(32.0, 2.0, 14.0, 1.5),
            wall(2.0, 27.5, 23.0, 1.5),
            wall(19.0, 13.5, 7.0, 2.5),
        ],
        here: Some(Here { at: Spot { x_m: 32.0, y_m: 28.0 }, facing: Facing::Up }),
    }
}
