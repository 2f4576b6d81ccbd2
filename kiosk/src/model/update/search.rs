//! 查找事项 by letters and characters.

use super::{
    service,
    touch::{deafen, go},
};
use crate::{
    limits,
    model::{
        Model,
        message::Effect,
        page::Page,
        service::{Service, search::Search},
    },
    moment::Moment,
};

/// 按首字母查找.
pub(super) fn open(model: &mut Model, now: Moment) -> Vec<Effect> {
    service::open(model, Service::Search(Search::default()), now)
}

fn search(page: &mut Page) -> Option<&mut Search> {
    let Page::Service(service) = page else { return None };
    if let Service::Search(search) = service.as_mut() { Some(search) } else { None }
}

/// A letter.
pub(super) fn typed(model: &mut Model, key: char) {
    if let Some(search) = search(&mut model.page) {
        search.push(key, &model.finder);
    }
}

/// A character that the last letters stand for.
pub(super) fn chosen(model: &mut Model, character: char) -> Vec<Effect> {
    if let Some(search) = search(&mut model.page) {
        search.choose(character, &model.finder);
    }
    Vec::new()
}

/// 删除.
pub(super) fn erased(model: &mut Model) {
    if let Some(search) = search(&mut model.page) {
        search.erase(&model.finder);
    }
}

/// 清空.
pub(super) fn cleared(model: &mut Model) -> Vec<Effect> {
    if let Some(search) = search(&mut model.page) {
        search.clear();
    }
    Vec::new()
}

/// 长者版: what is found takes the place of the keys.
pub(super) fn listed(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Page::Service(service) = &model.page else { return Vec::new() };
    let Service::Search(search) = service.as_ref() else { return Vec::new() };
    if search.found.is_empty() {
        return Vec::new();
    }
    // 返回 leads back to the keys, with what was typed.
    let listed = Search { listed: true, leaf: 0, ..search.clone() };
    go(model, Page::Service(Box::new(Service::Search(listed))), now);
    Vec::new()
}

/// The catalogue has changed: what is found may be no more.
pub(super) fn look_again(model: &mut Model) {
    let Model { page, trail, finder, .. } = model;
    for search in std::iter::once(page).chain(trail).filter_map(search) {
        search.look(finder);
    }
}

/// 长者版 comes or goes: the list of the one is no page of the other.
pub(super) fn set_elder(model: &mut Model, now: Moment) {
    if let Some(search) = search(&mut model.page).filter(|search| search.listed) {
        search.listed = false;
        deafen(model, now);
    }
}

/// The parts of what is found.
pub(super) const fn leaves(model: &Model, search: &Search) -> usize {
    let lists = model.elder || model.is_low();
    let each = if lists { model.tiles_per_leaf() } else { limits::FOUND_PER_LEAF };
    let leaves = search.found.len().div_ceil(each);
    if leaves == 0 { 1 } else { leaves }
}
