//! Sample pages of a window's screen and of the evaluation tablet.

use wire::{
    device::Face,
    plates::{TabletFace, WindowFace},
    words::{PauseReason, Rating, WindowState},
};

use super::{Visit, Window, faced};
use crate::model::{Model, Moment, Msg, tablet::Touch, update};

const WINDOW: &str = include_str!("../../samples/window-screen.json");
const TABLET: &str = include_str!("../../samples/tablet.json");

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
    if window == Window::Lost {
        update(&mut model, Msg::Lost, at(500));
        return (model, at(180_000));
    }
    (model, at(1_000))
}

pub(super) fn tablet(mut model: Model, visit: Visit, start: Moment) -> (Model, Moment) {
    let at = |since_start: u64| Moment { since_start, ..start };
    let mut face = tablet_face();
    if matches!(visit, Visit::Idle | Visit::Lost) {
        face.ask = None;
    }
    update(&mut model, Msg::Connected, start);
    update(&mut model, faced(1, Face::Tablet(Box::new(face))), start);
    let mut touched = |touch: Touch| update(&mut model, Msg::Touched(touch), at(500));
    match visit {
        Visit::Idle | Visit::Levels => {}
        Visit::Reasons => {
            touched(Touch::Level(Rating::Dissatisfied));
            touched(Touch::Reason("long_wait".to_owned()));
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
