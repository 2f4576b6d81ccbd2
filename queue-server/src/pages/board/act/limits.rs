//! 限号: the queues that give only so many more numbers now, by somebody's word.

use hall::{Hall, ids::QueueId};

use super::Running;
use crate::{
    app::App,
    pages::{shell::Shell, written},
};

/// Limits that hold: of this queue, or of all.
pub(super) fn running(
    app: &App,
    hall: &Hall,
    queue: Option<QueueId>,
    s: &Shell,
) -> impl Iterator<Item = Running> {
    let concerned = hall.issue_limits().filter(|(id, _)| queue.is_none_or(|queue| queue == *id));
    let lines: Vec<Running> = concerned
        .map(|(id, limit)| {
            let until = written::time(&app.clock, limit.until);
            let left = limit.left();
            let key = if left == 0 { "act.running_stop" } else { "act.running_cap" };
            let told: [(&str, &dyn std::fmt::Display); 4] =
                [("queue", &id), ("n", &left), ("time", &until), ("reason", &limit.reason)];
            let (text, queue) = (s.t.fill(key, &told), id.to_string());
            Running { text, does: "end-stop", window: String::new(), queue }
        })
        .collect();
    lines.into_iter()
}
