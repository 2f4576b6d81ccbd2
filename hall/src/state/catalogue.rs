//! 事项目录 in force: what was decided in the hall, laid over the profile's `items.csv`.

use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};

use crate::{
    event::people::{Carried, CatalogueChanged},
    ids::ItemId,
    setup::{Item, people::CatalogueRules},
    time::Day,
    words::people::ChangeKind,
};

/// The catalogue over the profile's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Catalogue {
    /// Changes that have taken effect since the beginning, and profiles with other items.
    pub version: u32,
    /// Changes decided since the beginning.
    pub decided: u32,
    changes: Arc<Vec<CatalogueChanged>>,
    in_force: Arc<BTreeMap<ItemId, Standing>>,
}

/// How an item stands by the changes of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// So it is now.
    There(Arc<Item>),
    /// 取消.
    Cancelled,
    /// 下放.
    HandedDown,
}

impl Catalogue {
    /// What was carried over the night, as it is in force on a day.
    pub fn of(carried: &Carried, day: Day) -> Self {
        let mut catalogue = Self {
            version: carried.catalogue_version,
            decided: carried.catalogue_decided,
            changes: Arc::new(carried.catalogue.clone()),
            in_force: Arc::default(),
        };
        let mut in_force = BTreeMap::new();
        for change in catalogue.by_effect(day) {
            lay(&mut in_force, change);
        }
        catalogue.in_force = Arc::new(in_force);
        catalogue
    }

    /// What is to be carried into a day: the version that is in force then, and every change that
    /// the profile does not hold yet.
    pub fn carried(
        &self,
        last: Option<Day>,
        day: Day,
        rules: &CatalogueRules,
    ) -> (u32, Vec<CatalogueChanged>) {
        let takes_effect = |change: &&CatalogueChanged| {
            change.effective <= day && last.is_none_or(|last| change.effective > last)
        };
        let newly = self.changes.iter().filter(takes_effect).count() as u32;
        let lives = |change: &&CatalogueChanged| !rules.holds(change.number, change.effective);
        (self.version + newly, self.changes.iter().filter(lives).cloned().collect())
    }

    pub fn standing(&self, item: ItemId) -> Option<&Standing> {
        self.in_force.get(&item)
    }

    /// How an item will stand on a day; none if no change until then speaks of it.
    pub fn standing_on(&self, item: ItemId, day: Day) -> Option<Standing> {
        let mut on_day = BTreeMap::new();
        for change in self.by_effect(day).filter(|change| change.item == item) {
            lay(&mut on_day, change);
        }
        on_day.remove(&item)
    }

    /// An item as it is, or as it was told last.
    pub fn ever(&self, item: ItemId) -> Option<&Item> {
        match self.standing(item) {
            Some(Standing::There(item)) => Some(item),
            Some(Standing::Cancelled | Standing::HandedDown) => {
                let told = self.changes.iter().rev().filter(|change| change.item == item);
                told.filter_map(|change| change.to.as_deref()).next()
            }
            None => None,
        }
    }

    pub fn in_force(&self) -> impl Iterator<Item = (ItemId, &Standing)> {
        self.in_force.iter().map(|(item, standing)| (*item, standing))
    }

    pub fn changes(&self) -> &[CatalogueChanged] {
        &self.changes
    }

    /// How many bytes the texts of all changes take in a record at most.
    pub fn text_bytes(&self) -> usize {
        self.changes.iter().filter_map(|change| change.to.as_ref()).map(|to| to.text_bytes()).sum()
    }

    /// Takes a change down; it is in force at once if the open day has reached its day.
    pub fn note(&mut self, change: &CatalogueChanged, today: Option<Day>) {
        Arc::make_mut(&mut self.changes).push(change.clone());
        self.decided = change.number;
        if today.is_some_and(|today| change.effective <= today) {
            self.version += 1;
            lay(Arc::make_mut(&mut self.in_force), change);
        }
    }

    /// Changes in force on a day, in the order in which they took effect.
    fn by_effect(&self, day: Day) -> impl Iterator<Item = &CatalogueChanged> {
        let mut changes: Vec<&CatalogueChanged> =
            self.changes.iter().filter(|change| change.effective <= day).collect();
        changes.sort_by_key(|change| (change.effective, change.number));
        changes.into_iter()
    }
}

fn lay(in_force: &mut BTreeMap<ItemId, Standing>, change: &CatalogueChanged) {
    let gone = in_force
        .get(&change.item)
        .is_some_and(|standing| matches!(standing, Standing::Cancelled | Standing::HandedDown));
    let standing = match change.kind {
        // An adjustment planned before the item was cancelled does not bring it back.
        ChangeKind::Adjusted if gone => return,
        ChangeKind::TakenOver | ChangeKind::Adjusted => {
            let to = change.to.as_ref().expect("a new or adjusted item is told whole");
            Standing::There(Arc::new(to.as_ref().clone()))
        }
        ChangeKind::Cancelled => Standing::Cancelled,
        ChangeKind::HandedDown => Standing::HandedDown,
    };
    in_force.insert(change.item, standing);
}
