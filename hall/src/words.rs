//! The small words of the trade that commands, events and views share.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$each])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it stands in files, messages and text keys.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Finds the word.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

pub mod alert;
pub mod desk;
pub mod indicator;
pub mod inspection;
pub mod legs;
pub mod matter;
pub mod order;
pub mod people;
pub mod post;
pub mod visit;

words! {
    /// How a wait was reckoned.
    EstimatedBy {
        /// The hall was run forward.
        Forward = "forward",
        /// By the work that stands before the person, and the windows that do it.
        QueueLength = "queue_length",
    }
}

words! {
    /// 优先级别: who goes first, from 0 特事特办 to 5 普通.
    PriorityClass {
        /// 特事特办: put in front by a supervisor with a reason.
        Special = "special",
        /// 军人依法优先: service members, veterans and their families.
        Military = "military",
        /// 绿色通道: elderly, disabled, pregnant, with an infant.
        Vulnerable = "vulnerable",
        /// 转办: came from another window.
        Transferred = "transferred",
        /// 预约: booked and in its slot.
        Booked = "booked",
        /// 普通: everybody else.
        Ordinary = "ordinary",
    }
}

words! {
    /// 取号渠道: how a ticket was taken.
    Channel {
        /// 取号机: the touch kiosk.
        Kiosk = "kiosk",
        /// 导办台: the guide desk, on a person's behalf.
        GuideDesk = "guide_desk",
        /// 窗口: at the window itself.
        Window = "window",
        /// 手机: from a telephone.
        Phone = "phone",
        /// 接口: another system.
        Api = "api",
    }
}

words! {
    /// 件类: what kind of case the clerk closed.
    CaseKind {
        /// 即办件: done on the spot.
        OnTheSpot = "on_the_spot",
        /// 承诺件: promised within a limit.
        Promised = "promised",
        /// 联办件: joint.
        Joint = "joint",
        /// 报批件: forwarded for approval.
        Forwarded = "forwarded",
        /// 退回件: returned.
        Returned = "returned",
        /// 补办件: to be supplemented.
        Supplement = "supplement",
        /// 特办件: special.
        Special = "special",
    }
}

words! {
    /// 暂停原因 / 去向: why a window pauses.
    PauseReason {
        /// 取件.
        Fetch = "fetch",
        /// 会议.
        Meeting = "meeting",
        /// 就餐.
        Meal = "meal",
        /// 设备故障.
        Fault = "fault",
        /// 换岗.
        HandOver = "hand_over",
        /// 暂离.
        Away = "away",
    }
}

impl PauseReason {
    /// 去向: where a clerk is who pauses for this and says nothing more.
    #[must_use]
    pub const fn whereabouts(self) -> post::Whereabouts {
        match self {
            Self::Meeting => post::Whereabouts::Meeting,
            Self::Fault => post::Whereabouts::OnDuty,
            Self::Fetch | Self::Meal | Self::HandOver | Self::Away => post::Whereabouts::Away,
        }
    }
}

words! {
    /// 评价等级: the five levels of 好差评, from 5 非常满意 to 1 非常不满意.
    Rating {
        /// 非常不满意.
        VeryDissatisfied = "very_dissatisfied",
        /// 不满意.
        Dissatisfied = "dissatisfied",
        /// 基本满意.
        Fair = "fair",
        /// 满意.
        Satisfied = "satisfied",
        /// 非常满意.
        VerySatisfied = "very_satisfied",
    }
}

impl Rating {
    /// The level, 1 to 5.
    #[must_use]
    pub const fn level(self) -> u8 {
        self as u8 + 1
    }

    /// The rating of a level.
    #[must_use]
    pub fn from_level(level: u8) -> Option<Self> {
        Self::ALL.get(usize::from(level).checked_sub(1)?).copied()
    }

    /// 差评: one of the lower two.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.level() <= 2
    }
}

words! {
    /// 差评原因: why somebody was not satisfied.
    Reason {
        /// 服务态度生硬.
        Manner = "manner",
        /// 未一次性告知所需材料.
        NotToldAtOnce = "not_told_at_once",
        /// 要求提供无谓的材料/证明.
        NeedlessPapers = "needless_papers",
        /// 等候时间过长.
        LongWait = "long_wait",
        /// 办理超过承诺时限.
        LimitPassed = "limit_passed",
        /// 推诿扯皮、让我多次跑.
        SentAround = "sent_around",
        /// 业务不熟练.
        Unskilled = "unskilled",
        /// 窗口无人.
        NobodyThere = "nobody_there",
        /// 违规收费.
        WrongFee = "wrong_fee",
        /// 设施不便.
        Facilities = "facilities",
        /// 其他.
        Other = "other",
    }
}

