//! What may be said after `cargo bench --`.

use std::{path::PathBuf, time::Duration};

/// How long and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// A look whether everything works: short, and nothing is written down.
    pub quick: bool,
    /// Only measurements whose name holds this; nothing is written down either.
    pub only: Option<String>,
    /// Where the false halls keep their data: the disk that is measured.
    pub folder: PathBuf,
}

/// What has a section of its own.
const PAGES: [&str; 3] = ["reports", "streams", "desk"];

/// What is said to somebody who asks.
pub const HELP: &str = "cargo bench                     everything; writes docs/BENCHMARKS.md
cargo bench -- --quick          everything in about a minute; writes nothing
cargo bench -- --only NAME      rates, old, start, memory, press, core or waits; writes nothing
cargo bench -- --only NAME      reports, streams or desk; writes its own section
cargo bench -- --folder FOLDER  data on another disk than that of target/";

impl Options {
    /// Reads the words; none if they ask for help or make no sense.
    pub fn read(words: impl Iterator<Item = String>) -> Option<Self> {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench");
        let mut options = Self { quick: false, only: None, folder };
        let mut words = words;
        while let Some(word) = words.next() {
            match word.as_str() {
                // cargo says so to every bench.
                "--bench" => {}
                "--quick" => options.quick = true,
                "--only" => options.only = Some(words.next()?),
                "--folder" => options.folder = words.next()?.into(),
                _ => return None,
            }
        }
        Some(options)
    }

    /// True if a measurement is wanted.
    #[must_use]
    pub fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }

    /// True if only something is wanted that has a section of its own.
    #[must_use]
    pub fn is_of_pages(&self) -> bool {
        self.only.as_deref().is_some_and(|only| PAGES.contains(&only))
    }

    /// True if the figures are written down.
    #[must_use]
    pub fn keeps(&self) -> bool {
        !self.quick && self.only.is_none()
    }

    /// Rounds; every figure is the middle of them.
    #[must_use]
    pub fn rounds(&self) -> usize {
        if self.quick { 1 } else { 5 }
    }

    /// How long one rate is measured.
    #[must_use]
    pub fn span(&self) -> Duration {
        Duration::from_millis(if self.quick { 200 } else { 1_500 })
    }

    /// How long callers run before measuring begins.
    #[must_use]
    pub fn warm_up(&self) -> Duration {
        Duration::from_millis(if self.quick { 50 } else { 300 })
    }

    /// Closed days of the old record, each with as many tickets as a county hall's mean day.
    #[must_use]
    pub fn old_days(&self) -> usize {
        if self.quick { 5 } else { 250 }
    }

    /// Days that the core alone lives in a round.
    #[must_use]
    pub fn core_days(&self) -> usize {
        if self.quick { 1 } else { 5 }
    }

    /// Days of the false world.
    #[must_use]
    pub fn simulated_days(&self) -> usize {
        if self.quick { 1 } else { 20 }
    }

    /// Tickets of the day whose memory is measured: the design day of a county hall.
    #[must_use]
    pub fn busy_day(&self) -> usize {
        if self.quick { 300 } else { 5_000 }
    }

    /// Presses until the strip shows them.
    #[must_use]
    pub fn presses(&self) -> usize {
        if self.quick { 10 } else { 200 }
    }
}
