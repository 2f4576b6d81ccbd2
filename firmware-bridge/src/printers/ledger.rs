//! 打印记录: what a printer must not forget of its papers: queued, sent, what came, and which were
//! printed again.
//!
//! An entry is on the disk before the step it announces is taken. What the paper says is not in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wire::papers::{PaperKind, SlipOutcome};

pub mod disk;

/// A job by the boot of the server that numbered it, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobKey {
    /// The boot.
    pub boot: u64,
    /// The number.
    pub id: u64,
}

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    /// 排上: a paper waits for its turn.
    Queued {
        /// Which.
        job: JobKey,
        /// When, in milliseconds since 1970 by this machine.
        at: u64,
        /// What it is; none for a test.
        kind: Option<PaperKind>,
    },
    /// 补打: it is queued to be printed again.
    Reprinted {
        /// Which.
        job: JobKey,
        /// When, in milliseconds since 1970 by this machine.
        at: u64,
        /// What it is.
        kind: PaperKind,
    },
    /// 发出: bytes will be sent; from here on something may be out.
    Sent {
        /// Which.
        job: JobKey,
    },
    /// 确认 or 失败: what became of it.
    Came {
        /// Which.
        job: JobKey,
        /// What became of it.
        outcome: SlipOutcome,
        /// Why it did not come out, as a code; empty if it did.
        why: String,
    },
}

/// Where entries are kept.
pub trait Book {
    /// Writes an entry so that it survives a power cut.
    ///
    /// # Errors
    /// [`BookFault`] if it may not be there afterwards.
    fn write(&mut self, entry: &Entry) -> Result<(), BookFault>;
}

/// The record cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[error("failed to keep the record of papers: {0}")]
pub struct BookFault(pub String);

/// What an earlier run left: jobs without an end, and the last one that was taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// In the order of queueing; true if bytes may have been sent.
    pub open: Vec<(JobKey, bool)>,
    /// The last job, so that one that comes again is printed once.
    pub last: Option<JobKey>,
}

/// Folds entries into what is left open.
#[must_use]
pub fn left_of(entries: impl IntoIterator<Item = Entry>) -> Left {
    let (mut open, mut last) = (BTreeMap::new(), None);
    for (place, entry) in entries.into_iter().enumerate() {
        match entry {
            Entry::Queued { job, .. } | Entry::Reprinted { job, .. } => {
                open.insert(job, (place, false));
                last = Some(job);
            }
            Entry::Sent { job } => {
                if let Some((_, sent)) = open.get_mut(&job) {
                    *sent = true;
                }
            }
            Entry::Came { job, .. } => {
                open.remove(&job);
            }
        }
    }
    let mut open: Vec<_> =
        open.into_iter().map(|(job, (place, sent))| (place, job, sent)).collect();
    open.sort_unstable();
    Left { open: open.into_iter().map(|(_, job, sent)| (job, sent)).collect(), last }
}
