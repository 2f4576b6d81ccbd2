//! What a window's virtual slip printer printed, from the bytes it got.

use wire::device::Picture;

use crate::fleet::Known;

/// A virtual slip printer at a window.
pub struct Slip {
    pub device: String,
    /// How many papers came out.
    pub count: u32,
    /// The word of the key that takes the paper out, or puts it in.
    pub key: &'static str,
}

impl Slip {
    /// Another one is written anew.
    pub fn version(&self) -> String {
        format!("{}{}", self.count, self.key)
    }
}

/// The slips of a device, if it is a virtual printer at a window.
pub fn of(known: &Known) -> Option<Slip> {
    known.device.window?;
    match known.picture.as_ref()? {
        Picture::Slip { slips, paper, .. } => Some(Slip {
            device: known.device.id.to_string(),
            count: *slips,
            key: if *paper { "room.take_paper" } else { "room.put_paper" },
        }),
        Picture::Strip { .. }
        | Picture::Panel { .. }
        | Picture::Pad { .. }
        | Picture::Evaluator { .. } => None,
    }
}
