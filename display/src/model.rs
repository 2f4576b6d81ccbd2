//! What the screen knows, and what changes it. No drawing, no clock, no socket.

use wire::{
    board::{HallRow, RowState},
    clock::Clock,
    device::{Face, HallScreenFace, Wanted},
    ids::DeviceId,
    screens::{NotFound, Sought},
};

use crate::config::ShowConfig;

/// A moment of this machine: milliseconds since the program began, and since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Never jumps.
    pub since_start: u64,
    /// The machine's own clock; only trusted where the hall's clock was not heard live.
    pub unix: i64,
}

/// The screen's state.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    show: ShowConfig,
    device: Option<DeviceId>,
    unfound: Option<(Sought, NotFound)>,
    link: Link,
    heard_at: u64,
    face: Option<Picture>,
    clock: Option<Heard>,
    newest: u64,
    blinking: Vec<u64>,
    blink_from: u64,
    running_from: u64,
    spoken: Option<String>,
    voice_ill: bool,
    test_until: Option<u64>,
}

/// The last whole picture.
#[derive(Debug, Clone, PartialEq)]
struct Picture {
    revision: u64,
    face: HallScreenFace,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Heard {
    clock: Clock,
    at: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Up,
    Down { since: u64 },
}

/// What can happen to a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// Which device this screen is.
    Found(DeviceId),
    /// What was sought, and why nothing was found.
    Unfound(Sought, NotFound),
    /// The broker answers.
    Connected,
    /// The connection broke.
    Lost,
    /// A wanted face. `kept` if the broker had kept it for us: its clock is old then.
    Face {
        /// The face.
        wanted: Box<Wanted>,
        /// Retained by the broker, not live.
        kept: bool,
    },
    /// The server is alive, and this is the hall's clock.
    Heartbeat(Clock),
    /// The voice began a sentence.
    SpeechBegan(String),
    /// The voice ended, and whether it worked.
    SpeechEnded {
        /// Every word was said.
        done: bool,
    },
    /// Somebody asked for the test picture.
    TestAsked {
        /// The job.
        id: u64,
        /// The boot that numbered it.
        boot: u64,
    },
    /// A job that a screen does not do.
    JobRefused {
        /// The job.
        id: u64,
        /// The boot that numbered it.
        boot: u64,
    },
}

/// What the shell must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Report that this revision is on the screen.
    ReportShown {
        /// The revision.
        revision: u64,
    },
    /// Report a job.
    ReportJob {
        /// The job.
        id: u64,
        /// The boot that numbered it.
        boot: u64,
        /// It was done.
        done: bool,
    },
}

/// How sure the picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Nothing was ever heard.
    Connecting,
    /// Live.
    Live,
    /// Cut off; the last picture is from then (hall time in milliseconds since 1970).
    Lost {
        /// When the last sign of the server came, in the hall's time.
        since: i64,
        /// The old rows have gone.
        rows_gone: bool,
    },
}

/// The test picture stands so long.
const TEST_LASTS_MILLIS: u64 = 10_000;

/// The screen is drawn at most so often, however fast a demo hall's minutes pass.
const FRAME_MILLIS_MIN: u64 = 200;

/// A screen that has heard nothing yet.
#[must_use]
pub fn new_model(show: ShowConfig, now: Moment) -> Model {
    Model {
        show,
        device: None,
        unfound: None,
        link: Link::Down { since: now.since_start },
        heard_at: now.since_start,
        face: None,
        clock: None,
        newest: 0,
        blinking: Vec::new(),
        blink_from: 0,
        running_from: now.since_start,
        spoken: None,
        voice_ill: false,
        test_until: None,
    }
}

