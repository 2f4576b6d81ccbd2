//! What things are called in the language of the page: in English by the hall's English names, and
//! by the Chinese ones where it gave none.

use wire::{
    catalogue::{CatalogueItem, CatalogueQueue, CatalogueZone},
    ids::{ItemId, QueueId},
    texts::Language,
};

use super::Model;

/// A tile has room for so many Chinese characters; a longer name stands there short.
const TILE_HANZI: usize = 9;

impl Model {
    /// One of two names, by the language shown.
    fn named<'a>(&self, chinese: &'a str, english: Option<&'a String>) -> &'a str {
        match (self.language, english) {
            (Language::English, Some(english)) => english,
            (Language::English, None) | (Language::Chinese, _) => chinese,
        }
    }

    /// The hall's official name; empty while it is not known.
    #[must_use]
    pub fn hall_name(&self) -> &str {
        let hall = self.catalogue.as_ref();
        hall.map_or("", |hall| self.named(&hall.hall_name, hall.hall_english_name.as_ref()))
    }

    /// A queue's whole name.
    #[must_use]
    pub fn queue_name<'a>(&self, queue: &'a CatalogueQueue) -> &'a str {
        self.named(&queue.name, queue.english_name.as_ref())
    }

    /// A queue's name where there is little room.
    #[must_use]
    pub fn queue_short_name<'a>(&self, queue: &'a CatalogueQueue) -> &'a str {
        self.named(&queue.short_name, queue.english_name.as_ref())
    }

    /// A queue's name on a tile.
    #[must_use]
    pub fn queue_tile_name<'a>(&self, queue: &'a CatalogueQueue) -> &'a str {
        let long = queue.name.chars().count() > TILE_HANZI;
        if long { self.queue_short_name(queue) } else { self.queue_name(queue) }
    }

    /// "A区".
    #[must_use]
    pub fn zone_label<'a>(&self, zone: &'a CatalogueZone) -> &'a str {
        self.named(&zone.label, zone.english_label.as_ref())
    }

    /// "注册登记".
    #[must_use]
    pub fn zone_name<'a>(&self, zone: &'a CatalogueZone) -> &'a str {
        self.named(&zone.name, zone.english_name.as_ref())
    }

    /// "A区 注册登记".
    #[must_use]
    pub fn zone_title(&self, zone: &CatalogueZone) -> String {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("label", &self.zone_label(zone)), ("name", &self.zone_name(zone))];
        self.texts().fill("kiosk.zone_title", &values)
    }

    /// "一楼A区".
    #[must_use]
    pub fn zone_place<'a>(&self, zone: &'a CatalogueZone) -> &'a str {
        self.named(&zone.place, zone.english_place.as_ref())
    }

    /// Where people of a queue wait; empty where nobody knows.
    #[must_use]
    pub fn place_of(&self, queue: &CatalogueQueue) -> &str {
        self.zone(queue.zone).map_or("", |zone| self.zone_place(zone))
    }

    /// An item's name.
    #[must_use]
    pub fn item_name<'a>(&self, item: &'a CatalogueItem) -> &'a str {
        self.named(&item.name, item.english_name.as_ref())
    }

    /// An item's name, if the catalogue still has it, or else as it was told.
    #[must_use]
    pub fn item_told<'a>(&'a self, item: ItemId, told: &'a str) -> &'a str {
        self.item(item).map_or(told, |item| self.named(told, item.english_name.as_ref()))
    }

    /// A paper to bring, by its name in the catalogue.
    #[must_use]
    pub fn paper_told<'a>(&'a self, told: &'a str) -> &'a str {
        let hall = self.catalogue.as_ref();
        self.named(told, hall.and_then(|hall| hall.english_papers.get(told)))
    }

    /// What to bring, each paper in the language of the page.
    #[must_use]
    pub fn papers_told(&self, papers: &[String]) -> Vec<String> {
        papers.iter().map(|paper| self.paper_told(paper).to_owned()).collect()
    }

    /// A department, as it was told.
    #[must_use]
    pub fn department_told<'a>(&'a self, told: &'a str) -> &'a str {
        let queues = self.catalogue.iter().flat_map(|catalogue| &catalogue.queues);
        let of = queues.filter(|queue| queue.department == told);
        self.named(told, of.filter_map(|queue| queue.english_department.as_ref()).next())
    }

    /// The business of a ticket or a booking: its item, or else its queue, as they were told. What
    /// is told without an id is known by its name.
    #[must_use]
    pub fn business_told<'a>(
        &'a self,
        item: (Option<ItemId>, Option<&'a str>),
        queue: (Option<QueueId>, &'a str),
    ) -> &'a str {
        let Some(catalogue) = &self.catalogue else { return item.1.unwrap_or(queue.1) };
        if let Some(told) = item.1 {
            let is = |known: &&CatalogueItem| match item.0 {
                Some(id) => known.id == id,
                None => known.name == told,
            };
            let known = catalogue.items.iter().find(is);
            return self.named(told, known.and_then(|item| item.english_name.as_ref()));
        }
        let is = |id: QueueId, name: &str, short: &str| match queue.0 {
            Some(known) => known == id,
            None => name == queue.1 || short == queue.1,
        };
        let known = catalogue.queues.iter().find(|each| is(each.id, &each.name, &each.short_name));
        let english = match known {
            Some(queue) => queue.english_name.as_ref(),
            None => {
                let mut further = catalogue.further.iter();
                let known = further.find(|each| is(each.id, &each.name, &each.short_name));
                known.and_then(|queue| queue.english_name.as_ref())
            }
        };
        self.named(queue.1, english)
    }

    /// Where to wait, as it was told.
    #[must_use]
    pub fn place_told<'a>(&'a self, told: &'a str) -> &'a str {
        let zones = self.catalogue.iter().flat_map(|catalogue| &catalogue.zones);
        let of = zones.filter(|zone| zone.place == told);
        self.named(told, of.filter_map(|zone| zone.english_place.as_ref()).next())
    }

    /// This kiosk's own name.
    #[must_use]
    pub fn kiosk_name(&self) -> &str {
        self.named(&self.settings.place, self.settings.english_place.as_ref())
    }

    /// The nearest other kiosk: its name, and where it stands.
    #[must_use]
    pub fn nearest_kiosk(&self) -> Option<(&str, &str)> {
        let english = self.settings.english_nearest_kiosk.as_ref();
        let english = english.filter(|_| self.language == Language::English);
        let nearest = english.or(self.settings.nearest_kiosk.as_ref());
        nearest.map(|(name, stands)| (name.as_str(), stands.as_str()))
    }

    /// The hours in which tickets are given; empty while they are not known.
    #[must_use]
    pub fn hours(&self, join: &str) -> String {
        let Some((board, _)) = &self.board else { return String::new() };
        let opening = &board.opening;
        if opening.spans.is_empty() {
            // An older server tells them in its own words only.
            return opening.hours.clone();
        }
        let spans = opening.spans.iter().map(|span| span.said(self.texts()));
        spans.collect::<Vec<_>>().join(join)
    }
}
