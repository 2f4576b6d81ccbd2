//! A strip's text as a picture of lit diodes, made from the bytes it got.

use ab_glyph::{Font, FontRef, ScaleFont, point};

/// The letters of the halls' screens and slips.
const FONT: &[u8] = include_bytes!("../../../assets/fonts/HallSansSC-Regular.otf");

/// Diodes of a strip from top to bottom.
const ROWS: usize = 16;

/// Pixels of the picture for a diode, with its gap.
const PITCH: usize = 4;

/// Columns of the picture: twelve Chinese characters.
const COLUMNS: usize = 192;

/// How much of a diode a letter must cover to light it.
const LIT: f32 = 0.36;

/// Unlit diodes and the board.
const UNLIT: [u8; 3] = [38, 14, 12];
const BOARD: [u8; 3] = [12, 10, 10];

/// The colour of a code; what 01 and 02 are the source does not say, so these are ours.
const fn colour(code: u8) -> [u8; 3] {
    match code {
        0 => [255, 48, 24],
        1 => [60, 230, 60],
        _ => [255, 190, 30],
    }
}

/// A PNG of the strip.
///
/// # Errors
/// If the picture cannot be packed.
pub fn png(text: &[(char, u8)]) -> Result<Vec<u8>, png::EncodingError> {
    let diodes = diodes(text);
    let (width, height) = (COLUMNS * PITCH, ROWS * PITCH);
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let gap = x % PITCH == PITCH - 1 || y % PITCH == PITCH - 1;
            let diode = diodes[(y / PITCH) * COLUMNS + x / PITCH];
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

/// Lit diodes with the code of their colour, row by row; what does not fit is cut off.
fn diodes(text: &[(char, u8)]) -> Vec<Option<u8>> {
    let mut lit = vec![None; ROWS * COLUMNS];
    let font = FontRef::try_from_slice(FONT).expect("the font is part of the program");
    let scaled = font.as_scaled(font.pt_to_px_scale(11.25).unwrap_or_else(|| 16.0.into()));
    let base = 13.4;
    let mut from = 0;
    for &(character, code) in text {
        let columns = if character.is_ascii() { ROWS / 2 } else { ROWS };
        let glyph = font.glyph_id(character);
        let slack = (columns as f32 - scaled.h_advance(glyph)) / 2.0;
        let place = point(from as f32 + slack.max(0.0), base);
        if let Some(outline) =
            font.outline_glyph(glyph.with_scale_and_position(scaled.scale(), place))
        {
            let corner = outline.px_bounds().min;
            outline.draw(|x, y, cover| {
                let (x, y) = (corner.x + x as f32, corner.y + y as f32);
                let inside = x >= 0.0 && y >= 0.0 && (x as usize) < COLUMNS && (y as usize) < ROWS;
                if inside && cover > LIT {
                    lit[y as usize * COLUMNS + x as usize] = Some(code);
                }
            });
        }
        from += columns;
    }
    lit
}
