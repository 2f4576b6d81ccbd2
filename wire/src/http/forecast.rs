//! Bodies of `/forecast` and `/whatif`: how the hall does in the hour ahead, and what something that is
//! done would change.

use hall::ids::{QueueId, StaffNo, WindowId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /forecast`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Forecast {
    /// The moment from which it looks ahead, in milliseconds since 1970.
    pub at: i64,
    /// Runs that it rests on; 0: the hall was not run forward, the queue's length answers.
    pub runs: u32,
    /// Finished days that it has learned from.
    pub days: u32,
    /// The last of them, "2026-11-20".
    pub learned_through: Option<String>,
    /// The queues, in the order of the profile.
    pub queues: Vec<QueueForecast>,
}

/// A queue in the hour ahead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QueueForecast {
    /// Which.
    #[schema(value_type = String)]
    pub queue: QueueId,
    /// What somebody is told who takes an ordinary ticket now, in minutes; none: nothing is told.
    pub wait: Option<Minutes>,
    /// The hour ahead; none if the hall was not run forward.
    pub hour: Option<Hour>,
}

/// A range of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Minutes {
    /// At least.
    pub low: u16,
    /// At most.
    pub high: u16,
}

/// Everybody of a queue who waits now or comes within the span.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Hour {
    /// How many, in the mean of the runs.
    pub people: f64,
    /// The mean wait of all of them, in seconds.
    pub mean_secs: u64,
    /// The longest wait in seconds: one run in ten has less, half, nine in ten.
    pub longest_secs: [u64; 3],
    /// People who are still waiting at the span's end: the same three.
    pub left: [u32; 3],
    /// 黄牌: the yellow limit is passed; none: in no run.
    pub yellow: Option<Passing>,
    /// 红牌: the red one.
    pub red: Option<Passing>,
}

/// A limit that is passed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Passing {
    /// In this part of the runs, over 0 up to 1.
    pub share: f64,
    /// When in the middle of these, in milliseconds since 1970.
    pub at: i64,
}

/// `POST /whatif`: what would help a queue, or what one remedy would do. One of the two is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfRequest {
    /// The queue for which everything is tried that the rules allow.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub queue: Option<QueueId>,
    /// The one remedy that is tried.
    #[serde(default)]
    pub remedy: Option<Remedy>,
    /// Who waits now or comes within so many minutes is counted, 15 to 240.
    #[serde(default = "an_hour")]
    pub span_minutes: u16,
}

fn an_hour() -> u16 {
    60
}

/// Something that may be done. Nothing is done by asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Remedy {
    /// 潮汐窗口: a temporary window serves more queues from now on.
    OpenTide {
        /// The window.
        #[schema(value_type = String)]
        window: WindowId,
        /// Its queues.
        #[schema(value_type = Vec<String>)]
        queues: Vec<QueueId>,
        /// For so long.
        minutes: u16,
        /// Who has to come to it first; left out: somebody is there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        clerk: Option<StaffNo>,
    },
    /// 借用: another window serves the queue too, behind its own people.
    Lend {
        /// The queue.
        #[schema(value_type = String)]
        queue: QueueId,
        /// The window.
        #[schema(value_type = String)]
        window: WindowId,
        /// For so long.
        minutes: u16,
    },
    /// 错时休息: a break that is planned begins later.
    ShiftBreak {
        /// The window.
        #[schema(value_type = String)]
        window: WindowId,
        /// When it was to begin, in milliseconds since 1970.
        from: i64,
        /// So much later.
        minutes: u16,
    },
    /// 限号: the kiosks give no number of the queue, or only so many more.
    StopIssue {
        /// The queue.
        #[schema(value_type = String)]
        queue: QueueId,
        /// For so long.
        minutes: u16,
        /// So many more; left out: none.
        #[serde(default, skip_serializing_if = "is_none_more")]
        more: u32,
    },
    /// B角: somebody stands in at a window that is without its clerk.
    StandIn {
        /// The window.
        #[schema(value_type = String)]
        window: WindowId,
        /// Who comes.
        #[schema(value_type = String)]
        staff: StaffNo,
    },
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WhatIf {
    /// The moment from which it looks ahead, in milliseconds since 1970.
    pub at: i64,
    /// How the queue that was asked about does if nothing is done; none if one remedy was asked about.
    pub nothing: Option<Hour>,
    /// What helps, the best first; or the one that was asked about, whatever it does.
    pub remedies: Vec<Tried>,
    /// How many were tried.
    pub tried: u32,
}

/// A remedy beside doing nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Tried {
    /// Which.
    pub remedy: Remedy,
    /// What it changes, of every queue for which it changes anything.
    pub effects: Vec<Effect>,
    /// What it takes off the hall in the mean, in seconds of people: waits, in which what lies above
    /// the yellow limit counts twice. Less than nothing: it does harm.
    pub saved_secs: i64,
    /// The part of the runs in which it takes some off.
    pub better: f64,
    /// What people of the queues that fare worse wait longer, all together, in seconds.
    pub price_secs: i64,
    /// People who come in vain meanwhile, in the mean.
    pub turned_away: f64,
    /// Runs that it rests on.
    pub runs: u32,
}

/// What a remedy changes for a queue. In seconds; less than nothing is shorter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Effect {
    /// The queue.
    #[schema(value_type = String)]
    pub queue: QueueId,
    /// Its people if nothing is done, in the mean.
    pub people: f64,
    /// The mean wait if nothing is done, and with the remedy.
    pub mean_secs: [u64; 2],
    /// The longest wait, in the mean of the runs.
    pub longest_secs: [u64; 2],
    /// The change of the mean wait: one run in ten less, half, nine in ten.
    pub mean_change_secs: [i64; 3],
    /// The change of the longest.
    pub longest_change_secs: [i64; 3],
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_none_more(more: &u32) -> bool {
    *more == 0
}
