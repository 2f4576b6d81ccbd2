//! What the paper shows, drawn from exactly the bytes that are sent.

use crate::charset::columns;
use crate::decode::{Decoder, Op};
use crate::draw::{LETTER_DOTS, LETTER_HEIGHT_DOTS};
use crate::faces::{Cell, Faces, Ink};
use crate::picture::Picture;
use crate::profile::Profile;
use crate::slip::Align;

/// The longest paper of one job: two metres. What comes after is not drawn.
const ROWS_MAX: usize = 16_000;
/// The height of a line when none was set: a sixth of an inch.
const LINE_DOTS: u8 = 34;
/// The widest QR module that GS ( k allows.
const QR_MODULE_DOTS_MAX: u8 = 16;

/// Draws the paper of a job. Any bytes give a picture; unknown ones leave no ink.
pub fn preview(bytes: &[u8], profile: &Profile, faces: &Faces) -> Picture {
    let mut sheet = Sheet::new(profile, faces);
    let mut decoder = Decoder::new(profile);
    for op in decoder.push(bytes) {
        sheet.apply(&op);
    }
    sheet.print_line();
    sheet.into_picture()
}

/// The styles a printer keeps from one command to the next.
#[derive(Debug, Clone)]
struct Styles {
    margin: usize,
    area: usize,
    align: Align,
    wide: u8,
    high: u8,
    bold: bool,
    inverted: bool,
    spacing: Option<u8>,
    qr_module: u8,
    qr_level: u8,
}

/// A letter in the line that is not yet printed.
#[derive(Debug, Clone)]
struct Letter {
    c: Option<char>,
    wide: usize,
    high: usize,
    bold: bool,
    inverted: bool,
}

/// Paper moving under a print head.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    faces: Faces,
    width: usize,
    styles: Styles,
    line: Vec<Letter>,
    kept_qr: Vec<u8>,
    paper: Picture,
}

impl Sheet {
    /// Puts in fresh paper.
    pub fn new(profile: &Profile, faces: &Faces) -> Self {
        let width = usize::from(profile.width_dots);
        Self {
            faces: faces.clone(),
            width,
            styles: Styles::fresh(width),
            line: Vec::new(),
            kept_qr: Vec::new(),
            paper: Picture::white(width, 0),
        }
    }

    /// Says how many rows came out.
    pub fn rows(&self) -> usize {
        self.paper.height()
    }

    /// Tells whether letters wait that no line feed has printed.
    pub fn has_line(&self) -> bool {
        !self.line.is_empty()
    }

    /// Tears off everything beyond a row: the paper ended there.
    pub fn end_at(&mut self, row: usize) {
        self.paper.shorten(row);
        self.line.clear();
    }

    /// Gives the paper as it is and goes on with fresh paper and the same styles.
    pub fn take(&mut self) -> Picture {
        std::mem::replace(&mut self.paper, Picture::white(self.width, 0))
    }

    /// Gives the paper.
    pub fn into_picture(self) -> Picture {
        self.paper
    }

    /// Does what one operation says.
    pub fn apply(&mut self, op: &Op) {
        match op {
            Op::Init => {
                self.line.clear();
                self.kept_qr.clear();
                self.styles = Styles::fresh(self.width);
            }
            Op::Margin(dots) => self.styles.margin = usize::from(*dots).min(self.width),
            Op::Area(dots) => self.styles.area = usize::from(*dots),
            Op::Align(align) => self.styles.align = *align,
            Op::Size { wide, high } => (self.styles.wide, self.styles.high) = (*wide, *high),
            Op::Bold(on) => self.styles.bold = *on,
            Op::Inverted(on) => self.styles.inverted = *on,
            Op::LineSpacing(dots) => self.styles.spacing = *dots,
            Op::Letter(c) => self.letter(Some(*c), columns(*c)),
            Op::NoLetter { columns } => self.letter(None, usize::from(*columns)),
            Op::LineFeed => self.line_feed(),
            Op::FeedDots(dots) => self.print_and_feed(usize::from(*dots)),
            Op::FeedLines(lines) => {
                self.print_and_feed(usize::from(*lines) * self.spacing());
            }
            Op::Raster { stride, rows, wide, high } => {
                let picture = Picture::from_rows(*stride, rows);
                self.picture(&picture.scaled(usize::from(*wide), usize::from(*high)));
            }
            Op::QrModule(dots) => self.styles.qr_module = (*dots).clamp(1, QR_MODULE_DOTS_MAX),
            Op::QrLevel(level) => self.styles.qr_level = *level,
            Op::QrKeep(payload) => self.kept_qr.clone_from(payload),
            Op::QrPrint => self.qr(),
            Op::Cut { feed, .. } => self.print_and_feed(usize::from(*feed)),
            Op::Drawer
            | Op::AskNow(_)
            | Op::Recover(_)
            | Op::Report(_)
            | Op::AnswerWhenDone(_)
            | Op::AskModel(_)
            | Op::Nothing
            | Op::Unknown(_) => {}
        }
    }

