//! What the kiosk knows and shows: a value, changed only by [`update::update`].

pub mod alone;
pub mod hourly;
pub mod identity;
pub mod lacking;
pub mod message;
pub mod names;
pub mod operator;
pub mod page;
pub mod service;
pub mod several;
pub mod shown;
pub mod telling;
pub mod update;

use std::sync::Arc;

use wire::{
    board::{Board, QueueLine},
    catalogue::{Catalogue, CatalogueItem, CatalogueQueue, CatalogueZone, Identity},
    find::Finder,
    ids::{ItemId, QueueId, WindowId, ZoneId},
    map::{HallMap, Here},
    texts::{Language, Texts},
    words::{PriorityClass, people::GrantReason},
};

use crate::{
    alone::Alone,
    limits,
    moment::{self, Moment},
};
use hourly::Hourly;
use identity::Presented;
use lacking::Lacking;
use operator::Guard;
use page::{Choice, Page};
use service::{Asking, Extras};
use telling::Telling;

/// 取号机: everything the screen is made from.
#[derive(Debug, Clone)]
pub struct Model {
    /// What the configuration says.
    pub settings: Settings,
    /// The language shown now.
    pub language: Language,
    /// 长者版 is on.
    pub elder: bool,
    /// 低位 is on.
    pub low: bool,
    /// 高对比 is on.
    pub contrast: bool,
    /// The screen lies: there 低位 is what it is anyway.
    pub lies: bool,
    /// What can be done in the hall, once it is known.
    pub catalogue: Option<Catalogue>,
    /// Its items by their names.
    pub finder: Arc<Finder>,
    /// The newest state of the hall and when it came.
    pub board: Option<(Board, Moment)>,
    /// Whether the server answers.
    pub link: Link,
    /// How the kiosk could go on alone, and when that was known.
    pub alone: Option<(Alone, Moment)>,
    /// What the printer says.
    pub printer: PrinterState,
    /// The server knows what the printer says.
    pub printer_known: bool,
    /// Which page the person is on.
    pub page: Page,
    /// The pages behind 返回.
    pub trail: Vec<Page>,
    /// The class that the person claims.
    pub class: PriorityClass,
    /// 优先事由: for whom.
    pub reason: Option<GrantReason>,
    /// 无声叫号: the person does not hear.
    pub silent: bool,
    /// What the person has shown of themselves, until the ticket is there.
    pub presented: Option<Presented>,
    /// A card reader is there.
    pub reader: bool,
    /// The person goes on without paper.
    pub without_paper: bool,
    /// The person only reads what to bring.
    pub reading: bool,
    /// The question that is under way.
    pub asking: Option<Asking>,
    /// What belongs to the number beside its queue and item.
    pub extras: Extras,
    /// 一次多办: what is put together, in order; empty while nothing is.
    pub gathered: Vec<ItemId>,
    /// 没有找到要办的事项, as far as it was said.
    pub lacking: Lacking,
    /// 办不成事, as far as it was said.
    pub telling: Option<Telling>,
    /// 没有找到要办的事项, as often as it was said here.
    pub lacked: Hourly,
    /// 办不成事, as often as it was told here.
    pub told: Hourly,
    /// 运维: who tries to get behind the screen.
    pub guard: Guard,
    /// Questions asked so far.
    pub questions: u32,
    /// 办不成事: tellings begun so far.
    pub tellings: u32,
    /// The last touch.
    pub touched: Moment,
    /// 还在办理吗 stands on the screen, as of the last thing that happened.
    pub asks: bool,
    /// Touches before this moment are the second half of a double tap.
    pub deaf_until: Moment,
    /// The voice is on.
    pub voice: bool,
    /// How loud, 1 to [`limits::VOLUME_MAX`].
    pub volume: u8,
}

