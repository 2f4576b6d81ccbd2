//! `cargo waits`: how good the forecast is, beside the rules by which others print a wait.
#![allow(clippy::print_stdout, reason = "a command speaks to who called it")]

use clap::Parser;
use waits::{SCENARIOS, Size, play, table};

/// Plays halls and scores forecasts.
#[derive(Debug, Parser)]
struct Arguments {
    /// Only this scenario.
    #[arg(long)]
    scenario: Option<String>,
    /// Days to learn from.
    #[arg(long, default_value_t = 60)]
    days: usize,
    /// Days that are predicted.
    #[arg(long, default_value_t = 30)]
    test: usize,
    /// Tickets of a day that are predicted.
    #[arg(long, default_value_t = 200)]
    tickets: u64,
    /// Runs of a forecast.
    #[arg(long, default_value_t = 200)]
    runs: u32,
    /// Of the world.
    #[arg(long, default_value_t = 11)]
    seed: u64,
}

fn main() {
    let arguments = Arguments::parse();
    let size = Size {
        learn: arguments.days,
        calibrate: arguments.days.min(20),
        test: arguments.test,
        tickets: arguments.tickets,
        runs: arguments.runs,
        seed: arguments.seed,
    };
    let wanted = |name: &str| arguments.scenario.as_ref().is_none_or(|only| only == name);
    let scenarios = SCENARIOS.iter().filter(|scenario| wanted(scenario.name));
    for scenario in scenarios {
        println!("{}", table(&[play(scenario, size)]));
    }
}
