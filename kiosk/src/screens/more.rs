//! 更多服务: what the start page of 长者版 has no room for, three a part.

use look::icon::Icon;

use super::{
    list::{self, Pager},
    start::Tile,
};
use crate::{
    limits,
    model::{Model, message::Touch},
};

mod drawn;

pub use drawn::more_ui;

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct MoreView {
    /// 更多服务.
    pub title: String,
    /// The choices of this part.
    pub tiles: Vec<Tile>,
    /// The way through the parts.
    pub pager: Option<Pager>,
}

/// The parts of the page, at least 1.
#[must_use]
pub fn leaves(model: &Model) -> usize {
    tiles(model).len().div_ceil(limits::TILES_PER_LEAF_ELDER).max(1)
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, leaf: usize) -> MoreView {
    let leaf = leaf.min(leaves(model) - 1);
    let places = limits::TILES_PER_LEAF_ELDER;
    MoreView {
        title: model.texts().get("kiosk.more").to_owned(),
        tiles: tiles(model).into_iter().skip(leaf * places).take(places).collect(),
        pager: list::pager(model, leaf, leaves(model)),
    }
}

fn tiles(model: &Model) -> Vec<Tile> {
    let texts = model.texts();
    let complains = model.settings.complaint_queue.is_some_and(|id| model.queue(id).is_some());
    let contrast = if model.contrast { "kiosk.contrast_off_elder" } else { "kiosk.contrast_elder" };
    let all = [
        (Touch::Guide, Icon::Book, "kiosk.guide", "kiosk.guide_elder"),
        (Touch::Priority, Icon::Person, "kiosk.priority", "kiosk.priority_elder"),
        (Touch::Progress, Icon::Search, "kiosk.progress", "kiosk.progress_hint"),
        (Touch::Evaluate, Icon::Smile, "kiosk.evaluate", "kiosk.evaluate_elder"),
        (Touch::Complain, Icon::Talk, "kiosk.complain", "kiosk.complain_elder"),
        (Touch::Map(None), Icon::Place, "kiosk.map", "kiosk.map_elder"),
        (Touch::Contrast, Icon::Contrast, "kiosk.contrast", contrast),
    ];
    let has_map = model.map().is_some();
    let shown = all
        .into_iter()
        .filter(|(touch, ..)| *touch != Touch::Complain || complains)
        .filter(|(touch, ..)| *touch != Touch::Map(None) || has_map);
    let tile = |(touch, icon, name, hint)| Tile {
        touch,
        icon,
        name: texts.get(name).to_owned(),
        hint: texts.get(hint).to_owned(),
    };
    shown.map(tile).collect()
}
