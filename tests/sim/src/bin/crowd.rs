//! `cargo crowd`: the county hall's crowd beside its reference run.
#![allow(clippy::print_stdout, reason = "a command speaks to who called it")]

use std::path::Path;

use clap::Parser;
use queue_server::profile::Profile;
use sim::{crowd, report};

/// Measures the county hall's crowd.
#[derive(Debug, Parser)]
struct Arguments {
    /// Seeds of each kind of day.
    #[arg(long, default_value_t = crowd::SEEDS)]
    seeds: u64,
    /// Writes the table into docs/SIMULATION.md.
    #[arg(long)]
    write: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = Profile::read(&house.join("assets/halls/county-24"));
    let profile = read.map_err(|problems| anyhow::anyhow!("the county hall: {problems:?}"))?;
    let mut found = Vec::new();
    for reference in crowd::REFERENCE {
        let days = (1..=arguments.seeds).map(|seed| {
            let hall = crowd::live(&profile, reference.kind, seed).map_err(anyhow::Error::msg)?;
            anyhow::Ok(crowd::measure(&hall, &profile, reference.kind.tide))
        });
        let days = days.collect::<anyhow::Result<Vec<_>>>()?;
        found.push((reference, crowd::mean(&days)));
    }
    let table = crowd::table(&found);
    println!("{table}");
    if arguments.write {
        report::put(&house, "crowd", &table)?;
    }
    Ok(())
}
