//! 配置: another setup is put in force, and what of the day keeps it waiting until the night.
//!
//! An event names a setup by its version alone, so that the record stays small. Whoever applies
//! events hands the hall the setup of that version before.

use alloc::{collections::BTreeSet, sync::Arc, vec::Vec};

use super::Hall;
use crate::{
    ids::{ItemId, QueueId, SetupVersion, WindowId},
    setup::{Setup, obstacle::Obstacle},
};

impl Hall {
    /// Hands the hall a setup that a coming event may put in force. Nothing changes by it; it takes
    /// the place of the one handed before.
    pub fn hand(&mut self, setup: Arc<Setup>) {
        self.handed = Some(setup);
    }

    /// True if an event may put this version in force.
    #[must_use]
    pub fn has_at_hand(&self, version: SetupVersion) -> bool {
        self.at_hand(version).is_some()
    }

    /// What keeps a setup from being put in force now: whatever it lacks and today uses. Nothing
    /// does while the hall is closed.
    #[must_use]
    pub fn obstacles(&self, to: &Setup) -> Vec<Obstacle> {
        let mut found = Vec::new();
        if self.state.day.is_none() {
            return found;
        }
        if to.id() != self.setup.id() {
            found.push(Obstacle::Hall);
        }
        let queues = self.queues_in_use();
        let gone = queues.into_iter().filter(|queue| to.queue(*queue).is_none());
        found.extend(gone.map(Obstacle::Queue));
        let gone = self.windows_in_use().filter(|window| to.window(*window).is_none());
        found.extend(gone.map(Obstacle::Window));
        let items = self.items_in_use();
        let gone = items.into_iter().filter(|item| {
            to.item(*item).is_none() && self.state.catalogue.standing(*item).is_none()
        });
        found.extend(gone.map(Obstacle::Item));
        let pipelines = self.tickets().filter_map(|ticket| ticket.pipeline);
        let gone: BTreeSet<_> = pipelines.filter(|id| to.pipeline(*id).is_none()).collect();
        found.extend(gone.into_iter().map(Obstacle::Pipeline));
        let at_work = self.state.staff.keys().copied();
        // Somebody who is in no profile works all the same, where the hall does not ask for that.
        let gone =
            at_work.filter(|no| self.setup.person(*no).is_some() && to.person(*no).is_none());
        found.extend(gone.map(Obstacle::Staff));
        found
    }

    /// Queues with numbers of today, with windows lent to them, or with hours of their own.
    fn queues_in_use(&self) -> BTreeSet<QueueId> {
        let extras = self.state.windows.values().filter_map(|now| now.extra.as_ref());
        let lent = extras.flat_map(|extra| extra.queues());
        let of_tickets = self.tickets().flat_map(|ticket| {
            let stops = ticket.stops.iter().map(|stop| stop.queue);
            ticket.legs.iter().map(|leg| leg.queue).chain(stops)
        });
        self.state.queues.keys().copied().chain(lent).chain(of_tickets).collect()
    }

    /// Windows where somebody has worked today, or should.
    fn windows_in_use(&self) -> impl Iterator<Item = WindowId> {
        let scheduled = self.state.alerts.schedule().into_iter();
        let scheduled = scheduled.flat_map(|schedule| schedule.windows.iter().copied());
        let used: BTreeSet<_> = self.state.windows.keys().copied().chain(scheduled).collect();
        used.into_iter()
    }

    fn items_in_use(&self) -> BTreeSet<ItemId> {
        let of_ticket = |ticket: &crate::state::ticket::Ticket| {
            let stops = ticket.stops.iter().filter_map(|stop| stop.item);
            let legs = ticket.legs.iter().filter_map(|leg| leg.item);
            ticket.item.into_iter().chain(legs).chain(stops).collect::<Vec<_>>()
        };
        self.tickets().flat_map(of_ticket).collect()
    }

    pub(crate) fn at_hand(&self, version: SetupVersion) -> Option<&Arc<Setup>> {
        let all = [Some(&self.setup), self.handed.as_ref()];
        all.into_iter().flatten().find(|setup| setup.version() == Some(version))
    }

    /// Puts the setup of this version in force.
    pub(crate) fn put_in_force(&mut self, version: SetupVersion) {
        let setup = self.at_hand(version).cloned();
        let setup = setup.expect("the hall was handed the setup that an event speaks of");
        // Other items are another version of the catalogue. A day's opening tells its own.
        self.state.catalogue.version += u32::from(self.setup.items() != setup.items());
        self.setup = setup;
        self.handed = None;
        for (id, now) in &mut self.state.windows {
            if let (Some(extra), Some(window)) = (&mut now.extra, self.setup.window(*id)) {
                Arc::make_mut(extra).settle(window);
            }
        }
    }
}
