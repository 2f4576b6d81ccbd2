//! What finds the frames of one language in a stream of bytes.

use std::sync::Arc;

use super::{
    Decoded, Dialect, a090, alpha, bx5k, digits, ff68,
    generic::{self, Language},
    modbus, qm, qm_pad,
};

/// A language as far as a reader must know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tongue {
    /// One that the program knows.
    Known(Dialect),
    /// One that a profile describes.
    Described(Arc<Language>),
}

impl Tongue {
    /// What the bytes begin with.
    #[must_use]
    pub fn decode(&self, bytes: &[u8]) -> Decoded {
        match self {
            Self::Known(Dialect::Ff68) => ff68::decode(bytes),
            Self::Known(Dialect::A090) => a090::decode(bytes),
            Self::Known(Dialect::Qm) => qm::decode(bytes),
            Self::Known(Dialect::QmPad) => qm_pad::decode(bytes),
            Self::Known(Dialect::Bx5k) => bx5k::decode(bytes),
            Self::Known(Dialect::Alpha) => alpha::decode(bytes),
            Self::Known(Dialect::Modbus) => modbus::decode(bytes),
            Self::Known(Dialect::Digits) => digits::decode(bytes),
            Self::Known(Dialect::Generic) => Decoded::Garbage,
            Self::Described(language) => generic::decode(bytes, language),
        }
    }

    /// What the bytes are if nothing follows them: a poll is a single byte.
    #[must_use]
    pub fn decode_last(&self, bytes: &[u8]) -> Decoded {
        match self {
            Self::Known(Dialect::QmPad) => qm_pad::decode_last(bytes),
            Self::Known(_) | Self::Described(_) => self.decode(bytes),
        }
    }

    /// Frames of it begin with a byte of their own, so that they can be found among others without
    /// having been asked for.
    #[must_use]
    pub const fn has_head(&self) -> bool {
        match self {
            Self::Known(dialect) => match dialect {
                Dialect::Ff68
                | Dialect::A090
                | Dialect::Bx5k
                | Dialect::Alpha
                | Dialect::Digits => true,
                Dialect::Qm | Dialect::QmPad | Dialect::Modbus | Dialect::Generic => false,
            },
            Self::Described(_) => true,
        }
    }
}
