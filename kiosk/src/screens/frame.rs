//! What every page has around it: head, spoken line, action bar, telephone line.

use super::{spoken, words};
use crate::{
    model::{
        Model,
        page::{Page, Shown},
    },
    moment::Moment,
};

mod drawn;

pub use drawn::{Layout, frame_ui};

/// Head, spoken line, bar and foot.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameView {
    /// 长者版.
    pub elder: bool,
    /// 低位: what is touched stands in so many hundredths of the page from below.
    pub reach_percent: Option<u8>,
    /// The hall's official name.
    pub hall_name: String,
    /// "自助取号　1号取号机".
    pub subtitle: String,
    /// "09:14".
    pub clock: String,
    /// The date; on the start page and in 长者版.
    pub date: Option<String>,
    /// The button 长者版 in the head; the start page has a larger one.
    pub elder_button: Option<String>,
    /// 今日值班领导 and 军人依法优先, on the start page.
    pub band: Option<Band>,
    /// What the voice says.
    pub spoken: String,
    /// Names of the volume keys and of the line itself; none without a voice.
    pub volume: Option<Volume>,
    /// The left part of the action bar.
    pub left: Left,
    /// 请工作人员帮忙.
    pub help: Option<String>,
    /// 完成, on the ticket page.
    pub done: Option<String>,
    /// "咨询投诉电话：" and the number.
    pub complaint: (String, String),
    /// "导办台电话：" and the number.
    pub guide: (String, String),
}

/// The line under the head of the start page.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// 今日值班领导, or that no telephone is needed.
    pub leader: String,
    /// 军人依法优先.
    pub notice: String,
}

/// The names of the volume keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Volume {
    /// −.
    pub softer: String,
    /// +.
    pub louder: String,
    /// The line.
    pub say_again: String,
}

/// The left part of the action bar.
#[derive(Debug, Clone, PartialEq)]
pub enum Left {
    /// The hours, on the start page.
    Hours {
        /// 取号时间.
        label: String,
        /// The hours.
        hours: String,
    },
    /// The ways back and the countdown.
    Ways {
        /// 返回.
        back: Option<String>,
        /// 首页.
        home: Option<String>,
        /// 返回普通版, in 长者版.
        ordinary: Option<String>,
        /// 剩余操作时间.
        countdown: Option<Countdown>,
    },
    /// One quiet sentence.
    Words(String),
}

/// The time left.
#[derive(Debug, Clone, PartialEq)]
pub struct Countdown {
    /// 剩余操作时间.
    pub label: String,
    /// "48".
    pub secs: String,
    /// 秒.
    pub unit: String,
    /// The words stand behind the number: "6 秒后返回首页".
    pub after: bool,
}

/// Fills head, line, bar and foot.
#[must_use]
pub fn fill(model: &Model, now: Moment) -> FrameView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let catalogue = model.catalogue.as_ref();
    let start = matches!(model.shown(), Shown::Page(Page::Start)) && !model.elder;
    let time = model.hall_time(now);
    let date = |make: fn(&wire::texts::Texts, i64, i32) -> String| {
        time.map(|(at, offset)| make(texts, at, offset))
    };
    let subtitle = if model.elder {
        said("kiosk.elder_title")
    } else {
        format!("{}\u{3000}{}", texts.get("kiosk.self_service"), model.kiosk_name())
    };
    let spoken = spoken::sentence(model);
    FrameView {
        elder: model.elder,
        reach_percent: model.is_low().then_some(model.settings.reach_percent),
        hall_name: model.hall_name().to_owned(),
        subtitle: subtitle.trim_end().to_owned(),
        clock: time.map(|(at, offset)| words::clock(at, offset)).unwrap_or_default(),
        date: match (start, model.elder) {
            (_, true) => date(words::date_short),
            (true, false) => date(words::date),
            (false, false) => None,
        },
        // 运维 has one form: nobody of those who need the other one works there.
        elder_button: (!model.elder && !start && !model.page.is_operators())
            .then(|| said("kiosk.elder")),
        band: start.then(|| Band {
            leader: catalogue
                .and_then(|catalogue| catalogue.duty_leader.as_ref())
                .map(|name| texts.fill("kiosk.duty_leader", &[("name", name)]))
                .unwrap_or_else(|| said("kiosk.no_phone_needed")),
            notice: said("kiosk.military"),
        }),
        volume: (model.settings.speaks && model.voice).then(|| Volume {
            softer: said("kiosk.softer"),
            louder: said("kiosk.louder"),
            say_again: texts.fill("kiosk.say_again", &[("text", &spoken)]),
        }),
        spoken,
        left: left(model, now),
        help: help(model),
        done: matches!(model.page, Page::Ticket { .. }).then(|| said("kiosk.done")),
        complaint: (
            said("kiosk.complaint"),
            catalogue.map(|catalogue| catalogue.complaint_phone.clone()).unwrap_or_default(),
        ),
        guide: (said("kiosk.guide_phone"), model.guide_phone().unwrap_or_default().to_owned()),
    }
}

fn help(model: &Model) -> Option<String> {
    let waiting = matches!(model.page, Page::Taking { .. });
    (!waiting).then(|| model.texts().get("kiosk.help").to_owned())
}

fn left(model: &Model, now: Moment) -> Left {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let countdown = |after: bool| {
        model.returns_at().map(|at| Countdown {
            label: match (after, model.elder) {
                (true, false) => String::new(),
                (true | false, true) => said("kiosk.remaining_short"),
                (false, false) => said("kiosk.remaining"),
            },
            secs: now.secs_until(at).to_string(),
            unit: said(if after && !model.elder { "kiosk.seconds_home" } else { "kiosk.seconds" }),
            after,
        })
    };
    let ordinary = model.elder.then(|| said("kiosk.ordinary"));
    let ways = |back: bool, after: bool| Left::Ways {
        back: back.then(|| said("kiosk.back")),
        home: back.then(|| said("kiosk.home")),
        ordinary: ordinary.clone(),
        countdown: countdown(after),
    };
    match (model.shown(), &model.page) {
        (_, Page::Taking { .. }) => Left::Words(said("kiosk.please_wait")),
        (_, Page::Ticket { .. }) => {
            Left::Ways { back: None, home: None, ordinary: None, countdown: countdown(true) }
        }
        (_, Page::PaperFailed { .. }) => ways(true, false),
        (Shown::Starting, _) => Left::Words(said("kiosk.please_wait")),
        (Shown::NoServer, Page::Start) => Left::Words(said("kiosk.no_server_back")),
        (Shown::PaperOut, Page::Start) if model.at_rest() => {
            Left::Words(said("kiosk.printer_back"))
        }
        // Hours that were never told have no heading either.
        (Shown::Closed | Shown::Page(_), Page::Start)
            if model.at_rest() && model.hours("").is_empty() =>
        {
            ways(false, false)
        }
        (Shown::Closed | Shown::Page(_), Page::Start) if model.at_rest() => Left::Hours {
            label: said("kiosk.hours_label"),
            hours: model.hours(texts.get("api.and")),
        },
        (_, Page::Start) => ways(false, false),
        (Shown::NoServer | Shown::PaperOut | Shown::Closed | Shown::Page(_), _) => {
            ways(true, false)
        }
    }
}
