//! The ways bytes reach a printer: TCP, a device file, a serial line, or a folder for trying.

use std::io;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::faces::Faces;
use crate::profile::Profile;

pub mod device;
pub mod directory;
pub mod place;
pub mod serial;
pub mod tcp;

pub use place::{Place, PlaceFault};

/// A way to one printer. No wait is longer than the deadline given.
///
/// A job opens, sends, hears and closes; so a printer that was switched off in between, or that
/// serves one connection at a time, is no special case.
pub trait Transport: Send {
    /// Says where the printer is, for messages.
    fn place(&self) -> String;

    /// Tells whether answers can come back on this way.
    fn two_way(&self) -> bool;

    /// Reaches the printer; an old connection is dropped first.
    fn open(&mut self, deadline: Instant) -> Result<(), TransportFault>;

    /// Sends all the bytes or says how many went.
    fn send(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), TransportFault>;

    /// Reads what comes; 0 bytes when nothing came until the deadline.
    fn hear(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, TransportFault>;

    /// Lets the printer go.
    fn close(&mut self);

    /// Sends a question and reads the first byte that comes, if one comes in time.
    fn ask(&mut self, question: &[u8], deadline: Instant) -> Result<Option<u8>, TransportFault> {
        self.send(question, deadline)?;
        let mut answer = [0; 1];
        let count = self.hear(&mut answer, deadline)?;
        Ok((count > 0).then_some(answer[0]))
    }
}

/// What went wrong on the way to the printer.
#[derive(Debug, thiserror::Error)]
pub enum TransportFault {
    /// The printer could not be reached; nothing was sent.
    #[error("failed to reach the printer at {place}: {source}")]
    Open {
        /// Where it should be.
        place: String,
        /// Why.
        source: io::Error,
    },
    /// Sending stopped.
    #[error("failed to send to the printer at {place} after {sent} of {total} bytes: {source}")]
    Send {
        /// Where it is.
        place: String,
        /// Bytes that left this program.
        sent: usize,
        /// Bytes there were.
        total: usize,
        /// Why.
        source: io::Error,
    },
    /// Reading stopped.
    #[error("failed to hear from the printer at {place}: {source}")]
    Hear {
        /// Where it is.
        place: String,
        /// Why.
        source: io::Error,
    },
}

/// Says how long it is until a deadline; at least a millisecond, since zero means for ever to sockets.
fn left(deadline: Instant) -> Option<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    (!left.is_zero()).then(|| left.max(Duration::from_millis(1)))
}

/// Writes piece by piece until all went or the deadline came; says how many bytes went.
fn write_all(
    bytes: &[u8],
    deadline: Instant,
    mut write: impl FnMut(&[u8], Duration) -> io::Result<usize>,
) -> Result<(), (usize, io::Error)> {
    let mut sent = 0;
    while sent < bytes.len() {
        let Some(left) = left(deadline) else {
            return Err((sent, io::ErrorKind::TimedOut.into()));
        };
        match write(&bytes[sent..], left) {
            Ok(0) => return Err((sent, io::ErrorKind::WriteZero.into())),
            Ok(count) => sent += count,
            Err(fault) if is_again(&fault) => {}
            Err(fault) => return Err((sent, fault)),
        }
    }
    Ok(())
}

/// Tells an ended wait, which is looked at against the deadline, from a real fault.
fn is_again(fault: &io::Error) -> bool {
    matches!(
        fault.kind(),
        io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
    )
}

/// Waits until a file or socket is ready or the time is over.
pub(crate) fn wait(file: &impl AsFd, flags: PollFlags, left: Duration) -> io::Result<()> {
    let timeout = Timespec::try_from(left).map_err(io::Error::other)?;
    let mut files = [PollFd::new(file, flags)];
    match poll(&mut files, Some(&timeout)) {
        Ok(0) => Err(io::ErrorKind::TimedOut.into()),
        Ok(_) => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}

fn not_open() -> io::Error {
    io::Error::new(io::ErrorKind::NotConnected, "the way is not open")
}

/// Makes the way to a place.
pub fn transport(place: &Place, profile: &Profile, faces: &Faces) -> Box<dyn Transport> {
    match place {
        Place::Tcp(address) => Box::new(tcp::Tcp::new(address)),
        Place::Device(path) => Box::new(device::Device::new(path)),
        Place::Serial { path, baud } => Box::new(serial::Serial::new(path, *baud)),
        Place::Directory(path) => Box::new(directory::Directory::new(path, profile, faces)),
    }
}

#[cfg(test)]
mod tests;
