//! 请确认已带: what to bring, how long it takes, and the button that takes the ticket.

use look::icon::Icon;
use wire::words::PriorityClass;

use super::{list, parts::Action, words};
use crate::{
    limits,
    model::{Link, Model, message::Touch, page::Choice},
};

mod drawn;

pub use drawn::confirm_ui;

/// The page before the ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfirmView {
    /// Where this stands.
    pub crumb: Option<String>,
    /// The item, or the queue.
    pub title: String,
    /// Label and value: people ahead, range, windows.
    pub facts: Vec<(String, String)>,
    /// 请确认已带.
    pub bring_title: String,
    /// What to bring; empty if nothing is listed.
    pub bring: Vec<String>,
    /// What to say when nothing is listed.
    pub bring_none: Option<String>,
    /// The class claimed, if any.
    pub class: Option<String>,
    /// 材料已齐，取号; none where no ticket can be taken now.
    pub button: Option<String>,
    /// Why not.
    pub closed: Option<String>,
    /// 查看指南 of the item.
    pub guide: Option<Action>,
    /// 打印指南 of the item.
    pub print: Option<Action>,
    /// 再办一件 and 怎么走, as far as they are possible.
    pub more: Vec<Action>,
    /// 优先服务; it stays after a choice, so that a wrong one can be mended.
    pub priority: String,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// The key and the words of the button.
#[must_use]
pub fn button(model: &Model, choice: Choice) -> (&'static str, &'static str) {
    let bring =
        choice.item.and_then(|item| model.item(item)).is_some_and(|item| !item.bring.is_empty());
    let key = if model.without_paper {
        "kiosk.confirm_without_paper"
    } else if bring {
        "kiosk.confirm_bring"
    } else {
        "kiosk.confirm_plain"
    };
    (key, model.texts().get(key))
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, choice: Choice) -> ConfirmView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let queue = model.queue(choice.queue);
    let item = choice.item.and_then(|item| model.item(item));
    let most = if model.elder { limits::BRING_SHOWN_MAX / 2 + 1 } else { limits::BRING_SHOWN_MAX };
    let bring = item.map(|item| model.papers_told(&item.bring)).unwrap_or_default();
    let bring = fold(bring, most, texts.get("kiosk.bring_join"));
    let state = list::state(model, Some(choice.queue));
    let off = match &state {
        list::TileState::Off(words) => Some(words.clone()),
        list::TileState::Waiting(_)
        | list::TileState::Nobody(_)
        | list::TileState::Quiet(_)
        | list::TileState::Plain => None,
    };
    let busy = model.asking.is_some();
    // When the server goes, what it alone can show is out of reach, and nothing moves under a finger.
    let readable = !busy && model.link == Link::Up;
    let offline = matches!(model.link, crate::model::Link::Down { .. });
    let shut = model.board.as_ref().is_some_and(|(board, _)| !board.opening.issuing);
    let closed = if model.is_alone() {
        off
    } else if offline {
        Some(said("kiosk.no_server"))
    } else if shut {
        Some(said("kiosk.closed"))
    } else {
        off
    };
    let name = queue.map(|queue| model.queue_name(queue)).unwrap_or_default();
    ConfirmView {
        crumb: if item.is_some() { list::crumb(model, choice.queue) } else { zone(model, choice) },
        title: item.map_or(name, |item| model.item_name(item)).to_owned(),
        facts: facts(model, choice),
        bring_title: said(if bring.is_empty() { "kiosk.bring_none" } else { "kiosk.bring" }),
        bring_none: bring.is_empty().then(|| said("kiosk.bring_none_hint")),
        bring,
        class: claimed(model, choice),
        button: closed.is_none().then(|| button(model, choice).1.to_owned()),
        closed,
        guide: item.map(|item| {
            let name = texts.get(if busy { "kiosk.please_wait" } else { "kiosk.guide_read" });
            Action::second(Touch::ReadGuide(item.id), name).icon(Icon::Sheet).enabled(readable)
        }),
        print: item.filter(|_| model.printer.prints()).map(|_| {
            let name = texts.get("kiosk.guide_print");
            Action::second(Touch::PrintGuide, name).icon(Icon::Printer).enabled(readable)
        }),
        more: more(model, choice),
        priority: said("kiosk.priority"),
        elder: model.elder,
    }
}

