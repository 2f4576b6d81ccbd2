//! A real `queue-server` process.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{api::Api, county, county_in, log_to, program, show_if_failed};

/// A Monday morning with every window's hours open.
pub const MONDAY: &str = "2026-11-23 09:00";

/// A server with its own data and ports.
pub struct Server {
    folder: TempDir,
    hall: PathBuf,
    extra: Vec<String>,
    begins: String,
    http_at: String,
    broker_at: String,
    process: Option<Child>,
    /// Where HTTP is.
    pub http: String,
    /// Where it answers over TLS; empty if it does not.
    pub https: String,
    /// Where the broker is.
    pub mqtt: String,
}

impl Server {
    /// Opens the sample hall on a Monday morning, with bounds that a test may pass.
    #[must_use]
    pub fn county() -> Self {
        Self::with(&[])
    }

    /// The same with more words on the command line.
    #[must_use]
    pub fn with(extra: &[&str]) -> Self {
        let mut server = Self::prepared(extra);
        server.start();
        server
    }

    /// The same, not started yet.
    ///
    /// # Panics
    /// If its folder cannot be made.
    #[must_use]
    pub fn prepared(extra: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let limits = "public_url = \"http://hall.test\"\n[limits]\nrequests_per_second = 1000000\nrequests_burst = 1000000\nconnections_per_address_max = 0\n";
        fs::write(folder.path().join("server.toml"), limits).expect("a file for a test");
        Self {
            folder,
            hall: county(),
            extra: extra.iter().map(ToString::to_string).collect(),
            begins: MONDAY.to_owned(),
            http_at: "127.0.0.1:0".to_owned(),
            broker_at: "127.0.0.1:0".to_owned(),
            process: None,
            http: String::new(),
            https: String::new(),
            mqtt: String::new(),
        }
    }

    /// Gives it a copy of the sample hall, on which its pages may write.
    pub fn own_hall(&mut self) {
        self.hall = county_in(self.folder.path());
    }

    /// Lets it start at another moment: "2026-11-24 09:05".
    pub fn begin_at(&mut self, moment: &str) {
        moment.clone_into(&mut self.begins);
    }

    /// Gives HTTP a port that stays the same over restarts.
    pub fn keep_http_at(&mut self, port: u16) {
        self.http_at = format!("127.0.0.1:{port}");
    }

    /// Gives the embedded broker a port that stays the same over restarts.
    pub fn keep_broker_at(&mut self, port: u16) {
        self.broker_at = format!("127.0.0.1:{port}");
    }

    /// Adds lines to the server's own file.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn configure(&self, lines: &str) {
        let path = self.folder.path().join("server.toml");
        let text = fs::read_to_string(&path).unwrap_or_default() + lines;
        fs::write(path, text).expect("a file for a test");
    }

    /// The folder of the test.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The server's data.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What it said, in all its runs.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }

    /// Starts the process and waits for its line.
    ///
    /// # Panics
    /// If it does not become ready.
    pub fn start(&mut self) {
        let mut child = Command::new(program("queue-server"))
            .arg("serve")
            .arg("--hall")
            .arg(&self.hall)
            .arg("--data")
            .arg(self.data())
            .args(["--http", &self.http_at, "--mqtt", &self.broker_at, "--start", &self.begins])
            .arg("--config")
            .arg(self.folder.path().join("server.toml"))
            .args(&self.extra)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log_to(&self.log_file()))
            .spawn()
            .expect("the server starts");
        let out = child.stdout.take().expect("its output is ours");
        self.process = Some(child);
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).expect("the server says where it is");
        let ready: Value = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("the server did not become ready: {line:?}"));
        self.http = ready["http"].as_str().unwrap_or_default().to_owned();
        self.https = ready["https"].as_str().unwrap_or_default().to_owned();
        self.mqtt = ready["mqtt"].as_str().unwrap_or_default().to_owned();
    }

    /// Pulls its plug.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            // It may have ended by itself; either way it is gone.
            process.kill().ok();
            process.wait().ok();
        }
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }

    /// Runs another of its commands on the same data; the last line of what it prints.
    ///
    /// # Panics
    /// If it fails.
    #[must_use]
    pub fn command(&self, words: &[&str]) -> String {
        let output = Command::new(program("queue-server"))
            .args(words)
            .arg("--data")
            .arg(self.data())
            .output()
            .expect("the program runs");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "queue-server {words:?}: {error}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().last().unwrap_or_default().to_owned()
    }

    /// A fresh credential.
    #[must_use]
    pub fn token(&self, role: &str, name: &str) -> String {
        self.command(&["token", "add", "--role", role, "--name", name])
    }

    /// A door with a fresh credential.
    #[must_use]
    pub fn api(&self, role: &str, name: &str) -> Api {
        Api::new(&self.http, &self.token(role, name))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        show_if_failed(&self.log_file());
    }
}
