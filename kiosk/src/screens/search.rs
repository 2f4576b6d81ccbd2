//! 查找事项: keys, what is typed, and at once what is found.

use look::icon::Icon;
use wire::{catalogue::CatalogueItem, texts::Language};

use super::{
    list::{self, ListView, Pager, TileState},
    parts::Action,
    typing::{Pad, PadKey, TypingView},
};
use crate::{
    limits,
    model::{Model, message::Touch, service::search::Search},
};

mod drawn;

pub use drawn::search_ui;

/// Letters in a row of keys: with 清空 and 删除 they fill four.
const KEYS_ACROSS: usize = 7;

/// The page with keys and what is found; 长者版 has one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchView {
    /// What it is for.
    pub title: String,
    /// How one types.
    pub hint: String,
    /// So far.
    pub text: String,
    /// What stands there before anything was typed.
    pub empty: String,
    /// Characters for the last letters; room for [`limits::CHARACTERS_OFFERED_MAX`] is kept.
    pub next: Vec<PadKey>,
    /// "找到 5 项"; 常办事项 before anything was typed.
    pub found: String,
    /// What is found, this part.
    pub rows: Vec<Row>,
    /// The way through what is found.
    pub pager: Option<Pager>,
    /// Nothing is found: what to do.
    pub none: Option<NoneFound>,
    /// The keys.
    pub pad: Pad,
    /// 没有找到要办的事项, beside what is found.
    pub nothing_fits: Action,
}

/// An item that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it does.
    pub touch: Touch,
    /// Its name.
    pub name: String,
    /// Where it is done, or why not now.
    pub line: String,
    /// It can be done now.
    pub open: bool,
}

/// 没有找到.
#[derive(Debug, Clone, PartialEq)]
pub struct NoneFound {
    /// What was not found.
    pub title: String,
    /// What to try.
    pub hint: String,
    /// The ways on.
    pub actions: Vec<Action>,
}

/// Fills the page of the ordinary layouts.
#[must_use]
pub fn fill(model: &Model, search: &Search) -> SearchView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let leaves = search.found.len().div_ceil(limits::FOUND_PER_LEAF).max(1);
    let leaf = search.leaf.min(leaves - 1);
    let begun = !search.text.is_empty();
    let shown: Vec<&CatalogueItem> = if begun {
        let found = search.found.iter().skip(leaf * limits::FOUND_PER_LEAF);
        found.filter_map(|item| model.item(*item)).collect()
    } else {
        // Most people find theirs before they type.
        model.popular()
    };
    let nothing = begun && search.found.is_empty();
    SearchView {
        title: said("kiosk.search_title"),
        hint: said("kiosk.search_hint"),
        text: search.text.clone(),
        empty: said("kiosk.search_empty"),
        next: next(model, search),
        found: if begun {
            texts.fill("kiosk.search_found", &[("n", &search.found.len())])
        } else {
            said("kiosk.popular")
        },
        rows: shown.into_iter().take(limits::FOUND_PER_LEAF).map(|item| row(model, item)).collect(),
        pager: list::pager(model, leaf, leaves),
        none: nothing.then(|| NoneFound {
            title: texts.fill("kiosk.search_none", &[("text", &search.text)]),
            hint: said("kiosk.search_none_hint"),
            actions: vec![nothing_fits(model), zones(model)],
        }),
        pad: pad(model, search),
        nothing_fits: nothing_fits(model),
    }
}

/// Fills the keys of 长者版, which lead to what is found.
#[must_use]
pub fn fill_keys(model: &Model, search: &Search) -> TypingView {
    let texts = model.texts();
    let count = search.found.len();
    let nothing = !search.text.is_empty() && count == 0;
    let show = texts.fill("kiosk.search_show", &[("n", &count)]);
    let on = if nothing {
        nothing_fits(model)
    } else {
        Action::second(Touch::Zone(None), texts.get("kiosk.search_zones"))
    };
    let show = Action::primary(Touch::ShowFound, &show).enabled(count > 0);
    TypingView {
        title: texts.get("kiosk.search_title").to_owned(),
        hint: String::new(),
        text: search.text.clone(),
        empty: texts.get("kiosk.search_empty").to_owned(),
        wrong: nothing.then(|| texts.get("kiosk.search_none_short").to_owned()),
        pads: vec![pad(model, search)],
        actions: vec![show, on],
    }
}

/// Fills what is found in 长者版.
#[must_use]
pub fn fill_listed(model: &Model, search: &Search) -> ListView {
    let items = search.found.iter().filter_map(|item| model.item(*item));
    let title = model.texts().fill("kiosk.search_found", &[("n", &search.found.len())]);
    list::of_items(model, &title, items, search.leaf)
}

fn nothing_fits(model: &Model) -> Action {
    Action::second(Touch::NotFound, model.texts().get("kiosk.nothing_fits")).icon(Icon::Talk)
}

fn zones(model: &Model) -> Action {
    Action::second(Touch::Zone(None), model.texts().get("kiosk.search_zones"))
}

/// Who reads English is offered no characters.
fn next(model: &Model, search: &Search) -> Vec<PadKey> {
    if model.language == Language::English {
        return Vec::new();
    }
    let key = |written: &char| PadKey {
        touch: Touch::Character(*written),
        word: written.to_string(),
        enabled: true,
    };
    search.next.iter().map(key).collect()
}

fn pad(model: &Model, search: &Search) -> Pad {
    let texts = model.texts();
    let more = search.takes_more();
    let letters = ('A'..='Z').map(|letter| PadKey {
        touch: Touch::Digit(letter),
        word: letter.to_string(),
        enabled: more,
    });
    let edit = |touch, key: &str| PadKey {
        touch,
        word: texts.get(key).to_owned(),
        enabled: !search.text.is_empty(),
    };
    let edits =
        [edit(Touch::Clear, "kiosk.search_clear"), edit(Touch::Erase, "kiosk.identity_erase")];
    Pad { across: KEYS_ACROSS, keys: letters.chain(edits).collect() }
}

fn row(model: &Model, item: &CatalogueItem) -> Row {
    let (line, open) = match list::state(model, Some(item.queue)) {
        TileState::Off(words) if !model.reading => (words, false),
        TileState::Off(_)
        | TileState::Waiting(_)
        | TileState::Nobody(_)
        | TileState::Quiet(_)
        | TileState::Plain => (place(model, item).unwrap_or_default(), true),
    };
    Row { touch: Touch::Item(item.id), name: model.item_name(item).to_owned(), line, open }
}

/// "D区 户籍证件".
fn place(model: &Model, item: &CatalogueItem) -> Option<String> {
    let queue = model.queue(item.queue)?;
    let zone = model.zone(queue.zone)?;
    let label = model.zone_label(zone);
    Some(match model.language {
        Language::Chinese => format!("{label} {}", model.queue_short_name(queue)),
        // The row has no room for two names in Latin letters.
        Language::English => label.to_owned(),
    })
}

/// What the voice says.
#[must_use]
pub fn say(model: &Model, search: &Search) -> String {
    let key = match (search.text.is_empty(), search.found.is_empty()) {
        (false, true) => "kiosk.say_search_none",
        (false, false) if search.listed => "kiosk.say_item",
        (true, _) | (false, false) => "kiosk.say_search",
    };
    model.texts().get(key).to_owned()
}
