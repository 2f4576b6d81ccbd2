//! Zones, queues and items: the pages on which one chooses a tile.

use wire::{
    catalogue::{CatalogueItem, CatalogueQueue, CatalogueZone},
    ids::{QueueId, ZoneId},
    wait::Told,
    words::CaseKind,
};

use super::words;
use crate::model::{Model, message::Touch, page::Notice};

mod drawn;

pub use drawn::{list_ui, pager_ui};

/// A page of tiles.
#[derive(Debug, Clone, PartialEq)]
pub struct ListView {
    /// Where this stands: "D区 便民服务 › 户籍证件".
    pub crumb: Option<String>,
    /// What to do.
    pub title: String,
    /// 按首字母查找, beside the title.
    pub search: Option<String>,
    /// One tab a zone; none where there is nothing to choose from.
    pub tabs: Vec<Tab>,
    /// The tiles of this part.
    pub tiles: Vec<Tile>,
    /// Room for so many tiles is kept, so that nothing jumps from part to part.
    pub places: usize,
    /// The way through the parts; none if there is only one.
    pub pager: Option<Pager>,
    /// In 长者版 everything is larger and in one column.
    pub elder: bool,
}

/// A tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Tab {
    /// What it shows.
    pub touch: Touch,
    /// "A区".
    pub name: String,
    /// "注册登记".
    pub hint: String,
    /// Shown now.
    pub selected: bool,
}

/// A tile.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// What it does.
    pub touch: Touch,
    /// The queue's letter, or the zone's.
    pub badge: Option<String>,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: TileState,
    /// The last line: windows and place.
    pub line: String,
    /// What a screen reader says and a test looks for.
    pub label: String,
}

/// How a queue stands.
#[derive(Debug, Clone, PartialEq)]
pub enum TileState {
    /// 等候 5 人 约 10~20 分钟.
    Waiting(Waiting),
    /// 无人等候.
    Nobody(String),
    /// 本时段不办理, 排队号已取完.
    Off(String),
    /// 暂无窗口: a number can be had, but nobody is there; or nothing is known, and nothing is said.
    Quiet(String),
    /// An item or a zone: nothing to say.
    Plain,
}

/// 等候 5 人 约 10~20 分钟, word by word: numbers are larger.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// 等候.
    pub before: String,
    /// "5".
    pub people: String,
    /// 人.
    pub unit: String,
    /// 约; empty where nobody knows.
    pub about: String,
    /// "10~20" or "1"; empty where nobody knows.
    pub range: String,
    /// 分钟, 小时以上; empty where nobody knows.
    pub minutes: String,
}

/// 上一页 and 下一页.
#[derive(Debug, Clone, PartialEq)]
pub struct Pager {
    /// 上一页.
    pub previous: String,
    /// There is one.
    pub can_previous: bool,
    /// 下一页.
    pub next: String,
    /// There is one.
    pub can_next: bool,
    /// "第".
    pub before: String,
    /// "1".
    pub leaf: String,
    /// "页，共 2 页".
    pub after: String,
    /// "1/6", where there is little room.
    pub short: String,
}

/// Fills the zones of 长者版.
#[must_use]
pub fn zones(model: &Model, leaf: usize) -> ListView {
    let texts = model.texts();
    let tiles = model
        .zones()
        .into_iter()
        .map(|zone| {
            let names: Vec<&str> = model
                .queues_of(Some(zone.id))
                .into_iter()
                .map(|queue| model.queue_short_name(queue))
                .collect();
            let most = 3;
            let mut line = names[..names.len().min(most)].join(texts.get("kiosk.names_join"));
            if names.len() > most {
                line.push_str(texts.get("kiosk.names_more"));
            }
            Tile {
                touch: Touch::Zone(Some(zone.id)),
                badge: Some(zone.id.as_str().chars().take(1).collect()),
                name: model.zone_name(zone).to_owned(),
                state: TileState::Plain,
                line,
                label: model.zone_name(zone).to_owned(),
            }
        })
        .collect::<Vec<_>>();
    let last = [search_tile(model), not_found(model)];
    let tiles = popular_tile(model).into_iter().chain(tiles).chain(last).collect();
    list(model, None, texts.get("kiosk.choose_zone"), Vec::new(), tiles, leaf)
}

/// 常办事项, as the first tile of 长者版.
fn popular_tile(model: &Model) -> Option<Tile> {
    let texts = model.texts();
    let popular = model.popular();
    let name = texts.get("kiosk.popular").to_owned();
    (!popular.is_empty()).then(|| Tile {
        touch: Touch::Popular,
        badge: None,
        label: name.clone(),
        name,
        state: TileState::Plain,
        line: texts.get("kiosk.popular_hint").to_owned(),
    })
}

