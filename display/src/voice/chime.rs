//! 叮咚: two soft tones, made here so that no sound file can be missing.

use super::wav::Sound;

const RATE: u32 = 22_050;
/// The two tones in hertz, a falling third, and how long each rings on, in seconds.
const TONES: [(f32, f32); 2] = [(784.0, 0.45), (622.3, 0.75)];
const LOUD: f32 = 0.45;

/// The chime.
#[must_use]
pub fn sound() -> Sound {
    let mut samples: Vec<i16> = Vec::new();
    for (pitch, secs) in TONES {
        let count = (secs * RATE as f32) as u32;
        samples.extend((0..count).map(|n| tone(pitch, secs, n as f32 / RATE as f32)));
    }
    Sound { rate: RATE, channels: 1, samples }
}

/// A bell: the tone, a little of its octave, a quick attack and a long fall.
fn tone(pitch: f32, secs: f32, at: f32) -> i16 {
    let turn = std::f32::consts::TAU * pitch * at;
    let body = turn.sin() * 0.8 + (turn * 2.0).sin() * 0.2;
    let attack = (at / 0.008).min(1.0);
    let fall = (-4.5 * at / secs).exp() * (1.0 - at / secs);
    (body * attack * fall * LOUD * f32::from(i16::MAX)) as i16
}
