//! `[[pipeline]]`: the legs through which one number goes, by queue or by item.

use hall::{
    event::stop::Stop,
    ids::{DepartmentId, ItemId, PipelineId, QueueId},
    limits::PIPELINE_LEGS_MAX,
    setup::{Item, Queue, pipeline::Pipeline},
};

use super::{
    super::{
        index::{Index, Kind},
        problem::Problem,
        reader::{Found, Table},
    },
    FILE,
};

/// A pipeline whose legs are still words: what an item is, is read later.
pub struct Draft {
    pipeline: Pipeline,
    legs: Vec<Found<String>>,
}

pub fn pipeline(
    mut table: Table,
    drafts: &mut Vec<Draft>,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) {
    let id = table.id::<PipelineId>("id", &[], problems);
    let name = table.name("name", problems);
    let lead = table.must::<DepartmentId>("lead", problems);
    let joint = table.name_if("joint", problems).unwrap_or_default();
    let legs = table.list::<String>("legs", problems);
    if let Some(lead) = &lead {
        index.require(Kind::Department, lead.value, (FILE, lead.line), problems);
    }
    if let Some(id) = id {
        index.note(Kind::Pipeline, id.value, (FILE, id.line), problems);
        if !(1..=PIPELINE_LEGS_MAX).contains(&legs.len()) {
            let problem = table.problem(id.line, "pipeline_legs").with("what", id.value);
            problems.push(problem.with("most", PIPELINE_LEGS_MAX));
        }
        if let (Some(name), Some(lead)) = (name, lead) {
            let (id, name, lead) = (id.value, name.value, lead.value);
            let pipeline = Pipeline { id, name, lead, joint, legs: Vec::new() };
            drafts.push(Draft { pipeline, legs });
        }
    }
    table.finish(problems);
}

/// Each leg is the queue of that id, or else the item of that code in its queue.
pub fn settle(
    drafts: Vec<Draft>,
    queues: &[Queue],
    items: &[Item],
    index: &Index,
    problems: &mut Vec<Problem>,
) -> Vec<Pipeline> {
    let leg = |text: &str| {
        let queue = text.parse::<QueueId>().ok();
        let queue = queue.filter(|id| queues.iter().any(|queue| queue.id == *id));
        let of_queue = queue.map(|queue| Stop { queue, item: None });
        let item = || items.iter().find(|item| Ok(item.id) == text.parse::<ItemId>());
        of_queue.or_else(|| item().map(|item| Stop { queue: item.queue, item: Some(item.id) }))
    };
    let settled = drafts.into_iter().map(|draft| {
        let mut pipeline = draft.pipeline;
        for found in draft.legs {
            let stop = leg(&found.value);
            // What stands there and is wrong elsewhere is told there.
            let told = index.has(Kind::Queue, &found.value) || index.has(Kind::Item, &found.value);
            if stop.is_none() && !told {
                let problem = Problem::new(FILE, Some(found.line), "no_such_leg");
                problems.push(problem.with("what", &found.value));
            }
            pipeline.legs.extend(stop);
        }
        pipeline
    });
    settled.collect()
}
