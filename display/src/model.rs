//! What the screen knows, and what changes it. No drawing, no clock, no socket.

pub use photo::Photo;
use stand::Stand;
use tablet::{Tablet, Touch};
use wire::{
    board::{HallRow, RowState},
    clock::Clock,
    device::{Face, HallScreenFace, Happening, Wanted},
    ids::DeviceId,
    plates::{TabletFace, WindowFace},
    screens::{NotFound, Sought},
    words::WindowState,
};

use crate::{album::Portrait, config::ShowConfig};

mod photo;
pub mod stand;
pub mod tablet;
mod timing;
mod told;

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
    sought: Option<Sought>,
    unfound: Option<(Sought, NotFound)>,
    link: Link,
    heard_at: u64,
    face: Option<Picture>,
    clock: Option<Heard>,
    stand: Stand,
    window_call: Option<(u64, Option<u64>)>,
    running_from: u64,
    broadcast_from: u64,
    spoken: Option<String>,
    voice_ill: bool,
    photo: Option<Photo>,
    test_until: Option<u64>,
    tablet: Tablet,
}

/// The last whole picture.
#[derive(Debug, Clone, PartialEq)]
struct Picture {
    revision: u64,
    face: Face,
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
    /// The picture is about to be drawn, and so many rows of calls fit.
    Drawn {
        /// Rows.
        rows: usize,
    },
    /// 工作照 came from the server or the disk; the window makes it paintable.
    PortraitCame(Portrait),
    /// It can be painted.
    PhotoReady(Photo),
    /// A finger on the tablet.
    Touched(Touch),
    /// A job that a screen does not do.
    JobRefused {
        /// The job.
        id: u64,
        /// The boot that numbered it.
        boot: u64,
    },
}

/// What the shell must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Report that this revision is on the screen.
    ReportShown {
        /// The revision.
        revision: u64,
    },
    /// Report what a finger said.
    ReportGrade(Happening),
    /// 工作照 with this mark is to be shown.
    WantPhoto(String),
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

/// A screen that has heard nothing yet.
#[must_use]
pub fn new_model(show: ShowConfig, now: Moment) -> Model {
    Model {
        show,
        device: None,
        sought: None,
        unfound: None,
        link: Link::Down { since: now.since_start },
        heard_at: now.since_start,
        face: None,
        clock: None,
        stand: Stand::default(),
        window_call: None,
        running_from: now.since_start,
        broadcast_from: now.since_start,
        spoken: None,
        voice_ill: false,
        photo: None,
        test_until: None,
        tablet: Tablet::default(),
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
        Msg::Drawn { rows } => {
            model.stand.set_room(rows, model.stands_millis(), now.since_start);
            Vec::new()
        }
        // Only the window can do something with it.
        Msg::PortraitCame(_) => Vec::new(),
        Msg::PhotoReady(photo) => {
            // One that comes late is somebody else's, and would take the place of the one that is shown.
            if model.names_photo(&photo.mark) {
                model.photo = Some(photo);
            }
            Vec::new()
        }
        Msg::Touched(touch) => {
            let is_up = model.link == Link::Up;
            let said = model.tablet.touch(touch, is_up, now.since_start);
            said.map(Effect::ReportGrade).into_iter().collect()
        }
        Msg::JobRefused { id, boot } => vec![Effect::ReportJob { id, boot, done: false }],
    }
}

