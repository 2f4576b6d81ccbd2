//! `[[window]]`: who serves what, and whether everybody is served.

use std::collections::BTreeSet;

use hall::{
    ids::{QueueId, WindowId, ZoneId},
    setup::Window,
    words::{PriorityClass, WindowKind},
};

use super::{
    super::{
        calendar::Tide,
        english,
        index::{Index, Kind},
        problem::Problem,
        reader::{Found, Table},
    },
    FILE, HallPart, require_queue,
};

/// Queues that some window has, whether or not the rest of its table is right.
#[derive(Default)]
pub struct Served {
    /// By a window that takes everybody.
    primary: BTreeSet<QueueId>,
    /// Only by windows of one class.
    by_class: BTreeSet<QueueId>,
}

pub fn window(
    mut table: Table,
    part: &mut HallPart,
    served: &mut Served,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) {
    let id = table.id::<WindowId>("id", &[Kind::Window.no_such()], problems);
    let name = table.name("name", problems);
    let english = english::window(&mut table, problems);
    let zone = table.must::<ZoneId>("zone", problems);
    let kinds: Vec<_> = WindowKind::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect();
    let kind = table.one_of("kind", &kinds, problems).unwrap_or(WindowKind::Dedicated);
    let classes: Vec<_> = PriorityClass::ALL.iter().map(|class| (class.as_str(), *class)).collect();
    let only = table.one_of("only", &classes, problems);
    let before = problems.len();
    let primary = table.list::<QueueId>("primary", problems);
    let secondary = table.list::<QueueId>("secondary", problems);
    lists(&table, &primary, &secondary, index, problems);
    let lists_wrong = problems.len() > before;
    let served = if only.is_none() { &mut served.primary } else { &mut served.by_class };
    served.extend(primary.iter().map(|found| found.value));
    if let Some(zone) = &zone {
        index.require(Kind::Zone, zone.value, (FILE, zone.line), problems);
    }
    if let Some(id) = id {
        index.note(Kind::Window, id.value, (FILE, id.line), problems);
        if primary.is_empty() && kind != WindowKind::Temporary && !lists_wrong {
            problems.push(table.problem(id.line, "window_without_queue").with("what", id.value));
        }
        let values = |list: Vec<Found<QueueId>>| list.into_iter().map(|found| found.value);
        part.details.english.windows.extend(english.map(|english| (id.value, english)));
        if let (Some(name), Some(zone)) = (name, zone) {
            part.windows.push(Window {
                id: id.value,
                name: name.value,
                zone: zone.value,
                kind,
                primary: values(primary).collect(),
                secondary: values(secondary).collect(),
                only,
            });
        }
    }
    table.finish(problems);
}

fn lists(
    table: &Table,
    primary: &[Found<QueueId>],
    secondary: &[Found<QueueId>],
    index: &Index,
    problems: &mut Vec<Problem>,
) {
    let mut seen = BTreeSet::new();
    for queue in primary.iter().chain(secondary) {
        if !require_queue(index, queue.value, queue.line, problems) {
            // The queue that was meant may be the one that seems to have no window.
            if let Some(problem) = problems.pop() {
                problems.push(problem.hiding(&["queue_without_window"]));
            }
        }
        if !seen.insert(queue.value) {
            problems.push(table.problem(queue.line, "queue_twice").with("what", queue.value));
        }
    }
}

/// A queue that gives tickets and that nobody has to call.
pub fn everyone_is_served(
    part: &HallPart,
    served: &Served,
    index: &Index,
    problems: &mut Vec<Problem>,
) {
    for queue in part.queues.iter().filter(|queue| !served.primary.contains(&queue.id)) {
        let line = index.place(Kind::Queue, queue.id).map(|(_, line)| line);
        let by_class = served.by_class.contains(&queue.id);
        let code = if by_class { "queue_of_one_class" } else { "queue_without_window" };
        let problem = Problem::new(FILE, line, code).with("what", queue.id);
        problems.push(problem.with("name", &queue.name));
    }
}

/// A temporary window without queues of its own that no tide ever opens: the hall opens, but
/// somebody should know.
pub fn tides_open(windows: &[Window], tides: &[Tide], index: &Index, problems: &mut Vec<Problem>) {
    let idle = windows.iter().filter(|window| {
        window.kind == WindowKind::Temporary
            && window.queues().next().is_none()
            && tides.iter().all(|tide| tide.window != window.id)
    });
    for window in idle {
        let line = index.place(Kind::Window, window.id).map(|(_, line)| line);
        let problem = Problem::new(FILE, line, "window_without_tide").with("what", window.id);
        problems.push(problem.warning());
    }
}
