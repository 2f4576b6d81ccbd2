//! What a printer says about itself: DLE EOT 1 to 4, automatic reports (ASB), GS r.

mod listener;

pub use listener::{Heard, Listener};

/// Marks a real-time answer: `byte & 93h == 12h`.
const NOW_MASK: u8 = 0x93;
const NOW_MARK: u8 = 0x12;

/// 纸: what the paper sensors say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PaperState {
    /// Enough paper, or a printer that cannot tell.
    #[default]
    Ok,
    /// 纸将尽: some slips can still be printed.
    NearEnd,
    /// 缺纸: nothing comes out.
    Out,
}

/// Why a printer stopped with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// Goes on after DLE ENQ or after the cause is gone.
    #[error("an error that can be cleared")]
    Recoverable,
    /// The knife is stuck.
    #[error("a stuck knife")]
    Cutter,
    /// Needs a technician.
    #[error("an error that needs a technician")]
    Unrecoverable,
    /// Goes away by itself, such as a head that is too hot.
    #[error("an error that goes away by itself")]
    SelfRecovering,
    /// DLE EOT 2 says there is an error and nothing more is known.
    #[error("an error")]
    Unnamed,
}

/// A printer's state as far as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// The paper sensors.
    pub paper: PaperState,
    /// The cover over the paper is open.
    pub cover_open: bool,
    /// The printer takes no orders, for whatever reason.
    pub offline: bool,
    /// The printer stopped with an error.
    pub error: Option<HeadError>,
    /// Someone holds the feed button.
    pub feeding: bool,
    /// The line to the drawer is high.
    pub drawer_high: bool,
}

/// Which of the four real-time questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// 1: the printer.
    Printer,
    /// 2: why it is offline.
    OfflineCause,
    /// 3: which error.
    ErrorCause,
    /// 4: the paper.
    Paper,
}

impl Question {
    /// All four, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Printer, Self::OfflineCause, Self::ErrorCause, Self::Paper];

    /// Gives the n of DLE EOT n.
    pub fn number(self) -> u8 {
        match self {
            Self::Printer => 1,
            Self::OfflineCause => 2,
            Self::ErrorCause => 3,
            Self::Paper => 4,
        }
    }

    /// Reads the n of DLE EOT n.
    pub fn from_number(n: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.number() == n)
    }
}

impl Status {
    /// Tells whether the printer can print now.
    pub fn can_print(&self) -> bool {
        !self.cover_open && !self.offline && self.error.is_none() && self.paper != PaperState::Out
    }

    /// Adds what a real-time answer says; false when the byte is no such answer.
    pub fn learn(&mut self, question: Question, byte: u8) -> bool {
        if byte & NOW_MASK != NOW_MARK {
            return false;
        }
        let bit = |n: u8| byte & (1 << n) != 0;
        match question {
            Question::Printer => {
                self.drawer_high = bit(2);
                self.offline = bit(3);
                self.feeding |= bit(6);
            }
            Question::OfflineCause => {
                self.cover_open = bit(2);
                self.feeding |= bit(3);
                if bit(5) {
                    self.paper = PaperState::Out;
                }
                if bit(6) {
                    self.error = self.error.or(Some(HeadError::Unnamed));
                }
            }
            Question::ErrorCause => {
                let named = error_of(bit(2), bit(3), bit(5), bit(6));
                self.error = named.or(self.error);
            }
            Question::Paper => {
                let told = paper_of(bit(2) || bit(3), bit(5) || bit(6));
                self.paper = self.paper.max(told);
            }
        }
        true
    }

    /// Reads an automatic report of four bytes.
    pub fn from_automatic(report: [u8; 4]) -> Option<Self> {
        let [first, second, third, fourth] = report;
        let follows = [second, third, fourth].iter().all(|byte| byte & 0x90 == 0);
        if first & NOW_MASK != 0x10 || !follows {
            return None;
        }
        let bit = |byte: u8, n: u8| byte & (1 << n) != 0;
        Some(Self {
            paper: paper_of(third & 0x03 != 0, third & 0x0c != 0),
            cover_open: bit(first, 5),
            offline: bit(first, 3),
            error: error_of(bit(second, 2), bit(second, 3), bit(second, 5), bit(second, 6)),
            feeding: bit(first, 6),
            drawer_high: bit(first, 2),
        })
    }

    /// Reads the paper from the answer to GS r 1; nothing when the byte is no such answer.
    pub fn paper_from_queued(byte: u8) -> Option<PaperState> {
        (byte & 0x90 == 0).then(|| paper_of(byte & 0x03 != 0, byte & 0x0c != 0))
    }

    /// Says what a printer in this state answers to a real-time question.
    pub fn answer_now(&self, question: Question) -> u8 {
        let flags = match question {
            Question::Printer => {
                flag(self.drawer_high, 2) | flag(self.offline, 3) | flag(self.feeding, 6)
            }
            Question::OfflineCause => {
                flag(self.cover_open, 2)
                    | flag(self.feeding, 3)
                    | flag(self.paper == PaperState::Out, 5)
                    | flag(self.error.is_some(), 6)
            }
            Question::ErrorCause => error_flags(self.error),
            Question::Paper => match self.paper {
                PaperState::Ok => 0,
                PaperState::NearEnd => 0x0c,
                PaperState::Out => 0x6c,
            },
        };
        NOW_MARK | flags
    }

    /// Says what a printer in this state reports by itself.
    pub fn automatic(&self) -> [u8; 4] {
        let first = 0x10
            | flag(self.drawer_high, 2)
            | flag(self.offline, 3)
            | flag(self.cover_open, 5)
            | flag(self.feeding, 6);
        [first, error_flags(self.error), self.queued(), 0]
    }

    /// Says what a printer in this state answers to GS r 1.
    pub fn queued(&self) -> u8 {
        match self.paper {
            PaperState::Ok => 0,
            PaperState::NearEnd => 0x03,
            PaperState::Out => 0x0f,
        }
    }
}

fn flag(on: bool, bit: u8) -> u8 {
    u8::from(on) << bit
}

fn paper_of(near_end: bool, out: bool) -> PaperState {
    match (near_end, out) {
        (_, true) => PaperState::Out,
        (true, false) => PaperState::NearEnd,
        (false, false) => PaperState::Ok,
    }
}

/// Names the gravest of several errors.
fn error_of(recoverable: bool, cutter: bool, unrecoverable: bool, own: bool) -> Option<HeadError> {
    [
        (unrecoverable, HeadError::Unrecoverable),
        (cutter, HeadError::Cutter),
        (recoverable, HeadError::Recoverable),
        (own, HeadError::SelfRecovering),
    ]
    .into_iter()
    .find_map(|(on, error)| on.then_some(error))
}

fn error_flags(error: Option<HeadError>) -> u8 {
    match error {
        None => 0,
        Some(HeadError::Recoverable | HeadError::Unnamed) => 1 << 2,
        Some(HeadError::Cutter) => 1 << 3,
        Some(HeadError::Unrecoverable) => 1 << 5,
        Some(HeadError::SelfRecovering) => 1 << 6,
    }
}

#[cfg(test)]
mod tests;
