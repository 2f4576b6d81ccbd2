//! What the map says in words.

use wire::{catalogue::Catalogue, map::Spot};

use super::*;
use crate::gallery;

fn here() -> Model {
    gallery::page("map").unwrap()
}

#[test]
fn the_way_leads_from_the_kiosk_to_the_windows_of_the_queue() {
    let view = fill(&here(), "L".parse().ok());
    let sought: Vec<_> = view.windows.iter().filter(|window| window.sought).collect();
    let labels: Vec<_> = sought.iter().map(|window| window.label.as_str()).collect();
    assert_eq!(labels, ["18", "19"]);
    let (first, last) = (view.way[0], view.way[view.way.len() - 1]);
    assert_eq!(first, view.here);
    assert!(sought.iter().all(|window| last.distance(window.at) < 4.0), "{last:?}");
    assert_eq!(view.hint, "在您的前方，约 25 米");
    assert_eq!(view.title, "18、19 号窗口\u{3000}一楼D区");
}

#[test]
fn each_side_is_said_as_who_looks_up_sees_it() {
    let here = Spot { x_m: 10.0, y_m: 10.0 };
    for (x_m, y_m, said) in [
        (10.0, 1.0, "kiosk.map_ahead"),
        (17.0, 3.0, "kiosk.map_ahead_right"),
        (3.0, 3.0, "kiosk.map_ahead_left"),
        (19.0, 10.0, "kiosk.map_right"),
        (1.0, 11.0, "kiosk.map_left"),
        (10.0, 19.0, "kiosk.map_behind"),
        (17.0, 17.0, "kiosk.map_behind_right"),
        (3.0, 17.0, "kiosk.map_behind_left"),
    ] {
        assert_eq!(side(here, Spot { x_m, y_m }), said, "{x_m} {y_m}");
    }
}

#[test]
fn a_hall_without_a_plan_and_a_kiosk_that_is_not_on_it_offer_no_map() {
    let mut model = here();
    assert!(model.map().is_some());
    let set = |model: &mut Model, change: fn(&mut Catalogue)| {
        if let Some(catalogue) = &mut model.catalogue {
            change(catalogue);
        }
    };
    set(&mut model, |catalogue| {
        if let Some(map) = &mut catalogue.map {
            map.here = None;
        }
    });
    assert!(model.map().is_none());
    set(&mut model, |catalogue| catalogue.map = None);
    assert!(fill(&model, None).way.is_empty());
}

#[test]
fn the_zones_are_told_in_words_with_the_windows_that_stand_in_them() {
    let view = fill(&here(), None);
    let told = |zone: &str| view.legend.iter().find(|(name, _)| name.starts_with(zone)).unwrap();
    assert_eq!(told("C区").1, "10~17 号窗口");
    assert_eq!(told("配套").1, "26 号窗口");
    assert_eq!(view.legend.len(), 6);
}
