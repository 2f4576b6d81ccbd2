//! `queue-server reload --data DIR`.

use std::{path::Path, process::ExitCode};

use anyhow::anyhow;

use super::say;
use crate::reload::hangup;

/// Asks the running server to read its profile again; ends with 1 if nothing was reloaded.
pub fn run(data: &Path) -> anyhow::Result<ExitCode> {
    let answer = hangup::ask(data, getrandom::u64().map_err(|error| anyhow!("{error}"))?)?;
    answer.chinese.iter().chain(&answer.english).for_each(say);
    Ok(if answer.done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