/// What happened changes the model; answers what the shell must do.
pub fn update(model: &mut Model, msg: Msg, now: Moment) -> Vec<Effect> {
    match msg {
        Msg::Found(device) => {
            (model.device, model.unfound) = (Some(device), None);
            Vec::new()
        }
        Msg::Unfound(sought, why) => {
            model.unfound = Some((sought, why));
            Vec::new()
        }
        Msg::Connected => {
            model.link = Link::Up;
            model.heard_at = now.since_start;
            Vec::new()
        }
        Msg::Lost => {
            if model.link == Link::Up {
                model.link = Link::Down { since: now.since_start };
            }
            Vec::new()
        }
        Msg::Face { wanted, kept } => take_face(model, *wanted, kept, now),
        Msg::Heartbeat(clock) => {
            model.heard_at = now.since_start;
            model.clock = Some(Heard { clock, at: now.since_start });
            Vec::new()
        }
        Msg::SpeechBegan(text) => {
            model.spoken = Some(text);
            Vec::new()
        }
        Msg::SpeechEnded { done } => {
            model.spoken = None;
            if !done && !model.voice_ill {
                // The first page of the running text is the bad news.
                model.running_from = now.since_start;
            }
            model.voice_ill = !done;
            Vec::new()
        }
        Msg::TestAsked { id, boot } => {
            model.test_until = Some(now.since_start + TEST_LASTS_MILLIS);
            vec![Effect::ReportJob { id, boot, done: true }]
        }
        Msg::JobRefused { id, boot } => vec![Effect::ReportJob { id, boot, done: false }],
    }
}

fn take_face(model: &mut Model, wanted: Wanted, kept: bool, now: Moment) -> Vec<Effect> {
    let Wanted { revision, face } = wanted;
    let face = match face {
        Face::HallScreen(face) => face,
        // A face of another kind of device on our topic is a wrong setting; the last picture stays.
        Face::Strip { .. } | Face::Pad { .. } | Face::Evaluator { .. } => return Vec::new(),
    };
    if kept {
        // The first clock at all is better than none, but what was heard live is better still.
        let at = now.since_start;
        model.clock.get_or_insert(Heard { clock: kept_clock(face.clock, now), at });
    } else {
        model.heard_at = now.since_start;
        model.clock = Some(Heard { clock: face.clock, at: now.since_start });
    }
    let first = model.face.is_none();
    let called: Vec<u64> = face
        .rows
        .iter()
        .filter(|row| is_call(row) && row.announcement > model.newest)
        .map(|row| row.announcement)
        .collect();
    if let Some(newest) = called.iter().max() {
        model.newest = *newest;
    }
    // What was called before this screen was switched on stands still.
    if !called.is_empty() && !first {
        model.blinking = called;
        model.blink_from = now.since_start;
    }
    if model.face.as_ref().is_none_or(|old| old.face.running != face.running) {
        model.running_from = now.since_start;
    }
    model.face = Some(Picture { revision, face });
    vec![Effect::ReportShown { revision }]
}

/// A kept face's clock is as old as the face. A hall that runs at the world's pace has the world's
/// time, so the machine's clock is the better guess.
fn kept_clock(clock: Clock, now: Moment) -> Clock {
    if clock.speed == 1.0 { Clock { at: now.unix, ..clock } } else { clock }
}

/// True for rows that call somebody.
#[must_use]
pub fn is_call(row: &HallRow) -> bool {
    match row.state {
        RowState::Called | RowState::Recalled => true,
        RowState::Serving | RowState::Paused => false,
    }
}

impl Model {
    /// Which device this screen is, once it is known.
    #[must_use]
    pub const fn device(&self) -> Option<DeviceId> {
        self.device
    }

    /// What was sought in vain, and why.
    #[must_use]
    pub const fn unfound(&self) -> Option<&(Sought, NotFound)> {
        self.unfound.as_ref()
    }

    /// The last whole picture, if there ever was one.
    #[must_use]
    pub fn face(&self) -> Option<&HallScreenFace> {
        self.face.as_ref().map(|picture| &picture.face)
    }

    /// The revision of that picture.
    #[must_use]
    pub fn revision(&self) -> Option<u64> {
        self.face.as_ref().map(|picture| picture.revision)
    }

    /// The sentence being spoken.
    #[must_use]
    pub fn spoken(&self) -> Option<&str> {
        self.spoken.as_deref()
    }

    /// The last announcement could not be said.
    #[must_use]
    pub const fn voice_ill(&self) -> bool {
        self.voice_ill
    }

    /// The test picture stands now.
    #[must_use]
    pub fn testing(&self, now: Moment) -> bool {
        self.test_until.is_some_and(|until| now.since_start < until)
    }

