//! What the product logs during a run: an `ERROR` fails it, the last warnings are told with it.

use std::{
    cell::RefCell,
    collections::VecDeque,
    fmt::{self, Write as _},
    sync::Once,
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// Lines remembered for a failure.
const LINES_KEPT: usize = 40;

thread_local! {
    static HEARD: RefCell<Heard> = RefCell::default();
}

#[derive(Default)]
struct Heard {
    errors: Vec<String>,
    lines: VecDeque<String>,
}

struct Ears;

/// Listens from now on, in every thread of the process; each thread has ears of its own.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Whoever set another one before hears instead of us.
        tracing::subscriber::set_global_default(Ears).ok();
    });
    HEARD.with_borrow_mut(|heard| *heard = Heard::default());
}

/// The errors of this thread since the last call.
#[must_use]
pub fn take_errors() -> Vec<String> {
    HEARD.with_borrow_mut(|heard| std::mem::take(&mut heard.errors))
}

/// The last warnings and errors of this thread.
#[must_use]
pub fn last_lines() -> Vec<String> {
    HEARD.with_borrow(|heard| heard.lines.iter().cloned().collect())
}

impl Subscriber for Ears {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let mut line = Line(format!("{} {}:", metadata.level(), metadata.target()));
        event.record(&mut line);
        HEARD.with_borrow_mut(|heard| {
            if *metadata.level() == Level::ERROR {
                heard.errors.push(line.0.clone());
            }
            if heard.lines.len() == LINES_KEPT {
                heard.lines.pop_front();
            }
            heard.lines.push_back(line.0);
        });
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing into a text does not fail.
        if field.name() == "message" {
            write!(self.0, " {value:?}").ok();
        } else {
            write!(self.0, " {}={value:?}", field.name()).ok();
        }
    }
}
