//! 系统提醒: what ails the server itself and somebody must see to, for the board and its wall.

use wire::texts::Texts;

use crate::{app::App, http::health};

/// What ails it, the worst first; nothing on a good day.
#[must_use]
pub fn of(app: &App, texts: &Texts) -> Vec<String> {
    let today = app.clock.day(app.now());
    let found = [
        ("disk", health::is_disk_low(app)),
        ("backup", app.backups.are_late()),
        ("retention", app.retention.is_late(today)),
        ("clock", app.is_clock_behind()),
    ];
    let found = found.into_iter().filter(|(_, ails)| *ails);
    found.map(|(what, _)| texts.get(&format!("trouble_of_server.{what}")).to_owned()).collect()
}
