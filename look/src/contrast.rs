//! 高对比: the same page in other colours, black behind and white or yellow before it, for eyes that
//! see little. A page is drawn once; this changes what was drawn, so that no page knows of it.

use egui::{Color32, Ui, epaint::shape_transform::adjust_colors, layers::ShapeIdx};

use crate::colour::{
    BRAND, BRAND_DEEP, BRAND_WASH, CALLING, CALLING_WASH, FREE, FREE_WASH, INK, INK_2, INK_3, LINE,
    LINE_STRONG, ON_BRAND, PAPER, PAUSED, PAUSED_WASH, RED, RED_WASH, SURFACE, YELLOW, YELLOW_WASH,
};

const BLACK: Color32 = Color32::BLACK;
const NEAR_BLACK: Color32 = Color32::from_rgb(0x1C, 0x1C, 0x1C);
const WHITE: Color32 = Color32::WHITE;
const AMBER: Color32 = Color32::from_rgb(0xFF, 0xD6, 0x33);
const GREEN: Color32 = Color32::from_rgb(0x6B, 0xF0, 0xA4);
const ORANGE: Color32 = Color32::from_rgb(0xFF, 0xB0, 0x66);
const ROSE: Color32 = Color32::from_rgb(0xFF, 0x9E, 0x94);
const GREY: Color32 = Color32::from_rgb(0xC8, 0xC8, 0xC8);
const RULE: Color32 = Color32::from_rgb(0x9A, 0x9A, 0x9A);

/// Each colour of the design and the one that stands for it. Text keeps at least 7:1.
pub const TABLE: [(Color32, Color32); 21] = [
    (PAPER, BLACK),
    (SURFACE, BLACK),
    (LINE, RULE),
    (LINE_STRONG, WHITE),
    (INK, WHITE),
    (INK_2, WHITE),
    (INK_3, GREY),
    (BRAND, Color32::from_rgb(0xFF, 0xE1, 0x00)),
    (BRAND_DEEP, AMBER),
    (BRAND_WASH, NEAR_BLACK),
    (FREE, GREEN),
    (FREE_WASH, NEAR_BLACK),
    (CALLING, ORANGE),
    (CALLING_WASH, NEAR_BLACK),
    (PAUSED, GREY),
    (PAUSED_WASH, NEAR_BLACK),
    (YELLOW, AMBER),
    (YELLOW_WASH, NEAR_BLACK),
    (RED, ROSE),
    (RED_WASH, NEAR_BLACK),
    (ON_BRAND, BLACK),
];

/// The colour that stands for a colour of the design; every other colour stays as it is.
#[must_use]
pub fn of(colour: Color32) -> Color32 {
    TABLE.iter().find(|(from, _)| *from == colour).map_or(colour, |(_, to)| *to)
}

/// Turns everything that was drawn so far in this layer into high contrast.
pub fn apply(ui: &Ui) {
    let layer = ui.layer_id();
    ui.ctx().graphics_mut(|all| {
        let drawn = all.entry(layer);
        for n in 0..drawn.next_idx().0 {
            drawn.mutate_shape(ShapeIdx(n), |clipped| {
                adjust_colors(&mut clipped.shape, |colour| *colour = of(*colour));
            });
        }
    });
}
