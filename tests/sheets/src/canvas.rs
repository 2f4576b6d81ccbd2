//! A picture in memory: painted on, made smaller, written as a PNG.

use std::{fs::File, io::BufWriter, path::Path};

use anyhow::Context as _;

/// A picture of opaque pixels, red, green and blue from 0 to 255.
#[derive(Debug, Clone, PartialEq)]
pub struct Canvas {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Row after row.
    pub pixels: Vec<[f32; 3]>,
}

impl Canvas {
    /// A picture of one colour.
    #[must_use]
    pub fn new(width: usize, height: usize, colour: [f32; 3]) -> Self {
        Self { width, height, pixels: vec![colour; width * height] }
    }

    /// Lays a colour, already weighed by its own cover (0 to 1), over a pixel.
    pub fn blend(&mut self, x: usize, y: usize, colour: [f32; 3], cover: f32) {
        let pixel = &mut self.pixels[y * self.width + x];
        for (under, over) in pixel.iter_mut().zip(colour) {
            *under = over + *under * (1.0 - cover);
        }
    }

    /// Puts a picture with its corner at a place; what does not fit is left out.
    pub fn put(&mut self, other: &Self, x: usize, y: usize) {
        for row in 0..other.height.min(self.height.saturating_sub(y)) {
            let wide = other.width.min(self.width.saturating_sub(x));
            let (from, to) = (row * other.width, (y + row) * self.width + x);
            self.pixels[to..to + wide].copy_from_slice(&other.pixels[from..from + wide]);
        }
    }

    /// The same so many times smaller; what is left over at the edges is cut off.
    #[must_use]
    pub fn smaller(&self, times: usize) -> Self {
        let (width, height) = (self.width / times, self.height / times);
        let mut small = Self::new(width, height, [0.0; 3]);
        for (n, pixel) in small.pixels.iter_mut().enumerate() {
            let (left, top) = (n % width * times, n / width * times);
            let within = (0..times * times).map(|n| (left + n % times, top + n / times));
            let mut sum = [0.0; 3];
            for (x, y) in within {
                for (sum, part) in sum.iter_mut().zip(self.pixels[y * self.width + x]) {
                    *sum += part;
                }
            }
            *pixel = sum.map(|sum| sum / (times * times) as f32);
        }
        small
    }

    /// Writes a PNG.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        let file = File::create(path).with_context(|| format!("{}", path.display()))?;
        let (width, height) = (u32::try_from(self.width)?, u32::try_from(self.height)?);
        let mut encoder = png::Encoder::new(BufWriter::new(file), width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let bytes: Vec<u8> = self.pixels.iter().flatten().map(|part| part.round() as u8).collect();
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&bytes)?;
        Ok(writer.finish()?)
    }

    /// Reads a PNG that [`Canvas::write`] wrote.
    ///
    /// # Errors
    /// If there is none, or it is of another kind.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("{}", path.display()))?;
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info()?;
        let size = reader.output_buffer_size().context("the picture is too large")?;
        let mut bytes = vec![0; size];
        let found = reader.next_frame(&mut bytes)?;
        anyhow::ensure!(found.color_type == png::ColorType::Rgb, "it is no picture of ours");
        let (width, height) = (found.width as usize, found.height as usize);
        let pixels = bytes.chunks_exact(3).map(|rgb| [rgb[0], rgb[1], rgb[2]].map(f32::from));
        Ok(Self { width, height, pixels: pixels.collect() })
    }
}
