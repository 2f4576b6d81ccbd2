//! The way is free, and the plan is turned to where one looks.

use super::{route::route, *};

fn spot(x_m: f32, y_m: f32) -> Spot {
    Spot { x_m, y_m }
}

/// 20 by 10 metres, with a wall in the middle that leaves a gap at the lower end.
fn floor() -> HallMap {
    HallMap {
        width_m: 20.0,
        depth_m: 10.0,
        zones: Vec::new(),
        windows: Vec::new(),
        places: Vec::new(),
        walls: vec![Area { x_m: 9.5, y_m: 0.0, width_m: 1.0, depth_m: 8.0 }],
        here: None,
    }
}

fn crosses_a_wall(map: &HallMap, way: &[Spot]) -> bool {
    way.windows(2).any(|pair| {
        (0..=200).any(|n| {
            let part = n as f32 / 200.0;
            let x_m = pair[0].x_m + (pair[1].x_m - pair[0].x_m) * part;
            let y_m = pair[0].y_m + (pair[1].y_m - pair[0].y_m) * part;
            map.walls.iter().any(|wall| wall.holds(spot(x_m, y_m)))
        })
    })
}

#[test]
fn a_way_goes_round_a_wall_and_straight_where_there_is_none() {
    let map = floor();
    let way = route(&map, spot(2.0, 2.0), spot(18.0, 2.0));
    assert!(way.len() >= 3, "{way:?}");
    assert_eq!((way[0], way[way.len() - 1]), (spot(2.0, 2.0), spot(18.0, 2.0)));
    assert!(!crosses_a_wall(&map, &way), "{way:?}");
    assert!(way.iter().any(|spot| spot.y_m > 7.9), "{way:?}");
    assert_eq!(route(&map, spot(1.0, 9.0), spot(8.0, 5.0)).len(), 2);
}

#[test]
fn a_way_goes_round_where_others_wait_and_through_it_only_where_it_must() {
    let zone = |area| MapZone { zone: "A".parse().unwrap(), area };
    let seats = Area { x_m: 8.0, y_m: 3.0, width_m: 4.0, depth_m: 5.0 };
    let map = HallMap { walls: Vec::new(), zones: vec![zone(seats)], ..floor() };
    let among = |map: &HallMap, way: &[Spot]| {
        let seats = HallMap { walls: map.zones.iter().map(|zone| zone.area).collect(), ..floor() };
        crosses_a_wall(&seats, way)
    };
    let way = route(&map, spot(2.0, 5.0), spot(18.0, 5.0));
    assert!(way.len() > 2 && !among(&map, &way), "{way:?}");
    // Whose own zone it is goes straight in.
    assert_eq!(route(&map, spot(2.0, 5.0), spot(10.0, 5.0)).len(), 2);
    let right_across = Area { x_m: 8.0, y_m: 0.0, width_m: 4.0, depth_m: 10.0 };
    let map = HallMap { zones: vec![zone(right_across)], ..map };
    assert!(!route(&map, spot(2.0, 5.0), spot(18.0, 5.0)).is_empty());
    // Nobody is led along the windows of others.
    let at =
        |n: u16| MapWindow { window: n.to_string().parse().unwrap(), at: spot(f32::from(n), 9.0) };
    let map = HallMap { zones: Vec::new(), windows: (4..=16).map(at).collect(), ..map };
    let way = route(&map, spot(19.0, 9.0), spot(4.0, 9.0));
    assert!(way.len() > 2 && way[1].y_m < 8.0, "{way:?}");
}

#[test]
fn there_is_no_way_out_of_a_closed_room_and_none_to_another_floor() {
    let mut map = floor();
    map.walls[0].depth_m = 10.0;
    assert!(route(&map, spot(2.0, 2.0), spot(18.0, 2.0)).is_empty());
    assert!(route(&map, spot(2.0, 2.0), spot(25.0, 2.0)).is_empty());
    // A counter is led to from beside it.
    let way = route(&map, spot(2.0, 2.0), spot(10.0, 5.0));
    assert!(!way.is_empty() && !crosses_a_wall(&map, &way), "{way:?}");
}

#[test]
fn what_one_looks_at_is_up() {
    let map = floor();
    let ahead = [
        (Facing::Up, spot(10.0, 1.0)),
        (Facing::Right, spot(19.0, 5.0)),
        (Facing::Down, spot(10.0, 9.0)),
        (Facing::Left, spot(1.0, 5.0)),
    ];
    for (facing, ahead) in ahead {
        let (here, ahead) = (facing.turn(&map, spot(10.0, 5.0)), facing.turn(&map, ahead));
        assert!(ahead.y_m < here.y_m && (ahead.x_m - here.x_m).abs() < 0.01, "{facing:?}");
        let (width, depth) = facing.size(&map);
        let turned = facing.turn_area(&map, map.walls[0]);
        assert!(turned.x_m >= 0.0 && turned.x_m + turned.width_m <= width, "{facing:?}");
        assert!(turned.y_m >= 0.0 && turned.y_m + turned.depth_m <= depth, "{facing:?}");
    }
}

#[test]
fn the_largest_floor_is_walked_in_bounded_steps() {
    let map = HallMap { width_m: SIDE_M_MAX, depth_m: SIDE_M_MAX, ..floor() };
    let way = route(&map, spot(0.0, 0.0), spot(SIDE_M_MAX, SIDE_M_MAX));
    assert!(!way.is_empty() && !crosses_a_wall(&map, &way));
}
