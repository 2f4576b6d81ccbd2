//! What diodes show, as a picture, made from the bytes they got.

use ab_glyph::{Font, FontRef, ScaleFont, point};

/// The letters of the halls' screens and slips.
const FONT: &[u8] = include_bytes!("../../../assets/fonts/HallSansSC-Regular.otf");

/// Diodes of a strip from top to bottom, and its columns: twelve Chinese characters.
const STRIP_ROWS: usize = 16;
const STRIP_COLUMNS: usize = 192;

/// Pixels of the picture for a diode, with its gap.
const PITCH: usize = 4;

/// How much of a diode a letter must cover to light it.
const LIT: f32 = 0.36;

/// Unlit diodes and the board.
const UNLIT: [u8; 3] = [38, 14, 12];
const BOARD: [u8; 3] = [12, 10, 10];

/// A character and the code of its colour.
pub type Letter = (char, u8);

/// The colour of a code as Onbon cards count them; what 01 and 02 are on other strips their source
/// does not say, so these are ours.
const fn colour(code: u8) -> [u8; 3] {
    match code {
        0 => [255, 48, 24],
        1 => [60, 230, 60],
        2 => [255, 190, 30],
        3 => [70, 110, 255],
        4 => [60, 220, 230],
        5 => [240, 80, 220],
        _ => [245, 245, 240],
    }
}

/// A rectangle of diodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diodes {
    columns: usize,
    rows: usize,
    lit: Vec<Option<u8>>,
}

impl Diodes {
    /// All dark.
    #[must_use]
    pub fn dark(columns: usize, rows: usize) -> Self {
        Self { columns, rows, lit: vec![None; columns * rows] }
    }

    /// A window strip of one line; what does not fit is cut off.
    #[must_use]
    pub fn strip(text: &[Letter]) -> Self {
        let mut diodes = Self::dark(STRIP_COLUMNS, STRIP_ROWS);
        diodes.write(text, (0, 0), STRIP_COLUMNS, STRIP_ROWS);
        diodes
    }

    /// Writes a line of letters of this height from a corner, no wider than that.
    pub fn write(&mut self, text: &[Letter], from: (usize, usize), width: usize, dots: usize) {
        let font = FontRef::try_from_slice(FONT).expect("the font is part of the program");
        let points = dots as f32 * 0.7;
        let scale = font.pt_to_px_scale(points).unwrap_or_else(|| (dots as f32).into());
        let scaled = font.as_scaled(scale);
        let base = from.1 as f32 + dots as f32 * 0.84;
        let mut left = from.0;
        for &(character, code) in text {
            let columns = if character.is_ascii() { dots / 2 } else { dots };
            let glyph = font.glyph_id(character);
            let slack = (columns as f32 - scaled.h_advance(glyph)) / 2.0;
            let place = point(left as f32 + slack.max(0.0), base);
            let outline = font.outline_glyph(glyph.with_scale_and_position(scaled.scale(), place));
            if let Some(outline) = outline {
                let corner = outline.px_bounds().min;
                outline.draw(|x, y, cover| {
                    let (x, y) = (corner.x + x as f32, corner.y + y as f32);
                    let right = (from.0 + width).min(self.columns) as f32;
                    let below = (from.1 + dots).min(self.rows) as f32;
                    if x >= from.0 as f32
                        && y >= from.1 as f32
                        && x < right
                        && y < below
                        && cover > LIT
                    {
                        self.lit[y as usize * self.columns + x as usize] = Some(code);
                    }
                });
            }
            left += columns;
        }
    }

    /// How many diodes shine.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lit.iter().flatten().count()
    }

    /// A PNG of them.
    ///
    /// # Errors
    /// If the picture cannot be packed.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let (width, height) = (self.columns * PITCH, self.rows * PITCH);
        let mut pixels = Vec::with_capacity(width * height * 3);
        for y in 0..height {
            for x in 0..width {
                let gap = x % PITCH == PITCH - 1 || y % PITCH == PITCH - 1;
                let diode = self.lit[(y / PITCH) * self.columns + x / PITCH];
                pixels.extend(if gap { BOARD } else { diode.map_or(UNLIT, colour) });
            }
        }
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width as u32, height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels)?;
        writer.finish()?;
        Ok(file)
    }
}
