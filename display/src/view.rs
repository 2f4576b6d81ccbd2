//! What stands on the screen: texts chosen, numbers formatted. Filled from the model, drawn by
//! `screens`.

use wire::{
    board::{HallRow, RowState},
    device::{HallScreenFace, ZoneWaiting},
    ids::WindowId,
    texts::Texts,
    wait::Told,
};

use crate::model::{Model, Moment, Trust, is_call};

mod calendar;
pub mod notes;
mod running;
pub mod tablet;
mod unfound;
pub mod window;

/// One picture of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HallView {
    /// The header.
    pub header: HeaderView,
    /// The columns' heads: number, window, business, state.
    pub heads: [String; 4],
    /// The rows, newest call first.
    pub rows: Vec<RowView>,
    /// What stands over the rows, or in their place.
    pub notice: Option<NoticeView>,
    /// 公告 and 去向栏.
    pub notes: Option<notes::NotesView>,
    /// Waiting in the whole hall, then by zone.
    pub waiting: Vec<WaitingView>,
    /// The line at the bottom.
    pub bottom: BottomView,
}

/// The header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderView {
    /// The hall.
    pub title: String,
    /// "A区 注册登记", of a screen that shows one zone.
    pub zone: String,
    /// 值班领导.
    pub leader: String,
    /// 11月23日 星期一.
    pub date: String,
    /// 09:42.
    pub time: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// "A012", or a dash.
    pub number: String,
    /// The window, split around its number.
    pub window: WindowView,
    /// The business.
    pub business: String,
    /// What is said of it, in words.
    pub state: String,
    /// Its shape.
    pub mark: Mark,
    /// How it is lit.
    pub light: Light,
}

/// "10号窗口": the words around a window's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowView {
    /// Before the number.
    pub before: String,
    /// The number.
    pub number: String,
    /// After the number.
    pub after: String,
}

/// The shape before a row's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Triangle.
    Called,
    /// Ring.
    Serving,
    /// Bars.
    Paused,
    /// None: an old row.
    Old,
}

/// How a row is lit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// The newest call: a lit row.
    Lamp,
    /// An older call nobody answered yet, or the dark half of a blink: lit letters.
    Letters,
    /// Being served.
    Plain,
    /// Paused or old.
    Dim,
}

/// A notice: what, what to do, since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    /// Trouble, or plain information.
    pub trouble: bool,
    /// What.
    pub title: String,
    /// What to do.
    pub todo: String,
    /// Over the rows that are left: how old they are.
    pub since: Option<String>,
}

/// How many wait, where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingView {
    /// "A区", or "等候共".
    pub label: String,
    /// "注册登记".
    pub name: String,
    /// The count, or a dash if nobody knows.
    pub count: String,
    /// "人", if the count is known.
    pub unit: String,
    /// The sum of the hall.
    pub is_total: bool,
}

/// The line at the bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BottomView {
    /// A page of the running text.
    Running(String),
    /// The sentence being spoken, after a word that says so.
    Spoken {
        /// 正在播报.
        word: String,
        /// The sentence.
        text: String,
    },
    /// 广播: what is being said to these people, in large letters.
    Broadcast {
        /// 广播 or 紧急广播, and when.
        word: String,
        /// The sentence, or a page of it.
        text: String,
    },
    /// The voice is out of order.
    VoiceIll(String),
}

/// How much has room on a hall screen, in Chinese characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// The bottom line.
    pub running: usize,
    /// A page of a broadcast.
    pub broadcast: usize,
    /// A page of the notices.
    pub notes: notes::NotesRoom,
}

/// What any screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// A hall screen, or a screen that knows nothing yet.
    Hall(Box<HallView>),
    /// A window's screen.
    Window(Box<window::WindowPage>),
    /// An evaluator with a screen.
    Tablet(Box<tablet::TabletPage>),
}

/// The picture for this moment, of whatever this screen is. `room` is what a hall screen holds.
#[must_use]
pub fn picture(model: &Model, texts: &Texts, room: Room, now: Moment) -> Picture {
    if let Some(face) = model.window_face() {
        return Picture::Window(Box::new(window::window_page(model, face, texts, now)));
    }
    if let Some(face) = model.tablet_face() {
        return Picture::Tablet(Box::new(tablet::tablet_page(model, face, texts, now)));
    }
    Picture::Hall(Box::new(hall_view(model, texts, room, now)))
}

