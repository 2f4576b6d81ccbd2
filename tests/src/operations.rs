//! The steps of `docs/OPERATIONS.md` as they stand there, on folders and ports of a test.

use std::{
    fs,
    net::TcpStream,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{county, free_port, program, root, wait_until};

/// Mosquitto installed by the steps; it is ended with the test.
pub struct Installed {
    folder: PathBuf,
    /// Where it listens.
    pub port: u16,
}

/// What the steps call as root: it is done here as whoever runs the test.
const SUDO: &str =
    "#!/bin/sh\n[ \"$1\" = -u ] && shift 2\n[ \"$1\" = apt-get ] && exit 0\nexec \"$@\"\n";

/// Starts the broker with its configuration, or lets it read its files again.
const SYSTEMCTL: &str = "#!/bin/sh\nset -e\ncd FOLDER\ncase \"$1\" in\nrestart)\n\
     if [ -f pid ]; then kill $(cat pid); while kill -0 $(cat pid) 2>/dev/null; do sleep 0.05; done; fi\n/usr/sbin/mosquitto -c etc/mosquitto.conf < /dev/null > log 2>&1 &\n\
     echo $! > pid ;;\nreload) kill -HUP $(cat pid) ;;\nesac\n";

impl Installed {
    /// A folder that stands for the machine: what is `/srv/paihao` in the steps is the test's own.
    /// None if mosquitto is not installed.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    pub fn prepare(folder: &Path) -> Option<Self> {
        if !Path::new("/usr/sbin/mosquitto").exists() {
            eprintln!("mosquitto is not installed; tests/run installs it");
            return None;
        }
        let machine = Self { folder: folder.to_owned(), port: free_port() };
        let commands = folder.join("commands");
        fs::create_dir_all(&commands).expect("a folder for a test");
        symlink(program("queue-server"), commands.join("queue-server")).expect("a link for a test");
        let systemctl = SYSTEMCTL.replace("FOLDER", &folder.display().to_string());
        for (name, text) in [("sudo", SUDO), ("systemctl", &systemctl)] {
            fs::write(commands.join(name), text).expect("a file for a test");
            mode(&commands.join(name), 0o755);
        }
        let state = folder.join("state");
        fs::create_dir_all(&state).expect("a folder for a test");
        // Run as root, mosquitto goes on as its own user.
        mode(folder, 0o755);
        mode(&state, 0o777);
        Some(machine)
    }

    /// Does the steps of a chapter: all commands, or those under a heading in bold.
    ///
    /// # Panics
    /// If one fails.
    pub fn follow(&self, heading: &str) {
        let page = page();
        let from = page.find(heading).unwrap_or_else(|| panic!("no heading {heading}"));
        self.run(&block(&page[from..], "bash"));
    }

    /// The same with more words for `mqtt-access`.
    ///
    /// # Panics
    /// If one fails.
    pub fn follow_with(&self, heading: &str, more: &str) {
        let page = page();
        let from = page.find(heading).unwrap_or_else(|| panic!("no heading {heading}"));
        let commands = block(&page[from..], "bash");
        self.run(&commands.replace("mqtt-access", &format!("mqtt-access {more}")));
    }

    /// The lines that a file gets by the step under a heading.
    ///
    /// # Panics
    /// If there is no such step.
    #[must_use]
    pub fn lines(&self, heading: &str) -> String {
        let page = page();
        let from = page.find(heading).unwrap_or_else(|| panic!("no heading {heading}"));
        let text = self.here(&block(&page[from..], "toml"));
        text.replace("\"tls/", &format!("\"{}/tls/", self.folder.display()))
    }

    /// Waits until it listens.
    pub fn listens(&self) {
        wait_until("mosquitto listens", Duration::from_secs(10), || {
            let log = || fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            TcpStream::connect(("127.0.0.1", self.port))
                .map_err(|error| format!("{error} {}", log()))
        });
    }

    /// Runs commands as they would be typed.
    ///
    /// # Panics
    /// If one fails.
    pub fn run(&self, commands: &str) -> String {
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &self.here(commands)])
            .env("PATH", format!("{}:{path}", self.folder.join("commands").display()))
            .output()
            .expect("bash is there");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{commands}\n{error}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The steps with the test's own folders, port and name.
    fn here(&self, text: &str) -> String {
        let own = |name: &str| self.folder.join(name).display().to_string();
        let mut text = text
            .replace("--data data", &format!("--data {}", own("data")))
            .replace("--hall hall", &format!("--hall {}", county().display()))
            .replace(
                "--out mosquitto",
                &format!(
                    "--out mosquitto --state {} --listen 127.0.0.1:{}",
                    own("state"),
                    self.port
                ),
            )
            .replace("/etc/mosquitto", &own("etc"))
            .replace("/srv/paihao", &self.folder.display().to_string())
            .replace("DNS:broker.hall", "IP:127.0.0.1")
            .replace("broker.hall", "127.0.0.1")
            .replace("8883", &self.port.to_string());
        if !is_root() {
            text = text.replace("-o root -g mosquitto ", "");
        }
        text
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        let pid = fs::read_to_string(self.folder.join("pid")).unwrap_or_default();
        if !pid.trim().is_empty() {
            Command::new("kill").arg(pid.trim()).status().ok();
        }
        if std::thread::panicking() {
            eprintln!("{}", fs::read_to_string(self.folder.join("log")).unwrap_or_default());
        }
    }
}

fn page() -> String {
    fs::read_to_string(root().join("docs/OPERATIONS.md")).expect("the page is there")
}

/// The first fenced block of a language.
fn block(text: &str, language: &str) -> String {
    let from = text.split_once(&format!("```{language}\n")).map(|(_, rest)| rest);
    let block = from.and_then(|rest| rest.split_once("\n```")).map(|(block, _)| block);
    block.unwrap_or_else(|| panic!("no block of {language}")).to_owned() + "\n"
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a right for a test");
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("id is there");
    output.stdout == b"0\n"
}
