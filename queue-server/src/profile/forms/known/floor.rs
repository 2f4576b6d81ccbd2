//! The lists of 大厅地图: the floor in metres, and what stands on it.

use super::{
    super::{
        Field, Form,
        Shape::{Many, Number, Of, One},
    },
    HALL, may, must,
};

const fn map(form: Form) -> Form {
    form.about("map")
}

const X: Field = must("x_m", Number);
const Y: Field = must("y_m", Number);
const WIDTH: Field = must("width_m", Number);
const DEPTH: Field = must("depth_m", Number);

pub const MAP: Form = map(Form::settings("map", HALL, &["map"], &[WIDTH, DEPTH]));

pub const ZONES: Form = map(Form::of_fields(
    "map_zones",
    HALL,
    &["map", "zone"],
    "zone",
    &[must("zone", Of("zones")), X, Y, WIDTH, DEPTH],
));

pub const ROWS: Form = map(Form::of_fields(
    "map_rows",
    HALL,
    &["map", "row"],
    "",
    &[must("windows", Many("windows")), X, Y, may("to_x_m", Number), may("to_y_m", Number)],
));

pub const PLACES: Form = map(Form::of_fields(
    "map_places",
    HALL,
    &["map", "place"],
    "",
    &[
        must(
            "kind",
            One(&[
                "entrance",
                "guide_desk",
                "toilet",
                "accessible_toilet",
                "lift",
                "stairs",
                "self_service",
                "kiosk",
                "water",
                "nursery",
            ]),
        ),
        X,
        Y,
    ],
));

pub const WALLS: Form =
    map(Form::of_fields("map_walls", HALL, &["map", "wall"], "", &[X, Y, WIDTH, DEPTH]));

pub const KIOSKS: Form = map(Form::of_fields(
    "map_kiosks",
    HALL,
    &["map", "kiosk"],
    "kiosk",
    &[must("kiosk", Of("devices")), X, Y, must("facing", One(&["up", "right", "down", "left"]))],
));
