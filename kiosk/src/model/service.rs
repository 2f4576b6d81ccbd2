//! Services beside 现场取号: pages on which something is asked of the server and told.

pub mod search;
pub mod typed;

use wire::{
    catalogue::ItemGuide,
    http::{
        booking::{BookingFound, DocumentText},
        enquiry::FoundTicket,
        matters::ToldMatter,
    },
    ids::{CaseNo, ItemId, QueueId, person::BookingNo, receipt::Receipt},
    words::{Rating, Reason},
};

use super::{
    lacking::Noted,
    operator::{Behind, CodeEntry},
    page::Choice,
    telling::Told,
};
use crate::moment::Moment;
use search::Search;
use typed::Typed;

/// A page of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    /// A number is typed, or a code is scanned.
    Typing(Typed),
    /// 排队查询: where the person's tickets stand.
    Found(Found),
    /// 预约取号: the booking, and whether its ticket can be had now.
    Booking(BookingFound),
    /// 办事指南: everything that is published of an item, part by part.
    Guide {
        /// What is published.
        guide: Box<ItemGuide>,
        /// Which part is shown, from 0.
        leaf: usize,
    },
    /// 服务评价: five levels, and the reasons of the lower two.
    Rating(Graded),
    /// 常办事项.
    Popular {
        /// Which part of the list, from 0.
        leaf: usize,
    },
    /// 一次多办: what was gathered.
    Several,
    /// 大厅地图.
    Map {
        /// The way to these windows; none: just the floor.
        to: Option<QueueId>,
    },
    /// 查找事项.
    Search(Search),
    /// 没有找到要办的事项: the kinds.
    Lacking {
        /// Which part of them is shown, from 0.
        leaf: usize,
    },
    /// 没有找到要办的事项: it was said.
    Noted(Noted),
    /// 更多服务 of 长者版.
    More {
        /// Which part of them is shown, from 0.
        leaf: usize,
    },
    /// 我要反映: the ways there are.
    Complaint,
    /// 办不成事: what it was.
    Telling {
        /// Which part of the reasons is shown, from 0.
        leaf: usize,
    },
    /// 回执, or how what was told under it stands.
    Told(Told),
    /// 运维: the code is typed.
    Code(CodeEntry),
    /// 运维: behind the code.
    Behind(Behind),
}

/// 服务评价, as far as the person is.
#[derive(Clone, PartialEq, Eq)]
pub struct Graded {
    /// The secret of the slip.
    pub token: String,
    /// A level of the lower two, which needs reasons; none while no level was chosen.
    pub level: Option<Rating>,
    /// The reasons chosen.
    pub reasons: Vec<Reason>,
    /// Which part of the reasons is shown, from 0.
    pub leaf: usize,
}

impl std::fmt::Debug for Graded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Graded({:?}, {:?})", self.level, self.reasons)
    }
}

/// What belongs to a number beside its queue and item, gathered on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extras {
    /// 预约取号: the booking it is taken for.
    pub booking: Option<BookingNo>,
    /// 迟到: an ordinary number for a booking whose time is over.
    pub late: bool,
    /// 领证取件: the case whose result is fetched.
    pub case: Option<CaseNo>,
    /// 一次多办: more items, in order.
    pub then: Vec<ItemId>,
}

/// Tickets that were found, one a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The tickets.
    pub tickets: Vec<FoundTicket>,
    /// What shows that they are the person's.
    pub proof: Option<Proof>,
    /// Which of them is shown, from 0.
    pub leaf: usize,
}

impl Found {
    /// The ticket that is shown.
    #[must_use]
    pub fn shown(&self) -> Option<&FoundTicket> {
        self.tickets.get(self.leaf.min(self.tickets.len().saturating_sub(1)))
    }
}

/// What shows that a ticket is the person's.
#[derive(Clone, PartialEq, Eq)]
pub enum Proof {
    /// The secret of its slip.
    Token(String),
    /// The document with which it was taken.
    Document(DocumentText),
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Token(…)",
            Self::Document(_) => "Document(…)",
        })
    }
}

/// Who one is asked to be, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// 取号.
    Take(Choice),
    /// 排队查询.
    Find,
    /// 预约取号.
    Booking,
}

/// What the server is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// 排队查询 by the number that everybody sees.
    Number(wire::number::TicketNo),
    /// 排队查询 by what shows whose the ticket is.
    Proof(Proof),
    /// 预约取号 by the booking's number.
    Booking(BookingNo),
    /// 预约取号 by whose it is.
    BookingOf(DocumentText),
    /// 办事指南 of an item.
    Guide(ItemId),
    /// 服务评价 by the slip's secret.
    Evaluate(Graded),
    /// 办不成事 is told.
    Tell {
        /// Which telling: asked again it is still the same matter.
        telling: u32,
        /// 部门, if it is known.
        department: Option<String>,
        /// What it was.
        reasons: Vec<Reason>,
    },
    /// 查回执.
    Receipt(Receipt),
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Tickets were found.
    Tickets(Vec<FoundTicket>),
    /// The booking.
    Booking(Box<BookingFound>),
    /// What is published of an item.
    Guide(Box<ItemGuide>),
    /// The evaluation is on record.
    Evaluated,
    /// 办不成事: how it stands.
    Told(Box<ToldMatter>),
    /// The server said no, in these words.
    Refused {
        /// The refusal's code.
        code: String,
        /// What happened.
        title: String,
        /// What to do.
        detail: Option<String>,
    },
    /// The server did not answer.
    Silent,
}

/// A question that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// 打印指南: what is answered is printed, and the page stays.
    pub prints: bool,
    /// Which: a later answer to an earlier one is none.
    pub number: u32,
    /// What is asked.
    pub question: Question,
    /// Since when.
    pub since: Moment,
}
