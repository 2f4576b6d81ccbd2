//! 工作照 on the plate: the one whose mark the face names, once it can be painted.

use egui::TextureId;
use wire::{device::Face, plates::Plate};

use super::Model;

/// A photograph that can be painted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its mark.
    pub mark: String,
    /// Where the painter has it.
    pub texture: TextureId,
    /// Points across.
    pub wide: u32,
    /// Points down.
    pub high: u32,
}

impl Model {
    /// The photograph of a plate; none if it has none, or it has not come yet.
    #[must_use]
    pub fn photo_of(&self, plate: &Plate) -> Option<&Photo> {
        self.photo.as_ref().filter(|photo| Some(&photo.mark) == plate.photo.as_ref())
    }

    /// True of the photograph that the plate shown now names.
    #[must_use]
    pub fn names_photo(&self, mark: &str) -> bool {
        let plate = self.face.as_ref().and_then(|picture| plate(&picture.face));
        plate.is_some_and(|plate| plate.photo.as_deref() == Some(mark))
    }

    /// The mark of a photograph that a face shows and this screen has not.
    pub(super) fn photo_wanted(&self, face: &Face) -> Option<String> {
        let plate = plate(face)?;
        let has = self.photo_of(plate).is_some();
        plate.photo.clone().filter(|_| !has)
    }
}

fn plate(face: &Face) -> Option<&Plate> {
    match face {
        Face::WindowScreen(face) => face.plate.as_ref(),
        Face::Tablet(face) => face.plate.as_ref(),
        Face::HallScreen(_) | Face::Strip { .. } | Face::Pad { .. } | Face::Evaluator { .. } => {
            None
        }
    }
}
