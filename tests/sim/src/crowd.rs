//! The crowd of the county hall, through the real engine's step: do waits come out as the hall's
//! own assumptions say? The reference run is another program's, of exactly the same table.

mod chance;
mod day;
mod table;

use hall::{Hall, ids::WindowId, time::Millis};
use queue_server::profile::Profile;

pub use day::live;
pub use table::{Measured, REFERENCE, Reference, mean, table};

/// Which day is lived.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayKind {
    /// Tickets, as a part of a standard day's.
    pub factor: f64,
    /// The tide window serves in its hours.
    pub tide: bool,
}

/// Seeds of each kind of day, as in the reference run.
pub const SEEDS: u64 = 6;

/// Measures a day that is over: waits of everybody who was called, the share that never came, and
/// how much of their hours the windows served.
#[must_use]
pub fn measure(hall: &Hall, profile: &Profile, tide: bool) -> Measured {
    let waits = hall.tickets().flat_map(|ticket| ticket.legs.iter().filter_map(|leg| leg.wait()));
    let mut waits: Vec<f64> = waits.map(|wait| wait.0 as f64 / 60_000.0).collect();
    waits.sort_by(f64::total_cmp);
    let share = |is: &dyn Fn(&f64) -> bool| {
        100.0 * waits.iter().filter(|wait| is(wait)).count() as f64 / waits.len().max(1) as f64
    };
    let at = |part: f64| waits.get((waits.len() as f64 * part) as usize).copied().unwrap_or(0.0);
    let tickets = hall.tickets().count();
    let absent = hall.tickets().filter(|ticket| ticket.legs.iter().any(|leg| leg.no_shows > 0));
    let windows = profile.setup.windows().iter().filter(|window| is_staffed(window.id, tide));
    let used: Vec<f64> = windows
        .filter_map(|window| hall.window(window.id))
        .map(|now| now.serving.0 as f64 / day::OPEN.0 as f64)
        .collect();
    Measured {
        tickets: tickets as f64,
        mean: waits.iter().sum::<f64>() / waits.len().max(1) as f64,
        median: at(0.5),
        ninety: at(0.9),
        longest: waits.last().copied().unwrap_or(0.0),
        within_fifteen: share(&|wait| *wait <= 15.0),
        over_thirty: share(&|wait| *wait > 30.0),
        no_shows: 100.0 * absent.count() as f64 / tickets.max(1) as f64,
        utilisation: used.iter().sum::<f64>() / used.len().max(1) as f64,
    }
}

/// The window that serves by the tide.
const TIDE: &str = "24";

/// The cashier, to whom tickets come only from other windows.
const CASHIER: &str = "26";

fn is_staffed(id: WindowId, tide: bool) -> bool {
    id.as_str() != CASHIER && (tide || id.as_str() != TIDE)
}

/// A span of minutes.
const fn minutes(minutes: u64) -> Millis {
    Millis::from_minutes(minutes)
}
