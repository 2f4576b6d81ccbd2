//! 状态: how a printer is, in one word that the hall understands.

use crate::job::{Doubt, Outcome, Trouble};
use crate::status::{HeadError, PaperState, Status};

/// How a printer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Condition {
    /// 正常: it can print, or it cannot tell and is believed until a slip fails.
    #[default]
    Ready,
    /// 纸将尽: it can print, and somebody should bring paper before it is out.
    PaperLow,
    /// 缺纸.
    PaperOut,
    /// 盖未合.
    CoverOpen,
    /// 卡刀: the knife is stuck.
    Jam,
    /// 脱机: it takes no orders and does not say why.
    Offline,
    /// 故障: it stopped with another error.
    Fault,
    /// 无应答: it is there and says nothing.
    NoAnswer,
    /// 不是打印机: another machine answers there, or the line has another speed.
    Stranger,
    /// 连不上: switched off, unplugged, or another address.
    NotReached,
}

impl Condition {
    /// Every condition.
    pub const ALL: [Self; 10] = [
        Self::Ready,
        Self::PaperLow,
        Self::PaperOut,
        Self::CoverOpen,
        Self::Jam,
        Self::Offline,
        Self::Fault,
        Self::NoAnswer,
        Self::Stranger,
        Self::NotReached,
    ];

    /// Says what a look at the printer found.
    pub fn of_look(found: &Result<Option<Status>, Trouble>) -> Self {
        match found {
            Ok(None) => Self::Ready,
            Ok(Some(status)) => Self::of_status(status),
            Err(trouble) => Self::of_trouble(trouble),
        }
    }

    /// Says how a printer of this status is.
    pub fn of_status(status: &Status) -> Self {
        Trouble::of(status)
            .map_or_else(|| Self::of_paper(status.paper), |why| Self::of_trouble(&why))
    }

    /// Says how a printer is that could not print for this reason.
    pub fn of_trouble(trouble: &Trouble) -> Self {
        match trouble {
            Trouble::NotReached(_) => Self::NotReached,
            Trouble::Silent { .. } => Self::NoAnswer,
            Trouble::Stranger { .. } => Self::Stranger,
            Trouble::CoverOpen => Self::CoverOpen,
            Trouble::Offline => Self::Offline,
            Trouble::NoPaper => Self::PaperOut,
            Trouble::Error(HeadError::Cutter) => Self::Jam,
            Trouble::Error(
                HeadError::Recoverable
                | HeadError::Unrecoverable
                | HeadError::SelfRecovering
                | HeadError::Unnamed,
            ) => Self::Fault,
        }
    }

    /// Says how a printer is after a slip.
    pub fn of_outcome(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Printed { paper, .. } => Self::of_paper(*paper),
            Outcome::PaperOut { .. } => Self::PaperOut,
            Outcome::Failed(trouble) => Self::of_trouble(trouble),
            Outcome::Unsure(Doubt::NoAnswer { .. }) => Self::NoAnswer,
            Outcome::Unsure(Doubt::Broken(_)) => Self::NotReached,
        }
    }

    /// Tells whether a slip can come out.
    pub const fn prints(self) -> bool {
        matches!(self, Self::Ready | Self::PaperLow)
    }

    /// Tells whether the printer was heard at all.
    pub const fn is_there(self) -> bool {
        !matches!(self, Self::NoAnswer | Self::Stranger | Self::NotReached)
    }

    /// Gives the code that texts and alerts know it by; empty if all is well.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Ready => "",
            Self::PaperLow => "paper_low",
            Self::PaperOut => "paper_out",
            Self::CoverOpen => "cover_open",
            Self::Jam => "jam",
            Self::Offline => "printer_offline",
            Self::Fault => "printer_fault",
            Self::NoAnswer => "no_answer",
            Self::Stranger => "printer_stranger",
            Self::NotReached => "printer_missing",
        }
    }

    const fn of_paper(paper: PaperState) -> Self {
        match paper {
            PaperState::Ok => Self::Ready,
            PaperState::NearEnd => Self::PaperLow,
            PaperState::Out => Self::PaperOut,
        }
    }
}
