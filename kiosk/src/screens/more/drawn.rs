//! 更多服务, drawn.

use egui::Ui;
use look::{frame::Kind, split};

use super::MoreView;
use crate::{
    limits,
    model::message::Touch,
    screens::{
        frame::Layout,
        on,
        parts::{self, GAP},
        start::row_choice_up_to,
    },
};

/// Draws the page.
pub fn more_ui(ui: &Ui, layout: &Layout, view: &MoreView) -> Option<Touch> {
    let mut rest = layout.content;
    parts::title_ui(ui, layout, &mut rest, &view.title, "");
    let mut touched = parts::parts_ui(ui, layout, &mut rest, view.pager.as_ref());
    // Room for a whole part is kept, so that nothing jumps.
    let places = if layout.wide {
        split::columns(rest, limits::TILES_PER_LEAF_ELDER, GAP)
    } else {
        split::rows(rest, limits::TILES_PER_LEAF_ELDER, GAP)
    };
    let great = if layout.wide { 66.0 } else { 104.0 };
    for (tile, place) in view.tiles.iter().zip(places) {
        // A third of a lying page is too narrow for a picture beside the words.
        let icon = (!layout.wide).then_some(tile.icon);
        let words = (tile.name.as_str(), tile.hint.as_str());
        let response = row_choice_up_to(ui, place, Kind::Secondary, icon, words, great);
        on(&mut touched, &response, tile.touch);
    }
    touched
}
