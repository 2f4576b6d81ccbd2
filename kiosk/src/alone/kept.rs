//! What a kiosk keeps for a start without the server: the catalogue and the numbers in hand. Both come
//! again from the server; a file that is missing or broken is only lacking while it is away.

use std::{fs, path::Path};

use serde::{Serialize, de::DeserializeOwned};
use wire::catalogue::Catalogue;

use super::InHand;
use crate::limits;

const CATALOGUE: &str = "catalogue.json";
const NUMBERS: &str = "numbers.json";

/// The last catalogue that the server told.
#[must_use]
pub fn catalogue(folder: &Path) -> Option<Catalogue> {
    read(folder, CATALOGUE)
}

/// The numbers in hand when the kiosk ended.
#[must_use]
pub fn numbers(folder: &Path) -> Option<InHand> {
    read(folder, NUMBERS)
}

/// Keeps a catalogue.
pub fn keep_catalogue(folder: &Path, catalogue: &Catalogue) {
    keep(folder, CATALOGUE, catalogue);
}

/// Keeps the numbers in hand.
pub fn keep_numbers(folder: &Path, numbers: &InHand) {
    keep(folder, NUMBERS, numbers);
}

fn read<T: DeserializeOwned>(folder: &Path, file: &str) -> Option<T> {
    let path = folder.join(file);
    let fits = fs::metadata(&path).ok()?.len() <= limits::BODY_BYTES_MAX;
    let bytes = fits.then(|| fs::read(&path).ok()).flatten()?;
    let read = serde_json::from_slice(&bytes);
    read.inspect_err(|error| tracing::warn!(file, %error, "what was kept cannot be read")).ok()
}

/// Whole or not at all: written beside, then put in its place.
fn keep(folder: &Path, file: &str, thing: &impl Serialize) {
    let (path, beside) = (folder.join(file), folder.join(format!("{file}.new")));
    let kept = serde_json::to_vec(thing).map_err(std::io::Error::other);
    let kept = kept.and_then(|bytes| fs::write(&beside, bytes));
    if let Err(error) = kept.and_then(|()| fs::rename(&beside, &path)) {
        tracing::warn!(file, %error, "it is lacking on the next start without the server");
    }
}
