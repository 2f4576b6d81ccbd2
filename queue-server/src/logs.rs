//! 日志: lines on standard error, bounded, so that a flood of refusals does not fill the disk.
//!
//! Each place in the code writes so many lines a minute; how many more there were is told in one
//! line afterwards. Who asks for DEBUG or TRACE asked for everything and gets it.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::{MakeWriter, writer::OptionalWriter};

/// Lines of one place in the code within [`WITHIN`]: a big hall's devices come at once.
const LINES_MAX: u32 = 60;

/// The time over which lines are counted.
const WITHIN: Duration = Duration::from_secs(60);

/// Makes bounded writers of what this function opens.
pub struct Bounded<W> {
    open: fn() -> W,
    counts: Mutex<Counts>,
}

impl<W> Bounded<W> {
    /// Lines into what `open` gives, like `std::io::stderr`.
    #[must_use]
    pub fn to(open: fn() -> W) -> Self {
        Self { open, counts: Mutex::default() }
    }
}

impl<'a, W: Write + 'a> MakeWriter<'a> for Bounded<W> {
    type Writer = OptionalWriter<W>;

    fn make_writer(&'a self) -> Self::Writer {
        OptionalWriter::some((self.open)())
    }

    fn make_writer_for(&'a self, line: &Metadata<'_>) -> Self::Writer {
        if *line.level() > Level::INFO {
            return self.make_writer();
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let mut out = (self.open)();
        for (place, more) in counts.over(now) {
            // Where nothing can be written there is nobody to tell.
            writeln!(out, "({more} more lines within a minute: {place})").ok();
        }
        if counts.allows(line.name(), now) {
            OptionalWriter::some(out)
        } else {
            OptionalWriter::none()
        }
    }
}

/// Lines of each place in the code; as many as there are places that said something lately.
#[derive(Debug, Default)]
struct Counts {
    of: BTreeMap<&'static str, Count>,
}

#[derive(Debug)]
struct Count {
    began: Instant,
    lines: u32,
}

impl Counts {
    /// True if one more line of this place is written.
    fn allows(&mut self, place: &'static str, now: Instant) -> bool {
        let count = self.of.entry(place).or_insert(Count { began: now, lines: 0 });
        count.lines = count.lines.saturating_add(1);
        count.lines <= LINES_MAX
    }

    /// Forgets the counts whose time is over; gives the places that had more lines than were
    /// written, and how many more.
    fn over(&mut self, now: Instant) -> Vec<(&'static str, u32)> {
        let is_over =
            |_: &&str, count: &mut Count| now.saturating_duration_since(count.began) >= WITHIN;
        let over = self.of.extract_if(.., is_over);
        let more = over.map(|(place, count)| (place, count.lines.saturating_sub(LINES_MAX)));
        more.filter(|(_, more)| *more > 0).collect()
    }
}

#[cfg(test)]
mod tests;
