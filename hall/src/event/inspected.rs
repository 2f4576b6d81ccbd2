//! 日巡查, as it is remembered for ever. What is in order is not written: a window that was looked at
//! and stands without an aspect is in order.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    ids::{StaffNo, WindowId},
    words::inspection::{HallAspect, InspectionRound, WindowAspect},
};

/// 日巡查: what was looked at, and what was not in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspected {
    /// 时段.
    pub round: InspectionRound,
    /// 窗口, every one that was looked at, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<WindowInspected>,
    /// 大厅: what was not in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hall: Vec<HallAspect>,
    /// 情况说明.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A window that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowInspected {
    /// Which.
    #[serde(rename = "w")]
    pub window: WindowId,
    /// Who was signed on there then.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffNo>,
    /// What was not in order.
    #[serde(rename = "x", default, skip_serializing_if = "Vec::is_empty")]
    pub poor: Vec<WindowAspect>,
    /// In words.
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
