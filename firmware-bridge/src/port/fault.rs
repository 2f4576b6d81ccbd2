//! Why a port is not open, in a sentence for the electrician.

use std::{io::ErrorKind, path::Path};

use crate::{config::said, line::Away};

/// A port that cannot be opened or does not go on.
#[derive(Debug, thiserror::Error)]
pub enum PortFault {
    /// It is not there.
    #[error("{}", said("bridge.port_missing", &[("port", port)]))]
    Missing {
        /// The path.
        port: String,
    },
    /// Another program has it.
    #[error("{}", said("bridge.port_busy", &[("port", port)]))]
    Busy {
        /// The path.
        port: String,
    },
    /// It may not be opened.
    #[error("{}", said("bridge.port_denied", &[("port", port)]))]
    Denied {
        /// The path.
        port: String,
    },
    /// Nobody answers at the network address.
    #[error("{}", said("bridge.not_reached", &[("place", place), ("why", why)]))]
    Unreached {
        /// The address.
        place: String,
        /// Why.
        why: String,
    },
    /// Anything else.
    #[error("{}", said("bridge.port_other", &[("port", port), ("why", &why.to_string())]))]
    Other {
        /// The path.
        port: String,
        /// Why; it stands in the sentence, and is no source that would be told once more.
        why: serialport::Error,
    },
}

impl PortFault {
    /// What the system's error means.
    #[must_use]
    pub fn of(port: &Path, source: serialport::Error) -> Self {
        let port = port.display().to_string();
        match source.kind() {
            serialport::ErrorKind::NoDevice => Self::Busy { port },
            serialport::ErrorKind::Io(ErrorKind::NotFound | ErrorKind::BrokenPipe) => {
                Self::Missing { port }
            }
            serialport::ErrorKind::Io(ErrorKind::PermissionDenied) => Self::Denied { port },
            serialport::ErrorKind::Io(ErrorKind::ResourceBusy) => Self::Busy { port },
            serialport::ErrorKind::InvalidInput
            | serialport::ErrorKind::Unknown
            | serialport::ErrorKind::Io(_) => Self::Other { port, why: source },
        }
    }

    /// Why the line is away.
    #[must_use]
    pub const fn away(&self) -> Away {
        match self {
            Self::Missing { .. } => Away::PortMissing,
            Self::Busy { .. } => Away::PortBusy,
            Self::Unreached { .. } => Away::NotReached,
            Self::Denied { .. } | Self::Other { .. } => Away::PortFault,
        }
    }
}
