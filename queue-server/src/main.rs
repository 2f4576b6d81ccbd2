//! The hall's server: reads the command line, sends logs to standard error, and does it.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use clap::Parser;
use queue_server::{
    cli::{self, Cli},
    logs::Bounded,
};
use tracing_subscriber::EnvFilter;

/// What is logged unless `RUST_LOG` says otherwise; the broker is talkative.
const LOGGED: &str = "info,mqtt5=warn";

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOGGED));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(Bounded::to(std::io::stderr))
        .init();
    match cli::run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            writeln!(std::io::stderr(), "queue-server: {error:#}").ok();
            ExitCode::FAILURE
        }
    }
}
