//! 流水线: ordered legs over the queues of several departments, gone through with one number.

use alloc::{string::String, vec::Vec};

use super::Setup;
use crate::{
    event::stop::Stop,
    ids::{DepartmentId, ItemId, PipelineId, QueueId},
};

/// 流水线.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    /// Its id.
    pub id: PipelineId,
    /// Its name: "公司注册".
    pub name: String,
    /// 牵头部门: answers for the whole of it.
    pub lead: DepartmentId,
    /// 协办单位 that work on it behind the windows, as people say it; empty if there are none.
    pub joint: String,
    /// Its legs in order, at least one.
    pub legs: Vec<Stop>,
}

impl Pipeline {
    /// What is still to come for somebody who stands in a queue with an item: the legs behind that
    /// one, or all of them if it is none of the pipeline's.
    #[must_use]
    pub fn after(&self, queue: QueueId, item: Option<ItemId>) -> &[Stop] {
        let exact = |stop: &Stop| stop.queue == queue && stop.item.is_some() && stop.item == item;
        let here = self.legs.iter().position(exact);
        let here = here.or_else(|| self.legs.iter().position(|stop| stop.queue == queue));
        here.map_or(&self.legs, |here| &self.legs[here + 1..])
    }
}

impl Setup {
    /// 流水线, in the order of the kiosk.
    #[must_use]
    pub fn pipelines(&self) -> &[Pipeline] {
        &self.parts.pipelines
    }

    /// A pipeline.
    #[must_use]
    pub fn pipeline(&self, id: PipelineId) -> Option<&Pipeline> {
        self.parts.pipelines.iter().find(|pipeline| pipeline.id == id)
    }
}
