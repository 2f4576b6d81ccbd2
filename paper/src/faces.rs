//! The two letter faces that slips are drawn with, and how a letter becomes dots.

use ab_glyph::{Font, FontArc, Glyph, PxScale, ScaleFont, point};

use crate::picture::Picture;

/// Coverage from which a dot is burnt. Thin strokes of small letters vanish with more.
const INK: f32 = 0.45;

/// Where the baseline of an ideographic em square lies, from its top.
const BASELINE: f32 = 0.88;
/// The same for letters with feet, which are drawn smaller.
const LATIN_BASELINE: f32 = 0.79;
/// Their em, in heights of the cell.
const LATIN_EM: f32 = 0.86;

/// A regular and a bold face, given as font files by the caller.
#[derive(Clone)]
pub struct Faces {
    regular: FontArc,
    bold: FontArc,
}

impl std::fmt::Debug for Faces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Faces")
    }
}

/// A font file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the {which} font file is not a font this program can read")]
pub struct FontFault {
    which: &'static str,
    source: ab_glyph::InvalidFont,
}

impl Faces {
    /// Takes the bytes of two font files that live as long as the program.
    pub fn new(regular: &'static [u8], bold: &'static [u8]) -> Result<Self, FontFault> {
        let read = |bytes, which| {
            FontArc::try_from_slice(bytes).map_err(|source| FontFault { which, source })
        };
        Ok(Self { regular: read(regular, "regular")?, bold: read(bold, "bold")? })
    }

    /// Takes the bytes of two font files read at run time.
    pub fn from_files(regular: Vec<u8>, bold: Vec<u8>) -> Result<Self, FontFault> {
        let read = |bytes, which| {
            FontArc::try_from_vec(bytes).map_err(|source| FontFault { which, source })
        };
        Ok(Self { regular: read(regular, "regular")?, bold: read(bold, "bold")? })
    }

    /// Tells whether the regular face can draw a character.
    pub fn has(&self, c: char) -> bool {
        self.regular.glyph_id(c).0 != 0
    }

    /// Draws a character into a cell of the printer's grid; a face narrower or wider is fitted.
    pub(crate) fn draw_in_cell(&self, picture: &mut Picture, c: char, cell: Cell, ink: Ink) {
        let font = self.face(cell.bold);
        let id = font.glyph_id(c);
        if id.0 == 0 {
            if !c.is_whitespace() {
                draw_box(picture, cell, ink);
            }
            return;
        }
        // A printer's letters have their feet within the cell.
        let (em, foot) = if c.is_ascii() { (LATIN_EM, LATIN_BASELINE) } else { (1.0, BASELINE) };
        let mut scale = px_scale(font, cell.height as f32 * em);
        let advance = font.as_scaled(scale).h_advance(id);
        let room = cell.width as f32;
        if advance > room {
            scale.x *= room / advance;
        }
        let left = cell.x as f32 + (room - advance.min(room)) / 2.0;
        let baseline = cell.y as f32 + cell.height as f32 * foot;
        let glyph = Glyph { id, scale, position: point(left, baseline) };
        draw_glyph(picture, font, glyph, ink);
    }

    /// Draws a text at its own widths, bold, as large as asked and no wider than `width_max`.
    ///
    /// The picture is cut to the ink; when the text is too wide the letters are made narrower,
    /// never lower.
    pub(crate) fn draw_bold(&self, text: &str, em: f32, width_max: usize) -> Picture {
        let font = &self.bold;
        let mut scale = px_scale(font, em);
        let natural = line_width(font, text, scale);
        let room = width_max as f32 - 2.0;
        if natural > room && natural > 0.0 {
            scale.x *= room / natural;
        }
        let height = (em * 1.6).ceil() as usize;
        let mut picture = Picture::white(width_max, height);
        let mut x = 1.0;
        for c in text.chars() {
            let id = font.glyph_id(c);
            let glyph = Glyph { id, scale, position: point(x, em * 1.1) };
            draw_glyph(&mut picture, font, glyph, Ink::Black);
            x += font.as_scaled(scale).h_advance(id);
        }
        cut_to_ink(&picture)
    }

    /// Says how high the digits of the bold face are, as a share of the em.
    pub(crate) fn digit_height(&self) -> f32 {
        let font = &self.bold;
        let id = font.glyph_id('0');
        let units = font.units_per_em().unwrap_or(1000.0);
        font.outline(id).map_or(0.7, |outline| outline.bounds.height().abs() / units)
    }

    fn face(&self, bold: bool) -> &FontArc {
        if bold { &self.bold } else { &self.regular }
    }
}

/// A place in the printer's grid of letters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
    pub bold: bool,
}

/// What a letter does to the dots under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Black,
    White,
}

/// Scales so that the em square has the asked height (ab_glyph scales by ascent plus descent).
fn px_scale(font: &FontArc, em: f32) -> PxScale {
    let units = font.units_per_em().unwrap_or(1000.0);
    PxScale::from(em * font.height_unscaled() / units)
}

fn line_width(font: &FontArc, text: &str, scale: PxScale) -> f32 {
    let scaled = font.as_scaled(scale);
    text.chars().map(|c| scaled.h_advance(font.glyph_id(c))).sum()
}

fn draw_glyph(picture: &mut Picture, font: &FontArc, glyph: Glyph, ink: Ink) {
    let Some(outline) = font.outline_glyph(glyph) else { return };
    let corner = outline.px_bounds().min;
    outline.draw(|dx, dy, coverage| {
        let (x, y) = (corner.x + dx as f32, corner.y + dy as f32);
        if coverage >= INK && x >= 0.0 && y >= 0.0 {
            picture.set(x as usize, y as usize, ink == Ink::Black);
        }
    });
}

/// Draws the hollow box that stands for a character no face has.
pub(crate) fn draw_box(picture: &mut Picture, cell: Cell, ink: Ink) {
    let (left, top) = (cell.x + 2, cell.y + 2);
    let (right, bottom) =
        ((cell.x + cell.width).saturating_sub(3), (cell.y + cell.height).saturating_sub(3));
    for x in left..=right {
        picture.set(x, top, ink == Ink::Black);
        picture.set(x, bottom, ink == Ink::Black);
    }
    for y in top..=bottom {
        picture.set(left, y, ink == Ink::Black);
        picture.set(right, y, ink == Ink::Black);
    }
}

fn cut_to_ink(picture: &Picture) -> Picture {
    let black = |x: usize, y: usize| picture.is_black(x, y);
    let (width, height) = (picture.width(), picture.height());
    let rows: Vec<usize> = (0..height).filter(|&y| (0..width).any(|x| black(x, y))).collect();
    let columns: Vec<usize> = (0..width).filter(|&x| (0..height).any(|y| black(x, y))).collect();
    let (Some(top), Some(bottom), Some(left), Some(right)) =
        (rows.first(), rows.last(), columns.first(), columns.last())
    else {
        return Picture::white(8, 1);
    };
    let mut cut = Picture::white((right - left + 1).div_ceil(8) * 8, bottom - top + 1);
    let margin = (cut.width() - (right - left + 1)) / 2;
    for y in *top..=*bottom {
        for x in *left..=*right {
            cut.set(margin + x - left, y - top, black(x, y));
        }
    }
    cut
}
