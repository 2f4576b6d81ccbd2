//! What a printed slip says, block by block, without a word about any printer.

/// A slip of paper: blocks from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slip {
    /// The blocks in the order they are printed.
    pub blocks: Vec<Block>,
}

/// One block of a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Text that wraps to the paper; a newline starts a new line.
    Text {
        /// The words.
        text: String,
        /// The letter size.
        size: Size,
        /// Bold or not.
        bold: bool,
        /// Where the lines stand.
        align: Align,
    },
    /// 排队号: the ticket number, drawn so large that it is read at arm's length.
    Big {
        /// The number as people say it, "A012".
        text: String,
    },
    /// A label and its value on one line; a large value shrinks before it wraps.
    Pair {
        /// The label, in the ordinary size.
        left: String,
        /// The value.
        right: String,
        /// The size of the value; above `Normal` it is bold.
        size: Size,
    },
    /// A line across the paper.
    Rule {
        /// Broken into dashes or solid.
        dashed: bool,
    },
    /// 二维码: a QR code, with lines of text beside it (wide paper) or below it (narrow paper).
    Qr {
        /// What a scanner reads.
        payload: String,
        /// The words beside the code; the first one is bold.
        caption: Vec<String>,
        /// The side of one module in dots; made smaller when the paper is too narrow.
        dots_per_module: u8,
        /// The white border in modules.
        quiet: u8,
    },
    /// White paper.
    Feed {
        /// How much, in dots of an eighth of a millimetre.
        dots: u16,
    },
    /// White words on a black box, such as 绿色通道.
    Label {
        /// The words.
        text: String,
    },
    /// The end of the slip: paper is fed past the knife or the tear bar and cut if there is a knife.
    Cut {
        /// Leaves a point uncut so that the slip does not fall.
        partial: bool,
    },
}

/// The size of letters, in multiples of the printer's own letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Size {
    /// 24 dots high: 3 mm.
    #[default]
    Normal,
    /// 48 dots high: 6 mm.
    Double,
    /// 96 dots high: 12 mm.
    Quadruple,
}

impl Size {
    /// Says how many times wider and higher than the ordinary letter it is.
    pub fn times(self) -> u8 {
        match self {
            Self::Normal => 1,
            Self::Double => 2,
            Self::Quadruple => 4,
        }
    }
}

/// Where a line stands between the margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left margin.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right margin.
    Right,
}

impl Slip {
    /// Starts an empty slip.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a block at the end.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Adds text in the given size and place; `Double` and larger are bold.
    #[must_use]
    pub fn text(self, text: impl Into<String>, size: Size, align: Align) -> Self {
        self.with(Block::Text { text: text.into(), size, bold: size > Size::Normal, align })
    }

    /// Adds the ticket number.
    #[must_use]
    pub fn big(self, text: impl Into<String>) -> Self {
        self.with(Block::Big { text: text.into() })
    }

    /// Adds a label and its value.
    #[must_use]
    pub fn pair(self, left: impl Into<String>, right: impl Into<String>, size: Size) -> Self {
        self.with(Block::Pair { left: left.into(), right: right.into(), size })
    }

    /// Adds a line across the paper.
    #[must_use]
    pub fn rule(self, dashed: bool) -> Self {
        self.with(Block::Rule { dashed })
    }

    /// Adds a QR code of eight dots a module and four quiet modules, with words beside it.
    #[must_use]
    pub fn qr(self, payload: impl Into<String>, caption: Vec<String>) -> Self {
        self.with(Block::Qr { payload: payload.into(), caption, dots_per_module: 8, quiet: 4 })
    }

    /// Adds white words on a black box.
    #[must_use]
    pub fn label(self, text: impl Into<String>) -> Self {
        self.with(Block::Label { text: text.into() })
    }

    /// Adds white paper.
    #[must_use]
    pub fn feed(self, dots: u16) -> Self {
        self.with(Block::Feed { dots })
    }

    /// Ends the slip.
    #[must_use]
    pub fn cut(self) -> Self {
        self.with(Block::Cut { partial: true })
    }
}

/// The slip that shows whether a printer prints: letters that not every model has, digits in all
/// sizes, a code, and the knife.
pub fn trial(title: &str, about: &str, letters: &str) -> Slip {
    let mut slip = Slip::new().text(title, Size::Double, Align::Centre);
    if !about.is_empty() {
        slip = slip.text(about, Size::Normal, Align::Centre);
    }
    slip.rule(true)
        .text(letters, Size::Normal, Align::Left)
        .text("0123456789", Size::Normal, Align::Left)
        .text("0123456789", Size::Double, Align::Left)
        .text("01234567", Size::Quadruple, Align::Left)
        .big("A012")
        .label(title)
        .qr("A012", vec!["A012".to_owned()])
        .rule(true)
        .cut()
}

/// Removes everything from a text that a printer could take for a command or that has no shape.
///
/// Control characters would let a name such as `ESC p 0` open a drawer, so they vanish before any
/// encoder sees them; newlines stay, a tab becomes a space.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' => Some('\n'),
            '\t' | '\u{a0}' => Some(' '),
            c if c.is_control() || is_shapeless(c) => None,
            c => Some(c),
        })
        .collect()
}

/// Tells marks that steer text without having a shape: joiners, direction marks, variation selectors.
fn is_shapeless(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests;
