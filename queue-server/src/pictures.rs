//! Pictures that people send: believed by their bytes alone, bounded, and made anew.
//!
//! What is kept is a JPEG of our own making: upright, no larger than it is shown, and without what a camera
//! writes beside it: the place, the time, the telephone.

pub mod header;

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageReader, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};

/// Bytes of a picture that is sent: a telephone's has 6 MiB.
pub const SENT_BYTES_MAX: usize = 12 << 20;

/// Its sides, in pixels, as they are sent.
const SENT_SIDE_MAX: u32 = 12_000;

/// Its points: a telephone's have 12 to 50 million, and each takes three bytes while it is made anew.
const SENT_POINTS_MAX: u64 = 50_000_000;

/// How good it stays, in hundredths; the second where the first is too large.
const QUALITIES: [u8; 2] = [85, 60];

/// Why a picture is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PictureFault {
    /// It is neither JPEG nor PNG, or broken.
    #[error("it is neither JPEG nor PNG, or broken")]
    Strange,
    /// It is too small to be shown.
    #[error("it is too small: {wide} x {high}")]
    Small {
        /// Pixels across.
        wide: u32,
        /// Pixels down.
        high: u32,
    },
    /// It is too large to be looked at.
    #[error("it is too large")]
    Large,
}

impl PictureFault {
    /// Its word in texts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Strange => "strange",
            Self::Small { .. } => "small",
            Self::Large => "large",
        }
    }
}

/// How large a picture is kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    /// Its shorter side, as it is sent, at least.
    pub side_min: u32,
    /// Its sides at most: it is made smaller.
    pub side_max: u32,
    /// Bytes at most.
    pub bytes_max: usize,
}

/// A picture made anew, as JPEG.
///
/// # Errors
/// Why it is not taken.
pub fn remade(bytes: &[u8], kept: Kept) -> Result<Vec<u8>, PictureFault> {
    if bytes.len() > SENT_BYTES_MAX {
        return Err(PictureFault::Large);
    }
    let header = header::of(bytes).ok_or(PictureFault::Strange)?;
    let (wide, high) = (header.wide, header.high);
    if wide.max(high) > SENT_SIDE_MAX || u64::from(wide) * u64::from(high) > SENT_POINTS_MAX {
        return Err(PictureFault::Large);
    }
    if wide.min(high) < kept.side_min {
        return Err(PictureFault::Small { wide, high });
    }
    let picture = upright(bytes).map_err(|_| PictureFault::Strange)?;
    let is_large = picture.width().max(picture.height()) > kept.side_max;
    let picture = if is_large {
        picture.resize(kept.side_max, kept.side_max, FilterType::Triangle)
    } else {
        picture
    };
    let points = picture.to_rgb8();
    for quality in QUALITIES {
        let mut made = Vec::new();
        JpegEncoder::new_with_quality(&mut made, quality)
            .encode_image(&points)
            .map_err(|_| PictureFault::Strange)?;
        if made.len() <= kept.bytes_max {
            return Ok(made);
        }
    }
    Err(PictureFault::Large)
}

/// As it was held when it was taken.
fn upright(bytes: &[u8]) -> Result<DynamicImage, ImageError> {
    let mut decoder = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?.into_decoder()?;
    let turned = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, RgbImage};

    use super::*;

    const KEPT: Kept = Kept { side_min: 120, side_max: 960, bytes_max: 512 * 1024 };

    fn picture(wide: u32, high: u32, format: ImageFormat) -> Vec<u8> {
        let points = RgbImage::from_fn(wide, high, |x, y| image::Rgb([x as u8, y as u8, 90]));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(points).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_is_made_anew_smaller_and_without_what_stood_beside_it() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let made = remade(&picture(2_000, 1_500, format), KEPT).unwrap();
            let head = header::of(&made).unwrap();
            assert_eq!((head.kind, head.wide, head.high), ("image/jpeg", 960, 720));
        }
        // A comment of a camera, behind the first marker.
        let plain = picture(300, 400, ImageFormat::Jpeg);
        let mut told = plain[..2].to_vec();
        told.extend(b"\xff\xfe\x00\x0eGPS 28N 121E");
        told.extend(&plain[2..]);
        let made = remade(&told, KEPT).unwrap();
        assert!(!made.windows(3).any(|bytes| bytes == b"GPS"));
    }

    #[test]
    fn a_picture_taken_with_the_telephone_on_its_side_stands_upright() {
        let lying = picture(400, 300, ImageFormat::Jpeg);
        // EXIF with one entry: orientation 6, a quarter turn to the right.
        let exif = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let told = [&lying[..2], exif.as_slice(), &lying[2..]].concat();
        let head = header::of(&remade(&told, KEPT).unwrap()).unwrap();
        assert_eq!((head.wide, head.high), (300, 400));
    }

    #[test]
    fn what_is_no_picture_or_lies_about_its_size_is_not_taken() {
        let code = |bytes: &[u8]| remade(bytes, KEPT).unwrap_err().code();
        assert_eq!(code(b"GIF89a"), "strange");
        assert_eq!(code(b"<svg/>"), "strange");
        assert_eq!(code(&picture(100, 400, ImageFormat::Png)), "small");
        let mut cut = picture(300, 400, ImageFormat::Png);
        cut.truncate(200);
        assert_eq!(code(&cut), "strange");
        // A head that says it is as large as a field, and nothing behind it.
        let mut vast = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        vast.extend(60_000_u32.to_be_bytes());
        vast.extend(60_000_u32.to_be_bytes());
        assert_eq!(code(&vast), "large");
        assert_eq!(code(&vec![0; SENT_BYTES_MAX + 1]), "large");
    }
}
