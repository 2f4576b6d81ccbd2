//! What is drawn dot by dot: the number, labels, rules, QR codes, and lines the printer has no letters for.

use qrcode::{EcLevel, QrCode};

use crate::charset::{columns, width};
use crate::commands::defuse;
use crate::faces::{Cell, Faces, Ink};
use crate::picture::Picture;
use crate::profile::Profile;
use crate::slip::clean;
use crate::wrap::wrap;

/// Width of an ASCII letter of ordinary size in dots.
pub(crate) const LETTER_DOTS: usize = 12;
/// Height of a letter of ordinary size in dots.
pub(crate) const LETTER_HEIGHT_DOTS: usize = 24;
/// The em of the ticket number: its digits are 15 mm high.
const NUMBER_EM: f32 = 168.0;
/// White on both sides of the widest number.
const NUMBER_INSET_DOTS: usize = 8;
/// The least height of the number's digits: 10 mm.
const DIGIT_DOTS_MIN: f32 = 80.0;
/// The smallest QR module a phone reads from thermal paper.
const MODULE_DOTS_MIN: usize = 3;
/// The longest payload of a QR code: more makes modules too fine for a ticket.
const QR_BYTES_MAX: usize = 512;
/// White between a QR code and the words beside it, its own quiet border not counted.
const QR_GAP_DOTS: usize = 16;

/// Letters of one style that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub text: String,
    pub times: u8,
    pub bold: bool,
}

impl Run {
    pub fn dots(&self) -> usize {
        width(&self.text) * LETTER_DOTS * usize::from(self.times)
    }

    pub fn height(&self) -> usize {
        LETTER_HEIGHT_DOTS * usize::from(self.times)
    }
}

/// A QR code that cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QrFault {
    /// The payload holds more than a QR code can.
    #[error("a QR code on a slip cannot hold {bytes} bytes")]
    TooLong {
        /// How much was asked.
        bytes: usize,
    },
    /// The code is wider than the paper even at three dots a module.
    #[error("a QR code of {modules} modules is too wide for paper of {dots} dots")]
    TooWide {
        /// Modules with the border.
        modules: usize,
        /// The paper's width.
        dots: usize,
    },
}

/// Draws 排队号, the ticket number: digits at least 80 dots high, never wider than the paper.
pub(crate) fn number(text: &str, profile: &Profile, faces: &Faces) -> Picture {
    let text = clean(text).replace('\n', " ");
    let room = profile.content_dots() - 2 * NUMBER_INSET_DOTS;
    let natural = faces.draw_bold(&text, NUMBER_EM, room * 8).width();
    let least = (DIGIT_DOTS_MIN + 2.0) / faces.digit_height();
    let em = (NUMBER_EM * room as f32 / natural as f32).min(NUMBER_EM).max(least);
    let mut picture = faces.draw_bold(&text, em, room);
    defuse(&mut picture);
    picture
}

/// Draws white words on a black box.
pub(crate) fn label(text: &str, profile: &Profile, faces: &Faces) -> Picture {
    let text = clean(text).replace('\n', " ");
    let room = profile.content_dots();
    let times = if width(&text) * LETTER_DOTS * 2 + 48 <= room { 2 } else { 1 };
    let run_columns = (room - 24) / (LETTER_DOTS * times);
    let lines = wrap(&text, run_columns);
    let letter = LETTER_HEIGHT_DOTS * times;
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0) * LETTER_DOTS * times;
    let box_width = (widest + 24 * times).min(room).div_ceil(8) * 8;
    let row = letter + 6 * times;
    let mut picture = Picture::white(box_width, row * lines.len());
    picture.fill(0, 0, box_width, row * lines.len());
    for (index, line) in lines.iter().enumerate() {
        let run = Run { text: line.clone(), times: times as u8, bold: true };
        let x = (box_width - run.dots().min(box_width)) / 2;
        draw_run(&mut picture, faces, &run, x, index * row + 3 * times, Ink::White);
    }
    defuse(&mut picture);
    picture
}

/// Draws a line across the paper, two dots thick.
pub(crate) fn rule(dashed: bool, dots: usize) -> Picture {
    let mut picture = Picture::white(dots, 2);
    for x in 0..dots {
        if !dashed || x % 12 < 7 {
            picture.fill(x, 0, 1, 2);
        }
    }
    defuse(&mut picture);
    picture
}

/// Draws a line of letters; smaller letters stand on the same foot as the largest.
pub(crate) fn line(runs: &[Run], faces: &Faces) -> Picture {
    let mut picture = row(runs, faces);
    defuse(&mut picture);
    picture
}

