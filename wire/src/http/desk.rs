//! Bodies of what a clerk notes of a case, and of what a manager changes at a window.

use hall::{
    ids::{CaseNo, ItemId, PipelineId, QueueId, StaffNo, WindowId, ZoneId},
    time::TimeOfDay,
    words::{
        desk::{DeclineReason, Delivery, Material},
        legs::TransferReason,
        people::EarlyReason,
        post::Whereabouts,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::papers::{PaperKind, SlipOutcome};

/// `POST /alerts/{id}/acknowledge`: 知道了.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeRequest {
    /// Names the asking.
    pub request_id: String,
    /// What is being done about it.
    #[serde(default)]
    pub note: Option<String>,
}

/// `POST /alerts/{id}/close`: 关闭.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseAlertRequest {
    /// Names the asking.
    pub request_id: String,
    /// What came of it.
    pub note: String,
}

/// `POST /windows/{window}/case`: 办件编号.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseRequest {
    /// Names the asking.
    pub request_id: String,
    /// The case's number in its department's system.
    #[schema(value_type = String)]
    pub case: CaseNo,
}

/// `POST /windows/{window}/transfer`: 转移, to a queue, to a window, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferRequest {
    /// Names the asking.
    pub request_id: String,
    /// The queue; if only a window is said, one that it serves.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub queue: Option<QueueId>,
    /// Only this window calls the ticket, as long as somebody works there.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub to_window: Option<WindowId>,
    /// What is to be handled there; its queue follows.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// Why.
    #[schema(value_type = String)]
    pub reason: TransferReason,
}

/// `POST /windows/{window}/notice`: 一次性告知.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeRequest {
    /// Names the asking.
    pub request_id: String,
    /// The case, if it has a number yet.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub case: Option<CaseNo>,
    /// The item, if it differs from the ticket's.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// The papers that are missing: `{"no": 2}` by their place in the item's list, from 1, or
    /// `{"name": "…"}`.
    #[schema(value_type = Vec<Object>)]
    pub missing: Vec<Material>,
}

/// `POST /windows/{window}/accept`: 受理.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptRequest {
    /// Names the asking.
    pub request_id: String,
    /// The case, if it has a number yet.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub case: Option<CaseNo>,
    /// The item, if it differs from the ticket's.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
}

/// The answer to `accept`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AcceptAnswer {
    /// 承诺办结日, reckoned in working days: "2026-12-23"; none for what is done on the spot.
    pub due: Option<String>,
}

/// `POST /windows/{window}/print`: 打印单据.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintRequest {
    /// Which paper of the person in service: `notice`, `receipt`, `refusal`, `guide`, `agency`.
    #[schema(value_type = String)]
    pub paper: PaperKind,
}

/// The answer to `print`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrintAnswer {
    /// The window's slip printer; none: the window has none.
    pub printer: Option<String>,
    /// What became of it: `printed`, `taken` (the printer cannot say more), `failed`, `unknown`
    /// (somebody must look), `expired`; none without a printer.
    #[schema(value_type = Option<String>)]
    pub outcome: Option<SlipOutcome>,
    /// The same in words.
    pub said: String,
    /// The page to print it from instead, if nothing came out.
    pub page: Option<String>,
}

/// `POST /windows/{window}/decline`: 不予受理.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineRequest {
    /// Names the asking.
    pub request_id: String,
    /// The case, if it has a number yet.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub case: Option<CaseNo>,
    /// The item, if it differs from the ticket's.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// Why; at least one.
    #[schema(value_type = Vec<String>)]
    pub reasons: Vec<DeclineReason>,
}

/// `POST /windows/{window}/next-leg`: 联办转号.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NextLegRequest {
    /// Names the asking.
    pub request_id: String,
    /// 流水线: puts the ticket on it first; as it was told before if not said.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub pipeline: Option<PipelineId>,
}

/// `POST /windows/{window}/verify`: 核验证件.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyRequest {
    /// Names the asking.
    pub request_id: String,
    /// 已核验; false: 不符合, back to the ordinary place.
    pub fits: bool,
}

