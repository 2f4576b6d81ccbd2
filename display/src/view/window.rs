//! What stands on a window's screen: the plate above, how the window stands, who works there.

use wire::{
    plates::{Plate, Sign, WindowFace},
    texts::Texts,
    words::WindowState,
};

use super::{WindowView, calendar, window_words};
use crate::model::{Model, Moment, Photo, Trust};

/// One picture of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowPage {
    /// The plate above.
    pub sign: SignView,
    /// How the window stands.
    pub now: NowView,
    /// "本业务等候 5 人": before the count, the count, after it; no count if nobody knows.
    pub waiting: [String; 3],
    /// 军人依法优先.
    pub priority: String,
    /// 监督牌.
    pub plate: PlateView,
    /// 本窗口办理.
    pub items_title: String,
    /// What is done here, the usual first.
    pub items: Vec<String>,
    /// Between two of them, and after the last if not all have room.
    pub joins: [String; 2],
    /// The hall's telephones: words and number.
    pub phones: [(String, String); 2],
}

/// The plate above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignView {
    /// The window, split around its number.
    pub window: WindowView,
    /// Its business.
    pub business: String,
    /// Its department.
    pub department: String,
    /// 09:42.
    pub time: String,
    /// 11月23日 星期一.
    pub date: String,
}

/// How the window stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NowView {
    /// Its shape and colour.
    pub shows: Shows,
    /// In words.
    pub word: String,
    /// 延时服务中, beside it.
    pub beside: String,
    /// The ticket's number; none if nobody is there.
    pub number: Option<String>,
    /// In the number's place, or under it: why, or what to do.
    pub say: String,
    /// Under that, smaller: what to do.
    pub todo: String,
    /// The dark half of a blink.
    pub blinked_out: bool,
}

/// The shape and colour of a window's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Disc.
    Free,
    /// Triangle.
    Calling,
    /// Ring.
    Serving,
    /// Bars.
    Paused,
    /// Cross.
    Lost,
}

/// 监督牌.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlateView {
    /// The name, or that nobody is there.
    pub name: String,
    /// 首席代表, B角顶岗.
    pub marks: Vec<String>,
    /// 工号, 岗位, 单位, 监督电话: label and value.
    pub rows: Vec<(String, String)>,
    /// Under the silhouette: 工作照.
    pub photo: String,
    /// In the silhouette's place.
    pub portrait: Option<Photo>,
}

/// The picture for this moment.
#[must_use]
pub fn window_page(model: &Model, face: &WindowFace, texts: &Texts, now: Moment) -> WindowPage {
    let text = |key: &str| texts.get(&format!("screen.{key}")).to_owned();
    let trust = model.trust(now);
    let live = !matches!(trust, Trust::Lost { .. });
    let is_gone = matches!(trust, Trust::Lost { rows_gone: true, .. });
    let words = texts.get("screen.window_waiting");
    let (before, after) = words.split_once("{n}").unwrap_or((words, ""));
    let count = if live { face.waiting.to_string() } else { text("nobody") };
    // Who sat there when the line broke may have gone by now.
    let plate = face.plate.as_ref().filter(|_| !is_gone);
    WindowPage {
        sign: sign(model, &face.sign, texts, now),
        now: if live { standing(model, face, texts, now) } else { lost(texts) },
        waiting: [before.trim_end(), &count, after.trim_start()].map(str::to_owned),
        priority: text("window_priority"),
        plate: plate_view(plate, plate.and_then(|its| model.photo_of(its)), &face.sign, texts),
        items_title: text("window_items"),
        items: face.items.clone(),
        joins: [texts.get("pages.join").to_owned(), text("window_items_more")],
        phones: phones(&face.sign, texts),
    }
}

