//! `cargo sim --days N --seed S`: one line a day, and how to repeat a failure.
#![allow(clippy::print_stdout, reason = "a command speaks to who called it")]

use std::{process::ExitCode, time::Instant};

use clap::Parser;
use sim::{run, world::Counts};

/// Lives days of the whole hall in a false world.
#[derive(Debug, Parser)]
#[command(name = "sim")]
struct Arguments {
    /// Days of each seed.
    #[arg(long, default_value_t = 3)]
    days: u64,
    /// The first seed; drawn if not said.
    #[arg(long)]
    seed: Option<u64>,
    /// So many seeds, one after the other.
    #[arg(long, default_value_t = 1)]
    seeds: u64,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let first = arguments.seed.unwrap_or_else(drawn);
    for seed in first..first.saturating_add(arguments.seeds) {
        let began = Instant::now();
        let mut before = Counts::default();
        let lived = run::live(seed, arguments.days, None, |day, world| {
            println!("{}", line(seed, day, &before, &world.counts, &world.digest()));
            before = world.counts;
        });
        match lived {
            Ok(lived) => {
                let secs = began.elapsed().as_secs_f64();
                println!("seed {seed}: good, {secs:.1} s, faults: {}", lived.faults);
            }
            Err(failure) => {
                println!("{failure}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn line(seed: u64, day: u64, before: &Counts, now: &Counts, digest: &str) -> String {
    format!(
        "seed {seed} day {day}: {} tickets, {} served, {} evaluated; {} power cuts, {} kills, \
         {} disk faults, {} breaks, {} bridge, {} kiosk, {} other, {} reloads; {} calms; {} events, {digest}",
        now.issued - before.issued,
        now.served - before.served,
        now.evaluated - before.evaluated,
        now.power_cuts - before.power_cuts,
        now.kills - before.kills,
        now.journal_faults - before.journal_faults,
        now.breaks - before.breaks,
        now.bridge_ends - before.bridge_ends,
        now.kiosk_ends - before.kiosk_ends,
        now.misfortunes - before.misfortunes,
        now.reloads - before.reloads,
        now.calms - before.calms,
        now.events - before.events,
    )
}

/// A seed nobody chose.
fn drawn() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(1, |since| since.as_micros() as u64 % 1_000_000_000)
}
