//! Sample pages, for pictures and for choosing a screen: the real model and the real drawing over
//! a sample face.

pub mod plates;
mod told;

use std::str::FromStr;

use wire::{
    board::RowState,
    device::{Face, HallScreenFace, Wanted},
    screens::{NotFound, Role, Sought},
    texts::Texts,
};

use crate::{
    config::ShowConfig,
    model::{Model, Moment, Msg, new_model, update},
};

const SAMPLE: &str = include_str!("../samples/hall-screen.json");

/// A page of the gallery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// An ordinary morning.
    Live,
    /// The dark half of a blink.
    Blink,
    /// Notices and 去向栏.
    Notes,
    /// 去向栏 alone.
    Away,
    /// 广播.
    Broadcast,
    /// 紧急广播, a long one.
    Urgent,
    /// A sentence is being spoken.
    Speaking,
    /// The voice is out of order.
    VoiceIll,
    /// Nobody was called yet.
    Empty,
    /// Cut off, old rows marked.
    Lost,
    /// Cut off for long, old rows gone.
    Gone,
    /// Nothing heard since the start.
    Connecting,
    /// The installer's picture.
    Test,
    /// The hall has no such screen.
    Unfound,
    /// A window's screen.
    Window(Window),
    /// An evaluation tablet.
    Tablet(Visit),
}

/// How a window stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// 正在办理.
    Serving,
    /// 请办理.
    Called,
    /// 再次呼叫.
    Recalled,
    /// 暂停服务, with its reason.
    Paused,
    /// 空闲.
    Free,
    /// 未开放.
    Closed,
    /// 延时服务中.
    Extended,
    /// B角 in A角's place.
    StoodIn,
    /// With a photograph; the sample's is a plain picture of nobody.
    Photo,
    /// Cut off.
    Lost,
}

/// A step of a visit to the tablet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    /// Nobody is asked.
    Idle,
    /// The same with a photograph.
    Photo,
    /// Which level?
    Levels,
    /// Why so low?
    Reasons,
    /// What else?
    Words,
    /// 感谢您的评价.
    Thanks,
    /// The same while the broker is away.
    Kept,
    /// Cut off.
    Lost,
}

/// A word that is no page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no page {word}; there are: {known}")]
pub struct NoSuchPage {
    word: String,
    known: String,
}

