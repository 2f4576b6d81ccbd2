//! Windows at work: lists in force, stand-ins, whereabouts.

use alloc::{format, string::String};

use crate::{
    hall::Hall,
    limits::POST_CHANGES_MAX,
    words::post::{ChangeOutcome, Whereabouts},
};

pub(super) fn check(hall: &Hall) -> Result<(), String> {
    for (id, now) in &hall.state.windows {
        let Some(window) = hall.setup().window(*id) else {
            // A night may take away a window of the day before.
            if hall.day().is_none() {
                continue;
            }
            return Err(format!("no window {id}"));
        };
        if let Some(extra) = &now.extra {
            let mut anew = (**extra).clone();
            anew.settle(window);
            if extra.is_nothing() || anew != **extra {
                return Err(format!("window {id} keeps lists that are not in force: {extra:?}"));
            }
        }
        if now.stand_in_asked.is_some() && now.paused.is_none() {
            return Err(format!("a stand-in is asked to window {id}, which does not pause"));
        }
        let Some(staff) = now.staff() else { continue };
        let place = hall.whereabouts_of(staff).map(|(place, _)| place);
        if now.paused.is_none() && place != Some(Whereabouts::OnDuty) {
            return Err(format!("{staff} works at window {id} and is said to be {place:?}"));
        }
    }
    let changes = hall.post_changes();
    let in_order = changes.windows(2).all(|pair| pair[0].number < pair[1].number);
    if changes.len() > POST_CHANGES_MAX || !in_order {
        return Err(format!("{} changes of posts, in order: {in_order}", changes.len()));
    }
    if let Some(own) = changes.iter().find(|each| {
        let granted = each.decided.as_ref().filter(|it| it.outcome == ChangeOutcome::Granted);
        granted.is_some_and(|granted| granted.by == each.by)
    }) {
        return Err(format!("{own:?} was agreed to by who asked"));
    }
    for (window, verdict) in hall.stand_in_verdicts() {
        let paused = hall.window(window).is_some_and(|now| now.paused.is_some());
        if verdict.staff.is_none() && !paused {
            return Err(format!("declined at window {window}, which does not pause"));
        }
        if verdict.staff.is_some() && verdict.staff == verdict.absent {
            return Err(format!("{verdict:?} stands in for themselves at window {window}"));
        }
    }
    for each in hall.stand_ins().filter(|each| each.until.is_none()) {
        let there = hall.state.windows.get(&each.window).and_then(|now| now.staff());
        if there != Some(each.staff) {
            return Err(format!("{} stands in at {}, where {there:?} is", each.staff, each.window));
        }
    }
    Ok(())
}
