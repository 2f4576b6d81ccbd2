//! What stands of 电子监察, as the board and the office ask.

use super::Hall;
use crate::{
    ids::{AlertId, DeviceId, QueueId},
    setup::Item,
    state::alerts::{AlertNow, Help, Schedule},
    time::Timestamp,
    words::alert::{AlertKind, DeviceTrouble, Subject},
};

impl Hall {
    /// Every alert that stands, and every red one that has passed and waits for its note.
    pub fn alerts(&self) -> impl Iterator<Item = &AlertNow> {
        self.state.alerts.standing()
    }

    /// An alert of today that is not closed.
    #[must_use]
    pub fn alert(&self, id: AlertId) -> Option<&AlertNow> {
        self.state.alerts.by_id(id)
    }

    /// True of an alert that was raised, whatever became of it.
    #[must_use]
    pub fn had_alert(&self, id: AlertId) -> bool {
        self.state.alerts.had(id)
    }

    /// What ails a device, and since when.
    #[must_use]
    pub fn device_trouble(&self, id: DeviceId) -> Option<(DeviceTrouble, Timestamp)> {
        self.state.alerts.device(id)
    }

    /// Devices that are 离线 and of which nothing is told yet.
    pub fn devices_lost_untold(&self) -> impl Iterator<Item = DeviceId> {
        let alerts = &self.state.alerts;
        let lost = alerts.devices().filter(|(_, trouble, _)| *trouble == DeviceTrouble::Silent);
        lost.map(|(id, ..)| id).filter(|id| {
            let told = alerts.get(AlertKind::Device, Subject::Device(*id));
            told.is_none_or(|alert| alert.level.is_none())
        })
    }

    /// Who asked for help last from a place.
    #[must_use]
    pub fn help_asked(&self, from: DeviceId) -> Option<&Help> {
        self.state.alerts.help(from)
    }

    /// 排班: the windows that should be staffed.
    #[must_use]
    pub fn schedule(&self) -> Option<&Schedule> {
        self.state.alerts.schedule()
    }

    /// Items of a queue in the session for which no clerk at any window is authorised now, while
    /// there is one for others of the queue.
    pub fn items_left_out(&self, queue: QueueId) -> impl Iterator<Item = &Item> {
        let here = move |item: &&Item| item.queue == queue && self.is_of_today(item.id);
        let partly =
            self.items_without_window().filter(here).count() < self.items().filter(here).count();
        self.items_without_window().filter(move |item| partly && item.queue == queue)
    }

    /// Items of the session for which no clerk at any window is authorised now.
    pub fn items_without_window(&self) -> impl Iterator<Item = &Item> {
        self.items().filter(|item| self.is_of_today(item.id)).filter(|item| {
            !self.windows_serving(item.queue).any(|window| {
                let staffed = self.window(window.id).is_some_and(|now| now.signed_on.is_some());
                staffed
                    && window.only.is_none()
                    && self.server_at(window.id).may_handle(item.queue, Some(item.id))
            })
        })
    }
}
