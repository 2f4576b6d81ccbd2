//! 暂停服务: what does not work, where to go instead, what still works, and who knows.

use look::icon::Icon;

use super::{start::SmallTile, words};
use crate::model::{Model, PrinterState, message::Touch};

mod drawn;

pub use drawn::trouble_ui;

/// A trouble page.
#[derive(Debug, Clone, PartialEq)]
pub struct TroubleView {
    /// Its picture.
    pub sign: Icon,
    /// What: 本机缺纸.
    pub title: String,
    /// What to do: 请到旁边的取号机取号.
    pub action: String,
    /// Quiet lines.
    pub lines: Vec<String>,
    /// Where to go: label, name, hint.
    pub places: Vec<Place>,
    /// The way on, if there is one: 不要纸票，记住号码.
    pub way_on: Option<WayOn>,
    /// What still works.
    pub still_title: String,
    /// What still works.
    pub still: Vec<SmallTile>,
    /// Who knows.
    pub known: Option<String>,
    /// In 长者版 the words are larger.
    pub elder: bool,
}

/// Where to go instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// 也可以找工作人员.
    pub label: String,
    /// 导办台.
    pub name: String,
    /// 可直接取号.
    pub hint: String,
}

/// The way on.
#[derive(Debug, Clone, PartialEq)]
pub struct WayOn {
    /// 不要纸票，记住号码.
    pub name: String,
    /// 号码显示在屏幕上.
    pub hint: String,
    /// What it does.
    pub touch: Touch,
}

/// 系统维护中.
#[must_use]
pub fn no_server(model: &Model) -> TroubleView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    // What was asked for nobody answers, but a number of the kiosk's own can be had.
    let alone = model.is_alone();
    let mut still = still(model);
    // Counts of a server that is away would be stale.
    still.retain(|tile| tile.touch != Touch::Progress);
    TroubleView {
        sign: Icon::Offline,
        title: said("kiosk.no_server"),
        action: said(if alone { "kiosk.alone_cannot" } else { "kiosk.no_server_do" }),
        lines: vec![said("kiosk.no_server_kept"), said("kiosk.no_server_hint")],
        places: std::iter::once(desk(model)).chain(desk_phone(model)).collect(),
        way_on: alone.then(|| WayOn {
            name: said("kiosk.take"),
            hint: said("kiosk.alone_now"),
            touch: Touch::Take,
        }),
        still_title: if still.is_empty() { String::new() } else { said("kiosk.closed_guide") },
        still,
        known: Some(said("kiosk.no_server_trying")),
        elder: model.elder,
    }
}

/// 现在不能取号.
#[must_use]
pub fn closed(model: &Model) -> TroubleView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let mut places = Vec::new();
    if let Some((board, _)) = &model.board
        && let Some(next) = board.opening.next
    {
        let offset = board.clock.utc_offset_minutes;
        places.push(Place {
            label: said("kiosk.closed_next"),
            name: words::clock(next, offset),
            hint: words::date_weekday(texts, next, offset),
        });
    }
    places.push(desk_hours(model));
    TroubleView {
        sign: Icon::Clock,
        title: said("kiosk.closed"),
        // Morning and afternoon each get a line.
        action: model.hours("\n"),
        lines: vec![said("kiosk.closed_hours"), said("kiosk.closed_hint")],
        places,
        way_on: None,
        still_title: said("kiosk.closed_guide"),
        still: still(model),
        known: None,
        elder: model.elder,
    }
}

/// 本机缺纸; `after` says that it happened to this very ticket.
#[must_use]
pub fn paper_out(model: &Model, after: bool) -> TroubleView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let (title, why) = match model.printer {
        PrinterState::PaperOut => ("kiosk.paper_out", "kiosk.printer_paper"),
        PrinterState::CoverOpen => ("kiosk.printer_fault", "kiosk.printer_cover"),
        PrinterState::Jam => ("kiosk.printer_fault", "kiosk.printer_jam"),
        PrinterState::Offline | PrinterState::Fault => {
            ("kiosk.printer_fault", "kiosk.printer_broken")
        }
        PrinterState::NoAnswer
        | PrinterState::NotReached
        | PrinterState::Ready
        | PrinterState::Stranger
        | PrinterState::PaperLow => ("kiosk.printer_fault", "kiosk.printer_silent"),
    };
    let (name, hint) = match model.nearest_kiosk() {
        Some((name, stands)) => (name.to_owned(), stands.to_owned()),
        None => (said("kiosk.nearest_elsewhere"), said("kiosk.nearest_hint")),
    };
    let places = vec![Place { label: said("kiosk.nearest"), name, hint }, desk_with_phone(model)];
    TroubleView {
        sign: if model.printer == PrinterState::PaperOut { Icon::PaperOut } else { Icon::Printer },
        title: said(title),
        action: said("kiosk.paper_out_do"),
        lines: vec![
            said(if after { "kiosk.paper_failed_hint" } else { "kiosk.paper_out_hint" }),
            said("kiosk.paper_sorry"),
        ],
        places,
        way_on: Some(WayOn {
            name: said("kiosk.without_paper"),
            hint: said("kiosk.without_paper_hint"),
            touch: Touch::WithoutPaper,
        }),
        still_title: said("kiosk.still_works"),
        still: still(model),
        known: Some(if model.printer_known {
            [texts.get(why), texts.get("kiosk.printer_told")].join(texts.get("kiosk.notice_join"))
        } else {
            said(why)
        }),
        elder: model.elder,
    }
}

fn desk_hours(model: &Model) -> Place {
    let texts = model.texts();
    Place {
        label: texts.get("kiosk.desk_ask").to_owned(),
        name: texts.get("kiosk.desk").to_owned(),
        hint: model.guide_phone().unwrap_or_default().to_owned(),
    }
}

fn desk(model: &Model) -> Place {
    let texts = model.texts();
    Place {
        label: texts.get("kiosk.desk_also").to_owned(),
        name: texts.get("kiosk.desk").to_owned(),
        hint: texts.get("kiosk.desk_hint").to_owned(),
    }
}

/// The guide desk with its telephone, where there is room for one card.
fn desk_with_phone(model: &Model) -> Place {
    let hint = model
        .guide_phone()
        .map(|phone| model.texts().fill("kiosk.desk_phone", &[("phone", &phone)]));
    let desk = desk(model);
    Place { hint: hint.unwrap_or(desk.hint), ..desk }
}

/// The telephone as a card of its own, for whoever cannot walk there.
fn desk_phone(model: &Model) -> Option<Place> {
    let texts = model.texts();
    model.guide_phone().map(|phone| Place {
        label: texts.get("kiosk.desk_call").to_owned(),
        name: phone.to_owned(),
        hint: texts.get("kiosk.desk_call_hint").to_owned(),
    })
}

fn still(model: &Model) -> Vec<SmallTile> {
    // 长者版 keeps its page to the few things that matter now.
    if model.catalogue.is_none() || model.elder {
        return Vec::new();
    }
    let texts = model.texts();
    let tile = |touch, icon, key: &str| SmallTile {
        touch,
        icon: Some(icon),
        name: texts.get(key).to_owned(),
        mark: None,
    };
    let mut still = vec![
        tile(Touch::Guide, Icon::Book, "kiosk.guide"),
        tile(Touch::Progress, Icon::Search, "kiosk.progress"),
    ];
    if model.settings.english {
        let name = texts.get("kiosk.english").to_owned();
        still.push(SmallTile { touch: Touch::Language, icon: None, name, mark: None });
    }
    still
}
