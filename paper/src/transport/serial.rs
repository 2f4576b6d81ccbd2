//! A printer on a serial line, 8N1.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serialport::{SerialPort, TTYPort};

use super::{Transport, TransportFault, is_again, left, not_open, write_all};

/// How often it is looked whether the last bytes left the machine.
const DRAIN_STEP: Duration = Duration::from_millis(5);

/// A printer on a serial line; the line is taken for us alone.
#[derive(Debug)]
pub struct Serial {
    path: PathBuf,
    baud: u32,
    port: Option<TTYPort>,
}

impl Serial {
    /// Names the line; opens it only when opened.
    pub fn new(path: &Path, baud: u32) -> Self {
        Self { path: path.to_owned(), baud, port: None }
    }
}

/// Waits until the system has given the bytes to the line: a slow line swallows a slip for seconds.
fn drain(port: &TTYPort, deadline: Instant) -> io::Result<()> {
    while port.bytes_to_write()? > 0 {
        let Some(left) = left(deadline) else { return Err(io::ErrorKind::TimedOut.into()) };
        std::thread::sleep(left.min(DRAIN_STEP));
    }
    Ok(())
}

impl Transport for Serial {
    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn two_way(&self) -> bool {
        true
    }

    fn open(&mut self, _deadline: Instant) -> Result<(), TransportFault> {
        self.close();
        let path = self.path.to_string_lossy();
        let port = serialport::new(path, self.baud).open_native();
        let port = port
            .map_err(|fault| TransportFault::Open { place: self.place(), source: fault.into() })?;
        self.port = Some(port);
        Ok(())
    }

    fn send(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), TransportFault> {
        let sent = match &mut self.port {
            None => Err((0, not_open())),
            Some(port) => write_all(bytes, deadline, |bytes, left| {
                port.set_timeout(left)?;
                port.write(bytes)
            })
            .and_then(|()| drain(port, deadline).map_err(|fault| (bytes.len(), fault))),
        };
        sent.map_err(|(sent, source)| TransportFault::Send {
            place: self.place(),
            sent,
            total: bytes.len(),
            source,
        })
    }

    fn hear(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, TransportFault> {
        let heard = self.port.as_mut().ok_or_else(not_open).and_then(|port| {
            while let Some(left) = left(deadline) {
                port.set_timeout(left)?;
                match port.read(buffer) {
                    // An unplugged adapter reads as nothing at once.
                    Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                    Ok(count) => return Ok(count),
                    Err(fault) if is_again(&fault) => {}
                    Err(fault) => return Err(fault),
                }
            }
            Ok(0)
        });
        heard.map_err(|source| TransportFault::Hear { place: self.place(), source })
    }

    fn close(&mut self) {
        self.port = None;
    }
}
