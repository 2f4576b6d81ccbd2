//! The bytes of a job back into what the printer does, in any splits, whatever the bytes are.

use crate::charset::Charset;
use crate::profile::Profile;
use crate::slip::Align;

mod lengths;

/// The widest raster row in bytes: 1,024 dots, more than any ticket printer has.
const STRIDE_MAX: usize = 128;
/// The most rows of one raster picture: half a metre.
const ROWS_MAX: usize = 4_096;

/// One thing the printer does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Forgets every style.
    Init,
    /// Sets the left margin in dots.
    Margin(u16),
    /// Sets the width between the margins in dots.
    Area(u16),
    /// Sets where lines stand.
    Align(Align),
    /// Sets how many times wider and higher letters are.
    Size {
        /// Times wider, 1 to 8.
        wide: u8,
        /// Times higher, 1 to 8.
        high: u8,
    },
    /// Switches bold.
    Bold(bool),
    /// Switches white on black.
    Inverted(bool),
    /// Sets the height of a line in dots; nothing sets the printer's own.
    LineSpacing(Option<u8>),
    /// Puts a letter of the resident font into the line.
    Letter(char),
    /// Puts something the resident font has no letter for into the line.
    NoLetter {
        /// How many columns it takes.
        columns: u8,
    },
    /// Prints the line.
    LineFeed,
    /// Prints the line and feeds dots.
    FeedDots(u8),
    /// Prints the line and feeds lines.
    FeedLines(u8),
    /// Prints a picture.
    Raster {
        /// Bytes of a row.
        stride: usize,
        /// The rows, a set bit is black.
        rows: Vec<u8>,
        /// How many times wider it is printed, 1 or 2.
        wide: u8,
        /// How many times higher it is printed, 1 or 2.
        high: u8,
    },
    /// Sets the side of a QR module in dots.
    QrModule(u8),
    /// Sets the error correction, 30h (L) to 33h (H).
    QrLevel(u8),
    /// Keeps what a QR code is to say.
    QrKeep(Vec<u8>),
    /// Prints the kept QR code.
    QrPrint,
    /// Feeds dots and cuts.
    Cut {
        /// Leaves a point uncut.
        partial: bool,
        /// Dots fed before.
        feed: u8,
    },
    /// Opens the drawer.
    Drawer,
    /// Answers at once, DLE EOT n.
    AskNow(u8),
    /// Recovers from an error, DLE ENQ n; 2 also forgets what waits.
    Recover(u8),
    /// Reports changes from now on, GS a n.
    Report(u8),
    /// Answers when everything before is done, GS r n.
    AnswerWhenDone(u8),
    /// Answers who made it or which model it is, GS I n.
    AskModel(u8),
    /// Does something known that leaves no ink, such as a beep or a code page.
    Nothing,
    /// A byte that begins nothing known.
    Unknown(u8),
}

/// Turns bytes into [`Op`]s, remembering what is not yet whole.
#[derive(Debug, Clone)]
pub struct Decoder {
    charset: Charset,
    chinese_at_start: bool,
    chinese: bool,
    waiting: Vec<u8>,
}

/// What the front of the bytes is.
enum Front {
    Whole(Op, usize),
    NeedMore,
}

use Front::{NeedMore, Whole};

impl Decoder {
    /// Starts as a printer of that model does after power-on.
    ///
    /// A model that needs FS & is not in Chinese mode until it comes; any other always is.
    pub fn new(profile: &Profile) -> Self {
        let chinese = !profile.chinese_mode;
        Self { charset: profile.encoding, chinese_at_start: chinese, chinese, waiting: Vec::new() }
    }

