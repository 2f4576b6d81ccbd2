//! A server process of its own: the real program, or this one on a disk whose syncs are slow.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use hall::ids::DeviceId;
use journal::{
    false_files::slow::SlowFiles,
    files::{Files, RealFiles},
};
use queue_server::{
    access::{Access, Role},
    clock::HallClock,
    config::Settings,
    profile::Profile,
    serve::{DemoClock, ServeConfig, StartAt, serve},
};
use tests::{api::Api, server::MONDAY};

use crate::{client::Door, halls};

/// The word that makes this program a server on slow files.
pub const SERVE_SLOW: &str = "serve-slow";

/// The bounds of the HTTP side are for people; a bench is a thousand of them.
const SETTINGS: &str = "[limits]\nrequests_per_second = 1000000\nrequests_burst = 1000000\nconnections_per_address_max = 0\n";

/// The disk of the machine, each sync slower by this.
#[must_use]
pub fn files(each_sync: Duration) -> Arc<dyn Files> {
    if each_sync.is_zero() {
        return Arc::new(RealFiles);
    }
    Arc::new(SlowFiles { files: Arc::new(RealFiles), each_sync })
}

/// A server at work.
pub struct Serving {
    process: Child,
    /// Credentials and address.
    pub door: Door,
    /// Where its broker is.
    pub mqtt: String,
}

impl Serving {
    /// Starts a server on this hall and data and waits for its line.
    ///
    /// # Panics
    /// If it does not become ready.
    #[must_use]
    pub fn start(hall: &Path, data: &Path, each_sync: Duration) -> Self {
        let (kiosk, desk) = (credential(data, Role::Kiosk), credential(data, Role::Desk));
        Self::start_with(hall, data, each_sync, kiosk, desk)
    }

    /// The same with credentials made before.
    ///
    /// # Panics
    /// If it does not become ready.
    #[must_use]
    pub fn start_with(
        hall: &Path,
        data: &Path,
        each_sync: Duration,
        kiosk: String,
        desk: String,
    ) -> Self {
        Self::start_at(hall, data, each_sync, (kiosk, desk), MONDAY)
    }

    /// The same at another moment.
    ///
    /// # Panics
    /// If it does not become ready.
    #[must_use]
    pub fn start_at(
        hall: &Path,
        data: &Path,
        each_sync: Duration,
        (kiosk, desk): (String, String),
        at: &str,
    ) -> Self {
        let settings = data.join("server.toml");
        fs::write(&settings, SETTINGS).expect("a file for the bench");
        let mut command = if each_sync.is_zero() {
            let mut command = Command::new(tests::program("queue-server"));
            command.args(["serve", "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0"]);
            command.args(["--start", at]).arg("--hall").arg(hall).arg("--data").arg(data);
            command.arg("--config").arg(settings);
            command
        } else {
            // Right even if the file was built anew while it runs.
            let mut command = Command::new("/proc/self/exe");
            command.arg(SERVE_SLOW).arg(hall).arg(data).arg(each_sync.as_micros().to_string());
            command
        };
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = spawned.spawn().expect("the server starts");
        let mut line = String::new();
        let out = process.stdout.take().expect("its output is ours");
        BufReader::new(out).read_line(&mut line).expect("the server says where it is");
        let ready: serde_json::Value = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("the server did not become ready: {line:?}"));
        let word = |key: &str| ready[key].as_str().unwrap_or_default().to_owned();
        let address = word("http").trim_start_matches("http://").to_owned();
        let door = Door { address, kiosk, desk, name: String::new() };
        Self { process, door, mqtt: word("mqtt") }
    }

    /// Signs clerks on at the windows that take every queue.
    pub fn sign_on(&self) {
        let desk = self.desk();
        (0..halls::windows()).for_each(|at| desk.sign_on(&halls::window(at)));
    }

    /// A desk's door.
    #[must_use]
    pub fn desk(&self) -> Api {
        Api::new(&format!("http://{}", self.door.address), &self.door.desk)
    }

    /// A kiosk's door.
    #[must_use]
    pub fn kiosk(&self) -> Api {
        Api::new(&format!("http://{}", self.door.address), &self.door.kiosk)
    }

    /// The same server under another name for askings.
    #[must_use]
    pub fn door(&self, name: &str) -> Door {
        Door { name: name.to_owned(), ..self.door.clone() }
    }

    /// Its process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// A fresh credential of a server's data.
#[must_use]
pub fn credential(data: &Path, role: Role) -> String {
    let access = Access::open(data).expect("the bench's data can be made");
    let name: Option<DeviceId> =
        (role == Role::Bridge).then(|| "bridge-1".parse().expect("a literal id is valid"));
    access.add_credential(role, name, []).expect("a credential can be added").1
}

/// Is the server on slow files: hall, data, microseconds a sync.
///
/// # Panics
/// If it cannot be one.
pub fn serve_slow(words: &[String]) {
    let [hall, data, micros] = words else { panic!("{SERVE_SLOW} HALL DATA MICROS") };
    let (hall, data) = (PathBuf::from(hall), PathBuf::from(data));
    let micros = micros.parse().expect("microseconds are a number");
    let profile = Profile::read(&hall).expect("the bench's profile is good");
    let offset = profile.details.utc_offset_minutes;
    let settings = Settings::read(&data.join("server.toml")).unwrap_or_default();
    let any: SocketAddr = "127.0.0.1:0".parse().expect("a literal address is valid");
    let mut config = ServeConfig::new(hall, data, any, any);
    config.files = files(Duration::from_micros(micros));
    config.settings = settings;
    let start = HallClock::read(MONDAY, offset).expect("a literal moment is valid");
    config.demo = Some(DemoClock { speed: 1.0, start: Some(StartAt::Moment(start)) });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let running = serve(config).await.expect("the server opens");
        println!("{{\"http\":\"http://{}\",\"mqtt\":\"{}\"}}", running.http, running.mqtt);
        // Until its plug is pulled.
        std::future::pending::<()>().await;
        drop(running);
    });
}
