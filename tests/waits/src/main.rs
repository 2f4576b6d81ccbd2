//! `cargo waits`: how good the forecast is, beside the rules by which others print a wait.
#![allow(clippy::print_stdout, reason = "a command speaks to who called it")]

use clap::Parser;
use waits::{BY_DEFAULT, Found, LARGEST, SCENARIOS, Size, play, speed, summary, table, write};

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
    #[arg(long, default_value_t = 20)]
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
    /// Only how long a forecast takes.
    #[arg(long)]
    speed: bool,
    /// Plays everything and writes it into docs/BENCHMARKS.md.
    #[arg(long)]
    write: bool,
}

/// What stands above the tables.
const WORDS: &str = "\
Written by `cargo waits --write` (some ten minutes). Halls are played by the hall's own rules from
seeds that the predictor does not know; it learns from what a server would have logged, and says at
each ticket how long it will be until the call. The halls, and the rules of the others beside it, are
those of a reference in another language; [tests/waits/](../tests/waits/) says how they are played.
The ranges of those who tell none are the tenths of their own errors on the days before.

*base* has 20 windows and 12 services; *town* 3 and 6; in *single* hardly a window shares a service;
in *staff* three windows stay shut, and the server sees it; in *drift* services take a fifth longer
and a tenth more people come than on all days before; *big* has 100 windows and 40 services. In these
all queues of a window are one line in which classes are worth minutes, as near to the reference as
the hall's order comes. *default rules* is *base* by the rules of a profile that says nothing: own
queue first, classes with their guard, recalls; three in ten who did not come come back, and four in
a hundred who were served go on to another queue.

*To people ahead* is the error beside the better of the first two rules, *to QL* beside the queue's
length. What is told is the middle of the runs: where a few wait very long it lies under the mean.
";

fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let size = Size {
        learn: arguments.days,
        calibrate: arguments.days.min(20),
        test: arguments.test,
        tickets: arguments.tickets,
        runs: arguments.runs,
        seed: arguments.seed,
    };
    if arguments.speed {
        println!("{}", measure(size));
        return Ok(());
    }
    let wanted = |name: &str| arguments.scenario.as_ref().is_none_or(|only| only == name);
    let mut found: Vec<Found> = Vec::new();
    for scenario in SCENARIOS.iter().chain([&BY_DEFAULT]).filter(|scenario| wanted(scenario.name)) {
        // A hundred windows make as many tickets in ten days as twenty do in fifty.
        let size = if scenario.name == "big" {
            Size { learn: size.learn.min(30), test: size.test.min(10), calibrate: 10, ..size }
        } else {
            size
        };
        found.push(play(scenario, size));
        println!("{}", table(&found[found.len() - 1..]));
    }
    println!("{}", summary(&found));
    if arguments.write && arguments.scenario.is_none() {
        let mut history = String::new();
        for days in [1, 5] {
            let few = Size { learn: days, calibrate: days, ..size };
            let name = if days == 1 { "one day" } else { "five days" };
            let few = play(&SCENARIOS[0], few);
            history += &format!("After {name}, *base*:\n\n{}", table(&[few]));
        }
        let bars = summary(&found);
        let speed = measure(size);
        let tables = table(&found);
        let days = size.learn;
        write(&format!(
            "{WORDS}\n## Bars\n\n{bars}\n{speed}\n## After {days} days\n\n{tables}## The first days\n\n{history}"
        ))?;
    }
    Ok(())
}

/// How long a forecast takes at 20 windows and at 114.
fn measure(size: Size) -> String {
    let few = Size { learn: 2, calibrate: 0, test: 1, tickets: 200, runs: 200, ..size };
    let found = [(play(&SCENARIOS[0], few), 5), (play(&LARGEST, few), 50)];
    let rows: Vec<(&Found, u32)> = found.iter().map(|(found, bar)| (found, *bar)).collect();
    speed(&rows)
}
