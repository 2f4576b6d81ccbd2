//! Sample notices, 去向栏 and broadcasts.

use wire::{
    device::{Away, HallScreenFace},
    spoken::{Broadcast, Notice},
};

const SAMPLE: &str = include_str!("../../samples/notes.json");

#[derive(serde::Deserialize)]
struct Notes {
    notices: Vec<Notice>,
    away: Vec<Away>,
    broadcast: String,
    urgent: String,
}

fn sample() -> Notes {
    serde_json::from_str(SAMPLE).expect("the sample is tested to be notes")
}

/// People who are away, and notices if they are asked for.
pub(super) fn notes(face: &mut HallScreenFace, with_notices: bool) {
    let sample = sample();
    face.away = sample.away;
    face.notices = if with_notices { sample.notices } else { Vec::new() };
}

/// A broadcast; an urgent one is long.
pub(super) fn broadcast(urgent: bool) -> Broadcast {
    let sample = sample();
    let text = if urgent { sample.urgent } else { sample.broadcast };
    Broadcast { text, at: 1_795_398_060_000, urgent }
}
