//! 收发: which faces, jobs and presses go out, and what comes in means. No IO and no clock: the
//! hall and the time come in as a [`View`], posts are taken out one by one.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use hall::{
    command::Command,
    event::{Event, Fact},
    ids::{DeviceId, WindowId},
    time::{Millis, Timestamp},
    words::WhyRule,
};
use serde::de::DeserializeOwned;
use wire::{
    device::{
        BridgeState, DeviceKind, DeviceState, Face, Happening, Job, Press, Report, Wanted, Work,
    },
    papers::Paper,
    texts::{Language, Texts},
    topics::{DeviceTopic, Place, Topic},
};

use crate::{
    announcements::{self, Announcement},
    engine::Wish,
    faces::{View, say_the_same},
    fleet::{Fleet, trials::Outcome},
    outbox::{arrivals::Arrivals, captions::Captions, concern::Concern},
    printroom::{self, SlipNews},
    profile::Device,
    reports,
};

/// A call that could not be spoken for so long is not worth speaking any more. Twenty-four windows
/// that call together take two minutes; a newer call of a window replaces its older one.
const VOICE_EXPIRES_MILLIS: u64 = 300_000;

/// A key's beep is worth nothing after this.
const FEEDBACK_EXPIRES_MILLIS: u64 = 3_000;

/// A paper that could not be printed for so long is not printed any more: the clerk was told.
const PRINT_EXPIRES_MILLIS: u64 = 20_000;

/// A test that was asked for is wanted now: whoever asked stands before the page.
const TRIAL_EXPIRES_MILLIS: u64 = 25_000;

/// Revisions of one start of the server: a change a second for a hundred years.
const REVISION_BITS: u32 = 32;

/// No start of ours gives such a revision: a device that shows one is not believed, or whoever
/// speaks for it could use up the numbers.
const REVISIONS_MAX: u64 = 1 << 62;

/// A report's payload is far smaller; what is larger is not read.
const REPORT_BYTES_MAX: usize = 4_096;

/// The longest code of a reason.
const WHY_CHARS_MAX: usize = 40;

/// What a device is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// To which device.
    pub device: DeviceId,
    /// What.
    pub what: Sent,
}

/// What is in a post.
#[derive(Debug, Clone, PartialEq)]
pub enum Sent {
    /// A face.
    Wanted(Wanted),
    /// A job.
    Job(Job),
    /// A key of the device room.
    Press(Press),
}

/// What is to be done about a message that came in.
#[derive(Debug)]
pub enum Came {
    /// Nothing more: it may be acknowledged.
    Done,
    /// Nothing more, and the device room looks different.
    Noted,
    /// A paper came out, or did not.
    Slip(printroom::Key, SlipNews),
    /// It asks something of the hall: it may be acknowledged when that was answered, and then
    /// [`Postroom::feed_back`] is due.
    Asks(DeviceId, Box<Wish>),
}

/// The last report of each device, so that what comes twice acts once even across days.
#[derive(Default)]
struct Seen {
    last: BTreeMap<DeviceId, (u64, u64)>,
}

/// Whether a bridge is believed that it carries a device.
pub type Believes = Arc<dyn Fn(DeviceId, DeviceId) -> bool + Send + Sync>;

/// The postroom of one start of the server.
pub struct Postroom {
    fleet: Arc<Fleet>,
    believes: Believes,
    boot: u64,
    start: u64,
    faces: BTreeMap<DeviceId, Wanted>,
    jobs: BTreeMap<DeviceId, u64>,
    seen: Seen,
    /// The hall's time of the last look; what was due before a start was said before it, or never.
    looked: Option<Timestamp>,
    captions: Captions,
    arrivals: Arrivals,
    posts: VecDeque<Post>,
}

impl Postroom {
    /// A postroom; `boot` is random and names this start, `start` counts them.
    #[must_use]
    pub fn new(fleet: Arc<Fleet>, boot: u64, start: u64) -> Self {
        Self {
            fleet,
            believes: Arc::new(|_, _| true),
            boot,
            start,
            faces: BTreeMap::new(),
            jobs: BTreeMap::new(),
            seen: Seen::default(),
            looked: None,
            captions: Captions::default(),
            arrivals: Arrivals::default(),
            posts: VecDeque::new(),
        }
    }

    /// The same, which believes a bridge only what it may carry.
    #[must_use]
    pub fn believing(self, believes: Believes) -> Self {
        Self { believes, ..self }
    }

