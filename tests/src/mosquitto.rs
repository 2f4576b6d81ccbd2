//! Debian's mosquitto as the broker outside.

use std::{
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{authority::Certificate, free_port, wait_until};

const PROGRAM: &str = "/usr/sbin/mosquitto";

/// A broker that forgets everything when it ends.
pub struct Mosquitto {
    config: PathBuf,
    /// Its port; the same after a restart.
    pub port: u16,
    process: Option<Child>,
}

impl Mosquitto {
    /// Starts it with these users and passwords; none if it is not installed.
    ///
    /// # Panics
    /// If it is installed and does not start.
    #[must_use]
    pub fn start(folder: &Path, users: &[(&str, &str)]) -> Option<Self> {
        Self::start_with(folder, users, None)
    }

    /// The same; with a certificate it speaks TLS and nothing else.
    ///
    /// # Panics
    /// If it is installed and does not start.
    #[must_use]
    pub fn start_with(
        folder: &Path,
        users: &[(&str, &str)],
        certificate: Option<&Certificate>,
    ) -> Option<Self> {
        if !Path::new(PROGRAM).exists() {
            eprintln!("mosquitto is not installed; tests/run installs it");
            return None;
        }
        let passwords = folder.join("passwords");
        let lines: Vec<String> =
            users.iter().map(|(user, word)| format!("{user}:{word}\n")).collect();
        fs::write(&passwords, lines.concat()).expect("a file for a test");
        let hashed = Command::new("mosquitto_passwd").arg("-U").arg(&passwords).status();
        assert!(hashed.is_ok_and(|status| status.success()), "passwords are hashed");
        let (config, port) = (folder.join("mosquitto.conf"), free_port());
        let tls = certificate.map_or_else(String::new, |tls| {
            format!("certfile {}\nkeyfile {}\n", tls.file.display(), tls.key.display())
        });
        let text = format!(
            "listener {port} 127.0.0.1\nallow_anonymous false\npassword_file {}\npersistence false\n\
             user root\n{tls}",
            passwords.display()
        );
        fs::write(&config, text).expect("a file for a test");
        let mut broker = Self { config, port, process: None };
        broker.begin();
        Some(broker)
    }

    /// Starts it again on its port.
    ///
    /// # Panics
    /// If it does not start.
    pub fn begin(&mut self) {
        let process = Command::new(PROGRAM)
            .arg("-c")
            .arg(&self.config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.process = Some(process.expect("mosquitto starts"));
        wait_until("mosquitto listens", Duration::from_secs(10), || {
            TcpStream::connect(("127.0.0.1", self.port)).map_err(|error| error.to_string())
        });
    }

    /// Pulls its plug.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().ok();
            process.wait().ok();
        }
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        self.kill();
    }
}
