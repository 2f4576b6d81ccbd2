//! What the hall calls its parts, in the language of the page: a name that it gave in English, or
//! else its own.

use hall::{
    Hall,
    ids::{DepartmentId, ItemId, QueueId, WindowId, ZoneId},
    setup::{Item, Zone},
};
use wire::texts::{Language, Texts};

use crate::{app::App, profile::EnglishNames};

/// The names of a hall for one reader.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    app: &'a App,
    language: Language,
}

impl<'a> Names<'a> {
    /// In this language.
    pub const fn of(app: &'a App, language: Language) -> Self {
        Self { app, language }
    }

    /// In the language of these texts.
    pub const fn by(app: &'a App, texts: &Texts) -> Self {
        Self::of(app, texts.language())
    }

    /// An item's, also of one that is offered no more; nothing for one that is not known.
    pub fn item_of(self, hall: &Hall, id: ItemId) -> Option<String> {
        hall.item_ever(id).map(|item| self.item(item))
    }

    fn english(self) -> Option<&'a EnglishNames> {
        (self.language == Language::English).then_some(&self.app.profile.details.english)
    }

    /// The hall's own.
    pub fn hall(self) -> String {
        let english = self.english().and_then(|names| names.hall.as_ref());
        english.unwrap_or(&self.app.profile.details.name).clone()
    }

    /// A queue's; nothing for one that is not known.
    pub fn queue(self, id: QueueId) -> String {
        let english = self.english().and_then(|names| names.queues.get(&id));
        let own = || self.app.profile.setup.queue(id).map(|queue| &queue.name);
        english.or_else(own).cloned().unwrap_or_default()
    }

    /// A window's; nothing for one that is not known.
    pub fn window(self, id: WindowId) -> String {
        let english = self.english().and_then(|names| names.windows.get(&id));
        let own = || self.app.profile.setup.window(id).map(|window| &window.name);
        english.or_else(own).cloned().unwrap_or_default()
    }

    /// A department's; nothing for one that is not known.
    pub fn department(self, id: DepartmentId) -> String {
        let english = self.english().and_then(|names| names.departments.get(&id));
        let own = || self.app.profile.setup.department(id).map(|department| &department.name);
        english.or_else(own).cloned().unwrap_or_default()
    }

    /// An item's.
    pub fn item(self, item: &Item) -> String {
        let english = self.english().and(item.published.english_name.as_ref());
        english.unwrap_or(&item.name).clone()
    }

    /// A zone's, as it stands on a plan; nothing for one that is not known.
    pub fn zone(self, id: ZoneId) -> String {
        let english = self.english().and_then(|names| names.zones.get(&id)?.label.as_ref());
        let own = || self.app.profile.setup.zone(id).map(|zone| &zone.name);
        english.or_else(own).cloned().unwrap_or_default()
    }

    /// Where a zone is.
    pub fn place(self, zone: &Zone) -> String {
        let english = self.english().and_then(|names| names.zones.get(&zone.id)?.place.as_ref());
        english.unwrap_or(&zone.place).clone()
    }

    /// A paper that people bring.
    pub fn paper(self, paper: &str) -> String {
        let english = self.english().and_then(|names| names.papers.get(paper));
        english.map_or_else(|| paper.to_owned(), Clone::clone)
    }
}
