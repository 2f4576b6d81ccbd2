//! Bodies of `/api/v1`.

pub mod booking;
pub mod desk;
pub mod enquiry;
pub mod forecast;
pub mod matters;
pub mod offline;
pub mod people;
pub mod setup;
mod slip;
pub mod unfound;
pub mod visits;

pub use slip::{EnglishSlip, SlipBody, SlipMark};

use std::fmt;

use hall::{
    ids::{
        CaseNo, DeviceId, HallId, ItemId, PipelineId, QueueId, StaffNo, TicketId, WindowId,
        person::BookingNo,
    },
    number::TicketNo,
    words::{
        CaseKind, Channel, PauseReason, Printing, PriorityClass, Rating, Reason, TicketState,
        WindowState, people::GrantReason, post::Whereabouts,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::board::Wait;

/// The longest text of a request id.
pub const REQUEST_ID_LENGTH_MAX: usize = 64;

/// `POST /tickets`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueRequest {
    /// The item; its queue follows.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// The queue, if no item is named.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub queue: Option<QueueId>,
    /// Names the asking, 1 to 64 characters; asking twice gives the same ticket.
    pub request_id: String,
    /// How it is taken; a kiosk if not said.
    #[serde(default = "kiosk")]
    #[schema(value_type = String)]
    pub channel: Channel,
    /// The class; ordinary if not said.
    #[serde(default = "ordinary")]
    #[schema(value_type = String)]
    pub priority: PriorityClass,
    /// 优先事由: to whom or to what the class is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub priority_reason: Option<GrantReason>,
    /// The same in words, up to 200 characters; asked for 特事特办.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority_note: Option<String>,
    /// True: reserved until `…/printed`; false: waits at once.
    #[serde(default)]
    pub paper: bool,
    /// 无声叫号: it is called without the voice.
    #[serde(default, skip_serializing_if = "is_false")]
    pub silent: bool,
    /// 证件号码, for the one live ticket of a person and queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub document: Option<booking::DocumentText>,
    /// 代办员 who takes it for somebody else; they may hold several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub agent: Option<StaffNo>,
    /// 一次多办: more items with the same number, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub then: Vec<ItemId>,
    /// 流水线: its legs one after another; queue and item follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub pipeline: Option<PipelineId>,
    /// 领证取件: the case whose result is fetched; the queue follows.
    #[serde(default, rename = "case", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub picks_up: Option<CaseNo>,
    /// 预约取号: the booking that it is taken for, as at `POST /check-ins`; queue and item follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub booking: Option<BookingNo>,
    /// 迟到: an ordinary ticket instead of being told so.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub late_as_walk_in: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

fn kiosk() -> Channel {
    Channel::Kiosk
}

pub(crate) fn ordinary() -> PriorityClass {
    PriorityClass::Ordinary
}

/// The answer to `POST /tickets`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssueAnswer {
    /// The ticket.
    pub ticket: TicketBody,
    /// People ahead.
    pub ahead: u32,
    /// The estimate, if one can be given.
    pub wait: Option<Wait>,
    /// What the slip says.
    pub slip: SlipBody,
}

/// A ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketBody {
    /// For ever, never shown.
    #[schema(value_type = u64)]
    pub id: TicketId,
    /// The number people see.
    #[schema(value_type = String)]
    pub no: TicketNo,
    /// The queue of the present leg.
    #[schema(value_type = String)]
    pub queue: QueueId,
    /// Its name.
    pub queue_name: String,
    /// The item, if one was chosen.
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// Its name.
    pub item_name: Option<String>,
    /// Where it stands.
    #[schema(value_type = String)]
    pub state: TicketState,
    /// Its class.
    #[schema(value_type = String)]
    pub class: PriorityClass,
    /// How it was taken.
    #[schema(value_type = String)]
    pub channel: Channel,
    /// What is known of its slip.
    #[schema(value_type = String)]
    pub printing: Printing,
    /// When, in milliseconds since 1970.
    pub issued_at: i64,
    /// The window that called, serves or served it.
    #[schema(value_type = Option<String>)]
    pub window: Option<WindowId>,
    /// How often it was called.
    pub calls: u8,
}

