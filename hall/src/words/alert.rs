//! Words of 电子监察: what is told to whom before and after a limit.

use serde::{Deserialize, Serialize};

use crate::ids::{CaseNo, DeviceId, LegId, MatterId, QueueId, TicketId, VisitId, WindowId};

words! {
    /// 黄牌 before a limit, 红牌 past it.
    AlertLevel {
        /// 黄牌.
        Yellow = "yellow",
        /// 红牌.
        Red = "red",
    }
}

words! {
    /// 警报: what somebody must see to.
    AlertKind {
        /// 等候超时: somebody of a queue waits too long.
        LongWait = "long_wait",
        /// 队列过长: too many for each open window.
        LongQueue = "long_queue",
        /// 窗口空岗: scheduled, and nobody has signed on.
        Unstaffed = "unstaffed",
        /// 久停: a long pause while people wait.
        LongPause = "long_pause",
        /// 有人等候未叫号: free while people wait.
        Idle = "idle",
        /// 超时办理: a service far over its standard.
        LongService = "long_service",
        /// 多次转移: one person sent on again and again.
        Transfers = "transfers",
        /// 弃号异常: many do not come when called.
        NoShows = "no_shows",
        /// 差评.
        Negative = "negative",
        /// 承诺件到期: the day promised is near, or past.
        CaseDue = "case_due",
        /// 差评限期: a matter is to be closed soon, or was to be; so is a visit.
        MatterDue = "matter_due",
        /// 设备: silent, without paper, jammed or ill.
        Device = "device",
        /// 未配岗: no open window for a queue or an item.
        Unassigned = "unassigned",
        /// 求助: somebody asks for help.
        Help = "help",
    }
}

impl AlertKind {
    /// True for what has happened and is not undone: a person may close it at any time.
    #[must_use]
    pub const fn has_happened(self) -> bool {
        match self {
            Self::Negative | Self::Help => true,
            Self::LongWait
            | Self::LongQueue
            | Self::Unstaffed
            | Self::LongPause
            | Self::Idle
            | Self::LongService
            | Self::Transfers
            | Self::NoShows
            | Self::CaseDue
            | Self::MatterDue
            | Self::Device
            | Self::Unassigned => false,
        }
    }

    /// True if a red one stays listed after it has passed, until somebody closes it with a note.
    #[must_use]
    pub const fn asks_for_a_note(self) -> bool {
        match self {
            Self::LongWait
            | Self::LongQueue
            | Self::Unstaffed
            | Self::LongPause
            | Self::Idle
            | Self::Transfers
            | Self::NoShows
            | Self::Negative
            | Self::CaseDue
            | Self::Device => true,
            // Told to the clerk silently, a state of the morning, closed with a note of its own, or
            // answered by going there.
            Self::LongService | Self::Unassigned | Self::MatterDue | Self::Help => false,
        }
    }
}

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The hall.
    Hall,
    /// A queue.
    Queue(QueueId),
    /// A window.
    Window(WindowId),
    /// A ticket.
    Ticket(TicketId),
    /// A leg.
    Leg(LegId),
    /// A case.
    Case(CaseNo),
    /// 诉求.
    Matter(MatterId),
    /// 上门服务.
    Visit(VisitId),
    /// A device, or the place that asks for help.
    Device(DeviceId),
}

impl core::fmt::Display for Subject {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Hall => f.write_str("hall"),
            Self::Queue(id) => id.fmt(f),
            Self::Window(id) => id.fmt(f),
            Self::Ticket(id) => id.0.fmt(f),
            Self::Leg(id) => write!(f, "{}.{}", id.ticket.0, id.leg.0),
            Self::Case(no) => no.fmt(f),
            Self::Matter(id) => id.0.fmt(f),
            Self::Visit(id) => write!(f, "visit-{}", id.0),
            Self::Device(id) => id.fmt(f),
        }
    }
}

words! {
    /// 设备故障: what ails a device.
    DeviceTrouble {
        /// 失联: nothing was heard of it.
        Silent = "silent",
        /// 纸将尽.
        PaperLow = "paper_low",
        /// 缺纸.
        PaperOut = "paper_out",
        /// 卡纸.
        Jam = "jam",
        /// 盖未合.
        CoverOpen = "cover_open",
        /// 其他故障.
        Fault = "fault",
    }
}
