//! 我要反映, 办不成事: told at the kiosk for a receipt, and asked for with it.

use wire::{http::matters::ToldMatter, words::Reason};

/// What was not done, as far as it was said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Telling {
    /// Which of this kiosk's.
    pub number: u32,
    /// It was asked already, and counts as told.
    pub counts: bool,
    /// What it was.
    pub reasons: Vec<Reason>,
}

/// How a matter stands, on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What the server says.
    pub matter: ToldMatter,
    /// It was told just now; otherwise it was asked for.
    pub is_new: bool,
    /// 回执: it came out, or it did not; none before that is known.
    pub paper: Option<bool>,
}