/// The answer to `GET /tickets/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketAnswer {
    /// The ticket.
    pub ticket: TicketBody,
    /// People ahead, while it waits.
    pub ahead: u32,
    /// The estimate, while it waits.
    pub wait: Option<Wait>,
    /// 优先: what it was granted and why; told to desks and the office only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<GrantedBody>,
}

/// 优先: a class that somebody gave, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GrantedBody {
    /// Which.
    #[schema(value_type = String)]
    pub class: PriorityClass,
    /// 优先事由.
    #[schema(value_type = Option<String>)]
    pub reason: Option<GrantReason>,
    /// The same in words.
    pub note: Option<String>,
    /// Where it was given.
    #[schema(value_type = String)]
    pub channel: Channel,
    /// Who gave it; none if the person chose it without anybody's hand.
    #[schema(value_type = Option<String>)]
    pub staff: Option<StaffNo>,
    /// 已核验 or 不符合; none: nobody has looked.
    pub fits: Option<bool>,
}

/// 后续环节: a leg that is still to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StopBody {
    /// The business.
    pub queue_name: String,
    /// The item, if it is known.
    pub item_name: Option<String>,
    /// Windows that may call it.
    #[schema(value_type = Vec<String>)]
    pub windows: Vec<WindowId>,
    /// Where to wait.
    pub place: String,
}

/// `POST /tickets/{id}/printed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintedRequest {
    /// Names the asking.
    pub request_id: String,
    /// What became of the slip; printed if not said.
    #[serde(default)]
    pub outcome: PrintOutcome,
}

/// What became of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrintOutcome {
    /// The printer confirmed it.
    #[default]
    Printed,
    /// It certainly did not come out; the number is retired.
    Failed,
    /// Nobody knows; the ticket waits all the same.
    Unknown,
}

/// A command without more to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlainRequest {
    /// Names the asking.
    pub request_id: String,
}

/// `POST /windows/{window}/call-next`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallNextRequest {
    /// Names the asking.
    pub request_id: String,
    /// Finish the ticket in service first.
    #[serde(default)]
    pub finish_current: bool,
}

/// `POST /windows/{window}/call`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallRequest {
    /// Names the asking.
    pub request_id: String,
    /// The number to call.
    #[schema(value_type = String)]
    pub no: TicketNo,
}

/// The answer to `call-next` and `call`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallAnswer {
    /// The ticket called.
    pub ticket: TicketBody,
    /// Why this one, in words.
    pub why: String,
}

/// `POST /windows/{window}/pause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseRequest {
    /// Names the asking.
    pub request_id: String,
    /// Why.
    #[schema(value_type = String)]
    pub reason: PauseReason,
    /// 去向, if the reason does not say it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub whereabouts: Option<Whereabouts>,
}

/// `POST /windows/{window}/sign-on`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOnRequest {
    /// Names the asking.
    pub request_id: String,
    /// Who; a signed-in person signs on only themselves.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub staff: Option<StaffNo>,
}

/// `POST /windows/{window}/finish`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishRequest {
    /// Names the asking.
    pub request_id: String,
    /// 件类.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub case: Option<CaseKind>,
    /// 实际办理事项.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// 批量: how many were handled, 1 to 999; one if not said.
    #[serde(default)]
    pub copies: Option<u16>,
}

/// The answer to the other window commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WindowAnswer {
    /// The window.
    #[schema(value_type = String)]
    pub window: WindowId,
    /// Its state.
    #[schema(value_type = String)]
    pub state: WindowState,
    /// The ticket concerned.
    pub ticket: Option<TicketBody>,
}

/// The answer to what has nothing more to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Done {
    /// It is on record.
    pub done: bool,
}

