//! A pseudo-terminal with a name that stays: the twins' side of a serial line.

use std::{
    fs,
    io::{self, ErrorKind},
    os::fd::OwnedFd,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::{
    event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll},
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    io::Errno,
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};

/// How long to wait before looking again whether somebody has opened the other end.
const NOBODY_WAITS: Duration = Duration::from_millis(20);

/// One read.
const READ_BYTES_MAX: usize = 512;

/// One end of a pseudo-terminal; the other has a path.
#[derive(Debug)]
pub struct Pty {
    master: OwnedFd,
    path: PathBuf,
    device: PathBuf,
}

/// Wakes the thread that waits on a [`Pty`].
#[derive(Debug)]
pub struct Waker(OwnedFd);

impl Waker {
    /// A waker.
    ///
    /// # Errors
    /// If the system has none left.
    pub fn new() -> io::Result<Self> {
        Ok(Self(eventfd(0, EventfdFlags::NONBLOCK | EventfdFlags::CLOEXEC)?))
    }

    /// Wakes.
    pub fn wake(&self) {
        // A full counter wakes as well.
        rustix::io::write(&self.0, &1_u64.to_ne_bytes()).ok();
    }

    fn calm(&self) {
        rustix::io::read(&self.0, &mut [0; 8]).ok();
    }
}

impl Pty {
    /// Opens a pseudo-terminal; `path` leads to it, also after it was opened anew.
    ///
    /// # Errors
    /// If the system gives none, or the link cannot be made.
    pub fn open(path: &Path) -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let flags = fcntl_getfl(&master)?;
        fcntl_setfl(&master, flags | OFlags::NONBLOCK)?;
        let name = ptsname(&master, Vec::new())?;
        let device = PathBuf::from(name.to_string_lossy().into_owned());
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        std::os::unix::fs::symlink(&device, path)?;
        Ok(Self { master, path: path.to_owned(), device })
    }

    /// The path that stays.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The device it leads to now.
    #[must_use]
    pub fn device(&self) -> &Path {
        &self.device
    }

    /// Waits for bytes, a wake or the time; none if there are none.
    pub fn read(&self, waker: &Waker, wait: Duration) -> Vec<u8> {
        let mut ends =
            [PollFd::new(&self.master, PollFlags::IN), PollFd::new(&waker.0, PollFlags::IN)];
        wait_on(&mut ends, wait);
        let (here, woken) = (ends[0].revents(), ends[1].revents());
        if woken.contains(PollFlags::IN) {
            waker.calm();
        }
        let mut bytes = [0; READ_BYTES_MAX];
        match rustix::io::read(&self.master, &mut bytes) {
            Ok(count) => bytes[..count].to_vec(),
            Err(error) => {
                let nobody = error == Errno::IO || here.contains(PollFlags::HUP);
                if nobody && !woken.contains(PollFlags::IN) {
                    // Nobody has the other end open, so waiting on it would return at once.
                    wait_on(&mut [PollFd::new(&waker.0, PollFlags::IN)], wait.min(NOBODY_WAITS));
                }
                Vec::new()
            }
        }
    }

    /// Writes; what does not fit is lost, as on a line nobody listens to.
    pub fn write(&self, bytes: &[u8]) {
        rustix::io::write(&self.master, bytes).ok();
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // The link may lead to a newer one already.
        if fs::read_link(&self.path).is_ok_and(|device| device == self.device) {
            fs::remove_file(&self.path).ok();
        }
    }
}

fn wait_on(ends: &mut [PollFd], wait: Duration) {
    let time = Timespec {
        tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(wait.subsec_nanos()),
    };
    poll(ends, Some(&time)).ok();
}
