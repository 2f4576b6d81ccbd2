//! 运维: what lies behind five touches in a corner and a code.

use std::fmt;

use crate::{limits, moment::Moment};

/// What the kiosk remembers of who tries to get behind the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guard {
    /// The last touches in the corner.
    corner: Vec<Moment>,
    /// Wrong codes in a row.
    wrong: u32,
    /// No code is heard before this moment.
    locked_until: Moment,
}

impl Guard {
    /// A touch in the corner; true if it is the last of enough in so short a time.
    pub fn touched_corner(&mut self, now: Moment) -> bool {
        self.corner.push(now);
        self.corner.retain(|at| at.after_millis(limits::CORNER_MILLIS) > now);
        let enough = self.corner.len() >= limits::CORNER_TOUCHES;
        if enough {
            self.corner.clear();
        }
        enough
    }

    /// Notes whether a code was right; too many wrong ones in a row make it deaf for a while.
    pub fn note(&mut self, is_right: bool, now: Moment) {
        self.wrong = if is_right { 0 } else { self.wrong + 1 };
        if self.wrong >= limits::CODES_WRONG_MAX {
            self.wrong = 0;
            self.locked_until = now.after_secs(limits::CODE_PAUSE_SECS);
        }
    }

    /// Seconds for which no code is heard; 0 if one is heard.
    #[must_use]
    pub fn locked_secs(&self, now: Moment) -> u32 {
        now.secs_until(self.locked_until)
    }

    /// Codes that may still be tried before the next pause.
    #[must_use]
    pub const fn tries_left(&self) -> u32 {
        limits::CODES_WRONG_MAX - self.wrong
    }
}

/// The operator's code, as it is typed; nothing shows it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Code(pub String);

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// The page on which the code is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodeEntry {
    /// So far.
    pub code: Code,
    /// The last one was wrong.
    pub wrong: bool,
    /// No code is heard for so many seconds more; 0 if one is heard.
    pub locked_secs: u32,
}

/// The page behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Behind {
    /// What this process holds of the machine's memory, in MiB.
    pub memory_mib: Option<u32>,
    /// 测试小票: it came out, or it did not; none before it was asked for.
    pub tested: Option<bool>,
    /// It is being printed.
    pub testing: bool,
}

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// 关闭: it stays off.
    Close,
    /// 重新启动: whoever keeps it begins it again at once.
    Restart,
}
