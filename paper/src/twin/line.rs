//! The virtual printer on a pseudo-terminal: as near to a serial line or `/dev/usb/lp0` as a machine
//! without a printer comes. Bauds are not simulated.

use std::io;
use std::ops::Deref;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::event::PollFlags;
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::{LOOK, Printer, Shared, machine::Machine};
use crate::faces::Faces;
use crate::profile::Profile;
use crate::transport::wait;

/// A virtual printer on a pseudo-terminal.
#[derive(Debug)]
pub struct LineTwin {
    path: PathBuf,
    printer: Printer,
}

impl LineTwin {
    /// Starts a printer of a model on a new pseudo-terminal.
    pub fn start(profile: &Profile, faces: &Faces) -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let flags = fcntl_getfl(&master)?;
        fcntl_setfl(&master, flags | OFlags::NONBLOCK)?;
        // A device file is opened as it is, so the line must not echo or wait for whole lines.
        let mut modes = tcgetattr(&master)?;
        modes.make_raw();
        tcsetattr(&master, OptionalActions::Now, &modes)?;
        let path = PathBuf::from(ptsname(&master, Vec::new())?.to_string_lossy().into_owned());
        let mut machine = Machine::new(profile, faces);
        let printer = Printer::start(move |shared| serve(&master, &mut machine, &shared))?;
        Ok(Self { path, printer })
    }

    /// Says which file leads to it.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Deref for LineTwin {
    type Target = Printer;

    fn deref(&self) -> &Printer {
        &self.printer
    }
}

fn serve(master: &OwnedFd, machine: &mut Machine, shared: &Arc<Shared>) {
    let mut bytes = [0; 512];
    let mut open = false;
    while !shared.desk().stop {
        let answers = if machine.is_full(shared) {
            std::thread::sleep(LOOK);
            machine.look(shared)
        } else {
            // The time being over is as good as nothing to read.
            let _ = wait(master, PollFlags::IN, LOOK);
            match rustix::io::read(master, &mut bytes) {
                Ok(count) if count > 0 => {
                    open = true;
                    machine.take(&bytes[..count], shared)
                }
                Ok(_) | Err(rustix::io::Errno::AGAIN) => machine.look(shared),
                Err(_) => {
                    // Nobody has the other end open.
                    if std::mem::take(&mut open) {
                        machine.hung_up(shared);
                        machine.greeted();
                    }
                    std::thread::sleep(LOOK);
                    machine.look(shared)
                }
            }
        };
        if !answers.is_empty() && !shared.desk().state.silent {
            // What does not fit is lost, as on a line nobody listens to.
            let _ = rustix::io::write(master, &answers);
        }
    }
}
