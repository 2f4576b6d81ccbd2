//! 流水线: legs that exist, and not more of them than one number can go.

use alloc::{collections::BTreeSet, vec::Vec};

use crate::{
    ids::QueueId,
    limits::PIPELINE_LEGS_MAX,
    setup::{
        Parts,
        problem::{Name, SetupProblem},
    },
};

pub(super) fn check(parts: &Parts, queues: &BTreeSet<QueueId>, problems: &mut Vec<SetupProblem>) {
    for pipeline in &parts.pipelines {
        let (at, count) = (Name::Pipeline(pipeline.id), pipeline.legs.len());
        if !(1..=PIPELINE_LEGS_MAX).contains(&count) {
            let (pipeline, most) = (pipeline.id, PIPELINE_LEGS_MAX);
            problems.push(SetupProblem::PipelineLegs { pipeline, count, most });
        }
        if !parts.departments.iter().any(|each| each.id == pipeline.lead) {
            problems.push(SetupProblem::UnknownDepartment { at, department: pipeline.lead });
        }
        for leg in &pipeline.legs {
            if !queues.contains(&leg.queue) {
                problems.push(SetupProblem::UnknownQueue { at, queue: leg.queue });
            }
            let of_queue =
                |item| parts.items.iter().any(|known| known.id == item && known.queue == leg.queue);
            if let Some(item) = leg.item.filter(|item| !of_queue(*item)) {
                problems.push(SetupProblem::UnknownItem { at, item });
            }
        }
    }
}
