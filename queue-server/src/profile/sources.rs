//! The files of a profile as texts, so that a profile that was once in force can be read again.

use std::{collections::BTreeMap, fs, io, path::Path};

use hall::ids::SetupVersion;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wire::misspelt::nearest;

use super::{
    items::{book, sheet},
    photos,
    problem::Problem,
    text_file, texts,
};

/// The files that a profile must have, in the order in which problems are told; the catalogue may
/// be a spreadsheet instead.
pub const FILES: [&str; 5] =
    ["hall.toml", sheet::CSV, "calendar.toml", "staff.toml", "devices.toml"];

/// 停用的事项: what is kept aside, in the form of the catalogue. Nothing of it is in force.
pub const OFF: &str = "items-off.csv";

/// The texts of a profile's files by their names. A spreadsheet stands here as the text it holds,
/// a line for each of its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sources(BTreeMap<String, String>);

impl Sources {
    /// Reads the files of a folder, and says which of them cannot be read.
    pub fn read(folder: &Path) -> (Self, Vec<Problem>) {
        let (mut sources, mut problems) = (Self::default(), Vec::new());
        for file in FILES {
            if file == sheet::CSV && sources.take_spreadsheet(folder, &mut problems) {
                continue;
            }
            match text_file::read(folder, file) {
                Ok(text) => sources.put(file, text),
                Err(problem) => problems.push(*problem),
            }
        }
        if folder.join(OFF).exists() {
            match text_file::read(folder, OFF) {
                Ok(text) => sources.put(OFF, text),
                Err(problem) => problems.push(*problem),
            }
        }
        sources.take_texts(folder, &mut problems);
        (sources, problems)
    }

    /// Takes the hall's own words, if there are some.
    fn take_texts(&mut self, folder: &Path, problems: &mut Vec<Problem>) {
        let Ok(entries) = fs::read_dir(folder.join(texts::FOLDER)) else { return };
        let mut names: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        for name in names {
            let file = format!("{}/{name}", texts::FOLDER);
            let known = texts::FILES.map(|(file, _)| file);
            if !known.contains(&file.as_str()) {
                let near = nearest(&file, known.into_iter()).unwrap_or("–");
                let problem = Problem::new(&file, None, "unknown_file").with("what", &file);
                problems.push(problem.with("nearest", near));
                continue;
            }
            match text_file::read(folder, &file) {
                Ok(text) => self.put(&file, text),
                Err(problem) => problems.push(*problem),
            }
        }
    }

    /// Takes the spreadsheet in place of the text; true if that was done, or told to be wrong.
    fn take_spreadsheet(&mut self, folder: &Path, problems: &mut Vec<Problem>) -> bool {
        let path = folder.join(sheet::XLSX);
        match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return false,
            Err(error) => problems.push(text_file::unread(sheet::XLSX, &error)),
            Ok(_) if folder.join(sheet::CSV).exists() => {
                problems.push(Problem::new(sheet::XLSX, None, "two_catalogues"));
            }
            Ok(bytes) => match book::as_text(bytes) {
                Ok(text) => self.put(sheet::XLSX, text),
                Err(problem) => problems.push(*problem),
            },
        }
        true
    }

    /// Puts a file's text.
    pub fn put(&mut self, file: &str, text: String) {
        self.0.insert(file.to_owned(), text);
    }

    /// Puts the catalogue, as the text it is edited as.
    pub fn put_catalogue(&mut self, text: String) {
        self.0.remove(sheet::XLSX);
        self.put(sheet::CSV, text);
    }

    /// Takes a file out.
    pub fn drop(&mut self, file: &str) {
        self.0.remove(file);
    }

    /// True if a file is there.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        self.0.contains_key(file)
    }

    /// Its files and their texts, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(file, text)| (file.as_str(), text.as_str()))
    }

    /// The text of a file; empty if it is not there.
    #[must_use]
    pub fn get(&self, file: &str) -> &str {
        self.0.get(file).map_or("", String::as_str)
    }

    /// The catalogue: which file it is, and its text.
    #[must_use]
    pub fn catalogue(&self) -> (&'static str, &str) {
        let file = if self.0.contains_key(sheet::XLSX) { sheet::XLSX } else { sheet::CSV };
        (file, self.get(file))
    }

    /// Changes with every change of a file: the first 12 hexadecimal digits of their digest.
    #[must_use]
    pub fn version(&self) -> SetupVersion {
        let mut digest = Sha256::new();
        for source in
            FILES.map(|file| if file == sheet::CSV { self.catalogue().1 } else { self.get(file) })
        {
            digest.update((source.len() as u64).to_le_bytes());
            digest.update(source.as_bytes());
        }
        // A hall without own words has the version that its five files make.
        for (file, _) in texts::FILES {
            let source = self.get(file);
            if !source.is_empty() {
                digest.update(file);
                digest.update((source.len() as u64).to_le_bytes());
                digest.update(source.as_bytes());
            }
        }
        // A hall that keeps no items aside has the version that its files make.
        let aside = self.get(OFF);
        if !aside.is_empty() {
            digest.update(OFF);
            digest.update((aside.len() as u64).to_le_bytes());
            digest.update(aside.as_bytes());
        }
        // A hall without photographs has the version that its texts make.
        let photos = self.get(photos::FOLDER);
        if !photos.is_empty() {
            digest.update(photos::FOLDER);
            digest.update((photos.len() as u64).to_le_bytes());
            digest.update(photos.as_bytes());
        }
        let digits: String =
            digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        digits.parse().expect("hexadecimal digits make an id")
    }
}
