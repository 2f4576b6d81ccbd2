//! 我要反映: the ways there are, what was not done, and the receipt.

use look::icon::Icon;
use wire::words::Reason;

use super::{
    booking::BookingView,
    list,
    parts::Action,
    rating::{self, RatingView, ReasonTile},
    start::Tile,
    words::in_fours,
};
use crate::model::{Model, message::Touch, telling::Told};

/// The ways there are: they are drawn as 更多服务 is.
#[must_use]
pub fn ways(model: &Model) -> super::more::MoreView {
    let texts = model.texts();
    let all = [
        (Touch::ComplainNumber, Icon::Ticket, "kiosk.tell_window", "kiosk.tell_window_hint"),
        (Touch::Register, Icon::Talk, "kiosk.tell_here", "kiosk.tell_here_hint"),
        (Touch::FindReceipt, Icon::Search, "kiosk.tell_find", "kiosk.tell_find_hint"),
    ];
    let tile = |(touch, icon, name, hint)| Tile {
        touch,
        icon,
        name: texts.get(name).to_owned(),
        hint: texts.get(hint).to_owned(),
    };
    super::more::MoreView {
        title: texts.get("kiosk.complain").to_owned(),
        tiles: all.map(tile).to_vec(),
        pager: None,
    }
}

/// What was not done: drawn as the reasons of an evaluation are.
#[must_use]
pub fn reasons(model: &Model, leaf: usize) -> RatingView {
    let texts = model.texts();
    let chosen = model.telling.as_ref().map_or(&[][..], |telling| &telling.reasons);
    let per_leaf = rating::per_leaf(model);
    let count = Reason::ALL.len().div_ceil(per_leaf);
    let leaf = leaf.min(count.saturating_sub(1));
    let tile = |reason: &Reason| ReasonTile {
        touch: Touch::Why(*reason),
        name: texts.get(&format!("reason.{reason}")).to_owned(),
        chosen: chosen.contains(reason),
    };
    let next = Action::primary(Touch::Submit, texts.get("kiosk.next_step"));
    RatingView {
        title: texts.get("kiosk.tell_title").to_owned(),
        hint: texts.get("kiosk.tell_hint").to_owned(),
        levels: Vec::new(),
        reasons: Reason::ALL.iter().skip(leaf * per_leaf).take(per_leaf).map(tile).collect(),
        actions: vec![next.enabled(!chosen.is_empty())],
        pager: list::pager(model, leaf, count),
        elder: model.elder,
    }
}

/// The receipt, or how what was told under it stands.
#[must_use]
pub fn told(model: &Model, told: &Told) -> BookingView {
    let texts = model.texts();
    let matter = &told.matter;
    let title = if told.is_new { "kiosk.told_title" } else { "kiosk.tell_find" };
    let day = match (&matter.closed, &matter.due) {
        (Some(closed), _) => texts.fill("kiosk.told_closed_on", &[("day", closed)]),
        (None, Some(due)) => texts.fill("kiosk.told_due", &[("told", &matter.told), ("due", due)]),
        (None, None) => texts.fill("kiosk.told_on", &[("told", &matter.told)]),
    };
    let done = Action::primary(Touch::Done, texts.get("kiosk.done"));
    BookingView {
        title: texts.get(title).to_owned(),
        business: texts.get("kiosk.told_receipt").to_owned(),
        slot: in_fours(&matter.receipt.to_string()),
        day,
        say: say(model, told),
        actions: vec![done],
        elder: model.elder,
    }
}

/// What to do with it, or what came of it; the voice says it too.
#[must_use]
pub fn say(model: &Model, told: &Told) -> String {
    let texts = model.texts();
    if let Some(outcome) = told.matter.outcome {
        return texts.get(&format!("kiosk.told_{outcome}")).to_owned();
    }
    let key = match (told.is_new, told.paper, told.matter.overdue) {
        (true, None, _) => "kiosk.told_printing",
        (true, Some(true), _) => "kiosk.told_kept",
        (true, Some(false), _) => "kiosk.told_no_paper",
        (false, _, true) => "kiosk.told_overdue",
        (false, _, false) => "kiosk.told_open",
    };
    texts.get(key).to_owned()
}
