//! The hall's server: reads the command line, sends logs to standard error, and does it.

use std::process::ExitCode;

use clap::Parser;
use queue_server::cli::{self, Cli};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match cli::run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            use std::io::Write;
            writeln!(std::io::stderr(), "queue-server: {error:#}").ok();
            ExitCode::FAILURE
        }
    }
}
