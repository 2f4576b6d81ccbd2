//! `cargo waits`: how good the forecast is, beside the rules by which others print a wait.
#![allow(clippy::print_stdout, reason = "a command speaks to who called it")]

use std::path::PathBuf;

use clap::Parser;
use waits::{
    BY_DEFAULT, Found, LARGEST, SCENARIOS, Size, beside, play,
    real::{
        COUNTY_DAYS, History, Kind, RealHall, TOWNSHIP_DAYS, hit_rate, score_days, table_of_days,
    },
    speed, summary, table, write,
};

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
    /// Only the sample halls.
    #[arg(long)]
    samples: bool,
    /// Only so many troubles of the sample hall, and what came of the adviser's first remedies.
    #[arg(long)]
    troubles: Option<usize>,
    /// The sample hall of these troubles.
    #[arg(long, default_value = "county-24")]
    hall: String,
    /// A folder with the reference's results, `SCENARIO.json` each, to be laid beside ours.
    #[arg(long)]
    reference: Option<PathBuf>,
    /// Plays everything and writes it into docs/BENCHMARKS.md.
    #[arg(long)]
    write: bool,
}

/// What stands above the tables.
const WORDS: &str = "\
Written by `cargo waits --write` (some twenty minutes). Halls are played by the hall's own rules from
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

/// What stands beneath the bars.
const OTHERS: &str = "\
Of the runs the middle is told. Their mean and the sixth tenth stand in the tables below for comparison:
where waits are skewed, because classes and re-activations let a few wait far longer than the others, the
middle lies under the mean by nature. By the default rules the sixth tenth errs by as little and not to
one side; in every other hall it errs by more, and tells too much.
";

/// What stands above the reference's figures.
const REFERENCE: &str = "\
The reference and the product know the same halls; their days come of other seeds, so an error is also
told as a part of the mean wait of the same days.
";

/// What stands above the sample halls.
const SAMPLES: &str = "\
The profiles of `assets/halls`, with the people and services that the sources' tables give them, on days
of four kinds: people by half hour, priority classes, bookings, three in a hundred and more who do not
come, three in ten of them who come back, eight in a hundred an hour who give the number back, six in a
hundred who go away in the middle, one call in a hundred by hand, four in a hundred sent on and those
who pay, the tide by the calendar, noon between two sessions, clerks of different speed who pause. The
services take a quarter more or less than the profile says, item by item, and nobody tells the
predictor. Rivals: the better rule of people ahead, and the queue's length.
";

/// What stands above the adviser's figures.
const ADVISER: &str = "\
On days of *county-24* the hall is looked at every quarter of an hour; where the red limit will more
likely than not be passed within an hour, the adviser is asked. Then the true hall goes on twice from
that very moment, once with nothing done and once with the remedy; its people, services and chance are
the world's, of which the adviser knows nothing. Compared is what was promised of everybody who waited
or came within the hour with what came.
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
    if arguments.samples {
        println!("{}", samples(size));
        return Ok(());
    }
    if let Some(troubles) = arguments.troubles {
        println!("{}", advised(&arguments.hall, size, troubles));
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
    let reference = arguments.reference.as_ref().map(|folder| beside(folder, &found));
    let reference = reference.unwrap_or_default();
    println!("{reference}");
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
        let (samples, advised) = (samples(size), advised("county-24", size, 100));
        let beside = if reference.is_empty() {
            String::new()
        } else {
            format!("### Beside the reference\n\n{REFERENCE}\n{reference}\n")
        };
        write(&format!(
            "{WORDS}\n## Bars\n\n{bars}\n{OTHERS}\n{speed}\n{beside}## The sample halls\n\n{SAMPLES}\n{samples}\n\
             ## The adviser\n\n{ADVISER}\n{advised}\n## After {days} days\n\n{tables}## The first days\n\n{history}"
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

/// The sample halls on their days, with nothing learned, with five days and with all.
fn samples(size: Size) -> String {
    let mut text = String::new();
    let halls: [(&str, &[Kind]); 2] = [("county-24", &COUNTY_DAYS), ("township-6", &TOWNSHIP_DAYS)];
    for (name, kinds) in halls {
        let real = RealHall::read(name);
        let history = History::live(&real, size.learn, size.seed);
        let size = Size { test: size.test.min(10), calibrate: 10, ..size };
        let mut found = Vec::new();
        for kind in kinds {
            for days in [0, 5, size.learn] {
                found.push((days, score_days(&real, &history, *kind, days, size)));
            }
        }
        text += &format!("### {name}\n\n{}\n", table_of_days(&found));
    }
    text
}

/// The adviser's first remedies, carried out.
fn advised(hall: &str, size: Size, troubles: usize) -> String {
    let real = RealHall::read(hall);
    let history = History::live(&real, size.learn, size.seed);
    let learned = history.learned(&real, size.learn);
    hit_rate(&real, &learned, &COUNTY_DAYS, troubles, size.seed).table()
}
