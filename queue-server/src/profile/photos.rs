//! 工作照: photographs of the staff in the folder `photos`, each named by its staff number:
//! `1001.jpg` or `1001.png`. Only what a screen can show quickly is taken.

use std::{collections::BTreeMap, fs, path::Path};

use hall::ids::StaffNo;
use sha2::{Digest, Sha256};

use super::{problem::Problem, text_file};
use crate::pictures::{Kept, header};

/// The folder of the photographs, and the name of their list among the profile's files.
pub const FOLDER: &str = "photos";

/// Bytes of a photograph: a good one of this size has a tenth of it.
pub const BYTES_MAX: u64 = 512 * 1_024;

/// Its sides, in pixels: a plate shows it 290 pixels wide at most, on a screen four times as fine.
const SIDE_MIN: u32 = 120;
const SIDE_MAX: u32 = 2_400;

/// Photographs of a hall.
const PHOTOS_MAX: usize = 2_000;

/// How an uploaded one is kept: four times as fine as a plate shows it.
pub const KEPT: Kept = Kept { side_min: SIDE_MIN, side_max: 960, bytes_max: BYTES_MAX as usize };

/// The list of a hall that has none: an empty one would say nothing about them.
pub const NONE: &str = "- -\n";

/// A photograph that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its file in the folder.
    pub file: String,
    /// Changes with its bytes: the first 16 hexadecimal digits of their digest.
    pub mark: String,
}

/// Photographs by staff number.
pub type Photos = BTreeMap<StaffNo, Photo>;

/// The list of the photographs of a profile's folder, a line each with file and mark, so that it is
/// kept with the profile's texts; what is wrong with the others is told.
pub fn list(folder: &Path, problems: &mut Vec<Problem>) -> String {
    let Ok(entries) = fs::read_dir(folder.join(FOLDER)) else { return String::new() };
    let names =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    if names.len() > PHOTOS_MAX {
        let problem = Problem::new(FOLDER, None, "too_many").with("what", FOLDER);
        problems.push(problem.with("most", PHOTOS_MAX).warning());
        names.truncate(PHOTOS_MAX);
    }
    let mut list = String::new();
    for name in names {
        match checked(folder, &name) {
            Ok(mark) => list.push_str(&format!("{name} {mark}\n")),
            // A hall opens without a photograph.
            Err(problem) => problems.push(problem.warning()),
        }
    }
    list
}

/// The photographs of a list; two of one number are told, and one whose number nobody has.
pub fn read(list: &str, staff: &[StaffNo], problems: &mut Vec<Problem>) -> Photos {
    let mut photos = Photos::new();
    for line in list.lines() {
        let Some((file, mark)) = line.rsplit_once(' ') else { continue };
        let name = format!("{FOLDER}/{file}");
        let Some(no) = staff_no(file) else { continue };
        if !staff.contains(&no) {
            let problem = Problem::new(&name, None, "photo_of_nobody").with("no", no);
            problems.push(problem.warning());
        }
        let photo = Photo { file: file.to_owned(), mark: mark.to_owned() };
        if let Some(other) = photos.insert(no, photo) {
            let problem = Problem::new(&name, None, "photo_twice").with("no", no);
            problems.push(problem.with("other", other.file).warning());
        }
    }
    photos
}

/// The list with a photograph of somebody in place of any other, or without one.
#[must_use]
pub fn relisted(list: &str, no: StaffNo, mark: Option<&str>) -> String {
    let of_others = |line: &&str| {
        let file = line.rsplit_once(' ').map(|(file, _)| file);
        file.and_then(staff_no).is_some_and(|other| other != no)
    };
    let mut lines: Vec<String> = list.lines().filter(of_others).map(str::to_owned).collect();
    lines.extend(mark.map(|mark| format!("{no}.jpg {mark}")));
    lines.sort();
    if lines.is_empty() {
        return NONE.to_owned();
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// Files and marks of a list.
pub fn listed(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = list.lines().filter_map(|line| line.rsplit_once(' '));
    lines.filter(|(file, _)| staff_no(file).is_some())
}

/// The bytes of a photograph; none if it is another one by now, or gone: a reload tells of that.
pub fn bytes(folder: &Path, photo: &Photo) -> Option<Vec<u8>> {
    let path = folder.join(FOLDER).join(&photo.file);
    let fits = fs::metadata(&path).ok()?.len() <= BYTES_MAX;
    let bytes = fits.then(|| fs::read(&path).ok()).flatten()?;
    (mark(&bytes) == photo.mark).then_some(bytes)
}

/// What a file of these bytes is called among browsers and displays.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    Some(header::of(bytes)?.kind)
}

/// Whose a file is, by its name.
pub fn staff_no(file: &str) -> Option<StaffNo> {
    file.rsplit_once('.')?.0.parse().ok()
}

fn checked(folder: &Path, name: &str) -> Result<String, Box<Problem>> {
    let file = format!("{FOLDER}/{name}");
    let wrong = |code: &str| Problem::new(&file, None, code);
    let is_named = ["jpg", "jpeg", "png"].iter().any(|end| name.ends_with(&format!(".{end}")));
    if !is_named || staff_no(name).is_none() {
        return Err(Box::new(wrong("photo_name").with("what", name)));
    }
    let path = folder.join(FOLDER).join(name);
    let length = fs::metadata(&path).map_err(|error| Box::new(text_file::unread(&file, &error)))?;
    if length.len() > BYTES_MAX {
        let problem = wrong("photo_large").with("kib", length.len() / 1_024);
        return Err(Box::new(problem.with("most", BYTES_MAX / 1_024)));
    }
    let bytes = fs::read(&path).map_err(|error| Box::new(text_file::unread(&file, &error)))?;
    let Some(header) = header::of(&bytes) else {
        return Err(Box::new(wrong("photo_strange")));
    };
    let sides = SIDE_MIN..=SIDE_MAX;
    if !sides.contains(&header.wide) || !sides.contains(&header.high) {
        let problem = wrong("photo_size").with("wide", header.wide).with("high", header.high);
        return Err(Box::new(problem.with("least", SIDE_MIN).with("most", SIDE_MAX)));
    }
    Ok(mark(&bytes))
}

/// What tells a picture from others.
pub fn mark(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
