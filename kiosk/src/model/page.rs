//! The pages of the kiosk.

use wire::{
    http::SlipBody,
    ids::{ItemId, QueueId, TicketId, ZoneId},
};

use super::{
    identity::Step,
    service::{Service, Wish},
};
use crate::moment::Moment;

/// Where the person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// 首页.
    Start,
    /// 长者版 chooses a zone first.
    Zones {
        /// Which part of the list, from 0.
        leaf: usize,
    },
    /// 选业务.
    Queues {
        /// Only this zone's.
        zone: Option<ZoneId>,
        /// Which part of the list, from 0.
        leaf: usize,
    },
    /// 选事项.
    Items {
        /// Whose items.
        queue: QueueId,
        /// Which part of the list, from 0.
        leaf: usize,
    },
    /// 请确认已带.
    Confirm(Choice),
    /// 身份核验.
    Identity {
        /// What for.
        wish: Wish,
        /// How far the person is.
        step: Step,
    },
    /// 优先服务.
    Priority,
    /// 正在取号.
    Taking {
        /// What was chosen.
        choice: Choice,
        /// Since when.
        since: Moment,
        /// The number is reserved and the slip is printing.
        printing: bool,
    },
    /// 取号成功.
    Ticket {
        /// The ticket.
        taken: Box<Taken>,
        /// Shown until then.
        until: Moment,
    },
    /// The slip did not come out.
    PaperFailed {
        /// What was chosen.
        choice: Choice,
    },
    /// A refusal, as a card.
    Notice(Notice),
    /// 请工作人员帮忙.
    Help(Help),
    /// 排队查询: what is called now, and the ways to one's own number.
    Progress,
    /// A service beside 现场取号.
    Service(Box<Service>),
}

impl Page {
    /// 运维: nothing stands before these pages, least of all the trouble they are there for.
    #[must_use]
    pub fn is_operators(&self) -> bool {
        matches!(self, Self::Service(service) if matches!(**service, Service::Code(_) | Service::Behind(_)))
    }
}

/// What a person came for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The queue.
    pub queue: QueueId,
    /// The item, if one was chosen.
    pub item: Option<ItemId>,
}

/// A ticket in the person's hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What the slip says.
    pub slip: SlipBody,
    /// A slip came out.
    pub paper: bool,
}

/// Why there is no ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// 排队号已取完.
    SoldOut,
    /// 本时段不办理.
    NotNow,
    /// The server said no, in these words.
    Refused {
        /// What happened.
        title: String,
        /// What to do.
        detail: Option<String>,
    },
    /// The person holds a number of this queue already: 补打?
    HasTicket {
        /// Which.
        ticket: TicketId,
        /// What was chosen.
        choice: Choice,
    },
    /// The server did not answer: no ticket.
    NoAnswer,
    /// The kiosk is alone, and has no number of this letter left.
    NoOwnNumbers,
    /// The server did not answer what was asked.
    Unanswered,
    /// 感谢您的评价.
    Thanks,
    /// 指南已打印, or not.
    GuidePrinted(bool),
}

/// What became of the call for help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Help {
    /// Being sent.
    Sending,
    /// The guide desk has it.
    Told,
    /// Somebody has said that they come.
    Seen,
    /// It did not get through.
    Unheard,
}

/// What is really on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    /// The person's page.
    Page(&'a Page),
    /// Nothing is known yet.
    Starting,
    /// 系统维护中.
    NoServer,
    /// 现在不能取号.
    Closed,
    /// 本机缺纸, or the printer has another trouble.
    PaperOut,
}
