//! `queue-server journal` and `queue-server rebuild`.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::anyhow;
use clap::Subcommand;
use serde_json::value::RawValue;

use super::say;
use crate::{
    clock::HallClock,
    profile::Profile,
    profiles::Profiles,
    record,
    serve::lock::Lock,
    store::{Store, rebuild::Rebuilding},
};

/// What is done with the record.
#[derive(Debug, Subcommand)]
pub enum JournalCommand {
    /// 逐行打印全部记录（JSON），最早的在前。Prints every record as a line of JSON, oldest first.
    Dump {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// 核对每个校验和与哈希链；遇到损坏即以 1 结束。
    /// Checks every checksum and the chain of hashes; ends with 1 at the first damage.
    Verify {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
    },
}

/// Does it. The server may run meanwhile: what it is writing is seen up to the last whole record.
pub fn run(command: JournalCommand) -> anyhow::Result<ExitCode> {
    match command {
        JournalCommand::Dump { data } => dump(&data),
        JournalCommand::Verify { data } => {
            let summary = record::verify(&data)?;
            let torn = summary.torn.map_or(0, |torn| torn.bytes);
            say(format!(
                "{} records in {} segments are whole; the last is {}, torn bytes at the end: {torn}",
                summary.records, summary.segments, summary.last
            ));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn dump(data: &Path) -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut failed = None;
    record::read_all(data, &record::real_files(), |record| {
        let events: Result<&RawValue, _> = serde_json::from_slice(&record.payload);
        let written = match events {
            Ok(events) => writeln!(out, "{{\"sequence\":{},\"events\":{events}}}", record.seq),
            Err(error) => Err(io::Error::other(format!("record {}: {error}", record.seq))),
        };
        if let Err(error) = written {
            failed.get_or_insert(error);
        }
    })?;
    out.flush()?;
    match failed {
        // Whoever reads may stop early: `dump | head`.
        Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        Some(_) | None => Ok(ExitCode::SUCCESS),
    }
}

/// Makes the store again.
pub fn rebuild(hall: &Path, data: &Path) -> anyhow::Result<ExitCode> {
    let profile = Profile::read(hall).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })?;
    let _lock = Lock::take(data)?;
    Store::discard(data)?;
    let store = Store::open(data)?;
    let clock = HallClock::real(profile.details.utc_offset_minutes);
    let profiles = Profiles::of(data, record::real_files());
    let mut rebuilding = Rebuilding::new(store, profile.setup.clone(), clock)
        .finding(move |version| profiles.setup(version));
    record::read_all(data, &record::real_files(), |record| {
        rebuilding.take(record.seq.0, &record.payload);
    })?;
    let rebuilt = rebuilding.finish()?;
    say(format!(
        "{} closed days are kept again; {} did not fit the profile",
        rebuilt.days, rebuilt.unfit
    ));
    Ok(ExitCode::SUCCESS)
}