/// Fills 常办事项.
#[must_use]
pub fn popular(model: &Model, leaf: usize) -> ListView {
    let texts = model.texts();
    let title = texts.get("kiosk.popular");
    let items = model.popular();
    let view = of_items(model, title, items.into_iter(), leaf);
    let search = (!model.elder).then(|| texts.get("kiosk.search").to_owned());
    ListView { tabs: tabs(model, Touch::Popular), search, ..view }
}

/// 查找事项, as the last tile of 长者版.
fn search_tile(model: &Model) -> Tile {
    let texts = model.texts();
    let name = texts.get("kiosk.search").to_owned();
    Tile {
        touch: Touch::Search,
        badge: None,
        label: name.clone(),
        name,
        state: TileState::Plain,
        line: texts.get("kiosk.search_hint_elder").to_owned(),
    }
}

/// Fills the queues of a zone, or all.
#[must_use]
pub fn queues(model: &Model, zone: Option<ZoneId>, leaf: usize) -> ListView {
    let texts = model.texts();
    let title = if model.reading { "kiosk.choose_guide" } else { "kiosk.choose_queue" };
    let title = choose(model, title);
    let queues = model.queues_of(zone).into_iter().map(|queue| queue_tile(model, queue));
    let tiles = queues.chain([not_found(model)]).collect();
    let crumb = zone
        .filter(|_| model.elder)
        .and_then(|zone| model.zone(zone))
        .map(|zone| model.zone_title(zone));
    let view = list(model, crumb, texts.get(title), tabs(model, Touch::Zone(zone)), tiles, leaf);
    let search = (!model.elder).then(|| texts.get("kiosk.search").to_owned());
    ListView { search, ..view }
}

/// Fills the items of a queue.
#[must_use]
pub fn items(model: &Model, queue: QueueId, leaf: usize) -> ListView {
    let texts = model.texts();
    let mut tiles: Vec<Tile> =
        model.items_of(queue).into_iter().map(|item| item_tile(model, item)).collect();
    let other = texts.get("kiosk.item_other").to_owned();
    let other = Tile {
        touch: Touch::OtherItem(queue),
        badge: None,
        label: other.clone(),
        name: other,
        state: TileState::Plain,
        line: texts.get("kiosk.item_other_hint").to_owned(),
    };
    // What is put together with others must have a name.
    tiles.extend((!model.is_gathering()).then_some(other));
    list(
        model,
        crumb(model, queue),
        texts.get(choose(model, "kiosk.choose_item")),
        Vec::new(),
        tiles,
        leaf,
    )
}

/// The title while another item is added.
fn choose<'t>(model: &Model, title: &'t str) -> &'t str {
    if model.is_gathering() { "kiosk.choose_one_more" } else { title }
}

/// Fills items of any queue under a title.
#[must_use]
pub fn of_items<'m>(
    model: &'m Model,
    title: &str,
    items: impl Iterator<Item = &'m CatalogueItem>,
    leaf: usize,
) -> ListView {
    let tiles = items.map(|item| item_tile(model, item)).collect();
    list(model, None, title, Vec::new(), tiles, leaf)
}

/// 没有找到要办的事项, behind everything else.
fn not_found(model: &Model) -> Tile {
    let name = model.texts().get("kiosk.lacking").to_owned();
    Tile {
        touch: Touch::NotFound,
        badge: None,
        label: name.clone(),
        name,
        state: TileState::Plain,
        line: model.texts().get("kiosk.lacking_tile_hint").to_owned(),
    }
}

/// "A区 注册登记 › 企业开办".
#[must_use]
pub fn crumb(model: &Model, queue: QueueId) -> Option<String> {
    let queue = model.queue(queue)?;
    let zone = model.zone_title(model.zone(queue.zone)?);
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("zone", &zone), ("queue", &model.queue_name(queue))];
    Some(model.texts().fill("kiosk.crumb", &values))
}

fn list(
    model: &Model,
    crumb: Option<String>,
    title: &str,
    tabs: Vec<Tab>,
    tiles: Vec<Tile>,
    leaf: usize,
) -> ListView {
    let places = model.tiles_per_leaf();
    let leaves = model.leaves(tiles.len());
    let leaf = leaf.min(leaves - 1);
    let pager = pager(model, leaf, leaves);
    ListView {
        crumb,
        title: title.to_owned(),
        search: None,
        tabs,
        tiles: tiles.into_iter().skip(leaf * places).take(places).collect(),
        places,
        pager,
        elder: model.elder,
    }
}

/// The way through so many parts; none if there is only one.
#[must_use]
pub fn pager(model: &Model, leaf: usize, leaves: usize) -> Option<Pager> {
    let texts = model.texts();
    (leaves > 1).then(|| Pager {
        previous: texts.get("kiosk.previous").to_owned(),
        can_previous: leaf > 0,
        next: texts.get("kiosk.next").to_owned(),
        can_next: leaf + 1 < leaves,
        before: texts.get("kiosk.leaf_before").to_owned(),
        leaf: (leaf + 1).to_string(),
        after: texts.fill("kiosk.leaf_after", &[("all", &leaves)]),
        short: format!("{}/{leaves}", leaf + 1),
    })
}

