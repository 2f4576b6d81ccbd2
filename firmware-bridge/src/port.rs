//! The only IO on lines: opens a serial port for this program alone, or a TCP connection; reads in a
//! thread, writes.

mod fault;
mod wire;

use std::{
    io::{ErrorKind, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

pub use fault::PortFault;
use wire::Wire;

use crate::profile::Framing;

/// How long a read waits before it looks whether it is still wanted.
const READ_WAITS: Duration = Duration::from_millis(100);

/// One read; a line brings a byte a millisecond.
const READ_BYTES_MAX: usize = 256;

/// How a port is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Bits a second.
    pub baud: u32,
    /// How bytes stand on the line.
    pub framing: Framing,
    /// The driver turns the RS-485 transmitter on and off.
    pub rs485: bool,
}

impl Manner {
    /// 8N1 at this speed, with an adapter that turns by itself.
    #[must_use]
    pub const fn usual(baud: u32) -> Self {
        Self { baud, framing: Framing::Usual, rs485: false }
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
    writer: Wire,
    stop: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

impl Port {
    /// Opens a port for this program alone, or connects to `tcp:ADDRESS:PORT`; what is read goes to
    /// `bring`, which says whether it wants more.
    ///
    /// # Errors
    /// [`PortFault`] with a sentence for the electrician.
    pub fn open(
        path: &Path,
        manner: Manner,
        bring: impl FnMut(Brought) -> bool + Send + 'static,
    ) -> Result<Self, PortFault> {
        let writer = Wire::open(path, manner)?;
        let reader = writer.second(path)?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let spawned = std::thread::Builder::new()
            .name("port".to_owned())
            .spawn(move || read(reader, &stopped, bring))
            .map_err(|error| PortFault::of(path, error.into()))?;
        Ok(Self { writer, stop, reader: Some(spawned) })
    }

    /// True if the port has gone away since it was opened.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.reader.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Writes a frame; false if the port is gone.
    pub fn write(&mut self, bytes: &[u8]) -> bool {
        self.writer.write(bytes).is_ok()
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

fn read(mut port: Box<dyn Read + Send>, stop: &AtomicBool, mut bring: impl FnMut(Brought) -> bool) {
    let mut bytes = [0; READ_BYTES_MAX];
    while !stop.load(Ordering::Relaxed) {
        match port.read(&mut bytes) {
            Ok(count) if count > 0 => {
                let brought = bytes[..count].to_vec();
                // It may be of a card.
                bytes[..count].fill(0);
                if !bring(Brought::Bytes(brought)) {
                    return;
                }
            }
            Err(error)
                if [ErrorKind::TimedOut, ErrorKind::Interrupted, ErrorKind::WouldBlock]
                    .contains(&error.kind()) => {}
            // No bytes and no waiting means unplugged, as does every error.
            Ok(_) | Err(_) => {
                bring(Brought::Gone);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;