/// The picture of a hall screen.
#[must_use]
pub fn hall_view(model: &Model, texts: &Texts, room: Room, now: Moment) -> HallView {
    let trust = model.trust(now);
    let heads = ["screen.number", "screen.window", "screen.business", "screen.state"];
    let heads = heads.map(|key| texts.get(key).to_owned());
    let header = header(model, texts, now);
    let Some(face) = model.hall_face() else {
        return HallView {
            header,
            heads,
            rows: Vec::new(),
            notice: Some(unheard(model, texts)),
            notes: None,
            waiting: Vec::new(),
            bottom: bottom(model, texts, &[], room, now),
        };
    };
    let (rows, notice, running) = match trust {
        Trust::Live | Trust::Connecting => {
            let empty = face.rows.is_empty();
            let notice = empty.then(|| notice(texts, false, "empty_title", "empty_todo", None));
            (live_rows(model, texts, now), notice, face.running.clone())
        }
        Trust::Lost { since, rows_gone } => {
            let rows = if rows_gone { Vec::new() } else { old_rows(face, texts) };
            let key = if rows_gone { "screen.lost_gone" } else { "screen.lost_since" };
            let time = calendar::time(since, face.clock.utc_offset_minutes);
            let since = texts.fill(key, &[("time", &time)]);
            let notice = notice(texts, true, "lost_title", "lost_todo", Some(since));
            (rows, Some(notice), vec![texts.get("screen.lost_running").to_owned()])
        }
    };
    HallView {
        header,
        heads,
        rows,
        notice,
        notes: (trust == Trust::Live)
            .then(|| notes::notes(model, face, texts, room.notes, now))
            .flatten(),
        waiting: waiting(face, texts, trust == Trust::Live),
        bottom: bottom(model, texts, &running, room, now),
    }
}

/// Nothing was heard yet: the broker is away, or nobody knows which device this is.
fn unheard(model: &Model, texts: &Texts) -> NoticeView {
    match model.unfound() {
        Some((sought, why)) => unfound::notice(*sought, why, texts),
        None => {
            // A window's screen that started without the server says at least where it stands.
            let place = model.sought().map(|sought| unfound::what(sought, texts));
            notice(texts, true, "connecting_title", "connecting_todo", place)
        }
    }
}

fn header(model: &Model, texts: &Texts, now: Moment) -> HeaderView {
    let mut header = HeaderView::default();
    if let Some(face) = model.hall_face() {
        header.title.clone_from(&face.hall_name);
        header.zone = face.zone.clone().unwrap_or_default();
        if let Some(name) = &face.duty_leader {
            header.leader = texts.fill("screen.leader", &[("name", name)]);
        }
    }
    if let Some((at, offset)) = model.hall_time(now) {
        header.time = calendar::time(at, offset);
        header.date = calendar::date(at, offset, texts);
    }
    header
}

fn notice(
    texts: &Texts,
    trouble: bool,
    title: &str,
    todo: &str,
    since: Option<String>,
) -> NoticeView {
    let text = |name: &str| texts.get(&format!("screen.{name}")).to_owned();
    NoticeView { trouble, title: text(title), todo: text(todo), since }
}

fn live_rows(model: &Model, texts: &Texts, now: Moment) -> Vec<RowView> {
    let rows = model.rows(now);
    let newest = rows.iter().filter(|row| is_call(row)).map(|row| row.announcement).max();
    let light = |row: &HallRow| match row.state {
        RowState::Called | RowState::Recalled => {
            let lit = Some(row.announcement) == newest;
            let blinks = model.blinked_out(row.announcement, now);
            // An older row that blinks is lit in the bright half, so that its blink can be seen.
            match (lit, blinks, model.blinks(row.announcement, now)) {
                (true, false, _) | (false, false, true) => Light::Lamp,
                (_, true, _) | (false, false, false) => Light::Letters,
            }
        }
        RowState::Serving => Light::Plain,
        RowState::Paused => Light::Dim,
    };
    rows.into_iter().map(|row| row_view(row, texts, light(row))).collect()
}