/// 绿色通道：到窗口出示证件, that nobody will call aloud, and that another time is better.
fn claimed(model: &Model, choice: Choice) -> Option<String> {
    let texts = model.texts();
    let class = (model.class != PriorityClass::Ordinary)
        .then(|| texts.fill("kiosk.class_now", &[("class", &texts.get(class_key(model.class)))]));
    let silent = model.silent.then(|| texts.get("kiosk.silent_now").to_owned());
    let live = !matches!(model.link, crate::model::Link::Down { .. });
    let line = model.line(choice.queue).filter(|line| live && line.issuing && class.is_none());
    let long = line.and_then(|line| words::long_wait(texts, line.wait));
    let all: Vec<String> = class.into_iter().chain(silent).chain(long).collect();
    (!all.is_empty()).then(|| all.join(texts.get("kiosk.parts_join")))
}

/// 再办一件 and 怎么走.
fn more(model: &Model, choice: Choice) -> Vec<Action> {
    let texts = model.texts();
    let one = (choice.item.is_some() && model.items_max() > 1 && !model.reading).then(|| {
        let name = texts.get("kiosk.one_more");
        Action::second(Touch::OneMore, name).enabled(model.may_gather())
    });
    let way = model.map().map(|_| {
        Action::second(Touch::Map(Some(choice.queue)), texts.get("kiosk.map_button"))
            .icon(Icon::Place)
    });
    one.into_iter().chain(way).collect()
}

/// The key of a class's name.
#[must_use]
pub const fn class_key(class: PriorityClass) -> &'static str {
    match class {
        PriorityClass::Special => "class.special",
        PriorityClass::Military => "class.military",
        PriorityClass::Vulnerable => "class.vulnerable",
        PriorityClass::Transferred => "class.transferred",
        PriorityClass::Booked => "class.booked",
        PriorityClass::Ordinary => "class.ordinary",
    }
}

fn zone(model: &Model, choice: Choice) -> Option<String> {
    let zone = model.zone(model.queue(choice.queue)?.zone)?;
    Some(model.zone_title(zone))
}

/// A list longer than the page is folded: its end shares the last line, nothing is left out.
fn fold(mut bring: Vec<String>, most: usize, join: &str) -> Vec<String> {
    if bring.len() > most {
        let last = bring.split_off(most - 1).join(join);
        bring.push(last);
    }
    bring
}

fn facts(model: &Model, choice: Choice) -> Vec<(String, String)> {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let mut facts = Vec::new();
    if model.is_alone() {
        facts.push((said("kiosk.alone_fact"), said("kiosk.alone_order")));
    }
    let live = !matches!(model.link, crate::model::Link::Down { .. });
    let line = model.line(choice.queue).filter(|line| live && line.issuing);
    if line.is_some() && model.class != PriorityClass::Ordinary {
        // The board counts all who wait, not those of a class.
        let class = texts.get(class_key(model.class)).to_owned();
        facts.push((class, said("kiosk.fact_priority")));
    } else if let Some(line) = line {
        facts.push((said("kiosk.fact_ahead"), words::people(texts, line.waiting)));
        facts.push((said("kiosk.fact_wait"), words::range(texts, line.wait)));
    }
    if let Some(queue) = model.queue(choice.queue) {
        let place = model.place_of(queue).to_owned();
        let windows = model.windows_of(queue);
        if !windows.is_empty() {
            let names = words::windows(texts, windows);
            let fact = (place, texts.fill("kiosk.tile_windows", &[("windows", &names)]));
            // 长者版 has room for two at times: where to go comes first.
            let at = if model.elder { 0 } else { facts.len() };
            facts.insert(at, fact);
        }
    }
    facts
}
