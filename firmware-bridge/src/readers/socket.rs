//! The way to the kiosk: a Unix socket that only its owner opens. One kiosk at a time; a newer one
//! takes the place of the older.

use std::{
    fs::{self, Permissions},
    io::ErrorKind,
    os::unix::{
        fs::{FileTypeExt, PermissionsExt},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::Duration,
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use wire::reader::{KioskSays, lines};

use crate::config::said;

/// Stopping is noticed after so long.
const LOOK_ROUND: Duration = Duration::from_millis(200);

/// A kiosk that does not read for so long is not spoken with any more.
const WRITE_WAITS: Duration = Duration::from_secs(1);

/// The socket cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SocketFault {
    /// Another program serves it.
    #[error("{}", said("bridge.socket_served", &[("path", &path.display().to_string())]))]
    Served {
        /// Where.
        path: PathBuf,
    },
    /// Something else stands there.
    #[error("{}", said("bridge.no_socket", &[("path", &path.display().to_string())]))]
    NoSocket {
        /// Where.
        path: PathBuf,
    },
    /// A file or thread.
    #[error(
        "{}",
        said(
            "bridge.socket_fault",
            &[("path", &path.display().to_string()), ("why", &source.to_string())]
        )
    )]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// What comes in, from the kiosk that came as the n-th.
#[derive(Debug)]
pub enum Knock {
    /// It is there; what is written to the stream reaches it.
    Here(UnixStream),
    /// It says something.
    Says(KioskSays),
    /// It has gone, or said what makes no sense.
    Gone,
}

/// A socket that is listened at.
pub struct Socket {
    path: PathBuf,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Socket {
    /// Listens at a path; what an earlier program left there is replaced. `tell` may wait, and says
    /// whether it wants more.
    ///
    /// # Errors
    /// [`SocketFault`].
    pub fn open(
        path: &Path,
        tell: impl Fn(u64, Knock) -> bool + Clone + Send + 'static,
    ) -> Result<Self, SocketFault> {
        let fault = |source| SocketFault::Io { path: path.to_owned(), source };
        may_be_replaced(path)?;
        // Made beside it and moved there: nobody finds one that others may open.
        let fresh = path.with_extension("new");
        match fs::remove_file(&fresh) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(fault(error)),
            Ok(()) | Err(_) => {}
        }
        let listener = UnixListener::bind(&fresh).map_err(fault)?;
        fs::set_permissions(&fresh, Permissions::from_mode(0o600)).map_err(fault)?;
        listener.set_nonblocking(true).map_err(fault)?;
        fs::rename(&fresh, path).map_err(fault)?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = std::thread::Builder::new().name("reader-socket".to_owned());
        let thread = thread.spawn(move || listen(&listener, &stopped, tell));
        let thread = thread.map_err(fault)?;
        Ok(Self { path: path.to_owned(), stop, thread: Some(thread) })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.stop.store(true, Relaxed);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of a reader's socket panicked");
        }
        // Whoever comes next makes it anew in any case.
        fs::remove_file(&self.path).ok();
    }
}

/// Nothing stands there, or a socket that nobody serves any more.
fn may_be_replaced(path: &Path) -> Result<(), SocketFault> {
    let Ok(found) = fs::symlink_metadata(path) else { return Ok(()) };
    if !found.file_type().is_socket() {
        return Err(SocketFault::NoSocket { path: path.to_owned() });
    }
    match UnixStream::connect(path) {
        Ok(_) => Err(SocketFault::Served { path: path.to_owned() }),
        Err(_) => Ok(()),
    }
}

fn listen(
    listener: &UnixListener,
    stop: &AtomicBool,
    tell: impl Fn(u64, Knock) -> bool + Clone + Send + 'static,
) {
    let mut nth = 0;
    let mut kiosk: Option<(UnixStream, JoinHandle<()>)> = None;
    while !stop.load(Relaxed) {
        let wait = Timespec { tv_sec: 0, tv_nsec: LOOK_ROUND.as_nanos() as i64 };
        // Whatever it says, accepting tells more.
        poll(&mut [PollFd::new(listener, PollFlags::IN)], Some(&wait)).ok();
        let Ok((stream, _)) = listener.accept() else { continue };
        end(kiosk.take());
        nth += 1;
        kiosk = welcome(stream, nth, tell.clone());
    }
    end(kiosk);
}

/// Begins to listen to a kiosk; none if the system does not let us.
fn welcome(
    stream: UnixStream,
    nth: u64,
    tell: impl Fn(u64, Knock) -> bool + Send + 'static,
) -> Option<(UnixStream, JoinHandle<()>)> {
    stream.set_nonblocking(false).ok()?;
    stream.set_write_timeout(Some(WRITE_WAITS)).ok()?;
    let (heard, kept) = (stream.try_clone().ok()?, stream.try_clone().ok()?);
    if !tell(nth, Knock::Here(stream)) {
        return None;
    }
    let thread = std::thread::Builder::new().name("reader-kiosk".to_owned());
    let thread = thread.spawn(move || hear(heard, nth, tell)).ok()?;
    Some((kept, thread))
}

fn end(kiosk: Option<(UnixStream, JoinHandle<()>)>) {
    let Some((stream, thread)) = kiosk else { return };
    // It may have gone by itself.
    stream.shutdown(std::net::Shutdown::Both).ok();
    if thread.join().is_err() {
        tracing::error!("the thread that hears a kiosk panicked");
    }
}

/// Hears a kiosk until it goes, is replaced, or says what makes no sense.
fn hear(mut stream: UnixStream, nth: u64, tell: impl Fn(u64, Knock) -> bool) {
    if lines::hear(&mut stream, |says| tell(nth, Knock::Says(says))).is_err() {
        tracing::warn!("a kiosk said what makes no sense; its connection is closed");
    }
    stream.shutdown(std::net::Shutdown::Both).ok();
    tell(nth, Knock::Gone);
}
