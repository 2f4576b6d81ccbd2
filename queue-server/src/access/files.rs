//! A folder of small TOML files, one a record, replaced whole.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    time::SystemTime,
};

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::Fault;

/// Records of one folder; there are at most as many as a hall has devices and staff.
const FILES_MAX: usize = 10_000;

/// A folder of records.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder, making it readable by its owner only.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        use std::os::unix::fs::DirBuilderExt;
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
        made.map_err(|source| Fault::File { doing: "make", path: path.into(), source })?;
        Ok(Self { path: path.into() })
    }

    /// Changes whenever a record is added or taken away.
    pub fn stamp(&self) -> Option<SystemTime> {
        fs::metadata(&self.path).and_then(|found| found.modified()).ok()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.toml"))
    }

    /// Writes a record: a new file beside the old one, then a rename.
    pub fn write<T: Serialize>(&self, name: &str, record: &T) -> Result<(), Fault> {
        use std::{io::Write, os::unix::fs::OpenOptionsExt};
        let path = self.file(name);
        let text = toml::to_string(record)
            .map_err(|error| Fault::Broken { path: path.clone(), why: error.to_string() })?;
        let fresh = self.path.join(format!(".{name}.new"));
        let written = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&fresh)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&fresh, &path));
        written.map_err(|source| Fault::File { doing: "write", path, source })
    }

    /// Reads a record; `None` if there is none of this name.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Fault> {
        let path = self.file(name);
        match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text)
                .map(Some)
                .map_err(|error| Fault::Broken { path, why: error.message().to_owned() }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Fault::File { doing: "read", path, source }),
        }
    }

    /// True if there is a record of this name.
    pub fn has(&self, name: &str) -> bool {
        self.file(name).exists()
    }

    /// Removes a record; false if there was none.
    pub fn remove(&self, name: &str) -> Result<bool, Fault> {
        let path = self.file(name);
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(source) => Err(Fault::File { doing: "remove", path, source }),
        }
    }

    /// All records by name. One that cannot be read is told in the log and left out, so that it
    /// locks out one device and not the hall.
    pub fn all<T: DeserializeOwned>(&self) -> Result<Vec<T>, Fault> {
        let list = fs::read_dir(&self.path).map_err(|source| Fault::File {
            doing: "list",
            path: self.path.clone(),
            source,
        })?;
        let mut names: Vec<String> = list
            .take(FILES_MAX)
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        let mut records = Vec::with_capacity(names.len());
        for name in names {
            match self.read(&name) {
                Ok(record) => records.extend(record),
                Err(fault) => tracing::warn!(%fault, "a record of access is left out"),
            }
        }
        Ok(records)
    }
}

/// Fresh random bytes as hexadecimal digits: a secret of 256 bits.
pub fn secret() -> Result<String, Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Fault::Random(error.to_string()))?;
    Ok(hex(&bytes))
}

/// What is stored of a secret. A secret has 256 random bits, so a plain digest cannot be guessed.
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
