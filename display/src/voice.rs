//! 语音播报: numbered announcements, one after another, none skipped; what comes too late is
//! reported as such. A voice that fails stops nothing but itself.

mod chime;
pub mod clips;
pub mod espeak;
mod process;
pub mod queue;
pub mod silent;
mod wav;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use wire::device::{Job, Work};

use crate::config::{SpeakerKind, SpeechConfig};
use queue::{Announcements, JobKey, Next};

/// Jobs between the broker's thread and the voice's; the queue behind it has its own bound.
const ARRIVING_MAX: usize = 128;

/// How often a pause looks whether the program ends.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Something that can say a sentence. It returns when the sentence has been said.
pub trait Speaker: Send {
    /// Says the sentence once.
    ///
    /// # Errors
    /// If it was not said to the end; the text then stands on the screen only.
    fn say(&mut self, text: &str, stop: &Stop) -> Result<(), SpeakFault>;

    /// Plays the chime.
    ///
    /// # Errors
    /// If it was not heard; the sentence is said all the same.
    fn chime(&mut self, stop: &Stop) -> Result<(), SpeakFault>;
}

/// Why a sentence was not said.
#[derive(Debug, thiserror::Error)]
pub enum SpeakFault {
    /// The program is not there or cannot be started.
    #[error("failed to start {program}")]
    Start {
        /// Which.
        program: String,
        /// Why.
        source: std::io::Error,
    },
    /// The program ended with an error.
    #[error("{program} ended with {status}: {words}")]
    Ended {
        /// Which.
        program: String,
        /// Its exit status.
        status: String,
        /// What it said about it.
        words: String,
    },
    /// The program took too long and was ended.
    #[error("{program} did not end within {secs} s and was ended")]
    TooLong {
        /// Which.
        program: String,
        /// The limit.
        secs: u64,
    },
    /// The display ends.
    #[error("the display ends")]
    Stopping,
    /// There is no clip for a part of the sentence.
    #[error("there is no clip for “{part}”")]
    NoClip {
        /// The part.
        part: String,
    },
    /// A clip cannot be used.
    #[error("the clip {clip} cannot be used: {why}")]
    BadClip {
        /// Its file.
        clip: String,
        /// Why.
        why: String,
    },
}

/// Tells a speaker that the display ends.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks everything that listens to end.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// True once somebody asked.
    #[must_use]
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Waits, unless the display ends before.
    pub fn pause(&self, long: Duration) {
        let until = Instant::now() + long;
        while !self.asked() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(LOOK_EVERY));
        }
    }
}

/// What the voice tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromVoice {
    /// A sentence begins; it is to be shown too.
    Began(String),
    /// The sentence ended.
    Ended {
        /// It was said to the end.
        done: bool,
    },
    /// What became of a job.
    Job {
        /// Which.
        key: JobKey,
        /// It was done in time.
        done: bool,
    },
    /// So many numbers never arrived, in this boot of the server.
    Missed(u64),
    /// A call was not said because a newer one to the same window came before its turn; how many so far.
    Superseded(u64),
    /// A call was not said because its turn came too late; how many so far.
    TooLate(u64),
}

/// Takes what the voice tells; must not wait long.
pub type Sink = Box<dyn Fn(FromVoice) + Send>;

/// A running voice.
pub struct Voice {
    jobs: SyncSender<(Job, Instant)>,
    stop: Stop,
    thread: JoinHandle<()>,
}

/// Gives jobs to the voice; cheap to clone, never waits.
#[derive(Clone)]
pub struct Jobs(SyncSender<(Job, Instant)>);

impl Jobs {
    /// Hands over a job. False if the voice is too far behind to take it.
    pub fn hand(&self, job: Job) -> bool {
        match self.0.try_send((job, Instant::now())) {
            Ok(()) => true,
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => false,
        }
    }
}

impl Voice {
    /// Starts the voice's thread.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(
        speaker: Box<dyn Speaker>,
        manner: Manner,
        sink: Sink,
    ) -> Result<Self, std::io::Error> {
        let (jobs, arriving) = sync_channel(ARRIVING_MAX);
        let stop = Stop::default();
        let speaking = Speaking {
            speaker,
            manner,
            sink,
            stop: stop.clone(),
            missed: 0,
            superseded: 0,
            late: 0,
        };
        let thread = std::thread::Builder::new()
            .name("voice".to_owned())
            .spawn(move || speaking.run(&arriving))?;
        Ok(Self { jobs, stop, thread })
    }

    /// Where to hand jobs.
    #[must_use]
    pub fn jobs(&self) -> Jobs {
        Jobs(self.jobs.clone())
    }

    /// Ends the sentence and the thread.
    pub fn stop(self) {
        self.stop.ask();
        drop(self.jobs);
        if self.thread.join().is_err() {
            tracing::error!("the voice's thread ended by a bug");
        }
    }
}

