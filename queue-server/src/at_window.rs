//! Who may act at a window beside those whose sign-in says so: whoever was approved to stand in there,
//! and serves there since.

use hall::{Hall, ids::WindowId};

use crate::{access::Identity, app::App};

/// True for somebody who was approved for the window, or has signed on there.
pub fn stands_in(app: &App, identity: &Identity, window: WindowId) -> bool {
    let now = app.now();
    let there = |hall: &Hall| {
        let staff = identity.staff?;
        Some(hall.is_approved(window, staff, now) || hall.staff_at(window) == Some(staff))
    };
    app.read(there).unwrap_or(false)
}

/// The window for which somebody was approved, for now or for these days; the first of several.
pub fn approved_at(app: &App, identity: &Identity) -> Option<WindowId> {
    let (staff, now) = (identity.staff?, app.now());
    app.read(|hall| {
        let mut windows = hall.setup().windows().iter().map(|window| window.id);
        windows.find(|window| hall.is_approved(*window, staff, now))
    })
}
