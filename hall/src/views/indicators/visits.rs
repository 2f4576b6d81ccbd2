//! 上门服务 of a day: where it counts, and what of it.

use super::{day::Filling, group::Group};
use crate::{
    event::visit::Visit,
    words::visit::{VisitMark, VisitOutcome},
};

pub(super) fn note(filling: &mut Filling<'_>) {
    let hall = filling.hall;
    for visit in hall.visits_of_day(VisitMark::Asked) {
        // Who will go there is not known when it is asked for.
        let groups = places(filling, &Visit { staff: None, ..visit.clone() });
        filling.note(groups, |figures| figures.visits_asked += 1);
    }
    for visit in hall.visits_of_day(VisitMark::Over) {
        let Some(over) = &visit.over else { continue };
        let (groups, in_time) = (places(filling, visit), u32::from(visit.in_time()));
        filling.note(groups, |figures| match over.outcome {
            VisitOutcome::Done => {
                figures.visits_done += 1;
                figures.visits_in_time += in_time;
            }
            VisitOutcome::NotDone => figures.visits_not_done += 1,
            VisitOutcome::Withdrawn => figures.visits_withdrawn += 1,
        });
    }
    for visit in hall.visits_of_day(VisitMark::Given) {
        let Some(given) = &visit.given else { continue };
        let groups = places(filling, visit);
        filling.note(groups, |figures| {
            figures.visit_evaluations[given.rating as usize] += 1;
            figures.note_said(given.rating, &given.reasons, given.scale);
        });
    }
}

/// At the queue of its item and with whoever went there; no window has a part in it.
fn places(filling: &Filling<'_>, visit: &Visit) -> alloc::vec::Vec<Group> {
    let of_clerk = Filling::posts(None, visit.staff);
    match filling.hall.queue_of_visit(visit) {
        Some(queue) => filling.places(queue, visit.item).chain(of_clerk).collect(),
        None => [Group::Hall].into_iter().chain(of_clerk).collect(),
    }
}
