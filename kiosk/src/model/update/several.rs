//! 一次多办: items are put together, and one number is taken for all of them.

use wire::ids::ItemId;

use super::{
    identity, service,
    touch::{deafen, first_list, go},
};
use crate::{
    model::{
        Model,
        message::Effect,
        page::{Choice, Page},
        service::{Extras, Service},
    },
    moment::Moment,
};

/// 再办一件, on the page of one item.
pub(super) fn begin(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Page::Confirm(Choice { item: Some(item), .. }) = model.page else { return Vec::new() };
    if !model.may_gather() {
        return Vec::new();
    }
    model.gathered = vec![item];
    service::open(model, Service::Several, now)
}

/// 再加一件: the lists again.
pub(super) fn add(model: &mut Model, now: Moment) -> Vec<Effect> {
    if model.gathered.len() < model.items_max() {
        let first = first_list(model);
        go(model, first, now);
    }
    Vec::new()
}

/// An item was chosen while items are put together; one that is there already is no second one.
pub(super) fn chosen(model: &mut Model, item: ItemId, now: Moment) -> Vec<Effect> {
    if model.item(item).is_none() {
        return Vec::new();
    }
    if !model.gathered.contains(&item) && model.gathered.len() < model.items_max() {
        model.gathered.push(item);
    }
    // The lists between are done with: 返回 leads to where the first item was.
    let is_several = |page: &Page| matches!(page, Page::Service(service) if matches!(**service, Service::Several));
    match model.trail.iter().position(is_several) {
        Some(at) => model.trail.truncate(at),
        None => model.trail.truncate(1),
    }
    model.page = Page::Service(Box::new(Service::Several));
    deafen(model, now);
    Vec::new()
}

/// 去掉: an item is let go; without any there is nothing to put together.
pub(super) fn drop_item(model: &mut Model, item: ItemId, now: Moment) -> Vec<Effect> {
    model.gathered.retain(|each| *each != item);
    if model.gathered.is_empty() {
        model.trail = vec![Page::Start];
        model.page = first_list(model);
    }
    deafen(model, now);
    Vec::new()
}

/// 材料已齐，取号 for all of them: the first leg first, the others in their order.
pub(super) fn take_all(model: &mut Model, now: Moment) -> Vec<Effect> {
    if model.several_closed().is_some() {
        return Vec::new();
    }
    let Some((first, then)) = model.gathered.split_first() else { return Vec::new() };
    let (first, then) = (*first, then.to_vec());
    let Some(queue) = model.item(first).map(|item| item.queue) else { return Vec::new() };
    model.extras = Extras { then, ..Extras::default() };
    identity::ask_or_take(model, Choice { queue, item: Some(first) }, now)
}

/// An item that the catalogue has no more is let go of.
pub(super) fn leave_what_is_gone(model: &mut Model) {
    let gone: Vec<ItemId> =
        model.gathered.iter().copied().filter(|item| model.item(*item).is_none()).collect();
    model.gathered.retain(|item| !gone.contains(item));
}
