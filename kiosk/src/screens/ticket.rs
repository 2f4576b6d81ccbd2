//! 取号成功: the number in digits of 30 mm and more, and where to wait.

use wire::{
    http::{SlipBody, SlipMark},
    texts::Texts,
    words::PriorityClass,
};

use super::{parts::Action, words};
use crate::{
    model::{Model, message::Touch, page::Taken},
    moment::Moment,
};

mod drawn;

pub use drawn::ticket_ui;

/// The ticket page.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketView {
    /// 取号成功，请取走号票.
    pub title: String,
    /// The number.
    pub no: String,
    /// The business.
    pub business: String,
    /// 绿色通道 and the like, if a class is claimed.
    pub class: Option<String>,
    /// 离线: it was given out without the server.
    pub offline: bool,
    /// 前面等候 and 预计等候; of a number of the kiosk's own, in which order it is called.
    pub facts: Vec<(String, String)>,
    /// 请到一楼A区等候叫号.
    pub place: String,
    /// 办理窗口.
    pub windows: String,
    /// 怎么走.
    pub way: Option<Action>,
    /// Bold words and quiet words beside the code, or alone.
    pub notes: Vec<(String, String)>,
    /// What the code leads to; none if there is nothing to lead to.
    pub follow_url: Option<String>,
    /// 扫码查进度: what the code is for.
    pub scan: String,
    /// How much of the bar is left, in thousandths.
    pub left_thousandths: u16,
    /// In 长者版 the words are larger.
    pub elder: bool,
}

/// What was done, and what to take along.
const fn title_key(taken: &Taken) -> &'static str {
    match (taken.slip.mark, taken.paper) {
        (Some(SlipMark::Reactivated), true) => "kiosk.reactivated",
        (Some(SlipMark::Reactivated), false) => "kiosk.reactivated_without_paper",
        (Some(SlipMark::Reprinted), true) => "kiosk.reprinted",
        (None, true) => "kiosk.taken",
        (None | Some(SlipMark::Reprinted), false) => "kiosk.taken_without_paper",
    }
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, taken: &Taken, until: Moment, now: Moment) -> TicketView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let slip = &taken.slip;
    let windows = words::windows(texts, &slip.windows);
    let follow = (!slip.follow_url.is_empty()).then(|| slip.follow_url.clone());
    let mut notes = vec![(said("kiosk.no_phone"), said("kiosk.no_phone_hint"))];
    if follow.is_some() && !model.elder {
        let hint = if taken.paper { said("kiosk.scan_hint") } else { String::new() };
        notes.push((said("kiosk.scan"), hint));
    }
    if !taken.paper {
        notes = vec![(said("kiosk.remember"), said("kiosk.remember_hint"))];
    }
    let all_secs = match (model.elder, taken.paper) {
        (true, _) => model.settings.return_after_secs_elder,
        (false, true) => model.settings.ticket_secs,
        (false, false) => model.settings.ticket_secs_without_paper,
    };
    if slip.offline {
        notes[0] = (said("kiosk.alone_note"), said("kiosk.alone_note_hint"));
    }
    let left = u64::from(now.secs_until(until)) * 1000 / u64::from(all_secs.max(1));
    if slip.silent && taken.paper {
        notes[0] = (said("kiosk.no_phone"), said("kiosk.silent_hint"));
    }
    let facts = if slip.window.is_some() {
        Vec::new()
    } else if slip.offline {
        vec![(said("kiosk.alone_fact"), said("kiosk.alone_order"))]
    } else {
        vec![
            (said("kiosk.fact_ahead"), words::people(texts, slip.ahead)),
            (said("kiosk.ticket_wait"), words::range(texts, slip.wait)),
        ]
    };
    TicketView {
        title: said(title_key(taken)),
        no: slip.no.to_string(),
        business: business(model, slip),
        class: chip(texts, slip),
        offline: slip.offline,
        facts,
        place: if let Some(window) = slip.window {
            texts.fill("kiosk.ticket_to_window", &[("window", &window)])
        } else if slip.place.is_empty() {
            said("kiosk.ticket_no_windows")
        } else {
            texts.fill("kiosk.ticket_go", &[("place", &model.place_told(&slip.place))])
        },
        windows: if windows.is_empty() || slip.window.is_some() {
            String::new()
        } else {
            texts.fill("kiosk.ticket_windows", &[("windows", &windows)])
        },
        way: way(model, slip),
        notes,
        follow_url: follow,
        scan: said("kiosk.scan"),
        left_thousandths: u16::try_from(left.min(1000)).unwrap_or(1000),
        elder: model.elder,
    }
}

/// The business, and of several the first and how many: the slip lists them all.
fn business(model: &Model, slip: &SlipBody) -> String {
    let first = model.business_told((None, slip.item_name.as_deref()), (None, &slip.queue_name));
    match slip.stops.len() {
        0 => first.to_owned(),
        more => {
            let all = more + 1;
            model.texts().fill("kiosk.ticket_several", &[("first", &first), ("n", &all)])
        }
    }
}

/// 怎么走 to the queue whose letter the number bears.
fn way(model: &Model, slip: &SlipBody) -> Option<Action> {
    let queues = &model.catalogue.as_ref()?.queues;
    let queue = queues.iter().find(|queue| queue.letter == slip.no.letter)?;
    model.map()?;
    Some(Action::second(Touch::Map(Some(queue.id)), model.texts().get("kiosk.map_button")))
}

/// 绿色通道, 离线, 无声叫号, or several of them.
fn chip(texts: &Texts, slip: &SlipBody) -> Option<String> {
    let class = (slip.class != PriorityClass::Ordinary)
        .then(|| texts.get(super::confirm::class_key(slip.class)));
    let offline = slip.offline.then(|| texts.get("slip.offline"));
    let silent = slip.silent.then(|| texts.get("slip.silent"));
    let marks: Vec<&str> = offline.into_iter().chain(class).chain(silent).collect();
    (!marks.is_empty()).then(|| marks.join(texts.get("slip.marks_join")))
}
