//! 常办事项: how often each item was chosen on the days that are closed.

use std::collections::BTreeMap;

use hall::{ids::ItemId, setup::Item, time::Day};

use super::Store;

/// How far back one looks: a month.
pub const DAYS: u32 = 31;

/// How often each item was chosen.
pub type Chosen = BTreeMap<ItemId, u32>;

/// Counts.
pub fn count(items: impl Iterator<Item = ItemId>) -> Chosen {
    let mut chosen = Chosen::new();
    items.for_each(|item| *chosen.entry(item).or_default() += 1);
    chosen
}

impl Store {
    /// How often each item was chosen on closed days from this one on.
    #[must_use]
    pub fn chosen_since(&self, from: Day) -> Chosen {
        let mut all = Chosen::new();
        for (item, times) in self.days_from(from).into_iter().flat_map(|day| self.chosen(day)) {
            *all.entry(item).or_default() += times;
        }
        all
    }

    fn days_from(&self, from: Day) -> Vec<Day> {
        let keys = self.shared.days.range(from.to_string()..).keys().flatten();
        let days = keys.filter_map(|key| std::str::from_utf8(&key).ok()?.parse().ok());
        days.take(DAYS as usize).collect()
    }

    /// A day that was kept before items were counted is counted from its tickets.
    fn chosen(&self, day: Day) -> Chosen {
        let key = day.to_string();
        let found = self.shared.items.get(&key).ok().flatten();
        let counted = found.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        counted.unwrap_or_else(|| {
            let counted = count(self.tickets(day).iter().filter_map(|row| row.item));
            // What was counted once is kept; a disk that does not keep it costs time only.
            if let Ok(bytes) = serde_json::to_vec(&counted)
                && let Err(error) = self.shared.items.insert(&key, bytes)
            {
                tracing::warn!(%error, %day, "what was chosen on a day could not be kept");
            }
            counted
        })
    }
}

/// The items that are chosen most, the most frequent first; where nothing was counted yet, as the
/// profile expects them (`per_day`), and then in its order.
pub fn order<'i>(
    items: impl Iterator<Item = &'i Item>,
    chosen: &Chosen,
    most: usize,
) -> Vec<ItemId> {
    let times = |item: &Item| (chosen.get(&item.id).copied().unwrap_or(0), item.per_day);
    let mut items: Vec<_> = items.map(|item| (times(item), item.id)).collect();
    items.retain(|((counted, expected), _)| *counted > 0 || *expected > 0);
    // Stable: those that are alike stay in the profile's order.
    items.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
    items.into_iter().map(|(_, item)| item).take(most).collect()
}