    /// Takes bytes and gives every whole operation; never more operations than bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Op> {
        self.waiting.extend_from_slice(bytes);
        let mut ops = Vec::new();
        let mut at = 0;
        while let Some((op, used)) = self.front(at) {
            at += used;
            ops.push(op);
        }
        self.waiting.drain(..at);
        ops
    }

    /// Takes one operation's worth from the bytes given so far, with the bytes it took.
    pub(crate) fn step(&mut self) -> Option<(Op, Vec<u8>)> {
        let (op, used) = self.front(0)?;
        Some((op, self.waiting.drain(..used).collect()))
    }

    /// Adds bytes without taking any operation.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
    }

    /// Says how many bytes wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Forgets every byte that waits.
    pub(crate) fn forget(&mut self) {
        self.waiting.clear();
    }

    /// Ends the bytes: what is still not whole becomes unknown bytes.
    pub fn finish(self) -> Vec<Op> {
        self.waiting.into_iter().map(Op::Unknown).collect()
    }

    fn front(&mut self, at: usize) -> Option<(Op, usize)> {
        let bytes = self.waiting.get(at..)?;
        let first = *bytes.first()?;
        let front = match first {
            0x10 => dle(bytes),
            0x1b => esc(bytes),
            0x1c => fs(bytes),
            0x1d => gs(bytes),
            b'\n' => Whole(Op::LineFeed, 1),
            b'\r' | b'\t' | 0x0c | 0x00 => Whole(Op::Nothing, 1),
            0x20..=0x7e => Whole(Op::Letter(first as char), 1),
            0x80.. => self.high(bytes),
            _ => Whole(Op::Unknown(first), 1),
        };
        match front {
            NeedMore => None,
            Whole(op, used) => {
                match bytes {
                    [0x1c, b'&', ..] => self.chinese = true,
                    [0x1c, b'.', ..] => self.chinese = false,
                    [0x1b, b'@', ..] => self.chinese = self.chinese_at_start,
                    _ => {}
                }
                Some((op, used))
            }
        }
    }

    fn high(&self, bytes: &[u8]) -> Front {
        let lead = bytes[0];
        if !self.chinese {
            return Whole(Op::NoLetter { columns: 1 }, 1);
        }
        if !(0x81..=0xfe).contains(&lead) {
            return Whole(Op::Unknown(lead), 1);
        }
        let Some(&trail) = bytes.get(1) else { return NeedMore };
        if trail < 0x30 {
            return Whole(Op::Unknown(lead), 1);
        }
        let op = self.charset.read(lead, trail).map_or(Op::NoLetter { columns: 2 }, Op::Letter);
        Whole(op, 2)
    }
}

/// Passes over a command of known length, or over its name when nothing is known of it.
fn skipped(bytes: &[u8], arguments: Option<usize>) -> Front {
    match arguments {
        None => Whole(Op::Unknown(bytes[0]), 1),
        Some(count) if bytes.len() < 2 + count => NeedMore,
        Some(count) => Whole(Op::Nothing, 2 + count),
    }
}

fn dle(bytes: &[u8]) -> Front {
    let (Some(&kind), n) = (bytes.get(1), bytes.get(2)) else { return NeedMore };
    let op: fn(u8) -> Op = match kind {
        0x04 => Op::AskNow,
        0x05 => Op::Recover,
        0x14 => |_| Op::Nothing,
        _ => return Whole(Op::Unknown(0x10), 1),
    };
    let Some(&n) = n else { return NeedMore };
    let used = match (kind, n) {
        (0x14, 8) => 10,
        (0x14, _) => 5,
        _ => 3,
    };
    if bytes.len() < used { NeedMore } else { Whole(op(n), used) }
}

fn esc(bytes: &[u8]) -> Front {
    let Some(&name) = bytes.get(1) else { return NeedMore };
    let one: fn(u8) -> Op = match name {
        b'@' => return Whole(Op::Init, 2),
        b'2' => return Whole(Op::LineSpacing(None), 2),
        b'i' => return Whole(Op::Cut { partial: false, feed: 0 }, 2),
        b'm' => return Whole(Op::Cut { partial: true, feed: 0 }, 2),
        b'p' if bytes.len() >= 5 => return Whole(Op::Drawer, 5),
        b'*' => return columns_image(bytes),
        b'D' => return ended_by_nul(bytes, 2, 33),
        b'3' => |n| Op::LineSpacing(Some(n)),
        b'E' => |n| Op::Bold(n & 1 == 1),
        b'J' => Op::FeedDots,
        b'd' => Op::FeedLines,
        b'!' => |n| Op::Size { wide: 1 + (n >> 5 & 1), high: 1 + (n >> 4 & 1) },
        b'a' => |n| {
            Op::Align(match n & 0x0f {
                1 => Align::Centre,
                2 => Align::Right,
                _ => Align::Left,
            })
        },
        _ => return skipped(bytes, lengths::esc(name)),
    };
    bytes.get(2).map_or(NeedMore, |&n| Whole(one(n), 3))
}

fn fs(bytes: &[u8]) -> Front {
    match bytes.get(1) {
        None => NeedMore,
        Some(b'&' | b'.') => Whole(Op::Nothing, 2),
        Some(b'(') => passed_over(bytes),
        Some(&name) => skipped(bytes, lengths::fs(name)),
    }
}

fn gs(bytes: &[u8]) -> Front {
    let Some(&name) = bytes.get(1) else { return NeedMore };
    let one: fn(u8) -> Op = match name {
        b'L' => return two(bytes, Op::Margin),
        b'W' => return two(bytes, Op::Area),
        b'V' => return cut(bytes),
        b'v' => return raster(bytes),
        b'(' => return group(bytes),
        b'k' => return barcode(bytes),
        b'!' => |n| Op::Size { wide: 1 + (n >> 4 & 7), high: 1 + (n & 7) },
        b'B' => |n| Op::Inverted(n & 1 == 1),
        b'a' => Op::Report,
        b'r' => Op::AnswerWhenDone,
        b'I' => Op::AskModel,
        _ => return skipped(bytes, lengths::gs(name)),
    };
    bytes.get(2).map_or(NeedMore, |&n| Whole(one(n), 3))
}