/// The plate above.
pub fn sign(model: &Model, sign: &Sign, texts: &Texts, now: Moment) -> SignView {
    let clock = model.hall_time(now);
    SignView {
        window: window_words(sign.window, texts),
        business: sign.business.clone(),
        department: sign.department.clone().unwrap_or_default(),
        time: clock.map_or_else(String::new, |(at, offset)| calendar::time(at, offset)),
        date: clock.map_or_else(String::new, |(at, offset)| calendar::date(at, offset, texts)),
    }
}

/// 咨询投诉电话 and 导办台.
pub fn phones(sign: &Sign, texts: &Texts) -> [(String, String); 2] {
    let phone = |key: &str, number: &str| (texts.get(key).to_owned(), number.to_owned());
    [
        phone("screen.complaint_phone", &sign.complaint_phone),
        phone("screen.guide_phone", &sign.guide_phone),
    ]
}

fn standing(model: &Model, face: &WindowFace, texts: &Texts, now: Moment) -> NowView {
    let text = |key: &str| texts.get(&format!("screen.{key}")).to_owned();
    let number = face.no.map(|no| no.to_string());
    let extended = || if face.extended { text("window_extended") } else { String::new() };
    let quiet = |shows, word: &str, say: String| {
        let (word, beside) = (text(word), String::new());
        let todo = String::new();
        NowView { shows, word, beside, number: None, say, todo, blinked_out: false }
    };
    match face.state {
        WindowState::Calling => NowView {
            shows: Shows::Calling,
            word: text(if face.call > 1 { "recalled" } else { "called" }),
            beside: extended(),
            number,
            say: String::new(),
            todo: String::new(),
            blinked_out: model.blinked_out(face.announcement, now),
        },
        WindowState::Serving => NowView {
            shows: Shows::Serving,
            word: text("window_serving"),
            beside: extended(),
            number,
            say: String::new(),
            todo: String::new(),
            blinked_out: false,
        },
        WindowState::Paused => {
            let why = face.pause.map(|why| texts.get(&format!("pause_reason.{why}")).to_owned());
            let say = why.map(|why| texts.fill("screen.window_pause", &[("why", &why)]));
            let now = quiet(Shows::Paused, "paused", say.unwrap_or_default());
            NowView { todo: text("window_pause_todo"), ..now }
        }
        WindowState::Closed => quiet(Shows::Paused, "window_closed", text("window_closed_say")),
        WindowState::Free => quiet(Shows::Free, "window_free", text("window_free_say")),
        WindowState::Extended => quiet(Shows::Free, "window_extended", text("window_extended_say")),
    }
}

fn lost(texts: &Texts) -> NowView {
    NowView {
        shows: Shows::Lost,
        word: texts.get("screen.window_lost").to_owned(),
        beside: String::new(),
        number: Some(texts.get("screen.nobody").to_owned()),
        say: texts.get("screen.window_lost_say").to_owned(),
        todo: String::new(),
        blinked_out: false,
    }
}

/// 监督牌, or that nobody is there.
pub fn plate_view(
    plate: Option<&Plate>,
    portrait: Option<&Photo>,
    sign: &Sign,
    texts: &Texts,
) -> PlateView {
    let text = |key: &str| texts.get(&format!("screen.{key}")).to_owned();
    let row = |key: &str, value: &str| (text(key), value.to_owned());
    let phone = row("plate_phone", &sign.supervision_phone);
    let photo = text("plate_photo");
    let Some(plate) = plate else {
        let rows = vec![phone];
        let (name, marks) = (text("plate_nobody"), Vec::new());
        return PlateView { name, marks, rows, photo, portrait: None };
    };
    let marks = [(plate.chief, "plate_chief"), (plate.stands_in, "plate_stands_in")];
    let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, key)| text(key));
    let title = plate.title.as_deref().map(|title| row("plate_title", title));
    let department = plate.department.as_deref().map(|name| row("plate_department", name));
    let number = row("plate_no", plate.no.as_str());
    PlateView {
        name: plate.name.clone(),
        marks: marks.collect(),
        rows: [Some(number), title, department, Some(phone)].into_iter().flatten().collect(),
        photo,
        portrait: portrait.cloned(),
    }
}
