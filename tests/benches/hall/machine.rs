//! The machine in words that name none: processor, memory, kernel, file system, compiler.

use std::{fs, path::Path, process::Command, time::Duration};

/// Ticks of a second in `/proc/PID/stat`, fixed on Linux.
const TICKS_PER_SEC: f64 = 100.0;

/// What the figures were measured on, a line each.
#[must_use]
pub fn told(folder: &Path) -> Vec<(&'static str, String)> {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let processor = value("/proc/cpuinfo", "model name").unwrap_or_default();
    vec![
        ("processor", format!("{processor}, {cores} cores")),
        ("memory", memory()),
        ("kernel", kernel()),
        ("file system", file_system(folder)),
        ("compiler", compiler()),
        ("day", day()),
    ]
}

fn memory() -> String {
    let text = value("/proc/meminfo", "MemTotal").unwrap_or_default();
    let kib: f64 = text.trim_end_matches(" kB").parse().unwrap_or(0.0);
    format!("{:.0} GiB", kib / 1024.0 / 1024.0)
}

/// The number only: what a distribution adds to it may name a machine.
fn kernel() -> String {
    let text = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let number: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    format!("Linux {}", number.trim_end_matches('.'))
}

/// The kind of the innermost mount that holds the folder.
fn file_system(folder: &Path) -> String {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let fields = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?, words.next()?))
    });
    let holds = fields.filter(|(place, _)| folder.starts_with(place));
    holds.max_by_key(|(place, _)| place.len()).map_or_else(String::new, |(_, kind)| kind.to_owned())
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let text = text.unwrap_or_default();
    text.split(" (").next().unwrap_or_default().trim().to_owned()
}

fn day() -> String {
    let clock = queue_server::clock::HallClock::real(0);
    clock.day(clock.now()).to_string()
}

/// A process's memory in the machine's, in MiB; none if it is gone.
#[must_use]
pub fn resident_mib(pid: u32) -> Option<f64> {
    let text = value(&format!("/proc/{pid}/status"), "VmRSS")?;
    let kib: f64 = text.trim_end_matches(" kB").parse().ok()?;
    Some(kib / 1024.0)
}

/// The bytes of a folder's files, in MiB.
#[must_use]
pub fn folder_mib(folder: &Path) -> f64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let bytes = entries.filter_map(|entry| entry.metadata().ok()).map(|found| found.len());
    bytes.sum::<u64>() as f64 / f64::from(1 << 20)
}

/// The processor time of a process so far.
#[must_use]
pub fn cpu(pid: u32) -> Option<Duration> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold blanks.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(Duration::from_secs_f64(ticks / TICKS_PER_SEC))
}

fn value(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
