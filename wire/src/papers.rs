//! 单据: a slip for the slip printer at a window, whole and in words, as the server composed it.
//!
//! The printer's side knows nothing of the hall; it sets the lines for its paper. The lines say
//! what is asked of a case and until when, never whose it is: no name, no document, no telephone
//! of a citizen.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Lines of a paper; a long guide has some fifty.
pub const LINES_MAX: usize = 120;

/// Characters of a line: the longest text of a guide.
pub const LINE_CHARS_MAX: usize = 500;

/// Characters of a paper: half a metre of narrow paper, and far below what a message may hold.
pub const CHARS_MAX: usize = 6_000;

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Paper {
    /// Which one.
    pub kind: PaperKind,
    /// 补打: it was printed before.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub again: bool,
    /// Its lines, from top to bottom.
    pub lines: Vec<PaperLine>,
}

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// 一次性告知单.
    Notice,
    /// 受理凭证.
    Receipt,
    /// 不予受理通知书.
    Refusal,
    /// 办事指南.
    Guide,
    /// 代办受理单.
    Agency,
}

/// One line, or what stands like one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperLine {
    /// Large, in the middle: the hall, the paper's name.
    Title(String),
    /// Small, in the middle.
    Under(String),
    /// White on black: 绿色通道, 补打.
    Mark(String),
    /// Plain words.
    Text(String),
    /// A label and its value.
    Pair {
        /// The label.
        label: String,
        /// The value.
        value: String,
        /// Set large: what the person must keep in mind.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        large: bool,
    },
    /// A numbered or dashed entry of a list.
    Entry {
        /// "1.", "－".
        mark: String,
        /// The words.
        text: String,
    },
    /// A line across.
    Rule,
    /// Room for a stamp or a signature, with what belongs there.
    Stamp(String),
    /// 二维码, with words beside it.
    Code {
        /// What a scanner reads.
        payload: String,
        /// The words.
        words: Vec<String>,
    },
}

/// What became of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlipOutcome {
    /// 已打出: the printer said so.
    Printed,
    /// The printer took it and cannot say more.
    Taken,
    /// 没有打出.
    Failed,
    /// 不清楚: it was sent, and nobody knows what came out; somebody must look.
    Unknown,
    /// 过期: it came too late and was not printed.
    Expired,
}

impl PaperKind {
    /// Every paper.
    pub const ALL: [Self; 5] =
        [Self::Notice, Self::Receipt, Self::Refusal, Self::Guide, Self::Agency];

    /// The word in messages and addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Receipt => "receipt",
            Self::Refusal => "refusal",
            Self::Guide => "guide",
            Self::Agency => "agency",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl SlipOutcome {
    /// The word in texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Taken => "taken",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Expired => "expired",
        }
    }
}

impl PaperLine {
    /// Every text of the line.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Title(text)
            | Self::Under(text)
            | Self::Mark(text)
            | Self::Text(text)
            | Self::Stamp(text) => vec![text],
            Self::Pair { label, value, .. } => vec![label, value],
            Self::Entry { mark, text } => vec![mark, text],
            Self::Rule => Vec::new(),
            Self::Code { payload, words } => {
                std::iter::once(payload).chain(words).map(String::as_str).collect()
            }
        }
    }
}

impl Paper {
    /// True if it is not longer than any paper is: whoever prints it keeps to that as well.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        let lengths: Vec<usize> =
            self.lines.iter().flat_map(PaperLine::texts).map(|text| text.chars().count()).collect();
        self.lines.len() <= LINES_MAX
            && lengths.iter().all(|length| *length <= LINE_CHARS_MAX)
            && lengths.iter().sum::<usize>() <= CHARS_MAX
    }

    /// The whole text, a line each, for whoever cannot see the paper.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| line.texts().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}
