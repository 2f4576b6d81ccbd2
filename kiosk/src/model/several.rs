//! 一次多办, as the screen sees it: what is put together, and whether a number can be had for it.

use super::{Model, page::Notice, update::closed};

/// Why no number can be had for several items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Several {
    /// The first item's queue is sold out.
    SoldOut,
    /// The first item's queue gives no numbers now.
    NotNow,
    /// The server is away.
    Alone,
}

impl Model {
    /// True while items are put together.
    #[must_use]
    pub const fn is_gathering(&self) -> bool {
        !self.gathered.is_empty()
    }

    /// 一次多办 is possible now: a number of the kiosk's own is for one matter.
    #[must_use]
    pub fn may_gather(&self) -> bool {
        self.items_max() > 1 && !self.is_alone() && !self.reading
    }

    /// Items that one number takes, as the hall has it.
    #[must_use]
    pub fn items_max(&self) -> usize {
        self.catalogue.as_ref().map_or(1, |catalogue| usize::from(catalogue.items_max))
    }

    /// Why no number can be had for what is put together, if it cannot.
    #[must_use]
    pub fn several_closed(&self) -> Option<Several> {
        if self.is_alone() {
            return Some(Several::Alone);
        }
        let first = self.item(*self.gathered.first()?)?;
        let notice = closed(self, first.queue)?;
        Some(if notice == Notice::NotNow { Several::NotNow } else { Several::SoldOut })
    }
}
