//! 窗口服务牌 and 监督牌: what hangs at a window and what stands on its counter.

use hall::{
    ids::{StaffNo, WindowId},
    number::TicketNo,
    words::{PauseReason, WindowState},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{clock::Clock, device::Ask};

/// 窗口屏: everything on the screen of a window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WindowFace {
    /// The plate above.
    pub sign: Sign,
    /// How the window stands.
    #[schema(value_type = String)]
    pub state: WindowState,
    /// The number at the window.
    #[schema(value_type = Option<String>)]
    pub no: Option<TicketNo>,
    /// The number of the call: 1 is the first, 0 if nobody was called.
    pub call: u8,
    /// Grows with every call of the day: another one blinks.
    pub announcement: u64,
    /// 延时服务: after the session's end.
    #[serde(default)]
    pub extended: bool,
    /// Why it pauses.
    #[schema(value_type = Option<String>)]
    pub pause: Option<PauseReason>,
    /// Who waits for this window's own queues.
    pub waiting: u32,
    /// What is done here: names of items, the usual ones first.
    pub items: Vec<String>,
    /// Who works here now.
    pub plate: Option<Plate>,
    /// The hall's clock.
    pub clock: Clock,
}

/// 评价平板: everything on an evaluator with a screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TabletFace {
    /// Which window it is.
    pub sign: Sign,
    /// The asking.
    pub ask: Option<Ask>,
    /// Who served the leg that is asked about; without an asking, who works here now.
    pub plate: Option<Plate>,
    /// Reasons that the lower two levels ask for, in the codes of the texts.
    pub reasons: Vec<String>,
    /// The hall's clock.
    pub clock: Clock,
}

/// 窗口服务牌: a window's number, business and department, and the hall's telephones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sign {
    /// The window.
    #[schema(value_type = String)]
    pub window: WindowId,
    /// Its business: "企业开办".
    pub business: String,
    /// The department, if the profile names one.
    pub department: Option<String>,
    /// 咨询投诉电话.
    pub complaint_phone: String,
    /// 导办台电话.
    pub guide_phone: String,
    /// 监督电话.
    pub supervision_phone: String,
}

/// 监督牌: who works at a window. Nothing of a citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Plate {
    /// 工号.
    #[schema(value_type = String)]
    pub no: StaffNo,
    /// 姓名; empty if the profile does not know this number.
    pub name: String,
    /// 岗位.
    pub title: Option<String>,
    /// 单位.
    pub department: Option<String>,
    /// 首席代表 of the department.
    #[serde(default)]
    pub chief: bool,
    /// B角: stands in for whoever usually works here.
    #[serde(default)]
    pub stands_in: bool,
    /// 工作照: its mark, under which `GET /photos/{mark}` gives it; none if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
}

/// Items named on a window's screen: more than a person reads while waiting.
pub const ITEMS_MAX: usize = 8;
