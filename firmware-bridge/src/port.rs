//! The only IO on serial lines: opens a port for this program alone, reads in a thread, writes.

use std::{
    io::{ErrorKind, Read, Write},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use serialport::{DataBits, FlowControl, Parity, StopBits, TTYPort};

use crate::{config::said, line::Away};

/// How long a read waits before it looks whether it is still wanted.
const READ_WAITS: Duration = Duration::from_millis(100);

/// One read; a line brings a byte a millisecond.
const READ_BYTES_MAX: usize = 256;

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
    /// Anything else.
    #[error("{}", said("bridge.port_other", &[("port", port), ("why", &source.to_string())]))]
    Other {
        /// The path.
        port: String,
        /// Why.
        source: serialport::Error,
    },
}

impl PortFault {
    fn of(port: &Path, source: serialport::Error) -> Self {
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
            | serialport::ErrorKind::Io(_) => Self::Other { port, source },
        }
    }

    /// Why the line is away.
    #[must_use]
    pub const fn away(&self) -> Away {
        match self {
            Self::Missing { .. } => Away::PortMissing,
            Self::Busy { .. } => Away::PortBusy,
            Self::Denied { .. } | Self::Other { .. } => Away::PortFault,
        }
    }
}

/// What the reading thread brings.
#[derive(Debug)]
pub enum Brought {
    /// Bytes.
    Bytes(Vec<u8>),
    /// The port is gone; the thread has ended.
    Gone,
}

/// An open port.
#[derive(Debug)]
pub struct Port {
    writer: TTYPort,
    stop: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

impl Port {
    /// Opens a port at 8N1 for this program alone; what is read goes to `bring`, which says
    /// whether it wants more.
    ///
    /// # Errors
    /// [`PortFault`] with a sentence for the electrician.
    pub fn open(
        path: &Path,
        baud: u32,
        bring: impl FnMut(Brought) -> bool + Send + 'static,
    ) -> Result<Self, PortFault> {
        let fault = |source| PortFault::of(path, source);
        let writer = serialport::new(path.to_string_lossy(), baud)
            .data_bits(DataBits::Eight)
            .parity(Parity::None)
            .stop_bits(StopBits::One)
            .flow_control(FlowControl::None)
            .timeout(READ_WAITS)
            .open_native()
            .map_err(fault)?;
        let reader = writer.try_clone_native().map_err(fault)?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let spawned = std::thread::Builder::new()
            .name("port".to_owned())
            .spawn(move || read(reader, &stopped, bring))
            .map_err(|error| fault(error.into()))?;
        Ok(Self { writer, stop, reader: Some(spawned) })
    }

    /// True if the port has gone away since it was opened.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.reader.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Writes a frame; false if the port is gone.
    pub fn write(&mut self, bytes: &[u8]) -> bool {
        self.writer.write_all(bytes).is_ok()
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(reader) = self.reader.take()
            && reader.join().is_err()
        {
            tracing::error!("the reading thread of a port panicked");
        }
    }
}

fn read(mut port: TTYPort, stop: &AtomicBool, mut bring: impl FnMut(Brought) -> bool) {
    let mut bytes = [0; READ_BYTES_MAX];
    while !stop.load(Ordering::Relaxed) {
        match port.read(&mut bytes) {
            Ok(count) if count > 0 => {
                if !bring(Brought::Bytes(bytes[..count].to_vec())) {
                    return;
                }
            }
            Err(error) if [ErrorKind::TimedOut, ErrorKind::Interrupted].contains(&error.kind()) => {
            }
            // No bytes and no waiting means unplugged, as does every error.
            Ok(_) | Err(_) => {
                bring(Brought::Gone);
                return;
            }
        }
    }
}