/// How announcements are made, whoever speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manner {
    /// A chime before the sentence.
    pub chime: bool,
    /// Between two times of one sentence.
    pub repeat_after: Duration,
    /// What is said when somebody tests the voice.
    pub test_sentence: String,
}

/// The speaker that the configuration asks for.
#[must_use]
pub fn speaker(config: &SpeechConfig) -> Box<dyn Speaker> {
    match config.speaker {
        SpeakerKind::Espeak => Box::new(espeak::Espeak::new(config)),
        SpeakerKind::Clips => Box::new(clips::Clips::new(config)),
        SpeakerKind::Silent => Box::new(silent::Silent),
    }
}

struct Speaking {
    speaker: Box<dyn Speaker>,
    manner: Manner,
    sink: Sink,
    stop: Stop,
    missed: u64,
    superseded: u64,
    late: u64,
}

impl Speaking {
    fn run(mut self, arriving: &Receiver<(Job, Instant)>) {
        let start = Instant::now();
        let millis = |at: Instant| {
            u64::try_from(at.saturating_duration_since(start).as_millis()).unwrap_or(u64::MAX)
        };
        let mut announcements = Announcements::default();
        while !self.stop.asked() {
            match announcements.poll_next(millis(Instant::now())) {
                Some(Next::Do(job)) => self.perform(&job),
                Some(Next::Expired(key)) => {
                    tracing::warn!(id = key.id, "an announcement came too late and was not said");
                    (self.sink)(FromVoice::Job { key, done: false });
                    self.late += 1;
                    (self.sink)(FromVoice::TooLate(self.late));
                }
                None => match arriving.recv_timeout(LOOK_EVERY * 10) {
                    Ok((job, at)) => self.take(&mut announcements, job, millis(at)),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                },
            }
            while let Ok((job, at)) = arriving.try_recv() {
                self.take(&mut announcements, job, millis(at));
            }
        }
    }

    fn take(&mut self, announcements: &mut Announcements, job: Job, at: u64) {
        let key = JobKey::of(&job);
        match announcements.handle_job(job, at) {
            queue::Taken::Waits | queue::Taken::Repeated => {}
            queue::Taken::Supersedes(older) => {
                tracing::debug!(id = older.id, "a newer call to the same window goes before it");
                (self.sink)(FromVoice::Job { key: older, done: false });
                self.superseded += 1;
                (self.sink)(FromVoice::Superseded(self.superseded));
            }
            queue::Taken::Full => {
                tracing::warn!(id = key.id, "too many announcements wait; this one is not said");
                (self.sink)(FromVoice::Job { key, done: false });
            }
        }
        if announcements.missed() > self.missed {
            self.missed = announcements.missed();
            tracing::warn!(missed = self.missed, "numbers of announcements are missing");
            (self.sink)(FromVoice::Missed(self.missed));
        }
    }

    fn perform(&mut self, job: &Job) {
        let done = match &job.work {
            Work::Say { text, times, .. } => self.announce(text, *times),
            Work::Test { .. } => {
                let sentence = self.manner.test_sentence.clone();
                self.announce(&sentence, 1)
            }
            Work::Beep => self.chime(),
            // A voice has no key to answer to.
            Work::Feedback { .. } => true,
            // Nor paper.
            Work::Print(_) => false,
        };
        (self.sink)(FromVoice::Job { key: JobKey::of(job), done });
    }

    fn announce(&mut self, text: &str, times: u8) -> bool {
        (self.sink)(FromVoice::Began(text.to_owned()));
        if self.manner.chime {
            self.chime();
        }
        let mut done = true;
        for time in 0..times.max(1) {
            if time > 0 {
                self.stop.pause(self.manner.repeat_after);
            }
            if let Err(fault) = self.speaker.say(text, &self.stop) {
                done = false;
                match fault {
                    SpeakFault::Stopping => {}
                    SpeakFault::Start { .. }
                    | SpeakFault::Ended { .. }
                    | SpeakFault::TooLong { .. }
                    | SpeakFault::NoClip { .. }
                    | SpeakFault::BadClip { .. } => {
                        tracing::warn!(fault = full(&fault), "an announcement was not said");
                        // Its words stand on the screen for a while all the same.
                        self.stop.pause(silent::reading_time(text));
                    }
                }
                break;
            }
        }
        (self.sink)(FromVoice::Ended { done });
        done
    }

    fn chime(&mut self) -> bool {
        let rung = self.speaker.chime(&self.stop);
        if let Err(fault) = &rung {
            tracing::debug!(fault = full(fault), "the chime was not heard");
        }
        rung.is_ok()
    }
}

/// An error with its sources, in one line.
fn full(fault: &dyn std::error::Error) -> String {
    let mut words = fault.to_string();
    let mut source = fault.source();
    while let Some(inner) = source {
        words.push_str(": ");
        words.push_str(&inner.to_string());
        source = inner.source();
    }
    words
}

#[cfg(test)]
mod tests;
