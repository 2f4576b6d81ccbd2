//! 目录调整: 承接, 下放, 取消 or 调整 of an item, approved, from a day on.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    command::ChangeItem,
    event::{Fact, people::CatalogueChanged},
    hall::Hall,
    limits::{
        CATALOGUE_CHANGES_MAX, CATALOGUE_TEXT_BYTES_MAX, ITEM_NAME_CHARS_MAX, ITEM_TEXT_BYTES_MAX,
        ITEMS_MAX,
    },
    refusal::Refusal,
    setup::Item,
    state::State,
    time::{Day, Millis},
    words::people::ChangeKind,
};

pub(super) fn decide(hall: &Hall, change: &ChangeItem) -> Result<Facts, Refusal> {
    not_past(hall, change.effective)?;
    let there = hall.item_queue_on(change.item, change.effective).is_ok();
    let to = match change.kind {
        ChangeKind::TakenOver if there => return Err(Refusal::ItemExists),
        ChangeKind::TakenOver => Some(whole(hall, change)?),
        ChangeKind::Adjusted | ChangeKind::HandedDown | ChangeKind::Cancelled if !there => {
            return Err(Refusal::NoSuchItem);
        }
        ChangeKind::Adjusted => Some(whole(hall, change)?),
        ChangeKind::HandedDown | ChangeKind::Cancelled => None,
    };
    let catalogue = &hall.state.catalogue;
    let bytes = catalogue.text_bytes() + to.map_or(0, Item::text_bytes);
    let items = hall.setup().items().len() + catalogue.in_force().count();
    let full = catalogue.changes().len() >= CATALOGUE_CHANGES_MAX
        || bytes > CATALOGUE_TEXT_BYTES_MAX
        || (change.kind == ChangeKind::TakenOver && items >= ITEMS_MAX);
    if full {
        return Err(Refusal::CatalogueFull);
    }
    Ok(Vec::from([Fact::CatalogueChanged(CatalogueChanged {
        number: catalogue.decided + 1,
        item: change.item,
        kind: change.kind,
        to: to.cloned().map(Into::into),
        effective: change.effective,
        approver: change.approver,
    })]))
}

/// Today at the earliest; the day after the last, if none is open.
fn not_past(hall: &Hall, effective: Day) -> Result<(), Refusal> {
    let past = match (hall.day(), hall.last_day()) {
        (Some(today), _) => effective < today,
        (None, Some(last)) => effective <= last,
        (None, None) => return Err(Refusal::HallClosed),
    };
    if past { Err(Refusal::EffectivePast) } else { Ok(()) }
}

fn whole<'c>(hall: &Hall, change: &'c ChangeItem) -> Result<&'c Item, Refusal> {
    let named = |item: &Item| item.name.chars().count() <= ITEM_NAME_CHARS_MAX;
    if change.to.as_deref().is_some_and(|item| !named(item)) {
        return Err(Refusal::TooMuch);
    }
    let fits = |item: &&Item| {
        item.id == change.item
            && !item.name.trim().is_empty()
            && hall.setup().queue(item.queue).is_some()
            && item.mean_service > Millis(0)
            && item.text_bytes() <= ITEM_TEXT_BYTES_MAX
    };
    change.to.as_deref().filter(fits).ok_or(Refusal::ItemIncomplete)
}

pub(super) fn apply(state: &mut State, change: &CatalogueChanged) {
    state.catalogue.note(change, state.day);
}
