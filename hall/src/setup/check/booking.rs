//! What can be wrong with the slots of bookings.

use alloc::vec::Vec;

use crate::{
    limits::SLOTS_PER_LINE_MAX,
    setup::{Parts, booking::Slots, problem::SetupProblem},
};

pub(super) fn slots(parts: &Parts, problems: &mut Vec<SetupProblem>) {
    let lines = &parts.rules.booking.slots;
    for (at, line) in lines.iter().enumerate() {
        let (queue, from) = (line.queue, line.from);
        match parts.queues.iter().find(|each| each.id == queue) {
            None => problems.push(SetupProblem::SlotsOfNoQueue { queue }),
            Some(each) if !each.issued => problems.push(SetupProblem::SlotsOfNoQueue { queue }),
            Some(_) => {}
        }
        if let Some(item) = line.item
            && !parts.items.iter().any(|each| each.id == item && each.queue == queue)
        {
            problems.push(SetupProblem::SlotsOfNoItem { queue, item });
        }
        let span = line.until.0.saturating_sub(line.from.0);
        let whole = line.each_minutes > 0 && span > 0 && span.is_multiple_of(line.each_minutes);
        if !whole || line.each().count() > SLOTS_PER_LINE_MAX {
            problems.push(SetupProblem::SlotsDoNotFit { queue, from });
        }
        if line.capacity == 0 {
            problems.push(SetupProblem::SlotsWithoutPlaces { queue, from });
        }
        if lines[..at].iter().any(|other| overlap(line, other)) {
            problems.push(SetupProblem::SlotsOverlap { queue, from });
        }
    }
}

fn overlap(one: &Slots, other: &Slots) -> bool {
    let same = one.queue == other.queue && one.item == other.item;
    same && one.from < other.until && other.from < one.until
}
