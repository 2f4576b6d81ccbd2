//! The voice's thread: takes jobs in, says what is due, tells what became of each.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use wire::device::{Delivery, Job, Work};

use super::{
    FromVoice, LOOK_EVERY, Manner, Sink, Speaker, Stop,
    fault::SpeakFault,
    queue::{Announcements, JobKey, Next, Taken, Turn},
    silent,
};

/// Without anything owed, new jobs are waited for so long at a time.
const WAIT: Duration = Duration::from_millis(500);

/// Between two announcements, so that nobody takes them for one.
const BREATH: Duration = Duration::from_millis(300);

/// What the voice's thread owns.
pub struct Speaking {
    speaker: Box<dyn Speaker>,
    manner: Manner,
    sink: Sink,
    stop: Stop,
    counts: Counts,
}

/// What was not spoken, in this run.
#[derive(Default)]
struct Counts {
    missed: u64,
    superseded: u64,
    late: u64,
    quiet: u64,
}

impl Speaking {
    /// A voice that has said nothing yet.
    pub fn new(speaker: Box<dyn Speaker>, manner: Manner, sink: Sink, stop: Stop) -> Self {
        Self { speaker, manner, sink, stop, counts: Counts::default() }
    }

    /// Speaks until it is told to stop, or nobody hands jobs any more.
    pub fn run(mut self, arriving: &Receiver<(Job, Instant)>) {
        let start = Instant::now();
        let millis = |at: Instant| {
            u64::try_from(at.saturating_duration_since(start).as_millis()).unwrap_or(u64::MAX)
        };
        let mut announcements = Announcements::default();
        while !self.stop.asked() {
            match announcements.poll_next(millis(Instant::now())) {
                Some(Next::Do(turn)) => {
                    let (key, done) = (JobKey::of(&turn.job), self.perform(&turn));
                    if !done || announcements.handle_done(turn, millis(Instant::now())) {
                        (self.sink)(FromVoice::Job { key, done });
                    }
                }
                Some(Next::Enough(key)) => (self.sink)(FromVoice::Job { key, done: true }),
                Some(Next::Expired(key)) => {
                    tracing::warn!(id = key.id, "an announcement came too late and was not said");
                    (self.sink)(FromVoice::Job { key, done: false });
                    self.counts.late += 1;
                    (self.sink)(FromVoice::TooLate(self.counts.late));
                }
                None => {
                    let wait = if announcements.next_due().is_some() { LOOK_EVERY } else { WAIT };
                    match arriving.recv_timeout(wait) {
                        Ok((job, at)) => self.take(&mut announcements, job, millis(at)),
                        Err(RecvTimeoutError::Timeout) => {}
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
            }
            while let Ok((job, at)) = arriving.try_recv() {
                self.take(&mut announcements, job, millis(at));
            }
        }
    }

    fn take(&mut self, announcements: &mut Announcements, job: Job, at: u64) {
        let key = JobKey::of(&job);
        match announcements.handle_job(job, at) {
            Taken::Waits | Taken::Repeated => {}
            Taken::Cuts(older) => (self.sink)(FromVoice::Job { key: older, done: true }),
            Taken::Supersedes(older) => {
                tracing::debug!(id = older.id, "a newer call to the same window goes before it");
                (self.sink)(FromVoice::Job { key: older, done: false });
                self.counts.superseded += 1;
                (self.sink)(FromVoice::Superseded(self.counts.superseded));
            }
            Taken::Full => {
                tracing::warn!(id = key.id, "too many announcements wait; this one is not said");
                (self.sink)(FromVoice::Job { key, done: false });
            }
        }
        if announcements.missed() > self.counts.missed {
            self.counts.missed = announcements.missed();
            tracing::warn!(missed = self.counts.missed, "numbers of announcements are missing");
            (self.sink)(FromVoice::Missed(self.counts.missed));
        }
    }

    fn perform(&mut self, turn: &Turn) -> bool {
        match &turn.job.work {
            Work::Say { text, how, .. } if how.volume_percent == 0 => self.show(text),
            Work::Say { text, how, .. } => self.announce(text, *how),
            Work::Test { .. } => {
                let sentence = self.manner.test_sentence.clone();
                self.announce(&sentence, Delivery::default())
            }
            Work::Beep => self.chime(Delivery::default()),
            // A voice has no key to answer to.
            Work::Feedback { .. } => true,
            // Nor paper.
            Work::Print(_) => false,
        }
    }

    /// 静音时段: the sentence stands on the screen only.
    fn show(&mut self, text: &str) -> bool {
        (self.sink)(FromVoice::Began(text.to_owned()));
        self.stop.pause(silent::reading_time(text));
        (self.sink)(FromVoice::Ended { done: true });
        self.counts.quiet += 1;
        (self.sink)(FromVoice::Quiet(self.counts.quiet));
        true
    }

    fn announce(&mut self, text: &str, how: Delivery) -> bool {
        (self.sink)(FromVoice::Began(text.to_owned()));
        if self.manner.chime {
            self.chime(how);
        }
        let said = self.speaker.say(text, how, &self.stop);
        match &said {
            Ok(()) | Err(SpeakFault::Stopping) => {}
            Err(fault) => {
                tracing::warn!(fault = fault.in_full(), "an announcement was not said");
                // Its words stand on the screen for a while all the same.
                self.stop.pause(silent::reading_time(text));
            }
        }
        let done = said.is_ok();
        (self.sink)(FromVoice::Ended { done });
        self.stop.pause(BREATH);
        done
    }

    fn chime(&mut self, how: Delivery) -> bool {
        let rung = self.speaker.chime(how, &self.stop);
        if let Err(fault) = &rung {
            tracing::debug!(fault = fault.in_full(), "the chime was not heard");
        }
        rung.is_ok()
    }
}
