//! Sample pages of a window's screen and of the evaluation tablet.

use std::sync::Arc;

use egui::ColorImage;
use wire::{
    device::Face,
    plates::{TabletFace, WindowFace},
    texts::Texts,
    words::{PauseReason, Rating, WindowState},
};

use super::{Visit, Window, faced};
use crate::{
    album::Portrait,
    model::{Model, Moment, Msg, Photo, tablet::Touch, update},
};

const WINDOW: &str = include_str!("../../samples/window-screen.json");
const TABLET: &str = include_str!("../../samples/tablet.json");

const SAMPLE_MARK: &str = "0123456789abcdef";

/// A plain picture in a photograph's place: the gallery invents no faces.
#[must_use]
pub fn sample_portrait() -> Portrait {
    let shade = |at: usize| u8::try_from(120 + at / SAMPLE_WIDE / 4).unwrap_or(u8::MAX);
    let points: Vec<u8> = (0..SAMPLE_WIDE * SAMPLE_HIGH).map(shade).collect();
    let image = Arc::new(ColorImage::from_gray([SAMPLE_WIDE, SAMPLE_HIGH], &points));
    Portrait { mark: SAMPLE_MARK.to_owned(), image }
}

const SAMPLE_WIDE: usize = 300;
const SAMPLE_HIGH: usize = 400;

/// Before it is painted, the letters' own picture stands there.
fn sample_photo() -> Photo {
    let (mark, texture) = (SAMPLE_MARK.to_owned(), egui::TextureId::default());
    Photo { mark, texture, wide: 300, high: 400 }
}

/// The sample face of a window's screen: somebody is served.
#[must_use]
pub fn window_face() -> WindowFace {
    serde_json::from_str(WINDOW).expect("the sample is tested to be a face")
}

/// The sample face of a tablet: somebody is asked.
#[must_use]
pub fn tablet_face() -> TabletFace {
    serde_json::from_str(TABLET).expect("the sample is tested to be a face")
}

pub(super) fn window(mut model: Model, window: Window, start: Moment) -> (Model, Moment) {
    let at = |since_start: u64| Moment { since_start, ..start };
    let mut face = window_face();
    let quiet = |face: &mut WindowFace, state: WindowState| {
        (face.state, face.no, face.call) = (state, None, 0);
    };
    match window {
        Window::Serving | Window::Lost => {}
        Window::Photo => {
            if let Some(plate) = &mut face.plate {
                plate.photo = Some(SAMPLE_MARK.to_owned());
            }
        }
        Window::Called => face.state = WindowState::Calling,
        Window::Recalled => (face.state, face.call) = (WindowState::Calling, 2),
        Window::Paused => {
            quiet(&mut face, WindowState::Paused);
            face.pause = Some(PauseReason::Meal);
        }
        Window::Free => {
            quiet(&mut face, WindowState::Free);
            face.waiting = 0;
        }
        Window::Closed => {
            quiet(&mut face, WindowState::Closed);
            face.plate = None;
            face.waiting = 0;
        }
        Window::Extended => face.extended = true,
        Window::StoodIn => {
            if let Some(plate) = &mut face.plate {
                plate.stands_in = true;
            }
        }
    }
    update(&mut model, Msg::Connected, start);
    update(&mut model, faced(1, Face::WindowScreen(Box::new(face))), start);
    update(&mut model, Msg::PhotoReady(sample_photo()), at(200));
    if window == Window::Lost {
        update(&mut model, Msg::Lost, at(500));
        return (model, at(180_000));
    }
    (model, at(1_000))
}

pub(super) fn tablet(
    mut model: Model,
    visit: Visit,
    texts: &Texts,
    start: Moment,
) -> (Model, Moment) {
    let at = |since_start: u64| Moment { since_start, ..start };
    let mut face = tablet_face();
    if let (Visit::Photo, Some(plate)) = (visit, &mut face.plate) {
        plate.photo = Some(SAMPLE_MARK.to_owned());
    }
    if matches!(visit, Visit::Idle | Visit::Photo | Visit::Lost) {
        face.ask = None;
    }
    update(&mut model, Msg::Connected, start);
    update(&mut model, faced(1, Face::Tablet(Box::new(face))), start);
    update(&mut model, Msg::PhotoReady(sample_photo()), start);
    let mut touched = |touch: Touch| update(&mut model, Msg::Touched(touch), at(500));
    match visit {
        Visit::Idle | Visit::Photo | Visit::Levels => {}
        Visit::Reasons => {
            touched(Touch::Level(Rating::Dissatisfied));
            touched(Touch::Reason("long_wait".to_owned()));
        }
        Visit::Words => {
            touched(Touch::Level(Rating::Dissatisfied));
            touched(Touch::Reason("long_wait".to_owned()));
            touched(Touch::Words);
            let phrases = texts.get("tablet.phrases");
            touched(Touch::Phrase(phrases.split('|').next().unwrap_or_default().to_owned()));
            "A018 3A".chars().for_each(|key| drop(touched(Touch::Key(key))));
        }
        Visit::Thanks => drop(touched(Touch::Level(Rating::Satisfied))),
        Visit::Kept => {
            update(&mut model, Msg::Lost, at(400));
            update(&mut model, Msg::Touched(Touch::Level(Rating::Fair)), at(500));
        }
        Visit::Lost => {
            update(&mut model, Msg::Lost, at(500));
            return (model, at(180_000));
        }
    }
    (model, at(1_000))
}
