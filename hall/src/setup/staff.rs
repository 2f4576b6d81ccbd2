//! 人员: posts with their A and B, and what each clerk is authorised for.

use alloc::vec::Vec;

use super::Setup;
use crate::{
    ids::{ItemId, QueueId, StaffNo, WindowId},
    time::Day,
    words::post::PostRole,
};

/// 人员: a clerk of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// 工号.
    pub no: StaffNo,
    /// Where this person works.
    pub posts: Vec<Post>,
    /// 代办员: may take tickets and bookings for others.
    pub agent: bool,
    /// 授权: none at all means every item (充分授权); any means only these.
    pub grants: Vec<Grant>,
}

/// 岗位.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// The window.
    pub window: WindowId,
    /// A角 or B角.
    pub role: PostRole,
}

/// 授权: what a clerk may handle, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Every item of these queues.
    pub queues: Vec<QueueId>,
    /// These items.
    pub items: Vec<ItemId>,
    /// The first day; none: since ever.
    pub from: Option<Day>,
    /// The last day; none: for ever.
    pub until: Option<Day>,
}

impl Grant {
    fn holds(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Staff {
    /// True unless every authorisation has run out or not begun.
    #[must_use]
    pub fn may_work(&self, day: Day) -> bool {
        self.grants.is_empty() || self.grants.iter().any(|grant| grant.holds(day))
    }

    /// True if this person may handle an item of a queue. A ticket without an item may be anything
    /// of its queue: whoever may handle a part of the queue may call it.
    #[must_use]
    pub fn may_handle(
        &self,
        setup: &Setup,
        day: Day,
        queue: QueueId,
        item: Option<ItemId>,
    ) -> bool {
        if self.grants.is_empty() {
            return true;
        }
        let of_queue = |each: &ItemId| setup.item(*each).is_some_and(|item| item.queue == queue);
        self.grants.iter().filter(|grant| grant.holds(day)).any(|grant| {
            grant.queues.contains(&queue)
                || match item {
                    Some(item) => grant.items.contains(&item),
                    None => grant.items.iter().any(of_queue),
                }
        })
    }

    /// True if this person may handle every item of a queue.
    #[must_use]
    pub fn handles_all_of(&self, day: Day, queue: QueueId) -> bool {
        let whole = |grant: &Grant| grant.holds(day) && grant.queues.contains(&queue);
        self.grants.is_empty() || self.grants.iter().any(whole)
    }

    /// The role of this person at a window.
    #[must_use]
    pub fn role_at(&self, window: WindowId) -> Option<PostRole> {
        self.posts.iter().find(|post| post.window == window).map(|post| post.role)
    }
}

impl Setup {
    /// People, by their staff numbers.
    #[must_use]
    pub fn staff(&self) -> &[Staff] {
        &self.parts.staff
    }

    /// A person.
    #[must_use]
    pub fn person(&self, no: StaffNo) -> Option<&Staff> {
        let at = self.parts.staff.binary_search_by_key(&no, |staff| staff.no).ok()?;
        self.parts.staff.get(at)
    }

    /// 充分授权: true if somebody may handle some items only.
    pub(crate) fn has_grants(&self) -> bool {
        self.has_grants
    }

    /// The role of somebody at a window.
    #[must_use]
    pub fn role_at(&self, window: WindowId, no: StaffNo) -> Option<PostRole> {
        self.person(no)?.role_at(window)
    }

    /// A角: whose post a window is; the first of several.
    #[must_use]
    pub fn primary_at(&self, window: WindowId) -> Option<StaffNo> {
        let own = |staff: &&Staff| staff.role_at(window) == Some(PostRole::Primary);
        self.parts.staff.iter().find(own).map(|staff| staff.no)
    }

    /// B角: who may stand in at a window.
    pub fn stand_ins_at(&self, window: WindowId) -> impl Iterator<Item = StaffNo> {
        let stands_in = move |staff: &&Staff| staff.role_at(window) == Some(PostRole::StandIn);
        self.parts.staff.iter().filter(stands_in).map(|staff| staff.no)
    }
}
