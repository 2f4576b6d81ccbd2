//! Check values that frames end with. CRCs come from the catalogue of the crate `crc`.

use crc::{CRC_16_ARC, CRC_16_IBM_3740, CRC_16_MODBUS, CRC_16_XMODEM, Crc};
use serde::Deserialize;

const ARC: Crc<u16> = Crc::<u16>::new(&CRC_16_ARC);
const MODBUS: Crc<u16> = Crc::<u16>::new(&CRC_16_MODBUS);
const XMODEM: Crc<u16> = Crc::<u16>::new(&CRC_16_XMODEM);
const CCITT: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_3740);

/// How a check is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The sum of the bytes, one byte.
    Sum,
    /// What makes the sum zero, one byte.
    SumNegated,
    /// The sum of the bytes, two bytes.
    Sum16,
    /// All bytes exclusive-ored, one byte.
    Xor,
    /// CRC-16/ARC: polynomial 8005 reflected, begins with 0.
    CrcArc,
    /// CRC-16/MODBUS: the same, begins with FFFF.
    CrcModbus,
    /// CRC-16/XMODEM: polynomial 1021, begins with 0.
    CrcXmodem,
    /// CRC-16/IBM-3740, often called CCITT: the same, begins with FFFF.
    CrcCcitt,
}

impl Check {
    /// How many bytes it has.
    #[must_use]
    pub const fn width(self) -> usize {
        match self {
            Self::Sum | Self::SumNegated | Self::Xor => 1,
            Self::Sum16 | Self::CrcArc | Self::CrcModbus | Self::CrcXmodem | Self::CrcCcitt => 2,
        }
    }

    /// The check of some bytes.
    #[must_use]
    pub fn of(self, bytes: &[u8]) -> u16 {
        match self {
            Self::Sum => sum(bytes).into(),
            Self::SumNegated => sum(bytes).wrapping_neg().into(),
            Self::Sum16 => sum16(bytes),
            Self::Xor => xor(bytes).into(),
            Self::CrcArc => crc_arc(bytes),
            Self::CrcModbus => MODBUS.checksum(bytes),
            Self::CrcXmodem => XMODEM.checksum(bytes),
            Self::CrcCcitt => CCITT.checksum(bytes),
        }
    }
}

/// The sum of the bytes, modulo 256.
#[must_use]
pub fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, &byte| sum.wrapping_add(byte))
}

/// The sum of the bytes, modulo 65,536.
#[must_use]
pub fn sum16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum, &byte| sum.wrapping_add(byte.into()))
}

/// All bytes exclusive-ored.
#[must_use]
pub fn xor(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |xor, &byte| xor ^ byte)
}

/// CRC-16/ARC.
#[must_use]
pub fn crc_arc(bytes: &[u8]) -> u16 {
    ARC.checksum(bytes)
}