/// What the configuration says about the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The kiosk's own name: "1号取号机".
    pub place: String,
    /// The same for who reads English.
    pub english_place: Option<String>,
    /// The language it returns to.
    pub language: Language,
    /// English may be chosen.
    pub english: bool,
    /// 领证取件 leads to this queue.
    pub pick_up_queue: Option<QueueId>,
    /// 我要反映 leads to this queue.
    pub complaint_queue: Option<QueueId>,
    /// 综合窗口: who did not find what they came for may take a number of this queue.
    pub general_queue: Option<QueueId>,
    /// The nearest other kiosk: its name, and where it stands.
    pub nearest_kiosk: Option<(String, String)>,
    /// The same for who reads English.
    pub english_nearest_kiosk: Option<(String, String)>,
    /// The guide desk's telephone as it was known before the server answered.
    pub guide_phone: Option<String>,
    /// Back to the start page without a touch.
    pub return_after_secs: u32,
    /// The same in 长者版.
    pub return_after_secs_elder: u32,
    /// How long a number is shown.
    pub ticket_secs: u32,
    /// The same without paper.
    pub ticket_secs_without_paper: u32,
    /// A program that speaks is configured.
    pub speaks: bool,
    /// How wide the panel's picture is as it hangs.
    pub screen_width_mm: Option<u32>,
    /// 低位 is what the kiosk begins with.
    pub low: bool,
    /// 低位: nothing that is touched stands above so many hundredths of the screen from below.
    pub reach_percent: u8,
    /// 运维口令 was set.
    pub has_code: bool,
    /// Whoever keeps the kiosk begins it again.
    pub is_kept: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            place: String::new(),
            english_place: None,
            language: Language::Chinese,
            english: true,
            pick_up_queue: None,
            complaint_queue: None,
            general_queue: None,
            nearest_kiosk: None,
            english_nearest_kiosk: None,
            guide_phone: None,
            return_after_secs: 60,
            return_after_secs_elder: 120,
            ticket_secs: 8,
            ticket_secs_without_paper: 30,
            speaks: false,
            screen_width_mm: None,
            low: false,
            reach_percent: limits::REACH_PERCENT,
            has_code: false,
            is_kept: false,
        }
    }
}

/// Whether the server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It has not answered yet.
    Starting,
    /// It answers.
    Up,
    /// It does not answer; so many tries were made.
    Down {
        /// Tries since it was lost.
        tries: u32,
    },
}

/// How the kiosk's printer is.
pub type PrinterState = paper::condition::Condition;

