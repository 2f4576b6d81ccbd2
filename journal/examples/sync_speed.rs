//! Measures what a durable record costs on a disk: `cargo run --release -p journal --example
//! sync_speed -- FOLDER`. Bare appends, bare writes into zeros, and the journal, in turns.
#![allow(clippy::print_stdout, reason = "its figures are for whoever runs it")]

use std::{
    error::Error,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use journal::{
    Journal,
    disk::DiskJournal,
    files::{Files, RealFiles},
    record::Kind,
};

const ROUNDS: usize = 5;
const SYNCS: usize = 400;
const RECORD_BYTES: usize = 400;
const ZEROS_BYTES: usize = 16 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args_os().nth(1).unwrap_or_else(|| ".".into()).into();
    let folder = folder.join("sync-speed");
    println!("| records a sync | way | syncs/s | records/s | p50 ms | p99 ms |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for batch in [1, 8, 32, 256] {
        let (mut append, mut zeros, mut ours) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            append.append(&mut bare(&folder, batch, 0)?);
            zeros.append(&mut bare(&folder, batch, ZEROS_BYTES)?);
            ours.append(&mut journal(&folder, batch)?);
        }
        for (way, times) in [("append", append), ("into zeros", zeros), ("journal", ours)] {
            tell(batch, way, times);
        }
    }
    Ok(())
}

fn bare(folder: &Path, batch: usize, zeros: usize) -> Result<Vec<Duration>, Box<dyn Error>> {
    RealFiles.make_dir(folder)?;
    let path = folder.join("bare");
    let file = RealFiles.create(&path)?;
    file.write_at(0, &vec![0; zeros])?;
    file.sync()?;
    let bytes = vec![b'x'; batch * RECORD_BYTES];
    let times = (0..SYNCS).map(|turn| {
        let begin = Instant::now();
        file.write_at((turn * bytes.len()) as u64 % (12 << 20), &bytes)?;
        file.sync()?;
        Ok(begin.elapsed())
    });
    let times = times.collect::<std::io::Result<_>>()?;
    RealFiles.remove(&path)?;
    Ok(times)
}

fn journal(folder: &Path, batch: usize) -> Result<Vec<Duration>, Box<dyn Error>> {
    let dir = folder.join("journal");
    let (mut journal, _) = DiskJournal::open(&dir, Arc::new(RealFiles))?;
    let payload = vec![b'x'; RECORD_BYTES - journal::record::HEADER_BYTES];
    let mut times = Vec::new();
    for _ in 0..SYNCS {
        let begin = Instant::now();
        for _ in 0..batch {
            journal.append(Kind::Entry, &payload)?;
        }
        journal.sync()?;
        times.push(begin.elapsed());
    }
    drop(journal);
    std::fs::remove_dir_all(dir)?;
    Ok(times)
}

fn tell(batch: usize, way: &str, mut times: Vec<Duration>) {
    times.sort();
    let all: Duration = times.iter().sum();
    let syncs = times.len() as f64 / all.as_secs_f64();
    let at = |part: f64| times[(times.len() as f64 * part) as usize].as_secs_f64() * 1e3;
    let (records, p50, p99) = (syncs * batch as f64, at(0.5), at(0.99));
    println!("| {batch} | {way} | {syncs:.0} | {records:.0} | {p50:.3} | {p99:.2} |");
}