fn tabs(model: &Model, shown: Touch) -> Vec<Tab> {
    let texts = model.texts();
    let zones = model.zones();
    if model.elder || zones.len() < 2 {
        return Vec::new();
    }
    let tab = |touch, name: &str, hint: &str| Tab {
        touch,
        name: name.to_owned(),
        hint: hint.to_owned(),
        selected: shown == touch,
    };
    let kinds = texts.fill("kiosk.tab_kinds", &[("n", &model.queues_of(None).len())]);
    let mut tabs = vec![tab(Touch::Zone(None), texts.get("kiosk.tab_all"), &kinds)];
    let zone = |zone: &CatalogueZone| {
        tab(Touch::Zone(Some(zone.id)), model.zone_label(zone), model.zone_name(zone))
    };
    tabs.extend(zones.into_iter().map(zone));
    if !model.popular().is_empty() {
        let (name, hint) = (texts.get("kiosk.tab_popular"), texts.get("kiosk.tab_popular_hint"));
        tabs.push(tab(Touch::Popular, name, hint));
    }
    tabs
}

/// How a queue stands, in words.
#[must_use]
pub fn state(model: &Model, queue: Option<QueueId>) -> TileState {
    let line = queue.and_then(|queue| model.line(queue));
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    if let Some(queue) = queue.filter(|_| model.is_alone()) {
        return alone(model, queue);
    }
    let Some(line) = line else { return TileState::Plain };
    if line.sold_out {
        return TileState::Off(said("kiosk.tile_sold_out"));
    }
    if !line.issuing {
        return TileState::Off(said("kiosk.tile_not_now"));
    }
    if line.waiting == 0 && line.open_windows == 0 {
        return TileState::Quiet(said("kiosk.tile_unstaffed"));
    }
    if line.waiting == 0 {
        return TileState::Nobody(said("kiosk.tile_nobody"));
    }
    let (about, range, minutes) = match Told::of(line.wait) {
        Told::Nothing => (String::new(), String::new(), String::new()),
        Told::OverAnHour => (said("kiosk.tile_about"), "1".to_owned(), said("kiosk.tile_hours")),
        Told::Between(low, high) => {
            (said("kiosk.tile_about"), format!("{low}~{high}"), said("kiosk.tile_minutes"))
        }
    };
    TileState::Waiting(Waiting {
        before: said("kiosk.tile_waiting"),
        people: line.waiting.to_string(),
        unit: said("kiosk.tile_people"),
        about,
        range,
        minutes,
    })
}

/// 离线取号: how many wait is not known.
fn alone(model: &Model, queue: QueueId) -> TileState {
    let said = |key: &str| model.texts().get(key).to_owned();
    match model.closed_alone(queue) {
        Some(Notice::NotNow) => TileState::Off(said("kiosk.tile_not_now")),
        Some(_) => TileState::Off(said("kiosk.tile_no_own")),
        None => TileState::Quiet(String::new()),
    }
}

fn queue_tile(model: &Model, queue: &CatalogueQueue) -> Tile {
    let texts = model.texts();
    let state = state(model, Some(queue.id));
    let spoken = match &state {
        TileState::Waiting(waiting) => {
            texts.fill("kiosk.tile_label_waiting", &[("n", &waiting.people)])
        }
        TileState::Nobody(words) | TileState::Off(words) | TileState::Quiet(words) => words.clone(),
        TileState::Plain => String::new(),
    };
    let windows = model.windows_of(queue);
    let place = model.place_of(queue);
    let mut parts = Vec::new();
    if !windows.is_empty() {
        let names = words::windows(texts, windows);
        parts.push(texts.fill("kiosk.tile_windows", &[("windows", &names)]));
    }
    if !place.is_empty() {
        parts.push(place.to_owned());
    }
    let name = model.queue_tile_name(queue);
    Tile {
        touch: Touch::Queue(queue.id),
        badge: Some(queue.letter.to_string()),
        label: if spoken.is_empty() {
            name.to_owned()
        } else {
            texts.fill("kiosk.tile_label", &[("name", &name), ("state", &spoken)])
        },
        name: name.to_owned(),
        state,
        line: parts.join(texts.get("kiosk.parts_join")),
    }
}

fn item_tile(model: &Model, item: &CatalogueItem) -> Tile {
    let texts = model.texts();
    let line = match (item.kind, item.limit_working_days) {
        (CaseKind::OnTheSpot, _) => texts.get("kiosk.item_on_the_spot").to_owned(),
        (_, Some(days)) => texts.fill("kiosk.item_days", &[("n", &days)]),
        (kind, None) => texts.get(&format!("case.{}", kind.as_str())).to_owned(),
    };
    Tile {
        touch: Touch::Item(item.id),
        badge: None,
        name: model.item_name(item).to_owned(),
        state: TileState::Plain,
        line,
        label: model.item_name(item).to_owned(),
    }
}