impl Model {
    /// A kiosk that has just begun.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            language: settings.language,
            voice: settings.speaks,
            low: settings.low,
            settings,
            elder: false,
            contrast: false,
            lies: false,
            catalogue: None,
            finder: Arc::default(),
            board: None,
            link: Link::Starting,
            alone: None,
            printer: PrinterState::Ready,
            printer_known: false,
            page: Page::Start,
            trail: Vec::new(),
            class: PriorityClass::Ordinary,
            reason: None,
            silent: false,
            presented: None,
            reader: false,
            without_paper: false,
            reading: false,
            asking: None,
            extras: Extras::default(),
            gathered: Vec::new(),
            lacking: Lacking::default(),
            telling: None,
            lacked: Hourly::default(),
            told: Hourly::default(),
            guard: Guard::default(),
            questions: 0,
            tellings: 0,
            touched: Moment::default(),
            asks: false,
            deaf_until: Moment::default(),
            volume: limits::VOLUME,
        }
    }

    /// What the hall offers, told by the server or kept from before; it can be searched from now on.
    pub fn offer(&mut self, catalogue: Catalogue) {
        self.finder = Arc::new(Finder::new(&catalogue));
        self.catalogue = Some(catalogue);
    }

    /// The guide desk's telephone: as the server tells it, or as it was known before.
    #[must_use]
    pub fn guide_phone(&self) -> Option<&str> {
        let told = self.catalogue.as_ref().map(|catalogue| catalogue.guide_phone.as_str());
        let phone = told.or(self.settings.guide_phone.as_deref());
        phone.filter(|phone| !phone.is_empty())
    }

    /// The words of the language shown now.
    #[must_use]
    pub fn texts(&self) -> &'static Texts {
        Texts::of(self.language)
    }

    /// The words of a key that asks for the card; without a reader the number is typed.
    #[must_use]
    pub fn card_words(&self, key: &'static str) -> &'static str {
        self.texts().get(if self.reader { key } else { "kiosk.find_by_id" })
    }

    /// True on the start page as nobody has touched it.
    #[must_use]
    pub fn at_rest(&self) -> bool {
        self.page == Page::Start
            // Nobody is at rest while a stranger's document is kept.
            && self.presented.is_none()
            && !self.elder
            && !self.contrast
            && self.low == self.settings.low
            && !self.without_paper
            && !self.reading
            && self.class == PriorityClass::Ordinary
            && self.language == self.settings.language
            && (self.voice, self.volume) == (self.settings.speaks, limits::VOLUME)
    }

    /// 低位 shapes the pages.
    #[must_use]
    pub const fn is_low(&self) -> bool {
        self.low && !self.lies
    }

    /// When the kiosk goes back to its start page, unless touched before; none at rest.
    #[must_use]
    pub fn returns_at(&self) -> Option<Moment> {
        match &self.page {
            Page::Ticket { until, .. } => Some(*until),
            Page::Taking { since, .. } => Some(since.after_secs(limits::TAKING_SECS_MAX)),
            Page::Start
            | Page::Zones { .. }
            | Page::Queues { .. }
            | Page::Items { .. }
            | Page::Confirm(_)
            | Page::Identity { .. }
            | Page::Priority
            | Page::Progress
            | Page::Service(_)
            | Page::PaperFailed { .. }
            | Page::Notice(_)
            | Page::Help(_) => {
                (!self.at_rest()).then(|| self.touched.after_secs(self.patience_secs()))
            }
        }
    }

    /// How long the kiosk waits for a touch.
    #[must_use]
    pub const fn patience_secs(&self) -> u32 {
        if self.elder {
            self.settings.return_after_secs_elder
        } else {
            self.settings.return_after_secs
        }
    }

    /// 还在办理吗？ is asked when so little is left.
    #[must_use]
    pub const fn asks_before_secs(&self) -> u32 {
        if self.elder { 30 } else { 10 }
    }

    /// True if 还在办理吗？ stands on the screen.
    #[must_use]
    pub fn asks_still_there(&self, now: Moment) -> bool {
        let patient = !matches!(self.page, Page::Ticket { .. } | Page::Taking { .. });
        patient && self.returns_at().is_some_and(|at| now.secs_until(at) <= self.asks_before_secs())
    }

    /// When the screen changes by itself next.
    #[must_use]
    pub fn next_deadline(&self, now: Moment) -> Moment {
        let second = Moment(now.0 / 1000 * 1000 + 1000);
        match self.returns_at() {
            // The countdown steps with the deadline's own second, not with the clock's.
            Some(at) if at > now => {
                let rest = now.millis_until(at) % 1000;
                now.after_millis(if rest == 0 { 1000 } else { rest })
            }
            Some(_) => now,
            None => second.after_millis(14_000),
        }
    }

    /// The hall's time in milliseconds since 1970, and its offset in minutes.
    #[must_use]
    pub fn hall_time(&self, now: Moment) -> Option<(i64, i32)> {
        let alone = || self.alone.as_ref().map(|(alone, at)| (alone.clock, at));
        let board = self.board.as_ref().map(|(board, came)| (board.clock, came));
        let (clock, came) = board.or_else(alone)?;
        let since = i64::try_from(came.millis_until(now)).unwrap_or(i64::MAX);
        Some((clock.after_millis(since), clock.utc_offset_minutes))
    }

    /// True if the document came from a card: a typed number tells no name.
    #[must_use]
    pub fn card_lies_there(&self) -> bool {
        self.presented.as_ref().is_some_and(|presented| !presented.masked_name.is_empty())
    }

    /// The hall's day; none while its clock is not known.
    #[must_use]
    pub fn hall_day(&self, now: Moment) -> Option<wire::time::Day> {
        let (at, offset_minutes) = self.hall_time(now)?;
        moment::day(at, offset_minutes)
    }

    /// A queue of the catalogue.
    #[must_use]
    pub fn queue(&self, id: QueueId) -> Option<&CatalogueQueue> {
        self.catalogue.as_ref()?.queues.iter().find(|queue| queue.id == id)
    }

    /// Whether people are asked who they are.
    #[must_use]
    pub fn identity_of(&self, choice: Choice) -> Identity {
        let of = |queue| self.queue(queue).map_or(Identity::None, |queue| queue.identity);
        // Of several items at once the strictest queue decides.
        let then = self.extras.then.iter().filter_map(|item| self.item(*item));
        then.map(|item| of(item.queue)).fold(of(choice.queue), Identity::stricter)
    }

    /// An item of the catalogue.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&CatalogueItem> {
        self.catalogue.as_ref()?.items.iter().find(|item| item.id == id)
    }

    /// A zone of the catalogue.
    #[must_use]
    pub fn zone(&self, id: ZoneId) -> Option<&CatalogueZone> {
        self.catalogue.as_ref()?.zones.iter().find(|zone| zone.id == id)
    }

    /// How a queue stands now.
    #[must_use]
    pub fn line(&self, id: QueueId) -> Option<&QueueLine> {
        self.board.as_ref()?.0.queues.iter().find(|line| line.id == id)
    }

    /// Where people of a queue are called: as the hall stands now, or else as the catalogue says.
    #[must_use]
    pub fn windows_of<'a>(&'a self, queue: &'a CatalogueQueue) -> &'a [WindowId] {
        let live = self.line(queue.id).map(|line| line.windows.as_slice());
        live.filter(|windows| !windows.is_empty()).unwrap_or(&queue.windows)
    }

    /// The queues shown in a zone, or all of them; those behind buttons of their own are left out.
    #[must_use]
    pub fn queues_of(&self, zone: Option<ZoneId>) -> Vec<&CatalogueQueue> {
        let Some(catalogue) = &self.catalogue else { return Vec::new() };
        let apart = [self.settings.pick_up_queue, self.settings.complaint_queue];
        catalogue
            .queues
            .iter()
            .filter(|queue| zone.is_none_or(|zone| queue.zone == zone))
            .filter(|queue| !apart.contains(&Some(queue.id)))
            .collect()
    }

    /// The zones that have queues to show.
    #[must_use]
    pub fn zones(&self) -> Vec<&CatalogueZone> {
        let Some(catalogue) = &self.catalogue else { return Vec::new() };
        catalogue.zones.iter().filter(|zone| !self.queues_of(Some(zone.id)).is_empty()).collect()
    }

    /// The items of a queue.
    #[must_use]
    pub fn items_of(&self, queue: QueueId) -> Vec<&CatalogueItem> {
        let Some(catalogue) = &self.catalogue else { return Vec::new() };
        catalogue.items.iter().filter(|item| item.queue == queue).collect()
    }

    /// 大厅地图 as it is seen from here; none if the plan does not show where this kiosk stands.
    #[must_use]
    pub fn map(&self) -> Option<(&HallMap, Here)> {
        let map = self.catalogue.as_ref()?.map.as_ref()?;
        Some((map, map.here?))
    }

    /// 常办事项: those that can be chosen among the tiles, at most [`limits::POPULAR_SHOWN_MAX`].
    #[must_use]
    pub fn popular(&self) -> Vec<&CatalogueItem> {
        let Some(catalogue) = &self.catalogue else { return Vec::new() };
        let queues = self.queues_of(None);
        let items = catalogue.popular.iter().filter_map(|item| self.item(*item));
        let chosen = items.filter(|item| queues.iter().any(|queue| queue.id == item.queue));
        chosen.take(limits::POPULAR_SHOWN_MAX).collect()
    }

    /// How many parts a list of so many tiles has, at least 1.
    #[must_use]
    pub const fn leaves(&self, tiles: usize) -> usize {
        let leaves = tiles.div_ceil(self.tiles_per_leaf());
        if leaves == 0 { 1 } else { leaves }
    }

    /// Reasons on one page of an evaluation.
    #[must_use]
    pub const fn reasons_per_leaf(&self) -> usize {
        match (self.elder, self.is_low()) {
            (true, true) => limits::REASONS_PER_LEAF_ELDER_LOW,
            (true, false) => limits::REASONS_PER_LEAF_ELDER,
            (false, _) => limits::REASONS_PER_LEAF,
        }
    }

    /// Tiles on one page.
    #[must_use]
    pub const fn tiles_per_leaf(&self) -> usize {
        match (self.elder, self.is_low()) {
            (true, _) => limits::TILES_PER_LEAF_ELDER,
            (false, true) => limits::TILES_PER_LEAF_LOW,
            (false, false) => limits::TILES_PER_LEAF,
        }
    }
}

#[cfg(test)]
mod tests;
