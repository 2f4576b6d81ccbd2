//! 首页: what the kiosk is for, in one glance.

use look::icon::Icon;

use crate::model::{Model, message::Touch};

mod drawn;

pub use drawn::start_ui;
pub(crate) use drawn::{row_choice_up_to, small_ui};

/// Small tiles at most: with nine the first is twice as wide.
const SMALL_MAX: usize = 9;

/// The start page.
#[derive(Debug, Clone, PartialEq)]
pub struct StartView {
    /// 您好，您想做什么？, in 长者版.
    pub greeting: Option<String>,
    /// 现场取号.
    pub take: Tile,
    /// 现有 73 人等候，22 个窗口在办.
    pub now: Option<String>,
    /// The other large tiles.
    pub tiles: Vec<Tile>,
    /// The small ones below; none in 长者版.
    pub small: Vec<SmallTile>,
}

/// A large tile.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// What it does.
    pub touch: Touch,
    /// Its picture.
    pub icon: Icon,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub hint: String,
}

/// A small tile.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallTile {
    /// What it does.
    pub touch: Touch,
    /// Its picture.
    pub icon: Option<Icon>,
    /// Its name.
    pub name: String,
    /// A small word behind it: 大字, 开.
    pub mark: Option<String>,
}

/// Fills the start page.
#[must_use]
pub fn fill(model: &Model) -> StartView {
    let texts = model.texts();
    let tile = |touch, icon, name: &str, hint: &str| Tile {
        touch,
        icon,
        name: texts.get(name).to_owned(),
        hint: texts.get(hint).to_owned(),
    };
    let has = |queue: Option<wire::ids::QueueId>| queue.is_some_and(|id| model.queue(id).is_some());
    let pick_up = has(model.settings.pick_up_queue);
    let books = model.catalogue.as_ref().is_some_and(|catalogue| catalogue.books);
    if model.elder {
        let mut tiles = Vec::new();
        // Four choices at most; what has no room here stands behind the last one.
        if books {
            tiles.push(tile(Touch::Book, Icon::Calendar, "kiosk.book", "kiosk.book_elder"));
        }
        if pick_up {
            tiles.push(tile(Touch::PickUp, Icon::Document, "kiosk.pick_up", "kiosk.pick_up_elder"));
        }
        tiles.push(tile(Touch::More, Icon::Forward, "kiosk.more", "kiosk.more_elder"));
        return StartView {
            greeting: Some(texts.get("kiosk.hello_elder").to_owned()),
            take: tile(Touch::Take, Icon::Ticket, "kiosk.take", "kiosk.take_elder"),
            now: None,
            tiles,
            small: Vec::new(),
        };
    }
    let mut tiles = Vec::new();
    if books {
        tiles.push(tile(Touch::Book, Icon::Calendar, "kiosk.book", "kiosk.book_hint"));
    }
    if pick_up {
        tiles.push(tile(Touch::PickUp, Icon::Document, "kiosk.pick_up", "kiosk.pick_up_hint"));
    }
    tiles.push(tile(Touch::Guide, Icon::Book, "kiosk.guide", "kiosk.guide_hint"));
    StartView {
        greeting: None,
        take: tile(Touch::Take, Icon::Ticket, "kiosk.take", "kiosk.take_hint"),
        now: if model.is_alone() {
            Some(texts.get("kiosk.alone_now").to_owned())
        } else {
            now(model)
        },
        tiles,
        small: small(model),
    }
}

/// 现有 73 人等候，22 个窗口在办.
fn now(model: &Model) -> Option<String> {
    let texts = model.texts();
    model.board.as_ref().map(|(board, _)| {
        let open = board.queues.iter().map(|queue| u32::from(queue.open_windows)).sum::<u32>();
        let serving = board.windows.iter().filter(|window| at_work(window.state)).count();
        let windows = if board.windows.is_empty() { open as usize } else { serving };
        let key = if board.waiting == 0 { "kiosk.take_now_nobody" } else { "kiosk.take_now" };
        texts.fill(key, &[("waiting", &board.waiting), ("windows", &windows)])
    })
}

const fn at_work(state: wire::words::WindowState) -> bool {
    use wire::words::WindowState::{Calling, Closed, Extended, Free, Paused, Serving};
    match state {
        Free | Calling | Serving | Extended => true,
        Paused | Closed => false,
    }
}

fn small(model: &Model) -> Vec<SmallTile> {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let mut small = vec![SmallTile {
        touch: Touch::Elder,
        icon: None,
        name: said("kiosk.elder"),
        mark: Some(said("kiosk.elder_small")),
    }];
    if model.settings.english {
        small.push(SmallTile {
            touch: Touch::Language,
            icon: None,
            name: said("kiosk.english"),
            mark: None,
        });
    }
    if model.settings.speaks {
        small.push(SmallTile {
            touch: Touch::Voice,
            icon: Some(Icon::Speaker),
            name: said("kiosk.voice"),
            mark: Some(said(if model.voice { "kiosk.on" } else { "kiosk.off" })),
        });
    }
    if !model.lies {
        small.push(SmallTile {
            touch: Touch::Low,
            icon: Some(Icon::Wheelchair),
            name: said("kiosk.low"),
            mark: model.low.then(|| said("kiosk.on")),
        });
    }
    small.push(SmallTile {
        touch: Touch::Contrast,
        icon: Some(Icon::Contrast),
        name: said("kiosk.contrast"),
        mark: model.contrast.then(|| said("kiosk.on")),
    });
    for (touch, icon, key) in [
        (Touch::Evaluate, Icon::Smile, "kiosk.evaluate"),
        (Touch::Progress, Icon::Search, "kiosk.progress"),
    ] {
        small.push(SmallTile { touch, icon: Some(icon), name: said(key), mark: None });
    }
    let has_room = small.len() + usize::from(complains(model)) < SMALL_MAX;
    if has_room && model.map().is_some() {
        small.push(SmallTile {
            touch: Touch::Map(None),
            icon: Some(Icon::Place),
            name: said("kiosk.map"),
            mark: None,
        });
    }
    if complains(model) {
        small.push(SmallTile {
            touch: Touch::Complain,
            icon: Some(Icon::Talk),
            name: said("kiosk.complain"),
            mark: None,
        });
    }
    small
}

fn complains(model: &Model) -> bool {
    model.settings.complaint_queue.is_some_and(|id| model.queue(id).is_some())
}
