//! `hall/{hall}/metrics`: what the hall office subscribes to, every ten seconds.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{clock::Clock, tally::Indicated};

/// The hall's figures of today and of this moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Metrics {
    /// The journal's sequence number up to which it speaks.
    pub sequence: u64,
    /// The hall's clock.
    pub clock: Clock,
    /// Tickets issued today.
    pub issued: u32,
    /// Legs served today.
    pub served: u32,
    /// Waiting now.
    pub waiting: u32,
    /// Longest wait now, in seconds.
    pub longest_wait_secs: u64,
    /// Mean wait of served first legs today, in seconds; none if nobody was served.
    pub wait_mean_secs: Option<f64>,
    /// How many that mean rests on.
    pub wait_count: u32,
    /// Share of waits within the target.
    pub wait_within_target: Option<f64>,
    /// Mean service today, in seconds.
    pub service_mean_secs: Option<f64>,
    /// How many that mean rests on.
    pub service_count: u32,
    /// Passed and not re-activated.
    pub no_shows: u32,
    /// Windows open.
    pub windows_open: u32,
    /// Evaluations by level 1 to 5.
    pub evaluations: [u32; 5],
    /// By queue.
    pub queues: Vec<QueueMetrics>,
    /// 指标 of today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicated>,
    /// 预计准确度 of the last closed days; none while there is nothing to compare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<AccuracyMetrics>,
}

/// 预计准确度: how good the waits were that people were told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AccuracyMetrics {
    /// People who were called since.
    pub people: u32,
    /// The share of them called within the range told, from 0 to 1.
    pub within_range: f64,
    /// The mean distance of the middle from the wait that came.
    pub error_minutes: f64,
    /// The same with its sign: more than nothing was told too much.
    pub bias_minutes: f64,
    /// Queues of which no wait is told, because it was wrong too often.
    #[schema(value_type = Vec<String>)]
    pub silent: Vec<hall::ids::QueueId>,
}

/// One queue's figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QueueMetrics {
    /// The queue.
    #[schema(value_type = String)]
    pub id: hall::ids::QueueId,
    /// Its name.
    pub name: String,
    /// Waiting now.
    pub waiting: u32,
    /// Longest wait now, in seconds.
    pub longest_wait_secs: u64,
    /// The range for a person who came now.
    pub wait: Option<crate::board::Wait>,
    /// Issued today.
    pub issued: u32,
    /// Served today.
    pub served: u32,
}
