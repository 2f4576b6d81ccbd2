//! A folder instead of a printer: each job becomes `slip-000001.bin` and its picture `.png`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{Transport, TransportFault, not_open};
use crate::faces::Faces;
use crate::preview::preview;
use crate::profile::Profile;

/// The most jobs kept; the oldest go, so that a kiosk left on does not fill the disk.
const JOBS_KEPT: u32 = 1_000;
/// The last number a file name has digits for.
const NUMBER_MAX: u32 = 999_999;
/// How often the next number is tried when another program writes there too.
const NUMBERS_TRIED: u32 = 100;

/// A folder instead of a printer.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    profile: Profile,
    faces: Faces,
    next: Option<u32>,
}

impl Directory {
    /// Names the folder; makes it when opened.
    pub fn new(path: &Path, profile: &Profile, faces: &Faces) -> Self {
        Self { path: path.to_owned(), profile: profile.clone(), faces: faces.clone(), next: None }
    }

    fn file(&self, number: u32, ending: &str) -> PathBuf {
        self.path.join(format!("slip-{number:06}.{ending}"))
    }

    fn last_number(&self) -> io::Result<u32> {
        let mut last = 0;
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name();
            let number = name.to_str().and_then(|name| {
                name.strip_prefix("slip-")?.strip_suffix(".bin")?.parse::<u32>().ok()
            });
            last = last.max(number.unwrap_or(0));
        }
        Ok(last)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let first = self.next.ok_or_else(not_open)?;
        for number in first..=first.saturating_add(NUMBERS_TRIED).min(NUMBER_MAX) {
            let file =
                OpenOptions::new().write(true).create_new(true).open(self.file(number, "bin"));
            match file {
                Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {}
                Err(fault) => return Err(fault),
                Ok(mut file) => {
                    file.write_all(bytes)?;
                    let picture = preview(bytes, &self.profile, &self.faces).png();
                    fs::write(self.file(number, "png"), picture)?;
                    self.next = Some(number + 1);
                    self.forget(number);
                    return Ok(());
                }
            }
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, "no number is free for the next job"))
    }

    fn forget(&self, number: u32) {
        let Some(old) = number.checked_sub(JOBS_KEPT) else { return };
        for ending in ["bin", "png"] {
            // Already gone is as good.
            let _ = fs::remove_file(self.file(old, ending));
        }
    }
}

impl Transport for Directory {
    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn two_way(&self) -> bool {
        false
    }

    fn open(&mut self, _deadline: Instant) -> Result<(), TransportFault> {
        let last = fs::create_dir_all(&self.path).and_then(|()| self.last_number());
        let last = last.map_err(|source| TransportFault::Open { place: self.place(), source })?;
        self.next = Some(last.saturating_add(1));
        Ok(())
    }

    fn send(&mut self, bytes: &[u8], _deadline: Instant) -> Result<(), TransportFault> {
        self.write(bytes).map_err(|source| TransportFault::Send {
            place: self.place(),
            sent: 0,
            total: bytes.len(),
            source,
        })
    }

    fn hear(&mut self, _buffer: &mut [u8], _deadline: Instant) -> Result<usize, TransportFault> {
        Ok(0)
    }

    fn close(&mut self) {
        self.next = None;
    }
}
