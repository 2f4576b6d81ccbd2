//! Three calls at once are said one after another, none skipped; what comes too late is told.

use std::{
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use wire::device::{Job, Work};

use super::{
    FromVoice, Manner, SpeakFault, Speaker, Stop, Voice, chime,
    clips::Clips,
    espeak::Espeak,
    process,
    queue::{Announcements, JobKey, Next, Taken, WAITING_MAX},
    wav,
};
use crate::config::SpeechConfig;

const PATIENCE: Duration = Duration::from_secs(20);

fn job(id: u64, expires_in_millis: u64) -> Job {
    let text = format!("sentence {id}");
    Job { id, boot: 1, expires_in_millis, work: Work::Say { text, times: 2, window: None } }
}

fn said(next: Option<Next>) -> String {
    match next {
        Some(Next::Do(job)) => format!("do {}", job.id),
        Some(Next::Expired(key)) => format!("expired {}", key.id),
        None => "nothing".to_owned(),
    }
}

#[test]
fn three_calls_wait_in_their_order_and_each_comes_once() {
    let mut announcements = Announcements::default();
    for id in [1, 2, 3] {
        assert_eq!(announcements.handle_job(job(id, 60_000), 0), Taken::Waits);
    }
    assert_eq!(announcements.handle_job(job(2, 60_000), 5), Taken::Repeated);
    let order: Vec<String> = (0..4).map(|n| said(announcements.poll_next(n * 10_000))).collect();
    assert_eq!(order, ["do 1", "do 2", "do 3", "nothing"]);
    assert_eq!(announcements.missed(), 0);
}

#[test]
fn what_comes_too_late_is_told_and_the_next_is_still_said() {
    let mut announcements = Announcements::default();
    announcements.handle_job(job(1, 1_000), 0);
    announcements.handle_job(job(2, 60_000), 0);
    assert_eq!(said(announcements.poll_next(1_000)), "expired 1");
    assert_eq!(said(announcements.poll_next(1_000)), "do 2");
}

#[test]
fn a_missing_number_is_counted_and_a_new_boot_begins_anew() {
    let mut announcements = Announcements::default();
    announcements.handle_job(job(1, 1_000), 0);
    announcements.handle_job(job(4, 1_000), 0);
    assert_eq!(announcements.missed(), 2);
    let reborn = Job { boot: 2, ..job(1, 1_000) };
    assert_eq!(announcements.handle_job(reborn, 0), Taken::Waits);
    assert_eq!(announcements.missed(), 2);
}

#[test]
fn a_flood_is_bounded() {
    let mut announcements = Announcements::default();
    for id in 1..=WAITING_MAX as u64 {
        assert_eq!(announcements.handle_job(job(id, 60_000), 0), Taken::Waits);
    }
    assert_eq!(announcements.handle_job(job(1_000, 60_000), 0), Taken::Full);
}

/// Writes down what it is told to say.
struct Scribe {
    heard: Arc<Mutex<Vec<String>>>,
    broken: bool,
}

impl Speaker for Scribe {
    fn say(&mut self, text: &str, _stop: &Stop) -> Result<(), SpeakFault> {
        self.heard.lock().unwrap().push(text.to_owned());
        if self.broken {
            return Err(SpeakFault::TooLong { program: "scribe".into(), secs: 0 });
        }
        Ok(())
    }
    fn chime(&mut self, _stop: &Stop) -> Result<(), SpeakFault> {
        self.heard.lock().unwrap().push("chime".to_owned());
        Ok(())
    }
}

fn start(broken: bool) -> (Voice, Arc<Mutex<Vec<String>>>, Receiver<FromVoice>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let scribe = Box::new(Scribe { heard: Arc::clone(&heard), broken });
    let manner = Manner {
        chime: true,
        repeat_after: Duration::from_millis(1),
        test_sentence: "test".to_owned(),
    };
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
            | FromVoice::TooLate(_) => {}
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
    let once = |n: u64| ["chime".to_owned(), format!("sentence {n}"), format!("sentence {n}")];
    assert_eq!(*heard.lock().unwrap(), [once(1), once(2), once(3)].concat());
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
    let command = Espeak::new(&SpeechConfig::default()).command("- A 零");
    let arguments: Vec<_> = command.get_args().map(|word| word.to_str().unwrap()).collect();
    assert_eq!(arguments, ["-v", "cmn-latn-pinyin", "-s", "130", "-a", "100", "--", "- A 零"]);
}

#[test]
fn a_sound_survives_being_written_and_read() {
    let sound = wav::read(&chime::wav()).unwrap();
    assert_eq!((sound.rate, sound.channels), (22_050, 1));
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
    let clips = Clips::new(&config);
    let sound = wav::read(&clips.sound("请 A 零 零 一 号").unwrap()).unwrap();
    assert_eq!(sound.samples, [1, 2, 3, 4, 5]);
    let fault = clips.sound("请 B 零 号").unwrap_err();
    assert!(matches!(fault, SpeakFault::NoClip { part } if part.starts_with('B')));
}

#[test]
fn a_key_is_the_jobs_number_in_its_boot() {
    assert_eq!(JobKey::of(&job(7, 0)), JobKey { boot: 1, id: 7 });
}

fn call(id: u64, window: &str) -> Job {
    let window = Some(window.parse().unwrap());
    let work = Work::Say { text: format!("{id}"), times: 2, window };
    Job { id, boot: 1, expires_in_millis: 60_000, work }
}

#[test]
fn a_newer_call_to_a_window_takes_the_place_of_one_that_nobody_needs_any_more() {
    let mut announcements = Announcements::default();
    assert_eq!(announcements.handle_job(call(1, "1"), 0), Taken::Waits);
    assert_eq!(announcements.handle_job(call(2, "2"), 0), Taken::Waits);
    let older = JobKey { boot: 1, id: 1 };
    assert_eq!(announcements.handle_job(call(3, "1"), 0), Taken::Supersedes(older));
    assert_eq!(announcements.poll_next(1), Some(Next::Do(call(3, "1"))));
    assert_eq!(announcements.poll_next(1), Some(Next::Do(call(2, "2"))));
    assert_eq!(announcements.poll_next(1), None);
}

#[test]
fn when_many_windows_call_at_once_each_is_said_once_and_none_is_skipped() {
    let mut announcements = Announcements::default();
    for id in 1..=24 {
        announcements.handle_job(call(id, &id.to_string()), 0);
    }
    let mut said = Vec::new();
    while let Some(Next::Do(job)) = announcements.poll_next(1) {
        let Work::Say { times, .. } = job.work else { panic!("only calls wait") };
        said.push((job.id, times));
    }
    let hurried = said.iter().filter(|(_, times)| *times == 1).count();
    assert_eq!((said.len(), hurried), (24, 21), "{said:?}");
    assert!(said.is_sorted());
}