    /// The words of the devices: the hall's own language.
    #[must_use]
    pub fn texts() -> &'static Texts {
        Texts::of(Language::Chinese)
    }

    /// The broker may have forgotten everything: every face goes out again. One that says the same
    /// keeps its revision, and none ever falls back: a device that went on meanwhile holds the last
    /// one, and takes an older one for what it has shown already.
    pub fn handle_connected(&mut self, view: &View) {
        for (device, face) in self.faces(view, |_| true) {
            let before = self.faces.get(&device);
            match before.filter(|before| say_the_same(&before.face, &face)) {
                Some(before) => {
                    let revision = before.revision;
                    self.post_wanted(device, Wanted { revision, face });
                }
                None => self.post_face(device, face),
            }
        }
    }

    /// Something happened, or time passed: faces that say something else than before go out.
    pub fn handle_time(&mut self, view: &View) {
        self.captions.handle_time(view.now);
        self.arrivals.handle_time(view.now, &view.clock);
        let since = self.looked.replace(view.now).unwrap_or(view.now);
        for (said, worth) in announcements::scheduled(view, since) {
            let worth = view.clock.world_of(worth).map(|worth| worth.as_millis());
            let worth = worth.and_then(|millis| u64::try_from(millis).ok());
            let expires = worth.unwrap_or(VOICE_EXPIRES_MILLIS);
            let _ = self.announce(view, &said, expires);
        }
        self.look_at(view, |_| true);
    }

    /// Announcers speak it: their jobs, and true if it stands on the hall screens too.
    fn announce(
        &mut self,
        view: &View,
        said: &Announcement,
        expires_in_millis: u64,
    ) -> (Vec<(DeviceId, u64)>, bool) {
        let voices: Vec<DeviceId> = said.announcers(&view.profile.devices).collect();
        let jobs: Vec<(DeviceId, u64)> = voices
            .into_iter()
            .map(|voice| (voice, self.post_job(voice, said.work.clone(), expires_in_millis).1))
            .collect();
        let is_shown = self.captions.begin(said, jobs.iter().copied(), expires_in_millis, view);
        (jobs, is_shown)
    }

    /// What these devices must show now.
    fn faces(&self, view: &View, which: impl Fn(&Device) -> bool) -> Vec<(DeviceId, Face)> {
        let face = |device: &Device| {
            let mut face = view.face(device)?;
            if let Face::HallScreen(screen) = &mut face {
                screen.broadcast = self.captions.of(device.zone).cloned();
            }
            Some((device.id, face))
        };
        view.profile.devices.iter().filter(|device| which(device)).filter_map(face).collect()
    }

    fn look_at(&mut self, view: &View, which: impl Fn(&Device) -> bool) {
        for (device, face) in self.faces(view, which) {
            let same = self.faces.get(&device);
            if !same.is_some_and(|wanted| say_the_same(&wanted.face, &face)) {
                self.post_face(device, face);
            }
        }
    }

    /// These events are on the record: what they concern is looked at now, counts with the next
    /// [`Postroom::handle_time`].
    pub fn handle_events<'a>(
        &mut self,
        view: &View,
        events: impl IntoIterator<Item = &'a Event> + Clone,
    ) {
        let concern = Concern::of(events.clone(), view.hall);
        if !concern.is_counts() {
            self.look_at(view, |device| {
                let at = device.window.is_some_and(|window| concern.windows.contains(&window));
                at || concern.everything || device.kind == DeviceKind::HallScreen
            });
        }
        let mut is_shown = false;
        for event in events {
            let said = announcements::after(event, view);
            let (jobs, stands) = said.map_or_else(Default::default, |said| {
                self.announce(view, &said, VOICE_EXPIRES_MILLIS)
            });
            is_shown |= stands;
            if let Some(window) = calls_somebody(event) {
                self.await_call(view, (window, event.at), jobs);
            }
        }
        if is_shown {
            self.look_at(view, |device| device.kind == DeviceKind::HallScreen);
        }
    }

    /// 叫号送达: the faces over the window and the voices have to bring it now.
    fn await_call(&mut self, view: &View, call: (WindowId, Timestamp), jobs: Vec<(DeviceId, u64)>) {
        let shows = |device: &&Device| {
            let is_over_it = matches!(device.kind, DeviceKind::Strip | DeviceKind::WindowScreen);
            is_over_it && device.window == Some(call.0)
        };
        let over_it = view.profile.devices.iter().filter(shows);
        let owed = over_it.filter_map(|it| Some((it.id, self.faces.get(&it.id)?.revision)));
        let worth = Millis((VOICE_EXPIRES_MILLIS as f64 * view.clock.speed()) as u64);
        let (owed, gone_at) = (owed.collect(), view.now + worth);
        self.arrivals.begin(call, owed, jobs.into_iter().collect(), gone_at);
    }

    /// 叫号送达: what became of calls since this was asked last.
    pub fn take_arrivals(&mut self) -> Vec<Command> {
        self.arrivals.take()
    }

    /// A hall screen is told that we live, with a fresh clock. A panel on a line has no clock, and
    /// what runs on it would begin anew.
    pub fn handle_beat(&mut self, view: &View) {
        let is_program =
            |device: &Device| device.kind == DeviceKind::HallScreen && device.is_screen_program();
        for (device, face) in self.faces(view, is_program) {
            self.post_face(device, face);
        }
    }

    /// A message came; `waited` if the broker had kept it while we were away.
    pub fn handle_message(
        &mut self,
        view: &View,
        topic: Topic,
        payload: &[u8],
        waited: bool,
    ) -> Came {
        match topic.place {
            Place::Device(device, DeviceTopic::Report) => {
                return self.report(view, device, topic, payload, waited);
            }
            Place::Device(device, DeviceTopic::State) => {
                if let Some(mut state) = read::<DeviceState>(topic, payload) {
                    state.shown = state.shown.filter(|shown| *shown < REVISIONS_MAX);
                    self.overtake(device, state.shown);
                    self.fleet.note_state(device, state, view.now);
                }
            }
            Place::Device(device, DeviceTopic::Picture) => {
                if let Some(picture) = read(topic, payload) {
                    self.fleet.note_picture(device, picture);
                }
            }
            Place::BridgeState(bridge) => {
                if let Some(mut state) = read::<BridgeState>(topic, payload) {
                    let (own, denied): (Vec<_>, Vec<_>) =
                        state.devices.iter().partition(|device| (self.believes)(bridge, **device));
                    if state.online {
                        self.fleet.note_denied(bridge, &denied);
                    }
                    state.devices = own;
                    self.fleet.note_bridge(bridge, state);
                }
            }
            Place::Device(
                _,
                DeviceTopic::Wanted | DeviceTopic::Job | DeviceTopic::Press | DeviceTopic::Claim,
            )
            | Place::Board
            | Place::Metrics
            | Place::Screens => {}
        }
        Came::Noted
    }

    /// Tells a device whether what was pressed did something.
    pub fn feed_back(&mut self, device: DeviceId, done: bool) {
        self.post_job(device, Work::Feedback { done }, FEEDBACK_EXPIRES_MILLIS);
    }

    /// A device is asked to do something, to be seen in the room.
    pub fn ask(&mut self, device: DeviceId, work: Work) {
        let known = self.fleet.device(device);
        let is_kiosk = known.is_some_and(|known| known.device.kind == DeviceKind::Kiosk);
        let job = if is_kiosk {
            // It hears of it with its next state; another start must not ask for the same slip.
            let count = self.jobs.entry(device).or_default();
            *count += 1;
            self.boot.wrapping_add(*count)
        } else {
            self.post_job(device, work, TRIAL_EXPIRES_MILLIS).1
        };
        self.fleet.note_asked(device, job);
    }

    /// A key of the device room was pressed.
    pub fn press(&mut self, device: DeviceId, press: Press) {
        self.posts.push_back(Post { device, what: Sent::Press(press) });
    }

    /// A paper goes to a printer; answers the job's boot and number.
    pub fn print(&mut self, device: DeviceId, paper: Paper) -> (u64, u64) {
        self.post_job(device, Work::Print(paper), PRINT_EXPIRES_MILLIS)
    }

    /// The next post.
    pub fn poll_post(&mut self) -> Option<Post> {
        self.posts.pop_front()
    }

    fn report(
        &mut self,
        view: &View,
        id: DeviceId,
        topic: Topic,
        payload: &[u8],
        waited: bool,
    ) -> Came {
        let known = view.profile.devices.iter().find(|device| device.id == id);
        let report = (payload.len() <= REPORT_BYTES_MAX).then(|| read::<Report>(topic, payload));
        let (Some(device), Some(mut report)) = (known, report.flatten()) else { return Came::Done };
        if waited {
            // What it said of its age was true when it left its bridge.
            report.age_millis = u64::MAX;
        }
        let mut came = Came::Done;
        if let Happening::Shown { revision } = report.what
            && revision < REVISIONS_MAX
        {
            self.overtake(id, Some(revision));
            self.fleet.note_shown(id, revision, view.now);
            self.arrivals.note_shown(id, revision, (view.now, &view.clock));
            came = Came::Noted;
        }
        if !self.seen.is_new(id, report.boot, report.count) {
            return came;
        }
        let ended = match &report.what {
            Happening::JobDone { id: job, boot, done, why } => {
                Some((*boot, *job, Outcome::of_job(*done, why)))
            }
            Happening::SlipCame { id: job, boot, outcome, .. } => {
                Some((*boot, *job, Outcome::of_slip(*outcome)))
            }
            Happening::Shown { .. } | Happening::Pressed(_) | Happening::Graded { .. } => None,
        };
        if let Some((boot, job, outcome)) = ended
            && boot == self.boot
        {
            self.captions.note_ended(id, job);
            let was_done = matches!(report.what, Happening::JobDone { done: true, .. });
            self.arrivals.note_ended(id, job, was_done);
            if self.fleet.note_tried(id, job, outcome) {
                return Came::Noted;
            }
        }
        let is_key = matches!(report.what, Happening::Pressed(_) | Happening::Graded { .. });
        if is_key && self.fleet.takes_key(id, &report.what) {
            self.feed_back(id, true);
            return Came::Noted;
        }
        if let (Happening::SlipCame { id: job, boot, outcome, why }, DeviceKind::Printer) =
            (&report.what, device.kind)
        {
            let why = why.chars().take(WHY_CHARS_MAX).collect();
            return Came::Slip((id, *boot, *job), SlipNews { outcome: *outcome, why });
        }
        if let Some(wish) = reports::wish(view.hall, device, &report) {
            return Came::Asks(id, Box::new(wish));
        }
        if matches!(report.what, Happening::Pressed(_)) {
            self.feed_back(id, false);
        }
        came
    }

    /// A device that shows a later revision than was ever given here would take ours for an old one:
    /// its face goes out again above it. That happens when a start could not be counted.
    fn overtake(&mut self, device: DeviceId, shown: Option<u64>) {
        let wanted = self.faces.get(&device).cloned();
        let later = shown.zip(wanted).filter(|(shown, wanted)| *shown > wanted.revision);
        if let Some((shown, wanted)) = later {
            tracing::warn!(%device, shown, ours = wanted.revision, "a device is ahead of us");
            self.post_wanted(device, Wanted { revision: shown + 1, ..wanted });
        }
    }

    /// Revisions grow within a start by counting, and over starts because starts are counted: a
    /// device that went on while the server was away must not take a new face for an old one.
    fn post_face(&mut self, device: DeviceId, face: Face) {
        let before = self.faces.get(&device).map_or(0, |wanted| wanted.revision);
        let revision = (self.start << REVISION_BITS).max(before) + 1;
        self.post_wanted(device, Wanted { revision, face });
    }

    fn post_wanted(&mut self, device: DeviceId, wanted: Wanted) {
        self.fleet.note_wanted(device, &wanted);
        self.faces.insert(device, wanted.clone());
        self.posts.push_back(Post { device, what: Sent::Wanted(wanted) });
    }

    fn post_job(&mut self, device: DeviceId, work: Work, expires_in_millis: u64) -> (u64, u64) {
        let id = self.jobs.entry(device).or_default();
        *id += 1;
        let key = (self.boot, *id);
        let job = Job { id: *id, boot: self.boot, expires_in_millis, work };
        self.posts.push_back(Post { device, what: Sent::Job(job) });
        key
    }
}

