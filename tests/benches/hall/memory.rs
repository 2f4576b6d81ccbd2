//! Resident memory of the server with the broker inside: before the first ticket of the day is
//! done, after the design day of its hall, and after the flood of the rate measurements.

use std::{path::Path, time::Duration};

use crate::{halls, life, machine, options::Options, rates, serving::Serving};

/// Tickets of a township's day.
const TOWNSHIP_DAY: usize = 120;

/// In MiB.
#[derive(Debug, Default, Clone, Copy)]
pub struct Memory {
    /// A township's hall on an empty day.
    pub township_empty: f64,
    /// After its day.
    pub township: f64,
    /// The county's hall of 114 windows on an empty day.
    pub county_empty: f64,
    /// After its design day.
    pub county: f64,
    /// Tickets of that.
    pub tickets: usize,
}

/// Measures.
#[must_use]
pub fn measure(options: &Options, county: &Path, township: &Path) -> Memory {
    let mut memory = Memory { tickets: options.busy_day(), ..Memory::default() };
    let of = |server: &Serving| machine::resident_mib(server.pid()).unwrap_or_default();
    let server = Serving::start(township, &rates::fresh(options, "township-data"), Duration::ZERO);
    (1..=4).for_each(|window| server.desk().sign_on(&window.to_string()));
    memory.township_empty = of(&server);
    // The last two windows take every queue.
    let window = |at: usize| (at + 3).to_string();
    life::live(&server, TOWNSHIP_DAY, &["A", "B", "C"], window, 2);
    memory.township = of(&server);
    drop(server);
    let server = Serving::start(county, &rates::fresh(options, "county-data"), Duration::ZERO);
    server.sign_on();
    memory.county_empty = of(&server);
    life::live(&server, memory.tickets, &halls::QUEUES, halls::window, halls::windows());
    memory.county = of(&server);
    println!("memory: {memory:?}");
    memory
}