fn take_face(model: &mut Model, wanted: Wanted, kept: bool, now: Moment) -> Vec<Effect> {
    let Wanted { revision, face } = wanted;
    let clock = match &face {
        Face::HallScreen(face) => face.clock,
        Face::WindowScreen(face) => face.clock,
        Face::Tablet(face) => face.clock,
        // A face of another kind of device on our topic is a wrong setting; the last picture stays.
        Face::Strip { .. } | Face::Pad { .. } | Face::Evaluator { .. } => return Vec::new(),
    };
    if kept {
        // The first clock at all is better than none, but what was heard live is better still.
        let at = now.since_start;
        model.clock.get_or_insert(Heard { clock: kept_clock(clock, now), at });
    } else {
        model.heard_at = now.since_start;
        model.clock = Some(Heard { clock, at: now.since_start });
    }
    if let Face::Tablet(face) = &face {
        model.tablet.take(face.ask, now.since_start);
    }
    blink(model, &face, now);
    let running = |face: &Face| match face {
        Face::HallScreen(face) => face.running.clone(),
        Face::WindowScreen(_)
        | Face::Tablet(_)
        | Face::Strip { .. }
        | Face::Pad { .. }
        | Face::Evaluator { .. } => Vec::new(),
    };
    if model.face.as_ref().is_none_or(|old| running(&old.face) != running(&face)) {
        model.running_from = now.since_start;
    }
    model.note_broadcast(&face, now.since_start);
    let wants = model.photo_wanted(&face);
    model.face = Some(Picture { revision, face });
    wants.map(Effect::WantPhoto).into_iter().chain([Effect::ReportShown { revision }]).collect()
}

/// Newer calls blink and stand their time. What was called before this screen was switched on just
/// stands.
fn blink(model: &mut Model, face: &Face, now: Moment) {
    let at = now.since_start;
    match face {
        Face::HallScreen(face) => model.stand.take(&face.rows, model.stands_millis(), at),
        Face::WindowScreen(face) if face.state == WindowState::Calling => {
            let known = model.window_call.filter(|(call, _)| *call == face.announcement);
            let since = model.face.as_ref().map(|_| at);
            model.window_call = known.or(Some((face.announcement, since)));
        }
        Face::WindowScreen(_)
        | Face::Tablet(_)
        | Face::Strip { .. }
        | Face::Pad { .. }
        | Face::Evaluator { .. } => {}
    }
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

    /// It was started for this place, which it names until it hears more.
    pub const fn seek(&mut self, sought: Sought) {
        self.sought = Some(sought);
    }

    /// The place it was started for.
    #[must_use]
    pub const fn sought(&self) -> Option<Sought> {
        self.sought
    }

    /// What was sought in vain, and why.
    #[must_use]
    pub const fn unfound(&self) -> Option<&(Sought, NotFound)> {
        self.unfound.as_ref()
    }

    /// The last whole picture, if there ever was one.
    #[must_use]
    pub fn face(&self) -> Option<&Face> {
        self.face.as_ref().map(|picture| &picture.face)
    }

    /// The same, of a hall screen.
    #[must_use]
    pub fn hall_face(&self) -> Option<&HallScreenFace> {
        if let Face::HallScreen(face) = self.face()? { Some(face) } else { None }
    }

    /// The same, of a window's screen.
    #[must_use]
    pub fn window_face(&self) -> Option<&WindowFace> {
        if let Face::WindowScreen(face) = self.face()? { Some(face) } else { None }
    }

    /// The same, of an evaluator with a screen.
    #[must_use]
    pub fn tablet_face(&self) -> Option<&TabletFace> {
        if let Face::Tablet(face) = self.face()? { Some(face) } else { None }
    }

    /// The rows of a hall screen that stand now.
    #[must_use]
    pub fn rows(&self, now: Moment) -> Vec<&HallRow> {
        self.hall_face().map_or_else(Vec::new, |face| {
            self.stand.rows(&face.rows, self.stands_millis(), now.since_start)
        })
    }

    /// Counts of people beside the rows: the sum and each zone.
    #[must_use]
    pub fn counts(&self) -> usize {
        self.hall_face().map_or(0, |face| face.zones.len() + 1)
    }

    /// The share of the screen's height that a row must have at least.
    #[must_use]
    pub fn row_share_min(&self) -> f32 {
        self.show.row_share_min()
    }

    const fn stands_millis(&self) -> u64 {
        self.show.call_stands_secs * 1_000
    }

    /// What a person does at the tablet.
    #[must_use]
    pub const fn tablet(&self) -> &Tablet {
        &self.tablet
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
}

#[cfg(test)]
mod tests;
