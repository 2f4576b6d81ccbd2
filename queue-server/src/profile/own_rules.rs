//! What the hall's own check finds, told with the line where it stands.
//!
//! Whether an id exists and whether something stands there twice is told by the reader, at each
//! place; the rest of the hall's check speaks of values, and is told whatever else is wrong.

use hall::{
    ids::QueueId,
    setup::{
        Parts,
        booking::Slots,
        problem::{SetupProblem, Severity},
        problems,
    },
    time::TimeOfDay,
};

use super::{
    hall_file::FILE,
    index::{Index, Kind, Place},
    problem::Problem,
};

/// Tells what only the hall's own check knows.
pub fn check(parts: &Parts, index: &Index, found: &mut Vec<Problem>) {
    let known = problems(parts);
    let only_here = known.iter().filter(|problem| is_only_here(problem, parts, index));
    found.extend(only_here.map(|problem| told(problem, parts, index)));
}

fn is_only_here(problem: &SetupProblem, parts: &Parts, index: &Index) -> bool {
    // A queue or an item that was told wrong is not told missing here.
    if let SetupProblem::SlotsOfNoQueue { queue } = problem {
        let there = parts.queues.iter().any(|each| each.id == *queue);
        return there || !index.has(Kind::Queue, queue);
    }
    if let SetupProblem::SlotsOfNoItem { item, .. } = problem {
        let there = parts.items.iter().any(|each| each.id == *item);
        return there || !index.has(Kind::Item, item);
    }
    matches!(
        problem,
        SetupProblem::RuleOutOfRange { .. }
            | SetupProblem::SlotsDoNotFit { .. }
            | SetupProblem::SlotsWithoutPlaces { .. }
            | SetupProblem::SlotsOverlap { .. }
    )
}

/// A problem of the hall's own check as a problem of the profile.
pub fn told(problem: &SetupProblem, parts: &Parts, index: &Index) -> Problem {
    let told = |place: Option<Place>, code: &str| {
        let (file, line) = place.map_or((FILE, None), |(file, line)| (file, Some(line)));
        Problem::new(file, line, code)
    };
    let slots = |is: &dyn Fn(&Slots) -> bool| {
        // The later of two that overlap is told.
        let at = parts.rules.booking.slots.iter().rposition(is);
        let name = at.map(|at| format!("booking.slots.{at}"));
        told(name.and_then(|name| index.place(Kind::Rule, name)), problem.code())
    };
    let from_then = |queue: &QueueId, from: &TimeOfDay| {
        let slots = slots(&|slots| slots.queue == *queue && slots.from == *from);
        slots.with("queue", queue).with("from", from)
    };
    if let SetupProblem::RuleOutOfRange { rule, least, most, .. } = problem {
        let table = || index.place(Kind::Rule, "");
        let place = index.place(Kind::Rule, rule).or_else(table);
        return told(place, "out_of_range").with("key", rule).with("low", least).with("high", most);
    }
    if let SetupProblem::SlotsOfNoQueue { queue } = problem {
        return slots(&|slots| slots.queue == *queue).with("what", queue);
    }
    if let SetupProblem::SlotsOfNoItem { queue, item } = problem {
        let is = |slots: &Slots| slots.queue == *queue && slots.item == Some(*item);
        return slots(&is).with("what", item).with("queue", queue);
    }
    if let SetupProblem::SlotsDoNotFit { queue, from }
    | SetupProblem::SlotsWithoutPlaces { queue, from }
    | SetupProblem::SlotsOverlap { queue, from } = problem
    {
        return from_then(queue, from);
    }
    let told = told(index.place_of(problem), "setup").with("why", problem);
    if problem.severity() == Severity::Warning { told.warning() } else { told }
}
