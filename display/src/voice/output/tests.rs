//! Listens to what was recorded: each word is a tone of its own, so the order can be heard.

use std::{path::Path, sync::mpsc::channel, time::Duration};

use wire::device::{Delivery, Job, Work};

use super::*;
use crate::voice::{FromVoice, Manner, Voice, chime, clips::Clips};

const WORDS: [(&str, f64); 7] = [
    ("请", 300.0),
    ("A", 400.0),
    ("零", 500.0),
    ("一", 600.0),
    ("二", 700.0),
    ("号到", 800.0),
    ("号窗口办理", 900.0),
];

/// Each clip is heard so long, in samples.
const CLIP: usize = RATE as usize / 10;

fn tone(hertz: f64) -> Sound {
    let turn = std::f64::consts::TAU * hertz / f64::from(RATE);
    let sample = |n: usize| ((n as f64 * turn).sin() * 30_000.0) as i16;
    Sound { rate: RATE, channels: 1, samples: (0..CLIP).map(sample).collect() }
}

fn clips(folder: &Path) {
    for (word, hertz) in WORDS {
        std::fs::write(folder.join(format!("{word}.wav")), wav::write(&tone(hertz))).unwrap();
    }
}

/// The word whose tone these samples are, by how often they cross silence.
fn heard(samples: &[i16]) -> &'static str {
    let crossings = samples.windows(2).filter(|pair| (pair[0] < 0) != (pair[1] < 0)).count();
    let hertz = crossings as f64 / 2.0 / (samples.len() as f64 / f64::from(RATE));
    let nearest = |(_, one): &&(&str, f64), (_, other): &&(&str, f64)| {
        (one - hertz).abs().total_cmp(&(other - hertz).abs())
    };
    WORDS.iter().min_by(nearest).map_or("", |(word, _)| word)
}

/// Where sound begins and ends: silences of at least a hundredth of a second part it.
fn pieces(samples: &[i16]) -> Vec<(usize, usize)> {
    let silence = RATE as usize / 100;
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    for (at, _) in samples.iter().enumerate().filter(|(_, sample)| sample.unsigned_abs() > 40) {
        match pieces.last_mut() {
            Some((_, end)) if at - *end < silence => *end = at + 1,
            Some(_) | None => pieces.push((at, at + 1)),
        }
    }
    pieces
}

/// Two calls spoken by the whole voice from clips, at this volume; what was recorded.
fn recorded(volume_percent: u8) -> Sound {
    let folder = tempfile::tempdir().unwrap();
    clips(folder.path());
    let config = SpeechConfig {
        speaker: crate::config::SpeakerKind::Clips,
        clips_folder: Some(folder.path().to_owned()),
        output: OutputKind::File,
        output_file: folder.path().join("heard.wav"),
        ..SpeechConfig::default()
    };
    let (told, tells) = channel();
    let manner = Manner { chime: false, test_sentence: String::new() };
    let sink = Box::new(move |tell| drop(told.send(tell)));
    let voice = Voice::start(crate::voice::speaker(&config), manner, sink).unwrap();
    let how = Delivery { gap_millis: 1_000, volume_percent, ..Delivery::default() };
    for (id, text) in [(1, "请A零一号到二号窗口办理"), (2, "请A零二号到一号窗口办理")]
    {
        let work = Work::Say { text: text.to_owned(), times: 2, window: None, how };
        voice.jobs().hand(Job { id, boot: 1, expires_in_millis: 60_000, work });
    }
    let mut done = 0;
    while done < 2 {
        let tell = tells.recv_timeout(Duration::from_secs(30)).unwrap();
        done += usize::from(matches!(tell, FromVoice::Job { done: true, .. }));
    }
    voice.stop();
    wav::read(&std::fs::read(folder.path().join("heard.wav")).unwrap()).unwrap()
}

#[test]
fn what_is_recorded_has_every_word_in_order_without_gaps_and_is_not_cut_off() {
    let sound = recorded(100);
    assert!(sound.peak() < i16::MAX as u16, "a sample at full scale is cut off");
    let pieces = pieces(&sound.samples);
    let words = ["请", "A", "零", "一", "号到", "二", "号窗口办理"];
    let other = ["请", "A", "零", "二", "号到", "一", "号窗口办理"];
    assert_eq!(pieces.len(), 4, "each call is one piece of sound, twice: {pieces:?}");
    for ((from, until), words) in pieces.iter().zip([words, other, words, other]) {
        let long = until - from;
        assert!(long.abs_diff(words.len() * CLIP) < 60, "{long} samples, the sum of the clips");
        let told: Vec<&str> = sound.samples[*from..*until].chunks(CLIP).map(heard).collect();
        assert_eq!(told[..7], words);
    }
    let gap = (pieces[2].0 - pieces[0].1) as f64 / f64::from(RATE);
    assert!((0.95..3.0).contains(&gap), "the second time comes {gap} s after the first");
}

#[test]
fn what_is_spoken_softer_is_heard_softer() {
    let (loud, soft) = (recorded(100).peak(), recorded(50).peak());
    assert!(soft.abs_diff(loud / 2) < 20, "{soft} of {loud}");
}

#[test]
fn what_would_be_cut_off_is_played_as_loud_as_can_be() {
    let twice = tone(300.0).at(200);
    assert!((31_900..32_767).contains(&twice.peak()), "{}", twice.peak());
    assert_eq!(tone(300.0).at(0).peak(), 0);
}

#[test]
fn a_sound_at_another_rate_lasts_as_long() {
    let both = Sound { rate: 8_000, channels: 2, samples: vec![1_000; 16_000] };
    let mono = both.in_mono(RATE);
    assert_eq!((mono.rate, mono.channels), (RATE, 1));
    assert!(mono.lasts().abs_diff(Duration::from_secs(1)) < Duration::from_millis(2));
    assert!(mono.samples.iter().all(|sample| *sample == 1_000));
}

#[test]
fn nowhere_takes_as_long_as_if_it_were_heard_and_ends_when_told() {
    let begun = Instant::now();
    let mut nowhere = Nowhere;
    nowhere.play(tone(300.0), &Stop::default()).unwrap();
    assert!(begun.elapsed() >= tone(300.0).lasts());
    let stop = Stop::default();
    stop.ask();
    assert!(matches!(nowhere.play(chime::sound(), &stop), Err(SpeakFault::Stopping)));
}

#[test]
fn clips_without_a_word_still_speak_it_through_the_program() {
    let folder = tempfile::tempdir().unwrap();
    clips(folder.path());
    let script = folder.path().join("speaks");
    let said = folder.path().join("said.wav");
    std::fs::write(&said, wav::write(&tone(1_500.0))).unwrap();
    std::fs::write(&script, format!("#!/bin/sh\ncat '{}'\n", said.display())).unwrap();
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&script, executable).unwrap();
    let config = SpeechConfig {
        program: script,
        clips_folder: Some(folder.path().to_owned()),
        ..SpeechConfig::default()
    };
    let heard = folder.path().join("heard.wav");
    let mut clips = Clips::new(&config, Box::new(Recording::new(&heard)));
    crate::voice::Speaker::say(&mut clips, "请B号", Delivery::default(), &Stop::default()).unwrap();
    let sound = wav::read(&std::fs::read(heard).unwrap()).unwrap();
    assert_eq!(sound.samples.len(), CLIP);
}
