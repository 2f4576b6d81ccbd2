//! Runs worlds: a day after the other, a line for each, and how to repeat a failure.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use hall::{
    setup::{Setup, booking::Slots},
    time::TimeOfDay,
};
use queue_server::profile::Profile;

use crate::{
    faults::Faults,
    log,
    world::{Counts, World},
};

/// A run that went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// On which day, from 0.
    pub day: u64,
    /// When, in the hall's time.
    pub at: String,
    /// What may not be.
    pub what: String,
    /// The faults that were on.
    pub faults: String,
    /// The last warnings of the product.
    pub log: Vec<String>,
}

/// How a run came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lived {
    /// What was counted.
    pub counts: Counts,
    /// A short name of all events: the same for the same seed.
    pub digest: String,
    /// The faults that were on.
    pub faults: String,
}

/// The small hall as its folder holds it first, and as somebody changes it: other rules and means,
/// another tide, one item less and one more. Who is in the way of it today lets it wait for the night.
///
/// # Panics
/// If its profile is wrong.
#[must_use]
pub fn small_halls() -> [Profile; 2] {
    let (hall, items) = (include_str!("../hall/hall.toml"), include_str!("../hall/items.csv"));
    let calendar = include_str!("../hall/calendar.toml");
    let changed = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "the small hall has no `{from}`");
        text.replacen(from, to, 1)
    };
    let other_hall = changed(hall, "recalls_max = 2", "recalls_max = 3");
    let other_hall = changed(&other_hall, "mean_service_minutes = 6", "mean_service_minutes = 9");
    let other_items = changed(items, "A03,注销登记", "A04,备案登记");
    let other_calendar = changed(calendar, "from = \"09:00\"", "from = \"09:20\"");
    [
        small_hall("small-0", hall, items, calendar),
        small_hall("small-1", &other_hall, &other_items, &other_calendar),
    ]
}

fn small_hall(version: &str, hall: &str, items: &str, calendar: &str) -> Profile {
    let staff = include_str!("../hall/staff.toml");
    let parsed = Profile::parse(hall, items, calendar, staff, include_str!("../hall/devices.toml"));
    let mut profile =
        parsed.unwrap_or_else(|problems| panic!("the small hall's profile: {problems:#?}"));
    let mut parts = profile.setup.parts().clone();
    let slots = |queue: &str, each_minutes, capacity| Slots {
        queue: queue.parse().expect("a good id"),
        item: None,
        from: TimeOfDay(8 * 60 + 40),
        until: TimeOfDay(11 * 60),
        each_minutes,
        capacity,
    };
    parts.rules.booking.slots = vec![slots("A", 20, 1), slots("C", 28, 2)];
    let setup = Setup::new(parts).unwrap_or_else(|problems| panic!("its slots: {problems:#?}"));
    profile.version = version.parse().expect("a good version");
    profile.setup = Arc::new(setup.named(profile.version));
    profile
}

/// Lives so many days from a seed; `tell` hears of each.
///
/// # Errors
/// [`Failure`], with all that is needed to see it again.
pub fn live(
    seed: u64,
    days: u64,
    faults: Option<Faults>,
    mut tell: impl FnMut(u64, &World),
) -> Result<Lived, Box<Failure>> {
    log::listen();
    let mut world = match World::new(seed, small_halls(), faults) {
        Ok(world) => world,
        Err(what) => panic!("{what}"),
    };
    for day in 0..days {
        let lived = catch_unwind(AssertUnwindSafe(|| world.day(day)));
        let what = match lived {
            Ok(Ok(())) => {
                tell(day, &world);
                continue;
            }
            Ok(Err(what)) => what,
            Err(panic) => format!("a bug: {}", words_of(&*panic)),
        };
        let (at, faults, log) = (world.written(), world.faults.words(), log::last_lines());
        return Err(Box::new(Failure { seed, day, at, what, faults, log }));
    }
    let (counts, faults) = (world.counts, world.faults.words());
    Ok(Lived { counts, digest: world.digest(), faults })
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words").to_owned()
}

impl World {
    /// A short name of everything that happened so far.
    #[must_use]
    pub fn digest(&self) -> String {
        self.ledger.digest()
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { seed, day, at, what, faults, log } = self;
        writeln!(f, "seed {seed} failed on day {day}, at {at}: {what}")?;
        writeln!(f, "faults on: {faults}")?;
        for line in log {
            writeln!(f, "  {line}")?;
        }
        write!(f, "again: cargo sim --seed {seed} --days {}", day + 1)
    }
}