/// `POST /tickets/{id}/expedite`: 特事特办.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpediteRequest {
    /// Names the asking.
    pub request_id: String,
    /// Why; kept for ever.
    pub reason: String,
}

/// `POST /tickets/{id}/silent`: 无声叫号.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SilentRequest {
    /// Names the asking.
    pub request_id: String,
    /// It is called without the voice.
    pub silent: bool,
}

/// `POST /tickets/{id}/helper`: 帮办.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelperRequest {
    /// Names the asking.
    pub request_id: String,
    /// 工号 of who goes along; null: the mark was a mistake.
    #[schema(value_type = Option<String>)]
    pub helper: Option<StaffNo>,
}

/// `POST /windows/{window}/helper`: 帮办 by who works there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpedRequest {
    /// Names the asking.
    pub request_id: String,
    /// False: the mark was a mistake.
    pub helped: bool,
}

/// `POST /announcements`: 广播.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnounceRequest {
    /// Names the asking.
    pub request_id: String,
    /// The words, up to 200 characters.
    pub text: String,
    /// 紧急: before everything that waits, and in quiet hours too.
    #[serde(default)]
    pub urgent: bool,
    /// Only in this zone; everywhere if not said.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub zone: Option<ZoneId>,
}

/// `POST /windows/{window}/deliver`: 领取方式.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverRequest {
    /// Names the asking.
    pub request_id: String,
    /// How the result comes to the person.
    #[schema(value_type = String)]
    pub delivery: Delivery,
}

/// `POST /windows/{window}/tide`: 潮汐窗口, by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TideRequest {
    /// Names the asking.
    pub request_id: String,
    /// The queues it serves like its own.
    #[schema(value_type = Vec<String>)]
    pub queues: Vec<QueueId>,
    /// For so long.
    pub minutes: u16,
}

/// `POST /windows/{window}/lend`: 借用.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LendRequest {
    /// Names the asking.
    pub request_id: String,
    /// The queue that goes to the window too.
    #[schema(value_type = String)]
    pub queue: QueueId,
    /// For so long; until it is ended, or the day is over, if not said.
    #[serde(default)]
    pub minutes: Option<u16>,
}

/// `POST /windows/{window}/end-lend`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndLendRequest {
    /// Names the asking.
    pub request_id: String,
    /// The queue that is taken back.
    #[schema(value_type = String)]
    pub queue: QueueId,
}

/// `POST /queues/{queue}/limit`: 限号.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitRequest {
    /// Names the asking.
    pub request_id: String,
    /// So many more numbers; 0: none.
    pub more: u32,
    /// For so long; as long as the session, if not said.
    #[serde(default)]
    pub minutes: Option<u16>,
    /// Why; it is kept.
    pub reason: String,
}

/// 限号 of a queue as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LimitAnswer {
    /// Numbers that it still gives; none said: as many as are asked for.
    pub left: Option<u32>,
    /// Until then, in milliseconds since 1970.
    pub until: Option<i64>,
}

/// `POST /session/close-early`: 提前闭厅.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseEarlyRequest {
    /// Names the asking.
    pub request_id: String,
    /// Issuing ends then today, or with the windows; now, if neither is said. What is past is refused.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub issue_until: Option<TimeOfDay>,
    /// Windows close then today; now, if not said. What is past is refused.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub closes: Option<TimeOfDay>,
    /// Why.
    #[schema(value_type = String)]
    pub reason: EarlyReason,
    /// True: no session opens any more today.
    #[serde(default)]
    pub for_the_day: bool,
}

/// The session's end as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CloseEarlyAnswer {
    /// Issuing ends, in milliseconds since 1970.
    pub issue_until: i64,
    /// Windows close, in milliseconds since 1970.
    pub closes: i64,
    /// True: no session opens any more today.
    pub for_the_day: bool,
}

/// `POST /staff/{staff}/whereabouts`: 去向.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhereaboutsRequest {
    /// Names the asking.
    pub request_id: String,
    /// Where the person is.
    #[schema(value_type = String)]
    pub whereabouts: Whereabouts,
}
