//! Mosquitto's own clients as strangers to our programs: they say and hear what a thief would.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Versions of MQTT as the clients call them.
pub const VERSIONS: [&str; 2] = ["mqttv311", "mqttv5"];

/// Who speaks, to which broker, in which version.
#[derive(Clone)]
pub struct Client {
    broker: String,
    version: &'static str,
    user: String,
    password: String,
    more: Vec<String>,
}

/// Somebody who listens until it is dropped; a clean good-bye is not said.
pub struct Listener {
    process: Child,
    heard: PathBuf,
}

impl Client {
    /// A client of a broker at `host:port`.
    #[must_use]
    pub fn new(broker: &str, version: &'static str, user: &str, password: &str) -> Self {
        let (user, password) = (user.to_owned(), password.to_owned());
        Self { broker: broker.to_owned(), version, user, password, more: Vec::new() }
    }

    /// The same with more words on its command line.
    #[must_use]
    pub fn with(&self, words: &[&str]) -> Self {
        let more = self.more.iter().cloned().chain(words.iter().map(ToString::to_string));
        Self { more: more.collect(), ..self.clone() }
    }

    fn command(&self, program: &str, client: &str) -> Command {
        let (host, port) = self.broker.rsplit_once(':').expect("a broker has a port");
        let mut command = Command::new(program);
        command.args(["-h", host, "-p", port, "-V", self.version, "-q", "1"]);
        command.args(["-u", &self.user, "-i", &format!("{}.{client}", self.user)]);
        if !self.password.is_empty() {
            command.args(["-P", &self.password]);
        }
        command.args(&self.more).stdin(Stdio::null());
        command
    }

    /// Publishes; true if the client says that all went well. Over 3.1.1 that says nothing.
    ///
    /// # Panics
    /// If the client is not installed.
    pub fn publish(&self, topic: &str, payload: &str, retain: bool) -> bool {
        let mut command = self.command("mosquitto_pub", "says");
        command.args(["-t", topic, "-m", payload]);
        if retain {
            command.arg("-r");
        }
        let output = command.output().expect("mosquitto-clients is installed; tests/run does");
        output.status.success()
    }

    /// Listens to some filters, and writes down what comes in a file of this name.
    ///
    /// # Panics
    /// If the client is not installed.
    #[must_use]
    pub fn listen(&self, folder: &Path, name: &str, filters: &[&str]) -> Listener {
        let heard = folder.join(name);
        let file = File::create(&heard).expect("a file for a test");
        let mut command = self.command("mosquitto_sub", name);
        command.arg("-v");
        for filter in filters {
            command.args(["-t", filter]);
        }
        let errors = file.try_clone().expect("a file for a test");
        let process = command.stdout(file).stderr(errors).spawn();
        Listener { process: process.expect("mosquitto-clients is installed"), heard }
    }
}

impl Listener {
    /// Everything that came: a topic and a payload a line, and what the client complained of.
    #[must_use]
    pub fn heard(&self) -> String {
        fs::read_to_string(&self.heard).unwrap_or_default()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
