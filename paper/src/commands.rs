//! The bytes of ESC/POS: plain commands by the crate `escpos`, the rest by us, in this one file.
//!
//! Ours, because the crate lacks them or sends something else: Chinese mode (FS & FS . FS S),
//! margins (GS L, GS W), dot feeds (ESC J), raster from our own pictures (GS v 0), the cuts (its
//! partial cut is a full cut with one dot of feed), the drawer (its three bytes eat the next two),
//! real-time status (it sends a fourth byte), automatic status (GS a) and queued status (GS r).

use std::cell::RefCell;

use escpos::driver::Driver;
use escpos::errors::PrinterError;
use escpos::printer::Printer;
use escpos::utils::{
    Encoder, JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};

use crate::charset::Charset;
use crate::picture::Picture;
use crate::slip::Align;

const ESC: u8 = 0x1b;
const FS: u8 = 0x1c;
const GS: u8 = 0x1d;
const DLE: u8 = 0x10;
const EOT: u8 = 0x04;

/// ESC @: forget every style and whatever waits in the line buffer.
pub const INIT: [u8; 2] = [ESC, b'@'];
/// GS a FF: report every change of state from now on.
pub const REPORT_ON: [u8; 3] = [GS, b'a', 0xff];
/// GS a 0: report no more.
pub const REPORT_OFF: [u8; 3] = [GS, b'a', 0x00];
/// GS r 1: answer when everything before this is done.
pub const ANSWER_WHEN_DONE: [u8; 3] = [GS, b'r', 0x01];
/// GS I C: which model are you?
pub const ASK_MODEL: [u8; 3] = [GS, b'I', b'C'];
/// DLE ENQ 2: recover from an error and forget everything that waits.
pub const FORGET: [u8; 3] = [DLE, 0x05, 0x02];
/// ESC p 0: a pulse to the drawer of 50 ms and a pause of 500 ms; all five bytes of it.
pub const DRAWER: [u8; 5] = [ESC, b'p', 0x00, 0x19, 0xfa];
/// ESC B 2 2: two beeps on Chinese clones.
pub const BEEP: [u8; 4] = [ESC, b'B', 0x02, 0x02];

/// DLE EOT n: answer at once, whatever you are doing.
pub fn ask_now(question: u8) -> [u8; 3] {
    [DLE, EOT, question]
}

/// Collects what the builder writes.
#[derive(Default)]
struct Sink(RefCell<Vec<u8>>);

impl Driver for Sink {
    fn name(&self) -> String {
        "bytes".to_owned()
    }

    fn write(&self, bytes: &[u8]) -> Result<(), PrinterError> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> Result<usize, PrinterError> {
        Ok(0)
    }

    fn flush(&self) -> Result<(), PrinterError> {
        Ok(())
    }
}

/// The byte builder refused something.
#[derive(Debug, thiserror::Error)]
#[error("the byte builder refused: {0}")]
pub struct BuildFault(String);

impl From<PrinterError> for BuildFault {
    fn from(fault: PrinterError) -> Self {
        Self(fault.to_string())
    }
}

type Built = Result<(), BuildFault>;

/// One job's bytes, growing command by command.
pub(crate) struct Commands {
    printer: Printer<Sink>,
}

impl Commands {
    pub fn new(charset: Charset) -> Self {
        let protocol = Protocol::new(Encoder::new(charset.codec()));
        Self { printer: Printer::new(Sink::default(), protocol, None) }
    }

    pub fn into_bytes(mut self) -> Result<Vec<u8>, BuildFault> {
        self.printer.print()?;
        Ok(self.printer.driver().0.into_inner())
    }

    fn raw(&mut self, bytes: &[u8]) -> Built {
        self.printer.custom(bytes)?;
        Ok(())
    }

    pub fn init(&mut self) -> Built {
        self.printer.init()?;
        Ok(())
    }

