//! The whole state of the hall as screens and kiosks see it: one format, one truth.

use hall::{
    event::wait_range::WaitRange,
    ids::{QueueId, StaffNo, WindowId, ZoneId},
    number::TicketNo,
    words::{PauseReason, WindowState},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{clock::Clock, texts::Texts};

/// The board. `sequence` grows with each change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Board {
    /// The journal's sequence number up to which it speaks.
    pub sequence: u64,
    /// The hall's clock.
    pub clock: Clock,
    /// The hall's official name.
    pub hall_name: String,
    /// Whether and until when tickets are issued.
    pub opening: Opening,
    /// Waiting in the whole hall.
    pub waiting: u32,
    /// Longest wait now, in seconds.
    pub longest_wait_secs: u64,
    /// Queues in the hall's order.
    pub queues: Vec<QueueLine>,
    /// Windows in the hall's order.
    pub windows: Vec<WindowLine>,
    /// Last calls, newest first.
    pub calls: Vec<HallRow>,
    /// Alerts, red first.
    pub alerts: Vec<Alert>,
    /// Issued today.
    pub issued: u32,
    /// Served today.
    pub served: u32,
}

/// 取号时间.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Opening {
    /// Tickets are issued now.
    pub issuing: bool,
    /// Issuing ends, in milliseconds since 1970.
    pub until: Option<i64>,
    /// Issuing begins again, if it is known.
    pub next: Option<i64>,
    /// The hours in words, for the closed page: "上午 8:15—11:45，下午 13:45—17:15".
    pub hours: String,
    /// The same as minutes of the day, for who says them in another language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<HoursSpan>,
}

/// Minutes of the day from which, and until which, tickets are issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HoursSpan {
    /// From this minute.
    pub from_minute: u16,
    /// Until this one.
    pub until_minute: u16,
}

impl HoursSpan {
    /// In words: "上午 8:15—11:45".
    #[must_use]
    pub fn said(self, texts: &Texts) -> String {
        let written = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
        let part = if self.from_minute < 12 * 60 { "api.morning" } else { "api.afternoon" };
        let (from, until) = (written(self.from_minute), written(self.until_minute));
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("part", &texts.get(part)), ("from", &from), ("until", &until)];
        texts.fill("api.hours", &values)
    }
}

/// A queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QueueLine {
    /// Its id.
    #[schema(value_type = String)]
    pub id: QueueId,
    /// Its letter.
    #[schema(value_type = String)]
    pub letter: char,
    /// Its name.
    pub name: String,
    /// Its zone.
    #[schema(value_type = String)]
    pub zone: ZoneId,
    /// People waiting.
    pub waiting: u32,
    /// Longest wait now, in seconds.
    pub longest_wait_secs: u64,
    /// The range for a person who came now; none if no window serves it.
    pub wait: Option<Wait>,
    /// Windows open for it.
    pub open_windows: u16,
    /// Windows to which people of it will be called, as slips say it.
    #[schema(value_type = Vec<String>)]
    pub windows: Vec<WindowId>,
    /// Tickets can be taken.
    pub issuing: bool,
    /// 排队号已取完.
    pub sold_out: bool,
    /// Issued today.
    pub issued: u32,
    /// Served today.
    pub served: u32,
}

/// 预计等候, as answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Wait {
    /// The lower end, in minutes.
    pub low_minutes: u16,
    /// The upper end, in minutes.
    pub high_minutes: u16,
}

impl From<WaitRange> for Wait {
    fn from(range: WaitRange) -> Self {
        Self { low_minutes: range.low_minutes, high_minutes: range.high_minutes }
    }
}

/// A window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WindowLine {
    /// Its number.
    #[schema(value_type = String)]
    pub id: WindowId,
    /// Its name.
    pub name: String,
    /// Its zone.
    #[schema(value_type = String)]
    pub zone: ZoneId,
    /// Its state.
    #[schema(value_type = String)]
    pub state: WindowState,
    /// Who works there.
    #[schema(value_type = Option<String>)]
    pub staff: Option<StaffNo>,
    /// The number at the window.
    #[schema(value_type = Option<String>)]
    pub no: Option<TicketNo>,
    /// Since when the state holds, in milliseconds since 1970.
    pub since: i64,
    /// Why it pauses.
    #[schema(value_type = Option<String>)]
    pub pause: Option<PauseReason>,
    /// Its queues, primary first.
    #[schema(value_type = Vec<String>)]
    pub queues: Vec<QueueId>,
    /// Who waits for its primary queues.
    pub waiting: u32,
    /// Served today.
    pub served: u32,
}

/// A row of the hall screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HallRow {
    /// The number; none in the row of a paused window.
    #[schema(value_type = Option<String>)]
    pub no: Option<TicketNo>,
    /// The window.
    #[schema(value_type = String)]
    pub window: WindowId,
    /// The business, at most 8 characters.
    pub business: String,
    /// What is said of it.
    pub state: RowState,
    /// The number of the call: 1 is the first.
    pub call: u8,
    /// Grows with every call of the day; the newest row is the greatest.
    pub announcement: u64,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// What a row of the hall screen says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// 请办理.
    Called,
    /// 再次呼叫.
    Recalled,
    /// 办理中.
    Serving,
    /// 暂停服务.
    Paused,
}

/// 警报.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alert {
    /// Stable while the alert lasts: "long_wait:M".
    pub key: String,
    /// 黄牌 or 红牌.
    pub level: AlertLevel,
    /// What: `long_wait`, `long_queue`, `unstaffed`, `long_pause`, `idle`, `long_service`,
    /// `transfers`, `no_shows`, `negative`, `device`, `unassigned`, `help`.
    pub kind: String,
    /// The sentence, in the reader's language.
    pub text: String,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
    /// Its number in the day, by which it is acknowledged and closed.
    #[serde(default)]
    pub id: u32,
    /// 确认: somebody sees to it.
    #[serde(default)]
    pub acknowledged: bool,
}

/// 黄牌 or 红牌.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertLevel {
    /// 红牌.
    Red,
    /// 黄牌.
    Yellow,
}
