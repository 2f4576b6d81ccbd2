//! `queue-server check FOLDER`.

use std::{fmt::Display, path::Path, process::ExitCode};

use clap::ValueEnum;
use wire::texts::{Language, Texts};

use super::say;
use crate::{
    clock::HallClock,
    profile::{Problem, Profile, Severity},
};

/// How problems are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Sentences in both languages.
    Text,
    /// One JSON object a line: file, line, code, severity and both sentences.
    Json,
}

/// Names every problem in both languages; ends with 1 if the hall may not open with one of them.
pub fn run(folder: &Path, format: Format) -> anyhow::Result<ExitCode> {
    let found = match Profile::read(folder) {
        Ok(profile) => {
            let clock = HallClock::real(profile.details.utc_offset_minutes);
            let ending = profile.calendar.running_out(clock.date(clock.now()));
            profile.warnings.into_iter().chain(ending).collect()
        }
        Err(problems) => problems,
    };
    let errors = found.iter().filter(|problem| problem.severity == Severity::Error).count();
    match format {
        Format::Json => found.iter().for_each(|problem| say(problem.json())),
        Format::Text => tell(&found, errors),
    }
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(found: &[Problem], errors: usize) {
    found.iter().for_each(say);
    let warnings = found.len() - errors;
    let values: [(&str, &dyn Display); 2] = [("n", &errors), ("warnings", &warnings)];
    for language in [Language::Chinese, Language::English] {
        let key = match (errors, warnings) {
            (0, 0) => "check.all_well",
            (0, _) => "check.only_warnings",
            (_, _) => "check.count",
        };
        say(Texts::of(language).fill(key, &values));
    }
}
