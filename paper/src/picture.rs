//! A picture in one bit a dot: black or white, as a thermal printer sees it.

/// A black-and-white picture; a set bit is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    bits: Vec<u8>,
}

impl Picture {
    /// Makes a white picture.
    pub fn white(width: usize, height: usize) -> Self {
        Self { width, height, bits: vec![0; width.div_ceil(8) * height] }
    }

    /// Takes rows of packed bits, eight dots a byte, the leftmost dot in the highest bit.
    pub fn from_rows(stride: usize, rows: &[u8]) -> Self {
        let height = rows.len().checked_div(stride).unwrap_or(0);
        Self { width: stride * 8, height, bits: rows[..stride * height].to_vec() }
    }

    /// Says the width in dots.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Says the height in dots.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Says how many bytes one row takes.
    pub fn stride(&self) -> usize {
        self.width.div_ceil(8)
    }

    /// Shows the packed rows.
    pub fn bits(&self) -> &[u8] {
        &self.bits
    }

    /// Shows the packed rows for changing.
    pub(crate) fn bits_mut(&mut self) -> &mut [u8] {
        &mut self.bits
    }

    /// Tells whether a dot is black; outside the picture everything is white.
    pub fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.width
            && y < self.height
            && self.bits[y * self.stride() + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// Blackens or whitens a dot; outside the picture nothing happens.
    pub fn set(&mut self, x: usize, y: usize, black: bool) {
        if x < self.width && y < self.height {
            let at = y * self.stride() + x / 8;
            let bit = 0x80 >> (x % 8);
            if black {
                self.bits[at] |= bit;
            } else {
                self.bits[at] &= !bit;
            }
        }
    }

    /// Blackens a rectangle.
    pub fn fill(&mut self, x: usize, y: usize, width: usize, height: usize) {
        for row in y..y + height {
            for column in x..x + width {
                self.set(column, row, true);
            }
        }
    }

    /// Lays another picture over this one: its black dots become black here.
    pub fn lay(&mut self, x: usize, y: usize, other: &Self) {
        for row in 0..other.height {
            for column in 0..other.width {
                if other.is_black(column, row) {
                    self.set(x + column, y + row, true);
                }
            }
        }
    }

    /// Adds white rows at the bottom until the picture is that high.
    pub fn grow(&mut self, height: usize) {
        if height > self.height {
            self.bits.resize(self.stride() * height, 0);
            self.height = height;
        }
    }

    /// Takes away every row from the given one on.
    pub fn shorten(&mut self, height: usize) {
        if height < self.height {
            self.bits.truncate(self.stride() * height);
            self.height = height;
        }
    }

    /// Gives the picture with every dot repeated to the right and downwards.
    pub(crate) fn scaled(self, wide: usize, high: usize) -> Self {
        if wide <= 1 && high <= 1 {
            return self;
        }
        let mut scaled = Self::white(self.width * wide, self.height * high);
        for y in 0..scaled.height {
            for x in 0..scaled.width {
                scaled.set(x, y, self.is_black(x / wide, y / high));
            }
        }
        scaled
    }

    /// Counts the black dots.
    pub fn black_dots(&self) -> usize {
        self.bits.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    /// Writes the picture as a PNG file of one bit a dot.
    pub fn png(&self) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder =
            png::Encoder::new(&mut file, self.width.max(1) as u32, self.height.max(1) as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        // In PNG a set bit is white; the bits past the right edge of a row are ignored.
        let mut rows: Vec<u8> = self.bits.iter().map(|byte| !byte).collect();
        if rows.is_empty() {
            rows.push(0xff);
        }
        let mut writer = encoder.write_header().expect("a Vec takes every write");
        writer.write_image_data(&rows).expect("the rows have the size the header says");
        drop(writer);
        file
    }
}
