//! The forms of the pages, and the parts of what has no room on one: 长者版, 低位, 上一页 and 下一页.

use super::{search, service, touch::deafen};
use crate::{
    model::{Model, message::Effect, page::Page, service::Service},
    moment::Moment,
};

/// 长者版 and back.
pub(super) fn set_elder(model: &mut Model, elder: bool, now: Moment) -> Vec<Effect> {
    if model.elder == elder || model.page.is_operators() {
        return Vec::new();
    }
    model.elder = elder;
    begin_lists_anew(model);
    search::set_elder(model, now);
    match (&mut model.page, elder) {
        (page @ Page::Queues { zone: None, .. }, true) => *page = Page::Zones { leaf: 0 },
        (page @ Page::Zones { .. }, false) => *page = Page::Queues { zone: None, leaf: 0 },
        (Page::Ticket { until, .. }, true) => {
            *until = now.after_secs(model.settings.return_after_secs_elder);
        }
        // What stands there has places of its own on the ordinary start page.
        (Page::Service(service), false) if matches!(**service, Service::More { .. }) => {
            model.page = model.trail.pop().unwrap_or(Page::Start);
        }
        _ => {}
    }
    for page in &mut model.trail {
        match (&*page, elder) {
            (Page::Queues { zone: None, .. }, true) => *page = Page::Zones { leaf: 0 },
            (Page::Zones { .. }, false) => *page = Page::Queues { zone: None, leaf: 0 },
            _ => {}
        }
    }
    deafen(model, now);
    Vec::new()
}

/// 低位 and back.
pub(super) fn set_low(model: &mut Model, low: bool, now: Moment) {
    model.low = low;
    begin_lists_anew(model);
    deafen(model, now);
}

/// 上一页 and 下一页.
pub(super) fn turn(model: &mut Model, forward: bool, now: Moment) -> Vec<Effect> {
    let leaves = leaves(model);
    if let Some(leaf) = leaf_of(&mut model.page) {
        // Fewer parts than before show the last one: from there one turns.
        let shown = (*leaf).min(leaves - 1);
        *leaf = if forward { (shown + 1).min(leaves - 1) } else { shown.saturating_sub(1) };
        deafen(model, now);
    }
    Vec::new()
}

fn leaf_of(page: &mut Page) -> Option<&mut usize> {
    match page {
        Page::Zones { leaf } | Page::Queues { leaf, .. } | Page::Items { leaf, .. } => Some(leaf),
        Page::Service(service) => service::leaf_of(service),
        Page::Start
        | Page::Confirm(_)
        | Page::Identity { .. }
        | Page::Priority
        | Page::Taking { .. }
        | Page::Ticket { .. }
        | Page::PaperFailed { .. }
        | Page::Notice(_)
        | Page::Help(_)
        | Page::Progress => None,
    }
}

fn leaves(model: &Model) -> usize {
    let tiles = match &model.page {
        Page::Service(service) => return service::leaves(model, service),
        // 没有找到要办的事项 is one more tile; 常办事项 and 查找事项 are tiles too.
        Page::Zones { .. } => model.zones().len() + 2 + usize::from(!model.popular().is_empty()),
        Page::Queues { zone, .. } => model.queues_of(*zone).len() + 1,
        // 其他事项 is one more tile.
        Page::Items { queue, .. } => {
            model.items_of(*queue).len() + usize::from(!model.is_gathering())
        }
        Page::Start
        | Page::Confirm(_)
        | Page::Identity { .. }
        | Page::Priority
        | Page::Taking { .. }
        | Page::Ticket { .. }
        | Page::PaperFailed { .. }
        | Page::Notice(_)
        | Page::Help(_)
        | Page::Progress => 1,
    };
    model.leaves(tiles)
}

/// The parts of a list have other places in another form of the pages.
fn begin_lists_anew(model: &mut Model) {
    for page in model.trail.iter_mut().chain([&mut model.page]) {
        if let Some(leaf) = leaf_of(page) {
            *leaf = 0;
        }
    }
}
