//! A pack made by a program that hums says every call without help.

use wire::texts::Language;

use super::*;
use crate::{
    config::SpeechConfig,
    voice::{clips::Clips, output::Nowhere},
};

/// A WAV that is silent, hums softly for a tenth of a second, and is silent again.
fn hum(loud: i16) -> Vec<u8> {
    let silence = vec![0_i16; 4_410];
    let hum: Vec<i16> = (0..2_205).map(|n| if n % 44 < 22 { loud } else { -loud }).collect();
    wav::write(&Sound {
        rate: 22_050,
        channels: 1,
        samples: [&silence[..], &hum, &silence].concat(),
    })
}

fn speaking(folder: &Path, loud: i16) -> Vec<String> {
    let path = folder.join("hum");
    std::fs::write(&path, hum(loud)).unwrap();
    ["cat", path.to_str().unwrap()].map(str::to_owned).to_vec()
}

#[test]
fn a_pack_says_every_call_without_falling_back() {
    for language in [Language::Chinese, Language::English] {
        let (folder, texts) = (tempfile::tempdir().unwrap(), Texts::of(language));
        let out = folder.path().join("pack");
        let written = write(&out, &needs(texts), &speaking(folder.path(), 2_000)).unwrap();
        assert_eq!(written.clips, needs(texts).len());
        let config = SpeechConfig { clips_folder: Some(out), ..SpeechConfig::default() };
        let clips = Clips::new(&config, Box::new(Nowhere));
        let digit = |n: usize| texts.get("voice.digits").split(' ').nth(n).unwrap().to_owned();
        let number = ["A".to_owned(), digit(0), digit(1), digit(9)].join(" ");
        let ten = texts.get("voice.ten");
        let windows = match ten {
            "" => [digit(1), "24".to_owned(), format!("{} A", digit(3))],
            ten => [ten.to_owned(), format!("{}{ten}{}", digit(2), digit(4)), "三 A".to_owned()],
        };
        for (key, window) in SENTENCES.iter().flat_map(|key| windows.iter().map(move |w| (key, w)))
        {
            let sentence = texts.fill(key, &[("no", &number), ("window", window)]);
            let sound = clips.sound(&sentence);
            assert!(sound.is_ok(), "{sentence}: {}", sound.unwrap_err());
        }
    }
}

#[test]
fn silence_is_trimmed_and_the_soft_are_as_loud_as_the_loud() {
    let folder = tempfile::tempdir().unwrap();
    let clip = |loud: i16| {
        let command = speaking(folder.path(), loud);
        write(folder.path(), &["请".to_owned()], &command).unwrap();
        wav::read(&std::fs::read(folder.path().join("请.wav")).unwrap()).unwrap()
    };
    let (soft, loud) = (clip(1_500), clip(30_000));
    let long = soft.samples.len();
    assert!((2_205..2_205 + 600).contains(&long), "{long} samples of a hum of 2,205");
    assert!(soft.peak().abs_diff(loud.peak()) < 100, "{} and {}", soft.peak(), loud.peak());
}

#[test]
fn a_program_that_is_silent_or_missing_is_told_with_the_word() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["请".to_owned()];
    let silent = write(folder.path(), &words, &speaking(folder.path(), 0)).unwrap_err();
    assert!(silent.to_string().contains("请"), "{silent}");
    let missing = write(folder.path(), &words, &["/no/such/voice".to_owned()]).unwrap_err();
    assert!(matches!(missing, PackFault::Speech { .. }), "{missing}");
}

#[test]
fn a_sentence_falls_into_the_phrases_between_its_blanks_and_stops() {
    let parts = phrases("请 {no} 号，到{window}号窗口办理。");
    assert_eq!(parts, ["请", "号", "到", "号窗口办理"]);
    let parts = phrases("Number {no}, please come to window {window} now. This is the last call.");
    assert_eq!(parts, ["Number", "please come to window", "now", "This is the last call"]);
}