fn two(bytes: &[u8], op: fn(u16) -> Op) -> Front {
    match bytes {
        [_, _, low, high, ..] => Whole(op(u16::from_le_bytes([*low, *high])), 4),
        _ => NeedMore,
    }
}

fn cut(bytes: &[u8]) -> Front {
    let Some(&mode) = bytes.get(2) else { return NeedMore };
    match mode {
        0 | b'0' => Whole(Op::Cut { partial: false, feed: 0 }, 3),
        1 | b'1' => Whole(Op::Cut { partial: true, feed: 0 }, 3),
        b'A' | b'B' => {
            bytes.get(3).map_or(NeedMore, |&feed| Whole(Op::Cut { partial: mode == b'B', feed }, 4))
        }
        _ => Whole(Op::Unknown(bytes[0]), 1),
    }
}

fn raster(bytes: &[u8]) -> Front {
    if bytes.get(2).is_some_and(|&third| third != b'0') {
        return Whole(Op::Unknown(bytes[0]), 1);
    }
    let [_, _, _, mode, x_low, x_high, y_low, y_high, data @ ..] = bytes else { return NeedMore };
    let stride = usize::from(u16::from_le_bytes([*x_low, *x_high]));
    let rows = usize::from(u16::from_le_bytes([*y_low, *y_high]));
    if stride == 0 || stride > STRIDE_MAX || rows > ROWS_MAX {
        return Whole(Op::Unknown(bytes[0]), 1);
    }
    let Some(data) = data.get(..stride * rows) else { return NeedMore };
    let (wide, high) = (1 + (mode & 1), 1 + (mode >> 1 & 1));
    Whole(Op::Raster { stride, rows: data.to_vec(), wide, high }, 8 + stride * rows)
}

/// GS ( x pL pH …: the length comes first, so what is not known is passed over whole.
fn group(bytes: &[u8]) -> Front {
    let [_, _, name, low, high, data @ ..] = bytes else { return NeedMore };
    let length = usize::from(u16::from_le_bytes([*low, *high]));
    let Some(data) = data.get(..length) else { return NeedMore };
    let op = match (name, data) {
        (b'k', [b'1', b'C', n]) => Op::QrModule(*n),
        (b'k', [b'1', b'E', n]) => Op::QrLevel(*n),
        (b'k', [b'1', b'P', b'0', payload @ ..]) => Op::QrKeep(payload.to_vec()),
        (b'k', [b'1', b'Q', _]) => Op::QrPrint,
        _ => Op::Nothing,
    };
    Whole(op, 5 + length)
}

/// FS ( x pL pH …: known by its length alone.
fn passed_over(bytes: &[u8]) -> Front {
    match group(bytes) {
        Whole(_, used) => Whole(Op::Nothing, used),
        NeedMore => NeedMore,
    }
}

fn barcode(bytes: &[u8]) -> Front {
    match bytes {
        [_, _, 0..=6, ..] => ended_by_nul(bytes, 3, 255),
        [_, _, 65..=79, count, data @ ..] if data.len() >= usize::from(*count) => {
            Whole(Op::Nothing, 4 + usize::from(*count))
        }
        [_, _, 65..=79, ..] | [_, _] => NeedMore,
        _ => Whole(Op::Unknown(bytes[0]), 1),
    }
}

/// ESC * m nL nH: an image of columns of 8 or 24 dots, which no slip of ours has.
fn columns_image(bytes: &[u8]) -> Front {
    let [_, _, mode, low, high, data @ ..] = bytes else { return NeedMore };
    let columns = usize::from(u16::from_le_bytes([*low, *high]));
    let length = if *mode >= 32 { 3 * columns } else { columns };
    if columns > 8 * STRIDE_MAX {
        return Whole(Op::Unknown(bytes[0]), 1);
    }
    if data.len() < length { NeedMore } else { Whole(Op::Nothing, 5 + length) }
}

fn ended_by_nul(bytes: &[u8], from: usize, most: usize) -> Front {
    match bytes.iter().skip(from).take(most).position(|byte| *byte == 0) {
        Some(length) => Whole(Op::Nothing, from + length + 1),
        None if bytes.len() >= from + most => Whole(Op::Unknown(bytes[0]), 1),
        None => NeedMore,
    }
}

/// Decodes a whole job at once.
pub fn decode(bytes: &[u8], profile: &Profile) -> Vec<Op> {
    let mut decoder = Decoder::new(profile);
    let mut ops = decoder.push(bytes);
    ops.extend(decoder.finish());
    ops
}

#[cfg(test)]
mod tests;
