//! Three calls at once are said one after another, none skipped; what comes too late is told.

use std::{
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use wire::device::{Delivery, Job, Work};

use super::{
    FromVoice, Manner, Speaker, Stop, Voice, chime, clips::Clips, espeak::Espeak,
    fault::SpeakFault, output::Nowhere, process, queue::JobKey, wav,
};
use crate::config::SpeechConfig;

const PATIENCE: Duration = Duration::from_secs(20);

/// The usual delivery, but for the gap.
fn soon() -> Delivery {
    Delivery { gap_millis: 2_000, ..Delivery::default() }
}

fn job(id: u64, expires_in_millis: u64) -> Job {
    let text = format!("sentence {id}");
    Job {
        id,
        boot: 1,
        expires_in_millis,
        work: Work::Say { text, times: 2, window: None, how: soon() },
    }
}

/// Writes down what it is told to say.
struct Scribe {
    heard: Arc<Mutex<Vec<String>>>,
    broken: bool,
}

impl Speaker for Scribe {
    fn say(&mut self, text: &str, _how: Delivery, _stop: &Stop) -> Result<(), SpeakFault> {
        self.heard.lock().unwrap().push(text.to_owned());
        if self.broken {
            return Err(SpeakFault::TooLong { program: "scribe".into(), secs: 0 });
        }
        Ok(())
    }
    fn chime(&mut self, _how: Delivery, _stop: &Stop) -> Result<(), SpeakFault> {
        self.heard.lock().unwrap().push("chime".to_owned());
        Ok(())
    }
}

fn start(broken: bool) -> (Voice, Arc<Mutex<Vec<String>>>, Receiver<FromVoice>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let scribe = Box::new(Scribe { heard: Arc::clone(&heard), broken });
    let manner = Manner { chime: true, test_sentence: "test".to_owned() };
    let (told, tells) = channel();
    let voice = Voice::start(scribe, manner, Box::new(move |tell| drop(told.send(tell)))).unwrap();
    (voice, heard, tells)
}

fn ends(tells: &Receiver<FromVoice>, jobs: usize) -> Vec<(u64, bool)> {
    let mut ends = Vec::new();
    while ends.len() < jobs {
        match tells.recv_timeout(PATIENCE).expect("the voice tells what became of each job") {
            FromVoice::Job { key, done } => ends.push((key.id, done)),
            FromVoice::Began(_)
            | FromVoice::Ended { .. }
            | FromVoice::Missed(_)
            | FromVoice::Superseded(_)
            | FromVoice::TooLate(_)
            | FromVoice::Quiet(_) => {}
        }
    }
    ends
}

#[test]
fn three_calls_at_once_are_each_said_twice_after_a_chime() {
    let (voice, heard, tells) = start(false);
    for id in [1, 2, 3] {
        assert!(voice.jobs().hand(job(id, 60_000)));
    }
    assert_eq!(ends(&tells, 3), [(1, true), (2, true), (3, true)]);
    voice.stop();
    let heard = heard.lock().unwrap();
    let (chimes, sentences): (Vec<&String>, Vec<&String>) =
        heard.iter().partition(|heard| *heard == "chime");
    assert_eq!(chimes.len(), 6, "a chime before each time: {heard:?}");
    let once = ["sentence 1", "sentence 2", "sentence 3"];
    assert_eq!(sentences, [once, once].concat(), "each twice, in their order");
}

#[test]
fn an_expired_call_is_reported_as_not_done() {
    let (voice, heard, tells) = start(false);
    voice.jobs().hand(job(1, 0));
    voice.jobs().hand(job(2, 60_000));
    assert_eq!(ends(&tells, 2), [(1, false), (2, true)]);
    voice.stop();
    assert!(!heard.lock().unwrap().contains(&"sentence 1".to_owned()));
}

#[test]
fn a_broken_voice_tries_the_next_call_all_the_same() {
    let (voice, heard, tells) = start(true);
    voice.jobs().hand(job(1, 60_000));
    voice.jobs().hand(job(2, 60_000));
    assert_eq!(ends(&tells, 2), [(1, false), (2, false)]);
    voice.stop();
    assert!(heard.lock().unwrap().contains(&"sentence 2".to_owned()));
}

#[test]
fn a_program_that_hangs_is_ended() {
    let mut hang = std::process::Command::new("sleep");
    let fault =
        process::run(hang.arg("600"), Vec::new(), Duration::from_millis(60), &Stop::default())
            .unwrap_err();
    assert!(matches!(fault, SpeakFault::TooLong { .. }), "{fault}");
}

#[test]
fn a_program_that_fails_or_is_missing_is_told_with_its_words() {
    let mut shell = std::process::Command::new("sh");
    let command = shell.args(["-c", "cat >/dev/null; echo no sound card >&2; exit 3"]);
    let fault = process::run(command, vec![0; 200_000], PATIENCE, &Stop::default()).unwrap_err();
    assert!(fault.to_string().contains("no sound card"), "{fault}");
    let mut liar = std::process::Command::new("sh");
    let command = liar.args(["-c", "echo 'error: No such file or directory' >&2"]);
    let fault = process::run(command, Vec::new(), PATIENCE, &Stop::default()).unwrap_err();
    assert!(
        fault.to_string().contains("No such file"),
        "a program that ends with 0 may have failed"
    );
    let mut missing = std::process::Command::new("/no/such/voice");
    let fault = process::run(&mut missing, Vec::new(), PATIENCE, &Stop::default()).unwrap_err();
    assert!(matches!(fault, SpeakFault::Start { .. }), "{fault}");
}

#[test]
fn the_sentence_is_one_argument_in_the_pinyin_voice() {
    let command = Espeak::new(&SpeechConfig::default()).command("- A 零", 80);
    let arguments: Vec<_> = command.get_args().map(|word| word.to_str().unwrap()).collect();
    assert_eq!(arguments, ["-v", "cmn-latn-pinyin", "-s", "128", "--stdout", "--", "- A 零"]);
}

#[test]
fn a_sound_survives_being_written_and_read() {
    let sound = wav::read(&wav::write(&chime::sound())).unwrap();
    assert_eq!(sound, chime::sound());
    assert!(sound.samples.iter().any(|sample| sample.unsigned_abs() > 5_000));
    assert_eq!(wav::read(&wav::write(&sound)).unwrap(), sound);
    assert!(wav::read(b"RIFFxxxxWAVEdata").is_err());
}

#[test]
fn clips_take_the_longest_words_and_name_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    for (name, sample) in [("请", 1), ("A", 2), ("零", 3), ("零一", 4), ("号", 5)] {
        let sound = wav::Sound { rate: 8_000, channels: 1, samples: vec![sample] };
        std::fs::write(folder.path().join(format!("{name}.wav")), wav::write(&sound)).unwrap();
    }
    let config =
        SpeechConfig { clips_folder: Some(folder.path().to_owned()), ..SpeechConfig::default() };
    let clips = Clips::new(&config, Box::new(Nowhere));
    let sound = clips.sound("请 A 零 零 一 号").unwrap();
    assert_eq!(sound.samples, [1, 2, 3, 4, 5]);
    let fault = clips.sound("请 B 零 号").unwrap_err();
    assert!(matches!(fault, SpeakFault::NoClip { part } if part.starts_with('B')));
}

#[test]
fn a_key_is_the_jobs_number_in_its_boot() {
    assert_eq!(JobKey::of(&job(7, 0)), JobKey { boot: 1, id: 7 });
}