    /// The hall's time and its distance from UTC in minutes.
    #[must_use]
    pub fn hall_time(&self, now: Moment) -> Option<(i64, i32)> {
        let heard = self.clock?;
        let millis = now.since_start.saturating_sub(heard.at);
        let at = heard.clock.after_millis(i64::try_from(millis).unwrap_or(i64::MAX));
        Some((at, heard.clock.utc_offset_minutes))
    }

    /// How sure the picture is now.
    #[must_use]
    pub fn trust(&self, now: Moment) -> Trust {
        let Some(lost_at) = self.lost_at().filter(|at| now.since_start >= *at) else {
            return if self.face.is_some() { Trust::Live } else { Trust::Connecting };
        };
        if self.face.is_none() {
            return Trust::Connecting;
        }
        let heard = Moment { since_start: self.heard_at, ..now };
        let since = self.hall_time(heard).map_or(0, |(at, _)| at);
        let rows_gone = now.since_start >= lost_at + self.show.rows_kept_secs * 1_000;
        Trust::Lost { since, rows_gone }
    }

    /// When the picture stops being live, if nothing is heard.
    fn lost_at(&self) -> Option<u64> {
        let silent = self.heard_at + self.show.silent_after_secs.get() * 1_000;
        match self.link {
            Link::Up => Some(silent),
            Link::Down { since } => {
                Some(silent.min(since + self.show.lost_after_secs.get() * 1_000))
            }
        }
    }

    /// True while a row is in the dark half of its blink.
    #[must_use]
    pub fn blinked_out(&self, announcement: u64, now: Moment) -> bool {
        self.blinking.contains(&announcement)
            && self.blink_half(now).is_some_and(|half| half % 2 == 1)
    }

    /// True while a row blinks at all.
    #[must_use]
    pub fn blinks(&self, announcement: u64, now: Moment) -> bool {
        self.blinking.contains(&announcement) && self.blink_half(now).is_some()
    }

    /// Which half blink it is, while rows blink.
    fn blink_half(&self, now: Moment) -> Option<u64> {
        let half = now.since_start.saturating_sub(self.blink_from) / self.half_millis();
        (!self.blinking.is_empty() && half < u64::from(self.show.blinks) * 2).then_some(half)
    }

    /// Never faster than once a second.
    fn half_millis(&self) -> u64 {
        self.show.blink_half_millis.get().max(500)
    }

    /// Which page of the running text is shown, of so many.
    #[must_use]
    pub fn running_page(&self, pages: usize, now: Moment) -> usize {
        let passed = now.since_start.saturating_sub(self.running_from);
        let page = passed / (self.show.running_page_secs.get() * 1_000);
        usize::try_from(page).unwrap_or(0) % pages.max(1)
    }

    /// Milliseconds until the picture changes by itself; none if it never does.
    #[must_use]
    pub fn changes_in(&self, now: Moment) -> Option<u64> {
        let at = now.since_start;
        let page = self.show.running_page_secs.get() * 1_000;
        let next_step = |from: u64, step: u64| {
            let passed = at.saturating_sub(from);
            from + (passed / step + 1) * step
        };
        let lost_at = self.lost_at();
        let candidates = [
            self.blink_half(now).map(|_| next_step(self.blink_from, self.half_millis())),
            self.face.as_ref().map(|_| next_step(self.running_from, page)),
            lost_at,
            lost_at.map(|lost| lost + self.show.rows_kept_secs * 1_000),
            self.test_until,
            self.next_minute(now),
        ];
        let next = candidates.into_iter().flatten().filter(|then| *then > at).min()?;
        Some((next - at).max(FRAME_MILLIS_MIN))
    }

    fn next_minute(&self, now: Moment) -> Option<u64> {
        let speed = self.clock?.clock.speed;
        let (hall, _) = self.hall_time(now)?;
        let hall_millis = 60_000 - hall.rem_euclid(60_000);
        (speed > 0.0).then(|| now.since_start + (hall_millis as f64 / speed).ceil() as u64)
    }
}

#[cfg(test)]
mod tests;