/// `POST /tickets/{id}/reactivate`, `…/reprint`, `…/cancel`. A kiosk shows by one of these whose it is;
/// desks and the office need not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HolderRequest {
    /// Names the asking.
    pub request_id: String,
    /// The secret of the slip…
    #[serde(default)]
    pub token: Option<String>,
    /// …or the 证件号码 with which the ticket was taken.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub document: Option<booking::DocumentText>,
    /// …or the `request_id` with which this kiosk asked for the ticket.
    #[serde(default)]
    pub issue_request_id: Option<String>,
}

/// `POST /evaluations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvaluationRequest {
    /// Names the asking.
    pub request_id: String,
    /// The window whose device asks…
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub window: Option<WindowId>,
    /// …or the secret of a slip.
    #[serde(default)]
    pub token: Option<String>,
    /// The level.
    #[schema(value_type = String)]
    pub rating: Rating,
    /// Reasons; at least one for the lower two levels.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub reasons: Vec<Reason>,
}

/// The answer to `POST /evaluations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EvaluationAnswer {
    /// Taken down.
    pub accepted: bool,
}

/// `POST /help`: 请工作人员帮忙.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpRequest {
    /// Names the asking.
    pub request_id: String,
    /// Where: "1号取号机".
    pub place: String,
}

/// `GET /help`: what became of the caller's own call for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HelpState {
    /// It stands, and nobody has said yet that they see to it.
    pub waits: bool,
}

/// `POST /devices/{id}/state` is MQTT's; a kiosk without MQTT tells its printer here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KioskStateRequest {
    /// Why the kiosk cannot print, as a code (`paper_out`, `paper_low`, `cover_open`, `no_answer`);
    /// empty if all is well.
    pub why: String,
    /// What became of a test slip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tested: Option<KioskTested>,
    /// What its program holds of the machine's memory, in MiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_mib: Option<u32>,
    /// Its slowest frame since it said this last, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slowest_frame_millis: Option<u32>,
}

/// What became of the test slip that the server asked a kiosk for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KioskTested {
    /// Which was asked for.
    pub test: u64,
    /// What became of it.
    pub outcome: PrintOutcome,
}

/// What a kiosk that has told how it is shall do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KioskStateAnswer {
    /// Print a test slip and tell what became of it. The same number is the same slip, however often
    /// it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<u64>,
}

/// `POST /pair`: the code that the office made for this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairRequest {
    /// Eight digits; blanks and dashes do not count.
    pub code: String,
}

/// A credential, told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PairAnswer {
    /// The hall's id, as in topics.
    #[schema(value_type = String)]
    pub hall: HallId,
    /// The credential's name; also the user name at the broker.
    #[schema(value_type = String)]
    pub name: DeviceId,
    /// What it may do: `kiosk`, `display` or `bridge`.
    pub role: String,
    /// The credential.
    pub secret: String,
}

impl fmt::Debug for PairAnswer {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "PairAnswer({}, {}, {}, …)", self.hall, self.name, self.role)
    }
}

/// `GET /health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// "ok", or what is wrong.
    pub status: String,
    /// The journal's last synced sequence number.
    pub sequence: u64,
    /// The version of the program.
    pub version: String,
    /// "ok", or "stopped".
    #[serde(default)]
    pub journal: String,
    /// "ok", or "away".
    #[serde(default)]
    pub broker: String,
    /// "ok", "rebuilding" or "failed"; it holds nothing that cannot be made again.
    #[serde(default)]
    pub store: String,
    /// "ok", or "wrong": the folder has problems, and what was in force still is.
    #[serde(default)]
    pub profile: String,
    /// "ok", or "behind": it was set back behind what has happened already, and the hall's time goes
    /// on at half the pace until it has caught up.
    #[serde(default)]
    pub clock: String,
    /// Free bytes where the record is written.
    #[serde(default)]
    pub disk_free_bytes: Option<u64>,
    /// "ok", or "late": a receiver of webhooks has been away for a while; nothing is lost by it yet.
    #[serde(default)]
    pub webhooks: String,
}

/// A problem document (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `urn:paihao:problem:{code}`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened, in the caller's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The refusal's code: `queue_empty`.
    pub code: String,
    /// What to do now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// When it is allowed, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// The ticket that the person holds already, if that is why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u64>)]
    pub ticket: Option<TicketId>,
}
