//! What the tests of more than one room share: real processes, in folders and on ports of their own.

pub mod api;
pub mod authority;
pub mod benchmarks;
pub mod bridge;
pub mod browser;
pub mod client;
pub mod demo;
pub mod gate;
pub mod hands;
pub mod journey;
pub mod kiosk;
pub mod lived;
pub mod mosquitto;
pub mod operations;
pub mod oracles;
pub mod printer;
pub mod screen;
pub mod server;
pub mod soak;
pub mod walk;

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

/// The root of the repository.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the repository")
}

/// The sample hall.
#[must_use]
pub fn county() -> PathBuf {
    root().join("assets/halls/county-24")
}

/// A copy of the sample hall in a folder: what is approved on its pages is written there.
///
/// # Panics
/// If the hall cannot be copied.
#[must_use]
pub fn county_in(folder: &Path) -> PathBuf {
    let own = folder.join("hall");
    fs::create_dir_all(&own).expect("a folder for a test");
    for file in fs::read_dir(county()).expect("the sample hall").flatten() {
        fs::copy(file.path(), own.join(file.file_name())).expect("a file for a test");
    }
    own
}

/// A program of ours, as built beside this test.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let test = env::current_exe().expect("a test knows its own file");
    let folder = test.parent().and_then(Path::parent).expect("tests are built into target/*/deps");
    let program = folder.join(name);
    assert!(
        program.exists(),
        "{} is not built; run `cargo build --workspace --bins` first, or tests/run",
        program.display()
    );
    program
}

/// A port of loopback that was free a moment ago, and that no outgoing call is given by the system
/// while a killed server is away from it: below Linux's range for those (32768 on).
///
/// # Panics
/// If there is none.
#[must_use]
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let span = PORTS.end - PORTS.start;
    let first = (std::process::id() % u32::from(span)) as u16;
    let mut ports = PORTS.map(|_| {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        PORTS.start + (first.wrapping_add(step)) % span
    });
    let free = |port: &u16| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok();
    ports.find(free).expect("loopback has a port")
}

/// Where [`free_port`] looks.
const PORTS: std::ops::Range<u16> = 21000..32000;

/// Adds to a file what a program says on its standard error.
///
/// # Panics
/// If it cannot be written.
#[must_use]
pub fn log_to(path: &Path) -> std::process::Stdio {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.expect("a file for a test").into()
}

/// Shows what a program said, if the test that started it has failed.
pub fn show_if_failed(log: &Path) {
    if std::thread::panicking() {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        eprintln!("{} says:\n{text}", log.display());
    }
}

/// Waits until a state is reached; says what was last seen if it is not.
///
/// # Panics
/// After `within`.
pub fn wait_until<T: std::fmt::Debug>(
    what: &str,
    within: Duration,
    mut look: impl FnMut() -> Result<T, String>,
) -> T {
    let begun = Instant::now();
    loop {
        match look() {
            Ok(reached) => return reached,
            Err(seen) => {
                assert!(
                    begun.elapsed() < within,
                    "waited {within:?} until {what}; last seen: {seen}"
                );
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}
