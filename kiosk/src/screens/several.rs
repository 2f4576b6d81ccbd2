//! 一次多办: what is put together, what each needs, and the button that takes one number for all.

use look::icon::Icon;
use wire::ids::ItemId;

use super::{
    list::{self, TileState},
    parts::Action,
    words,
};
use crate::model::{Link, Model, message::Touch, several::Several};

mod drawn;

pub use drawn::several_ui;

/// The page of several items.
#[derive(Debug, Clone, PartialEq)]
pub struct SeveralView {
    /// What it is.
    pub title: String,
    /// One number, in this order.
    pub hint: String,
    /// The items in order.
    pub rows: Vec<Row>,
    /// Room for so many rows is kept.
    pub places: usize,
    /// What is to be known before one takes the number.
    pub notice: Option<String>,
    /// 材料已齐，取号 and 再加一件.
    pub actions: Vec<Action>,
}

/// An item of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// "1".
    pub number: String,
    /// Its name.
    pub name: String,
    /// Where, and how many wait.
    pub line: String,
    /// Why not now; how many wait.
    pub state: String,
    /// It can be begun now.
    pub open: bool,
    /// What to bring, whole.
    pub bring: String,
    /// The same where there is little room: how many papers.
    pub bring_short: String,
    /// 去掉.
    pub drop: (Touch, String),
    /// What a screen reader says of 去掉.
    pub drop_label: String,
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model) -> SeveralView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let count = model.gathered.len();
    let most = model.items_max();
    let closed = model.several_closed();
    let take = Action::primary(Touch::TakeAll, texts.get("kiosk.several_take"))
        .icon(Icon::Ticket)
        .enabled(closed.is_none());
    let more = texts.get(if count < most { "kiosk.several_add" } else { "kiosk.several_full" });
    let add = Action::second(Touch::AddItem, more).enabled(count < most);
    SeveralView {
        title: if count == 1 {
            said("kiosk.several_title_one")
        } else {
            texts.fill("kiosk.several_title", &[("n", &count)])
        },
        hint: texts.fill("kiosk.several_hint", &[("most", &most)]),
        rows: model
            .gathered
            .iter()
            .enumerate()
            .filter_map(|(n, item)| row(model, n, *item))
            .collect(),
        places: most.max(count),
        notice: match closed {
            Some(why) => Some(said(closed_key(why))),
            None => later(model),
        },
        actions: vec![take, add],
    }
}

const fn closed_key(why: Several) -> &'static str {
    match why {
        Several::SoldOut => "kiosk.several_sold_out",
        Several::NotNow => "kiosk.several_not_now",
        Several::Alone => "kiosk.several_alone",
    }
}

/// A later item whose queue gives nothing now: said before, because the number goes there all the
/// same when its turn comes.
fn later(model: &Model) -> Option<String> {
    let off = model.gathered.iter().enumerate().skip(1).find(|(_, item)| {
        let queue = model.item(**item).map(|item| item.queue);
        matches!(list::state(model, queue), TileState::Off(_))
    });
    off.map(|(n, _)| model.texts().fill("kiosk.several_later", &[("which", &(n + 1))]))
}

fn row(model: &Model, n: usize, item: ItemId) -> Option<Row> {
    let texts = model.texts();
    let item = model.item(item)?;
    let queue = model.queue(item.queue)?;
    let place = model.place_of(queue).to_owned();
    let windows = words::windows(texts, model.windows_of(queue));
    let state = list::state(model, Some(queue.id));
    let live = model.link == Link::Up;
    let mut about = String::new();
    let (waits, open) = match &state {
        TileState::Off(words) => (words.clone(), false),
        TileState::Nobody(words) | TileState::Quiet(words) => (words.clone(), true),
        TileState::Waiting(waiting) if live => {
            about = format!("{} {} {}", waiting.about, waiting.range, waiting.minutes);
            (texts.fill("kiosk.several_waiting", &[("n", &waiting.people)]), true)
        }
        TileState::Waiting(_) | TileState::Plain => (String::new(), true),
    };
    let at = if windows.is_empty() {
        String::new()
    } else {
        texts.fill("kiosk.tile_windows", &[("windows", &windows)])
    };
    let state = waits.clone();
    // Where a range is known, where to go has less room: the ticket says it again.
    let about = about.trim().to_owned();
    let (place, at) = match (about.is_empty(), model.elder) {
        (true, _) => (place, at),
        (false, false) => (String::new(), at),
        (false, true) => (String::new(), String::new()),
    };
    let parts = [waits, about, place, at];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let name = model.item_name(item).to_owned();
    let bring = if item.bring.is_empty() {
        texts.get("kiosk.several_bring_none").to_owned()
    } else {
        let all = model.papers_told(&item.bring).join(texts.get("kiosk.bring_join"));
        texts.fill("kiosk.several_bring", &[("papers", &all)])
    };
    let bring_short = match item.bring.len() {
        0 => bring.clone(),
        papers => texts.fill("kiosk.several_papers", &[("n", &papers)]),
    };
    Some(Row {
        number: (n + 1).to_string(),
        line: parts.join(texts.get("kiosk.parts_join")),
        state,
        open,
        bring,
        bring_short,
        drop: (Touch::DropItem(item.id), texts.get("kiosk.several_drop").to_owned()),
        drop_label: texts.fill("kiosk.several_drop_label", &[("name", &name)]),
        name,
    })
}
