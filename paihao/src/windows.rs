//! The kiosk and the hall screen as windows: processes of their own, because a window system's
//! loop cannot be shared. When there is no display, or a library is missing, the hall goes on.

use std::{
    env,
    io::{self, Read},
    path::Path,
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

/// A window of the hall.
pub struct Window {
    name: &'static str,
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
    /// Opens one: this program again, with one of its hidden commands and a configuration.
    ///
    /// # Errors
    /// If the process cannot be started.
    pub fn open(name: &'static str, command: &str, config: &Path) -> io::Result<Self> {
        let process = Command::new(env::current_exe()?)
            .arg(command)
            .arg("--config")
            .arg(config)
            // The other end closes when this process is gone, however it went.
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        Ok(Self { name, process, opened: Instant::now(), told: false })
    }

    /// A sentence, once, if the window has gone.
    pub fn has_gone(&mut self) -> Option<String> {
        let status = self.process.try_wait().ok().flatten()?;
        if std::mem::replace(&mut self.told, true) {
            return None;
        }
        let name = self.name;
        if status.success() {
            return Some(format!("{name} 已关闭。 The {name} window was closed."));
        }
        Some(if self.opened.elapsed() < OPENS_WITHIN {
            format!(
                "{name} 窗口打不开，其余照常；原因见上。缺少图形库时请执行：\n  {PACKAGES}\n\
                 The {name} window could not be opened, see above why; everything else runs. If \
                 a library is missing, run the line above."
            )
        } else {
            format!("{name} 窗口异常退出（{status}）。 The {name} window ended ({status}).")
        })
    }

    /// Asks the window to close, and closes it if it does not.
    pub fn close(mut self) {
        let pid = i32::try_from(self.process.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid {
            // It may be gone already.
            rustix::process::kill_process(pid, rustix::process::Signal::TERM).ok();
        }
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
