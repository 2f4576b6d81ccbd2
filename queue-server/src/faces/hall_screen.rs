//! 综合屏: rows newest first, paused windows last, who waits where, the running texts; of the whole
//! hall, or of one zone.

use hall::{
    ids::{WindowId, ZoneId},
    order,
    setup::Queue,
    words::{PriorityClass, WindowState, post::Whereabouts},
};
use jiff::civil::Date;
use wire::{
    board::{HallRow, RowState, Wait},
    device::{Away, HallScreenFace, ZoneWaiting},
    spoken::Notice,
};

use super::View;
use crate::readings;

/// Rows of a hall screen: a wall of four columns holds some forty.
const ROWS_MAX: usize = 48;

/// People of the 去向栏.
const AWAY_MAX: usize = 12;

impl View<'_> {
    /// The whole hall, or one zone of it: the calls to its windows and the people of its queues.
    pub(super) fn hall_screen(&self, zone: Option<ZoneId>) -> HallScreenFace {
        let mut rows = readings::board::calls(self.hall);
        rows.extend(self.paused_rows());
        rows.retain(|row| self.is_in(zone, row.window));
        rows.truncate(ROWS_MAX);
        HallScreenFace {
            hall_name: self.profile.details.name.clone(),
            duty_leader: self.profile.details.duty_leader.clone(),
            rows,
            waiting: self.waiting_in(zone),
            zones: zone.map_or_else(|| self.zones(), |zone| self.queues_of(zone)),
            running: self.running(),
            zone: zone.and_then(|zone| self.zone_name(zone)),
            away: self.away(zone),
            notices: self.notices(),
            // The postroom knows what is being said.
            broadcast: None,
            clock: self.clock.wire(),
        }
    }

    fn is_in(&self, zone: Option<ZoneId>, window: WindowId) -> bool {
        let window = self.hall.setup().window(window);
        zone.is_none_or(|zone| window.is_some_and(|window| window.zone == zone))
    }

    fn paused_rows(&self) -> Vec<HallRow> {
        let windows = self.hall.setup().windows().iter();
        let paused = windows
            .filter(|window| self.hall.window_state(window.id, self.now) == WindowState::Paused);
        let row = |window: &hall::setup::Window| HallRow {
            no: None,
            window: window.id,
            business: self.business(window),
            state: RowState::Paused,
            call: 0,
            announcement: 0,
            at: self.hall.window(window.id).and_then(|now| now.since).map_or(0, |at| at.0),
        };
        paused.map(row).collect()
    }

    /// What a window is there for: its first queue.
    fn business(&self, window: &hall::setup::Window) -> String {
        let queue = window.primary.first().and_then(|id| self.hall.setup().queue(*id));
        queue.map_or(String::new(), |queue| queue.short_name.clone())
    }

    fn queues_in(&self, zone: Option<ZoneId>) -> impl Iterator<Item = &Queue> {
        let queues = self.hall.setup().queues().iter();
        queues.filter(move |queue| zone.is_none_or(|zone| queue.zone == zone))
    }

    fn waiting_in(&self, zone: Option<ZoneId>) -> u32 {
        self.queues_in(zone).map(|queue| order::waiting(self.hall, queue.id)).sum()
    }

    fn zones(&self) -> Vec<ZoneWaiting> {
        let zones = self.profile.details.zone_labels.iter();
        zones
            .map(|(zone, label, name)| ZoneWaiting {
                label: label.clone(),
                name: name.clone(),
                waiting: self.waiting_in(Some(*zone)),
                wait: self.wait_in(*zone),
            })
            .collect()
    }

    fn queues_of(&self, zone: ZoneId) -> Vec<ZoneWaiting> {
        let queues = self.queues_in(Some(zone));
        queues
            .map(|queue| ZoneWaiting {
                label: queue.letter.to_string(),
                name: queue.short_name.clone(),
                waiting: order::waiting(self.hall, queue.id),
                wait: self.wait_for(queue),
            })
            .collect()
    }

    /// 预计等候 of somebody who takes a number now; none where none is given or nothing is told.
    fn wait_for(&self, queue: &Queue) -> Option<Wait> {
        let comer = (queue.id, PriorityClass::Ordinary);
        let issuing = queue.issued && self.hall.may_issue(queue, self.now).is_ok();
        let told = self.forecasts?.wait_of_newcomer(self.hall, comer, self.now);
        told.filter(|_| issuing).map(Into::into)
    }

    /// From the least to the most of a zone's queues in which somebody waits.
    fn wait_in(&self, zone: ZoneId) -> Option<Wait> {
        let queues = self.queues_in(Some(zone));
        let waits = queues.filter(|queue| order::waiting(self.hall, queue.id) > 0);
        waits.filter_map(|queue| self.wait_for(queue)).reduce(|one, other| Wait {
            low_minutes: one.low_minutes.min(other.low_minutes),
            high_minutes: one.high_minutes.max(other.high_minutes),
        })
    }

    fn zone_name(&self, zone: ZoneId) -> Option<String> {
        let mut labels = self.profile.details.zone_labels.iter();
        let (_, label, name) = labels.find(|(id, ..)| *id == zone)?;
        Some(format!("{label} {name}"))
    }

    /// 去向栏: who is neither at work nor off duty, by their windows.
    fn away(&self, zone: Option<ZoneId>) -> Vec<Away> {
        let away = |(staff, whereabouts, _): (_, Whereabouts, _)| {
            let is_away = !matches!(whereabouts, Whereabouts::OnDuty | Whereabouts::OffDuty);
            let post = self.profile.posts.iter().find(|post| post.no == staff)?;
            let window = post.windows.first().copied();
            let here = window.map_or(zone.is_none(), |window| self.is_in(zone, window));
            (is_away && here).then(|| Away {
                name: post.name.clone(),
                window,
                whereabouts: whereabouts.as_str().to_owned(),
            })
        };
        let mut all: Vec<Away> = self.hall.whereabouts().filter_map(away).collect();
        all.sort_by_key(|away| away.window);
        all.truncate(AWAY_MAX);
        all
    }

    /// What runs at this hour of this day.
    fn running(&self) -> Vec<String> {
        let (date, minute) = self.date_and_minute();
        let running = self.profile.details.running.iter();
        running.filter(|text| text.runs(date, minute)).map(|text| text.text.clone()).collect()
    }

    /// What stands in the place of the notices at this hour of this day.
    fn notices(&self) -> Vec<Notice> {
        let (date, minute) = self.date_and_minute();
        let notices = self.profile.details.notices.iter();
        let stands = notices.filter(|notice| notice.body.runs(date, minute));
        stands
            .map(|notice| Notice { title: notice.title.clone(), text: notice.body.text.clone() })
            .collect()
    }

    fn date_and_minute(&self) -> (Date, i64) {
        let date = self.clock.date(self.now);
        (date, (self.now.0 - self.clock.moment(date, 0).0) / 60_000)
    }
}

#[cfg(test)]
mod tests;
