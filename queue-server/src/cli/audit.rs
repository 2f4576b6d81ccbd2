//! `queue-server audit`: whether the trail holds, and the trail as lines.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use serde_json::value::RawValue;

use super::say;
use crate::{
    audit::{check, command, folder},
    clock::HallClock,
    record,
};

/// What is done with the audit trail.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// 核对整条审计链；断开、被改或被截断时说明并以 1 结束。服务器运行时也可以用。
    /// Looks through the whole chain; ends with 1 if it is broken, changed or cut. The server may
    /// run meanwhile.
    Verify {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// 逐行打印全部审计记录（JSON），最早的在前。Prints every act as a line of JSON, oldest first.
    Dump {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
    },
}

/// Does it.
pub fn run(command: AuditCommand) -> anyhow::Result<ExitCode> {
    match command {
        AuditCommand::Verify { data } => Ok(verify(&data)),
        AuditCommand::Dump { data } => dump(&data),
    }
}

fn verify(data: &Path) -> ExitCode {
    let checked = check::check(data, &record::real_files());
    // The trail does not know the hall's time zone.
    let clock = HallClock::real(0);
    let moment = |at: Option<hall::time::Timestamp>| {
        at.map_or_else(|| "-".to_owned(), |at| format!("{}Z", clock.written(at)))
    };
    let (from, until) = (moment(checked.from), moment(checked.until));
    say(format!("{} acts, {from} to {until}, head {}", checked.records, checked.head));
    let waiting = command::left(data).len();
    if waiting > 0 {
        say(format!("{waiting} acts of the console wait for the server"));
    }
    match checked.broken {
        None => {
            say("the chain holds");
            ExitCode::SUCCESS
        }
        Some(broken) => {
            say(broken);
            ExitCode::FAILURE
        }
    }
}

fn dump(data: &Path) -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for record in journal::read::read_all(&folder(data), record::real_files())? {
        let record = record?;
        let act: &RawValue = serde_json::from_slice(&record.payload)?;
        match writeln!(out, "{{\"no\":{},\"act\":{act}}}", record.seq) {
            // Whoever reads may stop early: `dump | head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            other => other?,
        }
    }
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        Ok(()) | Err(_) => Ok(ExitCode::SUCCESS),
    }
}