impl Post {
    /// Under which of the device's topics it goes.
    #[must_use]
    pub const fn topic(&self) -> DeviceTopic {
        match self.what {
            Sent::Wanted(_) => DeviceTopic::Wanted,
            Sent::Job(_) => DeviceTopic::Job,
            Sent::Press(_) => DeviceTopic::Press,
        }
    }

    /// Whether the broker keeps it: faces only.
    #[must_use]
    pub const fn is_retained(&self) -> bool {
        matches!(self.what, Sent::Wanted(_))
    }

    /// The payload.
    ///
    /// # Errors
    /// If it could not be written, which is a bug.
    pub fn payload(&self) -> Result<Vec<u8>, serde_json::Error> {
        match &self.what {
            Sent::Wanted(wanted) => serde_json::to_vec(wanted),
            Sent::Job(job) => serde_json::to_vec(job),
            Sent::Press(press) => serde_json::to_vec(press),
        }
    }
}

impl Seen {
    /// True if this report was not seen before; counts of one boot only grow.
    fn is_new(&mut self, device: DeviceId, boot: u64, count: u64) -> bool {
        match self.last.get(&device) {
            Some((last_boot, last)) if *last_boot == boot && count <= *last => false,
            Some(_) | None => {
                self.last.insert(device, (boot, count));
                true
            }
        }
    }
}

/// At which window an event calls somebody who has to hear of it; who goes on with the next matter
/// sits there already.
fn calls_somebody(event: &Event) -> Option<WindowId> {
    let Fact::Called { why, window, .. } = &event.fact else { return None };
    (why.rule != WhyRule::NextLeg).then_some(*window)
}

fn read<T: DeserializeOwned>(topic: Topic, payload: &[u8]) -> Option<T> {
    match serde_json::from_slice(payload) {
        Ok(what) => Some(what),
        Err(error) => {
            tracing::warn!(%topic, %error, "a message could not be read");
            None
        }
    }
}

#[cfg(test)]
mod tests;
