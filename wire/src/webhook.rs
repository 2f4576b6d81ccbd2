//! 事件推送: what is told to other programs as it happens, by signed HTTP.
//!
//! Nothing of a citizen is in it, and nothing that somebody wrote in own words: numbers, codes and
//! the hall's own names alone.

use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{ObjectBuilder, Type},
    },
};

macro_rules! kinds {
    ($($(#[$each:meta])* $variant:ident = $text:literal,)+) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum WebhookKind {
            $($(#[$each])* #[serde(rename = $text)] $variant,)+
        }

        impl WebhookKind {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it stands in files and messages.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

kinds! {
    /// 取号.
    TicketIssued = "ticket.issued",
    /// 取消.
    TicketCancelled = "ticket.cancelled",
    /// 叫号.
    TicketCalled = "ticket.called",
    /// 重呼.
    TicketRecalled = "ticket.recalled",
    /// 开始办理.
    TicketStarted = "ticket.started",
    /// 办结.
    TicketFinished = "ticket.finished",
    /// 过号.
    TicketPassed = "ticket.passed",
    /// 过号激活.
    TicketReactivated = "ticket.reactivated",
    /// 转移, 转收费, 回原窗口, 联办转号.
    TicketSentOn = "ticket.sent_on",
    /// 挂起.
    TicketHeld = "ticket.held",
    /// 回呼.
    TicketHoldEnded = "ticket.hold_ended",
    /// 挂起超时.
    TicketHoldExpired = "ticket.hold_expired",
    /// 特事特办.
    TicketExpedited = "ticket.expedited",
    /// 撤回: the last press at the window counts no more.
    TicketTakenBack = "ticket.taken_back",
    /// 清号: a ticket ended without service.
    TicketSwept = "ticket.swept",
    /// 评价 of the upper three levels.
    EvaluationGiven = "evaluation.given",
    /// 差评.
    EvaluationNegative = "evaluation.negative",
    /// 诉求 opened.
    MatterOpened = "matter.opened",
    /// 处理过程: a step.
    MatterHandled = "matter.handled",
    /// 诉求 closed.
    MatterClosed = "matter.closed",
    /// 上门服务 asked for.
    VisitAsked = "visit.asked",
    /// 上门服务: somebody goes there, or has begun.
    VisitHandled = "visit.handled",
    /// 上门服务 is over.
    VisitOver = "visit.over",
    /// 警报 raised, or worse than before.
    AlertRaised = "alert.raised",
    /// 警报 less bad, or passed.
    AlertEased = "alert.eased",
    /// 警报 acknowledged.
    AlertAcknowledged = "alert.acknowledged",
    /// 警报 closed.
    AlertClosed = "alert.closed",
    /// 登录.
    WindowOpened = "window.opened",
    /// 退出.
    WindowClosed = "window.closed",
    /// 暂停.
    WindowPaused = "window.paused",
    /// 恢复.
    WindowResumed = "window.resumed",
    /// 设备 ill.
    DeviceIll = "device.ill",
    /// 设备 well again.
    DeviceWell = "device.well",
    /// 求助.
    HelpAsked = "help.asked",
    /// 开厅.
    DayOpened = "day.opened",
    /// The day ended.
    DayClosed = "day.closed",
    /// A session began.
    SessionOpened = "session.opened",
    /// A session ended.
    SessionClosed = "session.closed",
    /// 提前闭厅.
    SessionShortened = "session.shortened",
    /// A test from the administrator's page.
    Test = "test",
}

// What is derived does not see the words that a macro hands on, and tells the variants' names.
impl PartialSchema for WebhookKind {
    fn schema() -> RefOr<Schema> {
        let words = Self::ALL.iter().map(|kind| kind.as_str());
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build().into()
    }
}

impl ToSchema for WebhookKind {}

impl WebhookKind {
    /// True if a choice like "alert" or "alert.raised" takes it; "*" takes all.
    #[must_use]
    pub fn is_of(self, choice: &str) -> bool {
        let own = self.as_str();
        choice == "*"
            || own.strip_prefix(choice).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// The body of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// What happened.
    #[serde(rename = "type")]
    pub kind: WebhookKind,
    /// When, by the hall's time: "2026-11-23T01:14:00Z".
    pub timestamp: String,
    /// The hall.
    pub hall: String,
    /// What is known of it.
    pub data: WebhookData,
}

/// What is known of what happened; what is not known, or has nothing to do with it, is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookData {
    /// The ticket's number as people see it; it comes back tomorrow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The ticket's identity, as in `GET /tickets/{id}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_id: Option<u64>,
    /// Which of its legs, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leg: Option<u32>,
    /// The queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue_name: Option<String>,
    /// The window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<String>,
    /// What is, or was, to be handled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_name: Option<String>,
    /// The class in which it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// How it was taken, or where the evaluation was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// People ahead when it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ahead: Option<u32>,
    /// The level, 5 being the best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// Reasons, as codes: of an evaluation, a matter, a pause, a transfer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// 诉求.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<u32>,
    /// 上门编号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<u32>,
    /// How it was said: "negative" or "unresolved".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter_kind: Option<String>,
    /// 部门 that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The day by which it is closed: "2026-11-30".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Which step of handling it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// 警报: its number in the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<u32>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert_kind: Option<String>,
    /// "yellow" or "red"; left out once it has passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// What ails it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// What was pressed, of a press that was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub press: Option<String>,
    /// The working day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// When issuing ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue_until: Option<String>,
    /// When windows close.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes: Option<String>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on ends with a panic")]
mod tests {
    use super::*;

    #[test]
    fn a_choice_takes_a_kind_or_a_whole_family_and_nothing_that_only_begins_alike() {
        let raised = WebhookKind::AlertRaised;
        assert!(raised.is_of("alert") && raised.is_of("alert.raised") && raised.is_of("*"));
        assert!(!raised.is_of("al") && !raised.is_of("alert.eased") && !raised.is_of(""));
        for kind in WebhookKind::ALL {
            let written = serde_json::to_string(kind).unwrap();
            assert_eq!(written, format!("\"{}\"", kind.as_str()));
        }
    }
}