    /// Prints the line that waits, if there is one, and moves on by its height.
    pub fn print_line(&mut self) {
        if !self.line.is_empty() {
            self.line_feed();
        }
    }

    fn spacing(&self) -> usize {
        usize::from(self.styles.spacing.unwrap_or(LINE_DOTS))
    }

    /// The width that lines use: the area, as far as it is on the paper.
    fn area(&self) -> usize {
        self.styles.area.min(self.width - self.styles.margin)
    }

    fn letter(&mut self, c: Option<char>, columns: usize) {
        let styles = &self.styles;
        let letter = Letter {
            c,
            wide: columns * LETTER_DOTS * usize::from(styles.wide),
            high: LETTER_HEIGHT_DOTS * usize::from(styles.high),
            bold: styles.bold,
            inverted: styles.inverted,
        };
        let used: usize = self.line.iter().map(|letter| letter.wide).sum();
        if !self.line.is_empty() && used + letter.wide > self.area() {
            self.line_feed();
        }
        self.line.push(letter);
    }

    fn line_feed(&mut self) {
        let spacing = self.spacing();
        self.print_and_feed(spacing);
    }

    fn print_and_feed(&mut self, dots: usize) {
        let drawn = self.draw_line();
        self.advance(dots.saturating_sub(drawn));
    }

    /// Draws the waiting letters and says how far the paper moved: by the tallest of them.
    fn draw_line(&mut self) -> usize {
        let line = std::mem::take(&mut self.line);
        let tallest = line.iter().map(|letter| letter.high).max().unwrap_or(0);
        let mut x = self.left(line.iter().map(|letter| letter.wide).sum());
        let top = self.paper.height();
        self.paper.grow((top + tallest).min(ROWS_MAX));
        for letter in line {
            let y = top + tallest - letter.high;
            let cell = Cell { x, y, width: letter.wide, height: letter.high, bold: letter.bold };
            let ink = if letter.inverted { Ink::White } else { Ink::Black };
            if letter.inverted {
                self.paper.fill(x, y, letter.wide, letter.high);
            }
            match letter.c {
                Some(c) => self.faces.draw_in_cell(&mut self.paper, c, cell, ink),
                None => crate::faces::draw_box(&mut self.paper, cell, ink),
            }
            x += letter.wide;
        }
        tallest
    }

    fn left(&self, wide: usize) -> usize {
        let spare = self.area().saturating_sub(wide);
        self.styles.margin
            + match self.styles.align {
                Align::Left => 0,
                Align::Centre => spare / 2,
                Align::Right => spare,
            }
    }

    fn picture(&mut self, picture: &Picture) {
        self.print_line();
        let (x, y) = (self.left(picture.width()), self.paper.height());
        self.advance(picture.height());
        self.paper.lay(x, y, picture);
    }

    fn qr(&mut self) {
        let level = self.styles.qr_level;
        if let Some(code) = crate::draw::qr_as_printer(&self.kept_qr, self.styles.qr_module, level)
        {
            self.picture(&code);
        }
    }

    fn advance(&mut self, dots: usize) {
        self.paper.grow((self.paper.height() + dots).min(ROWS_MAX));
    }
}

impl Styles {
    fn fresh(width: usize) -> Self {
        Self {
            margin: 0,
            area: width,
            align: Align::Left,
            wide: 1,
            high: 1,
            bold: false,
            inverted: false,
            spacing: None,
            qr_module: 3,
            qr_level: b'0',
        }
    }
}

#[cfg(test)]
mod tests;
