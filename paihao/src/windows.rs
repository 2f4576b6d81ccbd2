//! Kiosks and hall screens, in windows or without: processes of their own, because a window system's
//! loop cannot be shared. When there is no display, or a library is missing, the hall goes on.

use std::{
    env,
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A window that ends within this never opened.
const OPENS_WITHIN: Duration = Duration::from_secs(3);

/// How long a window may take to close.
const CLOSES_WITHIN: Duration = Duration::from_secs(3);

/// What Debian needs for a window.
pub const PACKAGES: &str = "sudo apt-get install -y libgl1 libegl1 libgl1-mesa-dri libx11-6 \
                            libx11-xcb1 libxcursor1 libxrandr2 libxi6 libxkbcommon-x11-0";

/// A kiosk or a display of the hall, in a window or without one.
pub struct Window {
    name: String,
    command: &'static str,
    config: PathBuf,
    seen: bool,
    process: Child,
    opened: Instant,
    told: bool,
}

/// Ends this process when the one that opened it has gone, also by a power cut of its own: a kiosk
/// of yesterday would hold the record that today's needs.
pub fn leave_with_the_hall() {
    let watch = || {
        let mut nothing = [0; 64];
        while matches!(io::stdin().read(&mut nothing), Ok(bytes) if bytes > 0) {}
        std::process::exit(0);
    };
    let thread = std::thread::Builder::new().name("leave".into()).spawn(watch);
    if let Err(error) = thread {
        tracing::warn!(%error, "this window will outlive the hall");
    }
}

/// True if there is a display to open windows on.
#[must_use]
pub fn has_display() -> bool {
    env::var_os("DISPLAY").is_some_and(|display| !display.is_empty())
}

impl Window {
    /// Opens one: this program again, with one of its hidden commands and a configuration. Not
    /// `seen`, it runs without a window.
    ///
    /// # Errors
    /// If the process cannot be started.
    pub fn open(
        name: String,
        command: &'static str,
        config: PathBuf,
        seen: bool,
    ) -> io::Result<Self> {
        let process = start(command, &config, seen)?;
        Ok(Self { name, command, config, seen, process, opened: Instant::now(), told: false })
    }

    /// A sentence, once, if the window has gone. One that could not be opened goes on without: the
    /// device is there all the same.
    pub fn has_gone(&mut self) -> Option<String> {
        let status = self.process.try_wait().ok().flatten()?;
        if std::mem::replace(&mut self.told, true) {
            return None;
        }
        let name = &self.name;
        if status.success() {
            return Some(format!("{name} 已关闭。 {name} was closed."));
        }
        if self.seen
            && self.opened.elapsed() < OPENS_WITHIN
            && let Ok(process) = start(self.command, &self.config, false)
        {
            (self.process, self.seen, self.told) = (process, false, false);
            return Some(format!(
                "{name} 窗口打不开，原因见上；已改为没有窗口照常运行。缺少图形库时请执行：\n  {PACKAGES}\n\
                 The window of {name} could not be opened, see above why; it goes on without. If a \
                 library is missing, run the line above."
            ));
        }
        Some(format!("{name} 异常退出（{status}）。 {name} ended ({status})."))
    }

    /// Asks it to close, without waiting.
    pub fn ask_to_close(&self) {
        let pid = i32::try_from(self.process.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid {
            // It may be gone already.
            rustix::process::kill_process(pid, rustix::process::Signal::TERM).ok();
        }
    }

    /// Waits for one that was asked to close, and closes it if it does not.
    pub fn close(mut self) {
        let begun = Instant::now();
        while begun.elapsed() < CLOSES_WITHIN {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn start(command: &str, config: &Path, seen: bool) -> io::Result<Child> {
    let mut process = Command::new(env::current_exe()?);
    process.arg(command).arg("--config").arg(config);
    if !seen {
        process.arg("--no-window");
    }
    // The other end closes when this process is gone, however it went.
    process.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()
}
