//! 没有找到要办的事项: kinds to choose from, and what to do once it was said.

use look::icon::Icon;

use super::{
    list::{self, Pager},
    parts::Action,
};
use crate::{
    limits,
    model::{Model, lacking::Noted, message::Touch},
};

mod drawn;

pub use drawn::{lacking_ui, noted_ui};

/// The page of kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct LackingView {
    /// 您想办哪一类事？
    pub title: String,
    /// That it may be said vaguely.
    pub hint: String,
    /// The kinds of this part.
    pub kinds: Vec<Action>,
    /// Room for so many is kept, so that nothing jumps from part to part.
    pub places: usize,
    /// The way through the parts.
    pub pager: Option<Pager>,
    /// 用拼音写, 我不知道.
    pub actions: Vec<Action>,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// The page after it.
#[derive(Debug, Clone, PartialEq)]
pub struct NotedView {
    /// 已记下.
    pub title: String,
    /// What becomes of it, and what to do now.
    pub say: String,
    /// A number, or somebody who comes.
    pub actions: Vec<Action>,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// Kinds on one part.
#[must_use]
pub const fn per_leaf(model: &Model) -> usize {
    if model.elder { model.reasons_per_leaf() } else { limits::KINDS_PER_LEAF }
}

/// The parts of the page of kinds, at least 1.
#[must_use]
pub fn leaves(model: &Model) -> usize {
    model.departments().len().div_ceil(per_leaf(model)).max(1)
}

/// What the voice says on the page of kinds.
#[must_use]
pub const fn say_key(model: &Model) -> &'static str {
    if model.telling.is_some() { "kiosk.say_tell_where" } else { "kiosk.say_lacking" }
}

/// Fills the page of kinds.
#[must_use]
pub fn lacking(model: &Model, leaf: usize) -> LackingView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let (places, leaf) = (per_leaf(model), leaf.min(leaves(model) - 1));
    let names = model.departments().into_iter().enumerate();
    let kinds = names.skip(leaf * places).take(places);
    let words = Action::second(Touch::WriteLacking, texts.get("kiosk.lacking_write"));
    let busy = model.asking.is_some();
    let unknown = texts.get(if busy { "kiosk.please_wait" } else { "kiosk.lacking_unknown" });
    let nothing = Action::second(Touch::DoNotKnow, unknown).icon(Icon::Help).enabled(!busy);
    let kind = |(place, name): (usize, &str)| {
        Action::second(Touch::Kind(place), model.department_told(name)).enabled(!busy)
    };
    let tells = model.telling.is_some();
    let (title, hint) = if tells {
        ("kiosk.tell_where", "kiosk.tell_where_hint")
    } else {
        ("kiosk.lacking_title", "kiosk.lacking_hint")
    };
    LackingView {
        title: said(title),
        hint: said(hint),
        kinds: kinds.map(kind).collect(),
        places,
        pager: list::pager(model, leaf, leaves(model)),
        actions: if model.elder || tells { vec![nothing] } else { vec![words, nothing] },
        elder: model.elder,
    }
}

/// Fills the page after it.
#[must_use]
pub fn noted(model: &Model, noted: Noted) -> NotedView {
    let texts = model.texts();
    let help = |name: &str| Action::second(Touch::Help, texts.get(name)).icon(Icon::Help);
    let general = model.settings.general_queue.and_then(|queue| model.queue(queue));
    let number = general.map(|_| {
        Action::second(Touch::GeneralQueue, texts.get("kiosk.lacking_number")).icon(Icon::Ticket)
    });
    let help = help("kiosk.help");
    let mut actions: Vec<Action> = if noted.at_a_loss {
        std::iter::once(help).chain(number).collect()
    } else {
        number.into_iter().chain([help]).collect()
    };
    if let Some(first) = actions.first_mut() {
        first.primary = true;
    }
    NotedView {
        title: texts.get(title_key(noted)).to_owned(),
        say: say(model, noted),
        actions,
        elder: model.elder,
    }
}

/// What the voice says there: less than what is read.
#[must_use]
pub fn spoken(model: &Model, noted: Noted) -> String {
    let general = model.settings.general_queue.and_then(|queue| model.queue(queue));
    let key = match (noted.at_a_loss, general, noted.kept) {
        (false, Some(_), Some(true)) => "kiosk.say_lacking_then",
        (false, Some(_), Some(false)) => "kiosk.say_lacking_unkept",
        (false, Some(_), None) => "kiosk.lacking_keeping",
        (true, ..) | (false, None, _) => "kiosk.say_lacking_help",
    };
    model.texts().get(key).to_owned()
}

/// What becomes of it, and what to do now.
fn say(model: &Model, noted: Noted) -> String {
    let texts = model.texts();
    let general = model.settings.general_queue.and_then(|queue| model.queue(queue));
    match general {
        Some(queue) if !noted.at_a_loss => {
            // The hall reads only what was kept.
            let is_kept = noted.kept == Some(true);
            let key = if is_kept { "kiosk.lacking_then" } else { "kiosk.lacking_today" };
            texts.fill(key, &[("queue", &model.queue_name(queue))])
        }
        Some(_) | None => texts.get("kiosk.lacking_then_help").to_owned(),
    }
}

const fn title_key(noted: Noted) -> &'static str {
    match (noted.at_a_loss, noted.kept) {
        (true, _) => "kiosk.lacking_loss",
        (false, Some(true)) => "kiosk.lacking_kept",
        (false, None) => "kiosk.lacking_keeping",
        (false, Some(false)) => "kiosk.lacking_not_kept",
    }
}
