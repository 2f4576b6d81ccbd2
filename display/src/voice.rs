//! 语音播报: numbered announcements, one after another, none skipped; what comes too late is
//! reported as such. A voice that fails stops nothing but itself.

pub mod chime;
pub mod clips;
pub mod espeak;
pub mod fault;
pub mod output;
mod process;
pub mod queue;
pub mod silent;
mod speaking;
pub mod turn;
pub mod wav;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use wire::device::{Delivery, Job};

use crate::config::{SpeakerKind, SpeechConfig};
use fault::SpeakFault;
use queue::JobKey;
use speaking::Speaking;

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
    fn say(&mut self, text: &str, how: Delivery, stop: &Stop) -> Result<(), SpeakFault>;

    /// Plays the chime.
    ///
    /// # Errors
    /// If it was not heard; the sentence is said all the same.
    fn chime(&mut self, how: Delivery, stop: &Stop) -> Result<(), SpeakFault>;
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
    /// A call was shown and not spoken, because it is a quiet hour; how many so far.
    Quiet(u64),
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
        let speaking = Speaking::new(speaker, manner, sink, stop.clone());
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
    /// What is said when somebody tests the voice.
    pub test_sentence: String,
}

/// The speaker that the configuration asks for.
#[must_use]
pub fn speaker(config: &SpeechConfig) -> Box<dyn Speaker> {
    match config.speaker {
        SpeakerKind::Espeak => Box::new(espeak::EspeakSpeaker::new(config, output::output(config))),
        SpeakerKind::Clips => Box::new(clips::Clips::new(config, output::output(config))),
        SpeakerKind::Silent => Box::new(silent::Silent),
    }
}

#[cfg(test)]
mod tests;
