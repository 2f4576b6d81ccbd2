//! The keys of virtual pads and evaluators, in words.

use hall::words::Rating;
use wire::{device::Picture, texts::Texts};

use crate::fleet::Known;

/// The keys of a pad by their meaning, in the order of the page, and the names of a twin that tells
/// none.
const MEANINGS: [&str; 9] =
    ["call_next", "recall", "start", "finish", "no_show", "hold", "unhold", "pause", "resume"];
const PRINTED: [&str; 5] = ["call", "recall", "start", "finish", "pause"];

/// A virtual pad or evaluator.
pub struct Pad {
    pub device: String,
    pub name: String,
    /// What the pad's display shows.
    pub digits: String,
    /// The evaluator's lamps burn.
    pub asking: bool,
    /// Its keys are grades.
    pub grades: bool,
    pub keys: Vec<PadKey>,
}

/// A key: its name at the device, and its word.
pub struct PadKey {
    pub name: String,
    pub word: String,
}

impl Pad {
    /// Another one is written anew.
    pub fn version(&self) -> String {
        format!("{}{}{}", self.digits, self.asking, self.keys.len())
    }
}

/// The keys of a device, if it is a virtual one that has some.
pub fn of(known: &Known, texts: &Texts) -> Option<Pad> {
    let device = known.device.id.to_string();
    let key = |name: &str| PadKey {
        name: name.to_owned(),
        word: texts.get(&format!("room.key_{name}")).to_owned(),
    };
    match known.picture.as_ref()? {
        Picture::Pad { digits, keys, .. } => {
            let meant = MEANINGS.into_iter().filter(|name| keys.iter().any(|key| key == name));
            let keys: Vec<PadKey> = if keys.is_empty() {
                PRINTED.into_iter().map(key).collect()
            } else {
                meant.map(key).collect()
            };
            Some(Pad {
                device,
                name: texts.get("room.pad").to_owned(),
                digits: digits.trim().to_owned(),
                asking: false,
                grades: false,
                keys,
            })
        }
        Picture::Evaluator { asking, keys, levels } => {
            let levels = if levels.is_empty() { (1..=*keys).collect() } else { levels.clone() };
            let grade = |level: &u8| {
                let rating = Rating::from_level(*level)?;
                let word = texts.get(&format!("rating.{rating}")).to_owned();
                Some(PadKey { name: level.to_string(), word })
            };
            Some(Pad {
                device,
                name: texts.get("room.evaluator").to_owned(),
                digits: String::new(),
                asking: *asking,
                grades: true,
                keys: levels.iter().rev().filter_map(grade).collect(),
            })
        }
        Picture::Strip { .. } | Picture::Panel { .. } | Picture::Slip { .. } => None,
    }
}
