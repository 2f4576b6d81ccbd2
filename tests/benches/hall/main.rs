//! `cargo bench`: what the hall costs, measured on real parts and written to docs/BENCHMARKS.md.
//!
//! It measures and never judges: no test fails because a machine is slow. `-- --help` tells more.
#![allow(clippy::print_stdout, reason = "its figures are for whoever runs it")]

mod callers;
mod client;
mod core;
mod desk;
mod ear;
mod halls;
mod history;
mod inside;
mod life;
mod machine;
mod memory;
mod old;
mod options;
mod press;
mod rates;
mod raw;
mod report;
mod reports;
mod serving;
mod stats;
mod streams;
mod waits;

use std::{fs, process::Command};

use options::{HELP, Options};
use press::Laid;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some((serving::SERVE_SLOW, rest)) =
        words.split_first().map(|(first, rest)| (first.as_str(), rest))
    {
        serving::serve_slow(rest);
        return;
    }
    // `cargo test --all-targets` starts benches too, without this word.
    if !words.iter().any(|word| word == "--bench") {
        println!("benches are run by cargo bench");
        return;
    }
    let Some(options) = Options::read(words.into_iter()) else {
        println!("{HELP}");
        return;
    };
    build_programs(&options);
    fs::create_dir_all(&options.folder).expect("the bench's folder can be made");
    pages(&options);
    if !options.is_of_pages() {
        let text = report::written(&options, &measure(&options));
        println!("\n{text}");
        if options.keeps() {
            tests::benchmarks::write_hall(&text);
            println!("written to docs/BENCHMARKS.md");
        }
    }
    fs::remove_dir_all(&options.folder).ok();
}

/// Each section is written for itself, so that it can be measured alone.
fn pages(options: &Options) {
    let write = |heading: &str, text: &str| {
        println!("\n## {heading}\n\n{text}");
        if !options.quick {
            tests::benchmarks::write_pages(heading, text);
            println!("written to docs/BENCHMARKS.md");
        }
    };
    if options.wants("reports") {
        write(reports::HEADING, &reports::measure(options).written());
    }
    if options.wants("streams") {
        write(streams::HEADING, &streams::measure(options).written());
    }
    if options.wants("desk") {
        match desk::measure(options) {
            Some(found) => write(desk::HEADING, &found.written()),
            None => println!("desk: there is no Chromium here"),
        }
    }
}

fn measure(options: &Options) -> report::Found {
    let county = halls::county(&options.folder);
    let township = halls::township(&options.folder);
    report::Found {
        rates: options.wants("rates").then(|| rates::measure(options, &county)),
        memory: options.wants("memory").then(|| memory::measure(options, &county, &township)),
        core: options.wants("core").then(|| core::measure(options)),
        waits: options.wants("waits").then(|| waits::measure(options, &county)),
        press: options.wants("press").then(|| {
            [Laid::Alone, Laid::Together].map(|laid| press::measure(options, &county, laid))
        }),
        old: (options.wants("old") || options.wants("start"))
            .then(|| old::measure(options, &county)),
    }
}

/// The programs that are measured, as they are delivered. Named together with what `cargo bench`
/// builds, so that everything is shared and only the two are linked.
fn build_programs(options: &Options) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // Build scripts look at what cargo tells about the package that runs, and would run again.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_MANIFEST") || text.starts_with("CARGO_PKG") {
            command.env_remove(&name);
        }
    }
    command.args(["build", "--release", "--quiet", "--bench", "hall", "-p", "tests"]);
    command.args(["--bin", "queue-server", "-p", "queue-server"]);
    if !options.is_of_pages() {
        command.args(["--bin", "firmware-bridge", "--bin", "sim"]);
        command.args(["-p", "firmware-bridge", "-p", "paihao", "-p", "sim"]);
    }
    let built = command.current_dir(tests::root()).status();
    assert!(built.is_ok_and(|status| status.success()), "the programs could not be built");
}