/// Draws a line of letters without defusing, as a printer draws its own.
pub(crate) fn row(runs: &[Run], faces: &Faces) -> Picture {
    let dots: usize = runs.iter().map(Run::dots).sum();
    let height = runs.iter().map(Run::height).max().unwrap_or(LETTER_HEIGHT_DOTS);
    let mut picture = Picture::white(dots.max(8).div_ceil(8) * 8, height);
    let mut x = 0;
    for run in runs {
        draw_run(&mut picture, faces, run, x, height - run.height(), Ink::Black);
        x += run.dots();
    }
    picture
}

fn draw_run(picture: &mut Picture, faces: &Faces, run: &Run, x: usize, y: usize, ink: Ink) {
    let mut x = x;
    for c in run.text.chars() {
        let width = columns(c) * LETTER_DOTS * usize::from(run.times);
        let cell = Cell { x, y, width, height: run.height(), bold: run.bold };
        faces.draw_in_cell(picture, c, cell, ink);
        x += width;
    }
}

/// Draws a QR code with its quiet border, the modules as large as asked or as the paper allows.
pub(crate) fn qr(
    payload: &str,
    dots_per_module: u8,
    quiet: u8,
    room: usize,
) -> Result<Picture, QrFault> {
    if payload.len() > QR_BYTES_MAX {
        return Err(QrFault::TooLong { bytes: payload.len() });
    }
    let code = QrCode::with_error_correction_level(payload.as_bytes(), EcLevel::M)
        .map_err(|_| QrFault::TooLong { bytes: payload.len() })?;
    let quiet = usize::from(quiet);
    let side = code.width() + 2 * quiet;
    let dots = usize::from(dots_per_module).clamp(MODULE_DOTS_MIN, 16).min(room / side);
    if dots < MODULE_DOTS_MIN {
        return Err(QrFault::TooWide { modules: side, dots: room });
    }
    Ok(modules(&code, dots, quiet))
}

/// Draws a QR code as a printer does by itself, without a border; nothing if it cannot.
pub(crate) fn qr_as_printer(payload: &[u8], dots: u8, level: u8) -> Option<Picture> {
    let level = match level {
        b'1' => EcLevel::M,
        b'2' => EcLevel::Q,
        b'3' => EcLevel::H,
        _ => EcLevel::L,
    };
    let code = QrCode::with_error_correction_level(payload, level).ok()?;
    Some(modules(&code, usize::from(dots), 0))
}

/// Draws the modules of a code with a border.
fn modules(code: &QrCode, dots: usize, quiet: usize) -> Picture {
    let side = code.width() + 2 * quiet;
    let mut picture = Picture::white((side * dots).div_ceil(8) * 8, side * dots);
    for (at, color) in code.to_colors().iter().enumerate() {
        let (row, column) = (at / code.width(), at % code.width());
        if *color == qrcode::Color::Dark {
            picture.fill((column + quiet) * dots, (row + quiet) * dots, dots, dots);
        }
    }
    picture
}

/// Draws a QR code with words to its right; nothing when they do not fit beside each other.
pub(crate) fn qr_with_words(code: &Picture, words: &[String], room: usize) -> Option<QrStrip> {
    let widest = words.iter().map(|line| width(line)).max()? * LETTER_DOTS;
    let left = code.width() + QR_GAP_DOTS;
    if left + widest > room {
        return None;
    }
    Some(QrStrip { left, width: (left + widest).div_ceil(8) * 8 })
}

/// Where the words beside a QR code stand.
pub(crate) struct QrStrip {
    left: usize,
    width: usize,
}

impl QrStrip {
    /// Draws the code and the words; the first line is bold, all stand in the middle of the height.
    pub fn draw(
        &self,
        code: &Picture,
        words: &[String],
        line_dots: usize,
        faces: &Faces,
    ) -> Picture {
        let mut strip = Picture::white(self.width, code.height().max(words.len() * line_dots));
        strip.lay(0, (strip.height() - code.height()) / 2, code);
        let top =
            (strip.height() - words.len() * line_dots) / 2 + (line_dots - LETTER_HEIGHT_DOTS) / 2;
        for (index, line) in words.iter().enumerate() {
            let run = Run { text: line.clone(), times: 1, bold: index == 0 };
            draw_run(&mut strip, faces, &run, self.left, top + index * line_dots, Ink::Black);
        }
        defuse(&mut strip);
        strip
    }
}