words! {
    /// 评价渠道: where an evaluation was given.
    EvaluationChannel {
        /// 评价器: the device at the window.
        Device = "device",
        /// 手机: the code on the slip.
        Phone = "phone",
        /// 取号机.
        Kiosk = "kiosk",
        /// 导办台: on a person's behalf.
        GuideDesk = "guide_desk",
    }
}

words! {
    /// 窗口类型.
    WindowKind {
        /// 独立窗口: one department's.
        Dedicated = "dedicated",
        /// 综合窗口: takes many queues.
        Integrated = "integrated",
        /// 临时性独立窗口: opened for a time.
        Temporary = "temporary",
    }
}

words! {
    /// 号票状态: where a ticket stands, as shown on screens.
    TicketState {
        /// 出票中: reserved, its slip not confirmed; waits for nobody yet.
        Reserved = "reserved",
        /// 等候中.
        Waiting = "waiting",
        /// 已叫号.
        Called = "called",
        /// 办理中.
        Serving = "serving",
        /// 已挂起: the person is away for a moment and comes back to be served.
        Held = "held",
        /// 已办结.
        Done = "done",
        /// 已过号.
        NoShow = "no_show",
        /// 已作废: swept at closing.
        Swept = "swept",
        /// 已取消.
        Cancelled = "cancelled",
        /// 未出票: the slip did not come out; the number stays retired.
        NotPrinted = "not_printed",
    }
}

words! {
    /// 窗口状态, the fixed list of screens.
    WindowState {
        /// 空闲.
        Free = "free",
        /// 叫号中.
        Calling = "calling",
        /// 办理中.
        Serving = "serving",
        /// 暂停服务.
        Paused = "paused",
        /// 未开放.
        Closed = "closed",
        /// 延时服务: serves after the session's end.
        Extended = "extended",
    }
}

words! {
    /// What is known of a slip.
    Printing {
        /// Not wanted: the person goes on without paper.
        Without = "without",
        /// Sent to the printer, not confirmed.
        Pending = "pending",
        /// The printer confirmed it.
        Confirmed = "confirmed",
        /// Nobody knows: the ticket waits all the same, so that no holder of a slip is lost.
        Unconfirmed = "unconfirmed",
        /// It did not come out.
        Failed = "failed",
    }
}

/// 叫号理由: why this ticket and no other, as data; the words are made in `assets/texts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Which list of the window the ticket's queue stands in.
    pub list: QueueList,
    /// The rule that decided.
    pub rule: WhyRule,
    /// The class of the ticket as granted.
    pub class: PriorityClass,
    /// How long it waited for this leg, in milliseconds.
    pub waited: crate::time::Millis,
    /// How many stood in the lists looked at.
    pub candidates: u32,
}

words! {
    /// Primary before secondary.
    QueueList {
        /// 主办队列.
        Primary = "primary",
        /// 兼办队列, taken only when the primary list is empty.
        Secondary = "secondary",
        /// 指定: a chosen number.
        Chosen = "chosen",
        /// 无差别: all its queues are one line.
        Together = "together",
    }
}

words! {
    /// What decided a call.
    WhyRule {
        /// The longest waiting of its class.
        LongestWait = "longest_wait",
        /// A priority class went before others.
        Priority = "priority",
        /// An ordinary ticket that waited past the limit counts as priority.
        Promoted = "promoted",
        /// After so many priority calls in a row it was an ordinary ticket's turn.
        GuardTurn = "guard_turn",
        /// Nobody but a re-activated ticket was left, or its turn came.
        Reactivated = "reactivated",
        /// The clerk named the number.
        Chosen = "chosen",
        /// 按比例: of n priority and m ordinary calls it was this one's turn.
        Ratio = "ratio",
        /// 加权等候: the wait and what the class is worth come to most.
        Weighted = "weighted",
        /// 最长等候上限: it waited past the hard maximum.
        HardMax = "hard_max",
        /// 联办转号: the next leg of who is here already.
        NextLeg = "next_leg",
    }
}

/// Who caused an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// The hall's own calendar and deadlines.
    #[serde(rename = "hall")]
    Hall,
    /// A device: kiosk, pad, evaluator, screen.
    #[serde(rename = "device")]
    Device(crate::ids::DeviceId),
    /// A signed-in person.
    #[serde(rename = "staff")]
    Staff(crate::ids::StaffNo),
    /// A citizen with the code of a slip.
    #[serde(rename = "citizen")]
    Citizen,
    /// Another system with a credential of this name.
    #[serde(rename = "system")]
    System(crate::ids::DeviceId),
}

/// Reasons of an evaluation: each at most once, in order.
pub type Reasons = Vec<Reason>;