impl Page {
    /// All of them, with their words on the command line.
    pub const ALL: [(Self, &'static str); 32] = [
        (Self::Live, "live"),
        (Self::Blink, "blink"),
        (Self::Notes, "notes"),
        (Self::Away, "away"),
        (Self::Broadcast, "broadcast"),
        (Self::Urgent, "urgent"),
        (Self::Speaking, "speaking"),
        (Self::VoiceIll, "voice-ill"),
        (Self::Empty, "empty"),
        (Self::Lost, "lost"),
        (Self::Gone, "gone"),
        (Self::Connecting, "connecting"),
        (Self::Test, "test"),
        (Self::Unfound, "unfound"),
        (Self::Window(Window::Serving), "window-serving"),
        (Self::Window(Window::Called), "window-called"),
        (Self::Window(Window::Recalled), "window-recalled"),
        (Self::Window(Window::Paused), "window-paused"),
        (Self::Window(Window::Free), "window-free"),
        (Self::Window(Window::Closed), "window-closed"),
        (Self::Window(Window::Extended), "window-extended"),
        (Self::Window(Window::StoodIn), "window-stood-in"),
        (Self::Window(Window::Photo), "window-photo"),
        (Self::Window(Window::Lost), "window-lost"),
        (Self::Tablet(Visit::Idle), "tablet-idle"),
        (Self::Tablet(Visit::Photo), "tablet-photo"),
        (Self::Tablet(Visit::Levels), "tablet-levels"),
        (Self::Tablet(Visit::Reasons), "tablet-reasons"),
        (Self::Tablet(Visit::Words), "tablet-words"),
        (Self::Tablet(Visit::Thanks), "tablet-thanks"),
        (Self::Tablet(Visit::Kept), "tablet-kept"),
        (Self::Tablet(Visit::Lost), "tablet-lost"),
    ];
}

impl Page {
    /// True if a photograph is on it.
    #[must_use]
    pub const fn has_photo(self) -> bool {
        matches!(self, Self::Window(Window::Photo) | Self::Tablet(Visit::Photo))
    }
}

impl FromStr for Page {
    type Err = NoSuchPage;
    fn from_str(word: &str) -> Result<Self, NoSuchPage> {
        let found = Self::ALL.into_iter().find(|(_, name)| *name == word);
        found.map(|(page, _)| page).ok_or_else(|| NoSuchPage {
            word: word.to_owned(),
            known: Self::ALL.map(|(_, name)| name).join(", "),
        })
    }
}

/// The sample face: a morning in the county hall.
#[must_use]
pub fn sample_face() -> HallScreenFace {
    serde_json::from_str(SAMPLE).expect("the sample is tested to be a face")
}

/// A model that shows the page, and the moment at which it does.
#[must_use]
pub fn staged(page: Page, texts: &Texts) -> (Model, Moment) {
    let start = Moment { since_start: 0, unix: 0 };
    let at = |since_start: u64| Moment { since_start, ..start };
    let mut model = new_model(ShowConfig::default(), start);
    if page == Page::Connecting {
        let window = Some("3A".parse().expect("a literal id is valid"));
        model.seek(Sought { role: Role::Window, zone: None, window });
        return (model, at(2_000));
    }
    if page == Page::Unfound {
        let parsed = |id: &str| id.parse().expect("a literal id is valid");
        let others = ["window-screen-1", "window-screen-4"].map(parsed).to_vec();
        let window = Some("3A".parse().expect("a literal id is valid"));
        let sought = Sought { role: Role::Window, zone: None, window };
        update(&mut model, Msg::Unfound(sought, NotFound::Nowhere { others }), start);
        return (model, at(2_000));
    }
    if let Page::Window(window) = page {
        return plates::window(model, window, start);
    }
    if let Page::Tablet(visit) = page {
        return plates::tablet(model, visit, texts, start);
    }
    let mut face = sample_face();
    let later = face.clone();
    match page {
        Page::Blink => drop(face.rows.remove(0)),
        Page::Empty => {
            face.rows.clear();
            face.waiting = 0;
            face.zones.iter_mut().for_each(|zone| zone.waiting = 0);
        }
        Page::Notes | Page::Away => told::notes(&mut face, page == Page::Notes),
        Page::Broadcast => face.broadcast = Some(told::broadcast(false)),
        Page::Urgent => {
            told::notes(&mut face, true);
            face.broadcast = Some(told::broadcast(true));
        }
        Page::Live
        | Page::Speaking
        | Page::VoiceIll
        | Page::Lost
        | Page::Gone
        | Page::Connecting
        | Page::Unfound
        | Page::Window(_)
        | Page::Tablet(_)
        | Page::Test => {}
    }
    update(&mut model, Msg::Connected, start);
    update(&mut model, shown(1, face), start);
    let now = match page {
        Page::Live
        | Page::Notes
        | Page::Away
        | Page::Broadcast
        | Page::Urgent
        | Page::Empty
        | Page::Connecting
        | Page::Unfound
        | Page::Window(_)
        | Page::Tablet(_) => at(1_000),
        Page::Blink => {
            update(&mut model, shown(2, later), at(1_000));
            at(1_600)
        }
        Page::Speaking => {
            update(&mut model, Msg::SpeechBegan(sample_sentence(texts)), at(500));
            at(1_000)
        }
        Page::VoiceIll => {
            update(&mut model, Msg::SpeechEnded { done: false }, at(500));
            at(1_000)
        }
        Page::Lost => {
            update(&mut model, Msg::Lost, at(500));
            at(180_000)
        }
        Page::Gone => {
            update(&mut model, Msg::Lost, at(500));
            at(600_000)
        }
        Page::Test => {
            update(&mut model, Msg::TestAsked { id: 1, boot: 1 }, at(500));
            at(1_000)
        }
    };
    (model, now)
}

fn shown(revision: u64, face: HallScreenFace) -> Msg {
    faced(revision, Face::HallScreen(Box::new(face)))
}

fn faced(revision: u64, face: Face) -> Msg {
    let wanted = Box::new(Wanted { revision, face });
    Msg::Face { wanted, kept: false }
}

fn sample_sentence(texts: &Texts) -> String {
    let face = sample_face();
    let called = face.rows.iter().find(|row| row.state == RowState::Called);
    let (no, window) = called.map_or_else(Default::default, |row| {
        (row.no.map(|no| no.to_string()).unwrap_or_default(), row.window.to_string())
    });
    texts.fill("voice.call", &[("no", &no), ("window", &window)])
}
