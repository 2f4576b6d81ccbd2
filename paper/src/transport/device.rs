//! A printer behind a device file such as `/dev/usb/lp0`.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::event::PollFlags;
use rustix::fs::OFlags;

use super::{Transport, TransportFault, is_again, left, not_open, wait, write_all};

/// The pause after an empty read, which some printers give at once and for ever.
const EMPTY_PAUSE: Duration = Duration::from_millis(20);

/// A printer behind a device file.
///
/// The file is opened without blocking and every wait is a poll with a deadline: a plain read of
/// `/dev/usb/lp0` can wait for ever.
#[derive(Debug)]
pub struct Device {
    path: PathBuf,
    file: Option<File>,
    readable: bool,
}

impl Device {
    /// Names the device file; opens it only when opened.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), file: None, readable: true }
    }
}

fn open(path: &Path, read: bool) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    OpenOptions::new().read(read).write(true).custom_flags(flags).open(path)
}

impl Transport for Device {
    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn two_way(&self) -> bool {
        self.readable
    }

    fn open(&mut self, _deadline: Instant) -> Result<(), TransportFault> {
        self.close();
        let file = match open(&self.path, true) {
            Ok(file) => {
                self.readable = true;
                Ok(file)
            }
            Err(_) => {
                self.readable = false;
                open(&self.path, false)
            }
        };
        self.file =
            Some(file.map_err(|source| TransportFault::Open { place: self.place(), source })?);
        Ok(())
    }

    fn send(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), TransportFault> {
        let sent = match &mut self.file {
            None => Err((0, not_open())),
            Some(file) => write_all(bytes, deadline, |bytes, left| {
                wait(file, PollFlags::OUT, left)?;
                file.write(bytes)
            }),
        };
        sent.map_err(|(sent, source)| TransportFault::Send {
            place: self.place(),
            sent,
            total: bytes.len(),
            source,
        })
    }

    fn hear(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, TransportFault> {
        let heard = self.file.as_mut().ok_or_else(not_open).and_then(|file| {
            while let Some(left) = left(deadline) {
                let read = wait(file, PollFlags::IN, left).and_then(|()| file.read(buffer));
                match read {
                    Ok(0) => std::thread::sleep(left.min(EMPTY_PAUSE)),
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
        self.file = None;
    }
}
