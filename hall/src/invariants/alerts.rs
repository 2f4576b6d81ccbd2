//! Alerts: each is found by its number, and only what waits for a note stays after it has passed.

use alloc::{format, string::String};

use crate::{hall::Hall, words::alert::AlertLevel};

pub(super) fn check(hall: &Hall) -> Result<(), String> {
    let alerts = &hall.state.alerts;
    for alert in alerts.standing() {
        let what = format!("alert {} ({} {})", alert.id.0, alert.kind, alert.subject);
        if alert.id >= alerts.next_id() || alerts.by_id(alert.id) != Some(alert) {
            return Err(format!("{what} is not found by its number"));
        }
        if alert.level > Some(alert.worst) {
            return Err(format!("{what} is {:?} and was never", alert.level));
        }
        let waits = alert.kind.asks_for_a_note() && alert.worst == AlertLevel::Red;
        if alert.level.is_none() && !waits {
            return Err(format!("{what} has passed and still stands"));
        }
    }
    if alerts.numbers() != alerts.standing().count() {
        return Err(format!("{} alerts have numbers", alerts.numbers()));
    }
    Ok(())
}