fn old_rows(face: &HallScreenFace, texts: &Texts) -> Vec<RowView> {
    let before = texts.get("screen.before");
    let old = |row: &HallRow| RowView {
        state: before.to_owned(),
        mark: Mark::Old,
        ..row_view(row, texts, Light::Dim)
    };
    face.rows.iter().filter(|row| row.no.is_some()).map(old).collect()
}

fn row_view(row: &HallRow, texts: &Texts, light: Light) -> RowView {
    let (key, mark) = match row.state {
        RowState::Called => ("screen.called", Mark::Called),
        RowState::Recalled => ("screen.recalled", Mark::Called),
        RowState::Serving => ("screen.serving", Mark::Serving),
        RowState::Paused => ("screen.paused", Mark::Paused),
    };
    let nobody = || texts.get("screen.nobody").to_owned();
    RowView {
        number: row.no.map_or_else(nobody, |no| no.to_string()),
        window: window_words(row.window, texts),
        business: row.business.clone(),
        state: texts.get(key).to_owned(),
        mark,
        light,
    }
}

fn window_words(window: WindowId, texts: &Texts) -> WindowView {
    let words = texts.get("screen.window_no");
    let (before, after) = words.split_once("{n}").unwrap_or((words, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    WindowView { before, number: window.to_string(), after }
}

fn waiting(face: &HallScreenFace, texts: &Texts, live: bool) -> Vec<WaitingView> {
    let count = |waiting: u32| {
        if live {
            (waiting.to_string(), texts.get("screen.people").to_owned())
        } else {
            (texts.get("screen.nobody").to_owned(), String::new())
        }
    };
    let (sum, unit) = count(face.waiting);
    let label = texts.get("screen.waiting").to_owned();
    let total = WaitingView { label, name: String::new(), count: sum, unit, is_total: true };
    let zone = |zone: &ZoneWaiting| {
        let (count, unit) = count(zone.waiting);
        let (label, name) = (zone.label.clone(), with_wait(zone, texts, live));
        WaitingView { label, name, count, unit, is_total: false }
    };
    std::iter::once(total).chain(face.zones.iter().map(zone)).collect()
}

/// "企业开办 约 10~20 分": a name, and how long somebody waits who comes now.
fn with_wait(zone: &ZoneWaiting, texts: &Texts, live: bool) -> String {
    match Told::of(zone.wait.filter(|_| live)) {
        Told::Nothing => zone.name.clone(),
        Told::OverAnHour => texts.fill("screen.long_wait", &[("name", &zone.name)]),
        Told::Between(low, high) => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("name", &zone.name), ("low", &low), ("high", &high)];
            texts.fill("screen.wait", &values)
        }
    }
}

fn bottom(model: &Model, texts: &Texts, running: &[String], room: Room, now: Moment) -> BottomView {
    if let Some(said) = model.broadcast(now) {
        let mut pages = running::pages(std::slice::from_ref(&said.text), room.broadcast);
        let page = model.broadcast_page(pages.len(), now);
        let text = if pages.is_empty() { String::new() } else { pages.swap_remove(page) };
        let key = if said.urgent { "screen.broadcast_urgent" } else { "screen.broadcast" };
        let time = model.hall_time(now).map(|(_, offset)| calendar::time(said.at, offset));
        let word = texts.fill(key, &[("time", &time.unwrap_or_default())]);
        return BottomView::Broadcast { word, text };
    }
    if let Some(text) = model.spoken() {
        let word = texts.get("screen.speaking").to_owned();
        return BottomView::Spoken { word, text: text.to_owned() };
    }
    let running = running::pages(running, room.running).into_iter().map(BottomView::Running);
    // A broken voice takes its turn among the running texts, so that it hides none of them.
    let ill = model.voice_ill().then(|| texts.get("screen.voice_ill").to_owned());
    let mut pages: Vec<BottomView> =
        ill.map(BottomView::VoiceIll).into_iter().chain(running).collect();
    if pages.is_empty() {
        return BottomView::Running(String::new());
    }
    let page = model.running_page(pages.len(), now);
    pages.swap_remove(page)
}

#[cfg(test)]
mod tests;
