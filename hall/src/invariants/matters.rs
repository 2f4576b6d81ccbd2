//! What must hold of 诉求 and of what is done about them.

use alloc::{format, string::String};

use crate::{
    event::matter_step::MatterStep,
    hall::Hall,
    limits::{MATTER_STEPS_BYTES_MAX, MATTER_STEPS_MAX, MATTERS_MAX},
    state::handled::Asked,
    words::matter::{MatterKind, MatterOutcome},
};

pub(super) fn check(hall: &Hall) -> Result<(), String> {
    if hall.matters().count() > MATTERS_MAX {
        return Err(String::from("more matters are open than a day can carry"));
    }
    if hall.state.matters.steps_bytes() > MATTER_STEPS_BYTES_MAX {
        return Err(String::from("more was written about matters than a day can carry"));
    }
    let closed = || hall.matters_closed().iter().map(|closed| &closed.matter);
    for matter in hall.matters().chain(closed()) {
        let id = matter.id.0;
        if matter.steps.len() > MATTER_STEPS_MAX {
            return Err(format!("matter {id} has {} steps", matter.steps.len()));
        }
        if matter.due.zip(matter.due_at_most).is_some_and(|(due, most)| due > most) {
            return Err(format!("matter {id} is due past the last day to which it may be put off"));
        }
        nobody_decides_their_own(matter.id.0, &matter.steps)?;
    }
    for closed in hall.matters_closed() {
        let matter = &closed.matter;
        let unfounded = closed.outcome == MatterOutcome::Unfounded;
        if unfounded && matter.kind == MatterKind::Negative && matter.appeal() != Asked::Granted {
            return Err(format!("matter {} is unfounded and nobody reviewed it", matter.id.0));
        }
        if matches!(matter.extension(), Asked::Waits(_)) {
            return Err(format!("matter {} is closed and an extension waits", matter.id.0));
        }
    }
    Ok(())
}

fn nobody_decides_their_own(
    id: u32,
    steps: &[crate::event::matter_step::StepTaken],
) -> Result<(), String> {
    let (mut extension, mut appeal) = (None, None);
    for taken in steps {
        let asked = match taken.step {
            MatterStep::ExtensionAsked { .. } => {
                extension = Some(&taken.by);
                continue;
            }
            MatterStep::Appealed { .. } => {
                appeal = Some(&taken.by);
                continue;
            }
            MatterStep::ExtensionDecided { .. } => extension.take(),
            MatterStep::AppealDecided { .. } => appeal.take(),
            MatterStep::Assigned { .. }
            | MatterStep::Verified { .. }
            | MatterStep::Graded { .. }
            | MatterStep::Answered { .. }
            | MatterStep::CalledBack { .. }
            | MatterStep::Published { .. } => continue,
        };
        if asked.is_none_or(|asker| *asker == taken.by) {
            return Err(format!("matter {id}: whoever asked, or nobody, was answered"));
        }
    }
    Ok(())
}
