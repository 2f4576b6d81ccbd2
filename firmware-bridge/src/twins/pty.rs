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
    termios::{ControlModes, tcgetattr},
};

/// How long to wait before looking again whether somebody has opened the other end.
const NOBODY_WAITS: Duration = Duration::from_millis(20);

/// Where the system has its pseudo-terminals.
const PSEUDO_TERMINALS: &str = "/dev/pts";

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
    /// Opens a pseudo-terminal; `path` leads to it, also after it was opened anew. A link to another
    /// pseudo-terminal is replaced.
    ///
    /// # Errors
    /// If the system gives none, the link cannot be made, or `path` is something else already.
    pub fn open(path: &Path) -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let flags = fcntl_getfl(&master)?;
        fcntl_setfl(&master, flags | OFlags::NONBLOCK)?;
        let name = ptsname(&master, Vec::new())?;
        let device = PathBuf::from(name.to_string_lossy().into_owned());
        if is_ours(path)? {
            fs::remove_file(path)?;
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

    /// The speed that whoever has the other end has set; none if the system does not say.
    #[must_use]
    pub fn speed(&self) -> Option<u32> {
        tcgetattr(&self.master).ok().map(|found| found.output_speed()).filter(|speed| *speed > 0)
    }

    /// The stop bits that whoever has the other end has set; none if the system does not say.
    #[must_use]
    pub fn stop_bits(&self) -> Option<u8> {
        let found = tcgetattr(&self.master).ok()?;
        Some(1 + u8::from(found.control_modes.contains(ControlModes::CSTOPB)))
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

/// True if there is a link of a pseudo-terminal, perhaps of one that has ended; what else has the
/// name stays as it is.
fn is_ours(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(_) if fs::read_link(path).is_ok_and(|to| to.starts_with(PSEUDO_TERMINALS)) => Ok(true),
        Ok(_) => Err(ErrorKind::AlreadyExists.into()),
    }
}

fn wait_on(ends: &mut [PollFd], wait: Duration) {
    let time = Timespec {
        tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(wait.subsec_nanos()),
    };
    poll(ends, Some(&time)).ok();
}

#[cfg(test)]
mod tests {
    //! What may be replaced by a pseudo-terminal's link.

    use super::*;

    #[test]
    fn a_link_of_a_pseudo_terminal_is_replaced_and_everything_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::os::unix::fs::symlink("/dev/pts/99999", at("old")).unwrap();
        assert!(Pty::open(&at("old")).is_ok(), "left over from a twin that was killed");
        let first = Pty::open(&at("line")).unwrap();
        let second = Pty::open(&at("line")).unwrap();
        assert_eq!(fs::read_link(at("line")).unwrap(), second.device());
        drop(first);
        assert!(at("line").exists(), "the newer one's link stays");

        fs::write(at("report.txt"), "work of a year").unwrap();
        fs::create_dir(at("folder")).unwrap();
        std::os::unix::fs::symlink(at("report.txt"), at("link")).unwrap();
        std::os::unix::fs::symlink("/dev/ttyUSB0", at("adapter")).unwrap();
        for name in ["report.txt", "folder", "link", "adapter"] {
            let no = Pty::open(&at(name)).unwrap_err();
            assert_eq!(no.kind(), ErrorKind::AlreadyExists, "{name}");
            assert!(fs::symlink_metadata(at(name)).is_ok(), "{name} stays");
        }
        assert_eq!(fs::read_to_string(at("report.txt")).unwrap(), "work of a year");
    }
}
