//! 警报 that are raised by something other than the hall's own state: help asked for, a device ill.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use hall::time::{Millis, Timestamp};
use wire::{
    board::{Alert, AlertLevel},
    texts::{Language, Texts},
};

/// Alerts at once; past it the oldest goes.
const ALERTS_MAX: usize = 200;

/// Something somebody must see to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// Yellow or red.
    pub level: AlertLevel,
    /// What; its words are `alert.{kind}`.
    pub kind: &'static str,
    /// Since when.
    pub since: Timestamp,
    /// After this it is no news any more; none: until it is cleared.
    pub lasts: Option<Millis>,
    /// Values for its words.
    pub values: Vec<(&'static str, String)>,
}

/// The alerts that stand now, by key.
#[derive(Debug, Default)]
pub struct Alerts(Mutex<BTreeMap<String, Raised>>);

impl Alerts {
    /// Raises an alert; one that stands keeps its beginning.
    pub fn raise(&self, key: &str, raised: Raised) {
        let mut alerts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if alerts.len() >= ALERTS_MAX && !alerts.contains_key(key) {
            let oldest = alerts.iter().min_by_key(|(_, raised)| raised.since);
            let oldest = oldest.map(|(key, _)| key.clone());
            oldest.and_then(|key| alerts.remove(&key));
        }
        let stood = alerts.get(key).filter(|stood| stood.lasts.is_none());
        let since = stood.map_or(raised.since, |stood| stood.since);
        alerts.insert(key.to_owned(), Raised { since, ..raised });
    }

    /// Ends an alert.
    pub fn clear(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// The alerts that stand, in words.
    #[must_use]
    pub fn list(&self, now: Timestamp, language: Language) -> Vec<Alert> {
        let mut alerts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        alerts
            .retain(|_, raised| raised.lasts.is_none_or(|lasts| now.since(raised.since) <= lasts));
        let alert = |(key, raised): (&String, &Raised)| {
            let values: Vec<(&str, &dyn std::fmt::Display)> =
                raised.values.iter().map(|(name, value)| (*name, value as _)).collect();
            Alert {
                key: key.clone(),
                level: raised.level,
                kind: raised.kind.to_owned(),
                text: Texts::of(language).fill(&format!("alert.{}", raised.kind), &values),
                since: raised.since.0,
            }
        };
        alerts.iter().map(alert).collect()
    }
}
