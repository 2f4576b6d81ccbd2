//! `queue-server check FOLDER`.

use std::{path::Path, process::ExitCode};

use wire::texts::{Language, Texts};

use super::say;
use crate::profile::Profile;

/// Names every problem in both languages; ends with 1 if there is one.
pub fn run(folder: &Path) -> anyhow::Result<ExitCode> {
    let count = match Profile::read(folder) {
        Ok(profile) => {
            for warning in profile.setup.warnings() {
                say(warning);
            }
            0
        }
        Err(problems) => {
            problems.iter().for_each(say);
            problems.len()
        }
    };
    for language in [Language::Chinese, Language::English] {
        let key = if count == 0 { "check.all_well" } else { "check.count" };
        say(Texts::of(language).fill(key, &[("n", &count)]));
    }
    Ok(if count == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
