//! What became of a trial, in words and shapes.

use hall::words::Rating;
use wire::{
    device::{DeviceKind, Happening},
    texts::Texts,
};

use crate::{
    app::App,
    fleet::{
        Known,
        trials::{Outcome, Trial, Tried},
    },
};

/// A trial as it is told; empty if nothing was tried.
#[derive(Default)]
pub struct Told {
    pub shape: &'static str,
    pub word: String,
}

/// What became of it.
pub fn told(trial: Option<&Trial>, texts: &Texts) -> Told {
    let Some(trial) = trial else { return Told::default() };
    let (shape, word) = match (trial.outcome(), trial.tried) {
        (Outcome::Waits, Tried::Key) => ("serving", texts.get("room.trial_press").to_owned()),
        (Outcome::Waits, Tried::Card) => ("serving", texts.get("room.trial_lay").to_owned()),
        (Outcome::Waits, Tried::Test | Tried::Beep) => {
            ("serving", texts.get("room.trial_waits").to_owned())
        }
        (Outcome::Done, Tried::Card) => ("free", texts.get("room.trial_card_done").to_owned()),
        (Outcome::Done, _) => ("free", texts.get("room.trial_done").to_owned()),
        (Outcome::Sent, _) => ("serving", texts.get("room.trial_sent").to_owned()),
        (Outcome::Undone(why), _) => {
            let known = format!("room.trial_{why}");
            let key = if texts.has(&known) { &*known } else { "room.trial_undone" };
            ("yellow", texts.get(key).to_owned())
        }
        (Outcome::NoAnswer, Tried::Key) => ("yellow", texts.get("room.trial_no_key").to_owned()),
        (Outcome::NoAnswer, Tried::Test | Tried::Beep | Tried::Card) => {
            ("red", texts.get("room.trial_no_answer").to_owned())
        }
        (Outcome::Away, _) => ("red", texts.get("room.offline").to_owned()),
        (Outcome::Key(key), _) => {
            ("free", texts.fill("room.trial_key", &[("key", &key_word(&key, texts))]))
        }
    };
    Told { shape, word }
}

/// Every device: those of the hall, and then each window's, in the hall's order.
pub fn in_order(app: &App) -> Vec<Known> {
    let windows = app.profile.setup.windows();
    let place = |known: &Known| {
        let window = known.device.window?;
        windows.iter().position(|each| each.id == window)
    };
    let mut devices = app.fleet.devices();
    devices.sort_by_key(|known| (place(known), known.device.kind));
    devices
}

/// What people call a device: a window's "条屏 7" has no name of its own.
pub fn name(known: &Known, texts: &Texts) -> String {
    match known.device.window {
        Some(window) if known.device.name == known.device.id.as_str() => {
            format!("{} {window}", kind(known, texts))
        }
        Some(_) | None => known.device.name.clone(),
    }
}

/// What a device is, in a word.
pub fn kind(known: &Known, texts: &Texts) -> String {
    let key = match known.device.kind {
        DeviceKind::Strip => "room.strip",
        DeviceKind::Pad => "room.pad",
        DeviceKind::Evaluator => "room.evaluator",
        DeviceKind::Kiosk => "room.kind_kiosk",
        DeviceKind::HallScreen => "room.kind_screen",
        DeviceKind::WindowScreen => "room.kind_window_screen",
        DeviceKind::Tablet => "room.kind_tablet",
        DeviceKind::Voice => "room.kind_voice",
        DeviceKind::Printer => "room.kind_printer",
        DeviceKind::Reader => "room.kind_reader",
    };
    texts.get(key).to_owned()
}

/// What a key means, in words.
fn key_word(key: &Happening, texts: &Texts) -> String {
    match key {
        Happening::Pressed(key) => key.in_words(texts),
        Happening::Graded { level, .. } => Rating::from_level(*level).map_or_else(
            || level.to_string(),
            |rating| texts.get(&format!("rating.{rating}")).to_owned(),
        ),
        Happening::Shown { .. } | Happening::JobDone { .. } | Happening::SlipCame { .. } => {
            String::new()
        }
    }
}

#[cfg(test)]
mod tests;
