//! 事项目录: the items as they are in force, by the profile and by what was decided since.

use crate::{
    event::people::CatalogueChanged, hall::Hall, ids::ItemId, refusal::Refusal, setup::Item,
    state::catalogue::Standing, time::Day,
};

impl Hall {
    /// An item as it is in force now; none if there is none, or no more.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        match self.state.catalogue.standing(id) {
            Some(Standing::There(item)) => Some(item),
            Some(Standing::Cancelled | Standing::HandedDown) => None,
            None => self.setup().item(id),
        }
    }

    /// Every item in force, in the order of the profile, then those taken over since.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let of_profile = self.setup().items().iter().filter_map(|item| self.item(item.id));
        let taken_over = self.state.catalogue.in_force();
        let taken_over = taken_over.filter(|(id, _)| self.setup().item(*id).is_none());
        of_profile.chain(taken_over.filter_map(|(id, _)| self.item(id)))
    }

    /// How often the catalogue has changed: a ticket keeps the version it was taken under.
    #[must_use]
    pub fn catalogue_version(&self) -> u32 {
        self.state.catalogue.version
    }

    /// Changes that the profile does not hold yet, those to come included.
    #[must_use]
    pub fn catalogue_changes(&self) -> &[CatalogueChanged] {
        self.state.catalogue.changes()
    }

    /// An item that can be done now.
    ///
    /// # Errors
    /// Whether there is no such item, or no more.
    pub fn item_now(&self, id: ItemId) -> Result<&Item, Refusal> {
        match self.state.catalogue.standing(id) {
            Some(Standing::There(item)) => Ok(item),
            Some(Standing::Cancelled) => Err(Refusal::ItemCancelled),
            Some(Standing::HandedDown) => Err(Refusal::ItemHandedDown),
            None => self.setup().item(id).ok_or(Refusal::NoSuchItem),
        }
    }

    /// The queue of an item that can be done on a day, as far as it is decided now.
    pub(crate) fn item_queue_on(
        &self,
        id: ItemId,
        day: Day,
    ) -> Result<crate::ids::QueueId, Refusal> {
        match self.state.catalogue.standing_on(id, day) {
            Some(Standing::There(item)) => Ok(item.queue),
            Some(Standing::Cancelled) => Err(Refusal::ItemCancelled),
            Some(Standing::HandedDown) => Err(Refusal::ItemHandedDown),
            None => Ok(self.setup().item(id).ok_or(Refusal::NoSuchItem)?.queue),
        }
    }

    /// An item that there is or was: a ticket taken before a change is served as it was taken.
    #[must_use]
    pub fn item_ever(&self, id: ItemId) -> Option<&Item> {
        self.state.catalogue.ever(id).or_else(|| self.setup().item(id))
    }
}
