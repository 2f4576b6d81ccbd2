//! 号票: what a slip says, as data.

use hall::{ids::WindowId, number::TicketNo, words::PriorityClass};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StopBody, is_false};
use crate::board::Wait;

/// What a slip says, as data; the kiosk sets it in type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlipBody {
    /// The hall's official name.
    pub hall_name: String,
    /// The number.
    #[schema(value_type = String)]
    pub no: TicketNo,
    /// 补打, 过号激活: what this slip is, beside the first one of its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<SlipMark>,
    /// The business.
    pub queue_name: String,
    /// The item, if one was chosen.
    pub item_name: Option<String>,
    /// The class, for the label 绿色通道 / 军人优先 / …
    #[schema(value_type = String)]
    pub class: PriorityClass,
    /// Windows that may call it.
    #[schema(value_type = Vec<String>)]
    pub windows: Vec<WindowId>,
    /// Where to wait: "一楼A区".
    pub place: String,
    /// People ahead.
    pub ahead: u32,
    /// The estimate.
    pub wait: Option<Wait>,
    /// 后续环节: where the same number goes next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<StopBody>,
    /// When, as printed: "2026-11-23 09:14".
    pub issued: String,
    /// What the code leads to; empty if the hall has no address for telephones.
    pub follow_url: String,
    /// 过号激活 is possible within so many minutes; none: a passed ticket is void.
    pub reactivate_within_minutes: Option<u32>,
    /// 咨询投诉.
    pub complaint_phone: String,
    /// 监督电话.
    pub supervision_phone: String,
    /// 离线: given out without the server, so that neither people ahead nor a range is known.
    #[serde(default, skip_serializing_if = "is_false")]
    pub offline: bool,
    /// 无声叫号: it is shown and not spoken, and whoever serves comes out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub silent: bool,
    /// 叫到: the window that called or serves it; then nobody waits for anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub window: Option<WindowId>,
    /// The same names for who reads English, as far as the hall gave them.
    #[serde(default, skip_serializing_if = "EnglishSlip::is_empty")]
    pub english: EnglishSlip,
}

/// What stands on a slip in English beside the Chinese, for who chose English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct EnglishSlip {
    /// The hall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hall: Option<String>,
    /// The business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// The item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Where to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl EnglishSlip {
    /// True if nothing has a name in English.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Why a number has a slip once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlipMark {
    /// 补打: the slip before was lost.
    Reprinted,
    /// 过号激活: the number was passed and waits again.
    Reactivated,
}
