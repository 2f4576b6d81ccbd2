//! The pure core at the largest sample hall, a year of that hall on the disk, and whole days of a
//! hall in the false world.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use queue_server::profile::Profile;

use crate::{
    history::{self, Shape},
    machine, old,
    options::Options,
    rates,
    stats::median,
};

/// The seed of the simulated days: any good one will do, but always the same.
const SEED: &str = "1";

/// What was found.
#[derive(Debug, Default)]
pub struct Core {
    /// Windows of the hall.
    pub windows: usize,
    /// Tickets of its day.
    pub tickets: usize,
    /// Askings a second that were decided and applied, one after the other.
    pub asked: Vec<f64>,
    /// Tickets of the year.
    pub year_tickets: usize,
    /// Bytes of the year's record for each.
    pub bytes_each: f64,
    /// Seconds from starting the program to the first ticket's answer, after the year.
    pub start: Vec<f64>,
    /// Seconds until a store that was thrown away is whole again, beside the running hall.
    pub rebuilt: f64,
    /// Resident memory after such a start, in MiB.
    pub resident_mib: f64,
    /// Days of the false world in a second, faults, devices and kiosks included.
    pub simulated: f64,
}

/// Measures.
///
/// # Panics
/// If the sample hall is not good or a program does not run.
#[must_use]
pub fn measure(options: &Options) -> Core {
    let hall = tests::root().join("assets/halls/county-114");
    let profile = Profile::read(&hall).expect("the sample hall is good");
    let shape = Shape::largest(&profile);
    let mut core = Core { windows: shape.windows.len(), ..Core::default() };
    for round in 0..options.rounds() {
        let begun = Instant::now();
        let (tickets, asked) = history::live(&profile, options.core_days(), &shape);
        let rate = asked as f64 / begun.elapsed().as_secs_f64();
        core.tickets = tickets / options.core_days();
        println!("core, round {round}: {rate:.0} askings/s");
        core.asked.push(rate);
    }
    year(options, &hall, &profile, &shape, &mut core);
    core.simulated = simulated(options);
    core
}

fn year(options: &Options, hall: &Path, profile: &Profile, shape: &Shape, core: &mut Core) {
    let data = rates::fresh(options, "year");
    println!("core: {} days are written", options.old_days());
    core.year_tickets = history::write(profile, &data, options.old_days(), shape);
    let bytes = machine::folder_mib(&data.join("journal")) * f64::from(1 << 20);
    core.bytes_each = bytes / core.year_tickets as f64;
    let begun = Instant::now();
    let (server, _) = old::start(hall, &data);
    old::wait_for_store(&server);
    core.rebuilt = begun.elapsed().as_secs_f64();
    drop(server);
    for _ in 0..options.rounds() {
        let (server, took) = old::start(hall, &data);
        core.start.push(took);
        core.resident_mib = machine::resident_mib(server.pid()).unwrap_or_default();
    }
    println!("core: {:?} s to the first ticket after the year", median(core.start.iter().copied()));
    std::fs::remove_dir_all(data).ok();
}

/// Days a second of `cargo sim`, with the time that it takes to begin.
fn simulated(options: &Options) -> f64 {
    let days = options.simulated_days();
    let begun = Instant::now();
    let ended = Command::new(tests::program("sim"))
        .args(["--seed", SEED, "--days", &days.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(ended.is_ok_and(|status| status.success()), "the simulated days are good");
    let rate = days as f64 / begun.elapsed().as_secs_f64();
    println!("core: {rate:.2} simulated days a second");
    rate
}