    /// GS P 203 203: one unit of feeding is one dot.
    pub fn motion_units(&mut self) -> Built {
        self.printer.motion_units(203, 203)?;
        Ok(())
    }

    pub fn chinese_on(&mut self) -> Built {
        self.raw(&[FS, b'&'])?;
        self.raw(&[FS, b'S', 0, 0])
    }

    pub fn chinese_off(&mut self) -> Built {
        self.raw(&[FS, b'.'])
    }

    pub fn area(&mut self, margin: u16, width: u16) -> Built {
        let [low, high] = margin.to_le_bytes();
        self.raw(&[GS, b'L', low, high])?;
        let [low, high] = width.to_le_bytes();
        self.raw(&[GS, b'W', low, high])
    }

    pub fn align(&mut self, align: Align) -> Built {
        self.printer.justify(match align {
            Align::Left => JustifyMode::LEFT,
            Align::Centre => JustifyMode::CENTER,
            Align::Right => JustifyMode::RIGHT,
        })?;
        Ok(())
    }

    pub fn size(&mut self, times: u8) -> Built {
        self.printer.size(times, times)?;
        Ok(())
    }

    pub fn bold(&mut self, bold: bool) -> Built {
        self.printer.bold(bold)?;
        Ok(())
    }

    pub fn line_spacing(&mut self, dots: u8) -> Built {
        self.printer.line_spacing(dots)?;
        Ok(())
    }

    /// Text that the character set is known to hold.
    pub fn text(&mut self, text: &str) -> Built {
        self.printer.write(text)?;
        Ok(())
    }

    pub fn line_feed(&mut self) -> Built {
        self.raw(b"\n")
    }

    pub fn feed(&mut self, dots: usize) -> Built {
        let mut left = dots;
        while left > 0 {
            let step = left.min(255);
            self.raw(&[ESC, b'J', step as u8])?;
            left -= step;
        }
        Ok(())
    }

    /// GS v 0, in bands that a small receive buffer can hold.
    pub fn raster(&mut self, picture: &Picture, rows_max: u8) -> Built {
        let stride = picture.stride();
        for band in picture.bits().chunks(stride * usize::from(rows_max)) {
            let rows = (band.len() / stride) as u8;
            self.raw(&[GS, b'v', b'0', 0, stride as u8, 0, rows, 0])?;
            self.raw(band)?;
        }
        Ok(())
    }

    pub fn qr(&mut self, payload: &str, dots_per_module: u8) -> Built {
        let option =
            QRCodeOption::new(QRCodeModel::Model2, dots_per_module, QRCodeCorrectionLevel::M);
        self.printer.qrcode_option(payload, option)?;
        Ok(())
    }

    /// GS V A n or GS V B n: feed to the knife and n dots more, then cut.
    pub fn feed_and_cut(&mut self, partial: bool, dots: u8) -> Built {
        self.raw(&[GS, b'V', if partial { b'B' } else { b'A' }, dots])
    }

    /// GS V 0 or GS V 1: cut here.
    pub fn plain_cut(&mut self, partial: bool) -> Built {
        self.raw(&[GS, b'V', u8::from(partial)])
    }

    /// ESC i or ESC m: cut here, on old clones.
    pub fn clone_cut(&mut self, partial: bool) -> Built {
        self.raw(&[ESC, if partial { b'm' } else { b'i' }])
    }
}

/// Changes single dots so that no bytes of the picture read like a real-time command.
///
/// A printer looks for DLE EOT, DLE ENQ and DLE DC4 in everything it receives, pictures too.
/// The dot beside the lone one of DLE is burnt as well, which no eye sees.
pub(crate) fn defuse(picture: &mut Picture) {
    let bits = picture.bits_mut();
    for at in 1..bits.len() {
        if bits[at - 1] == DLE && matches!(bits[at], EOT | 0x05 | 0x14) {
            bits[at - 1] |= 0x08;
        }
    }
}

#[cfg(test)]
mod tests;
