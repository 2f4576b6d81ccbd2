//! Who is where, as the whereabouts board asks.

use super::Hall;
use crate::{
    ids::{StaffNo, WindowId},
    state::posts::StandIn,
    time::Timestamp,
    words::post::Whereabouts,
};

impl Hall {
    /// Who is signed on at a window.
    #[must_use]
    pub fn staff_at(&self, window: WindowId) -> Option<StaffNo> {
        self.state.windows.get(&window)?.staff()
    }

    /// 去向 of everybody of whom it was said today, by staff number, with since when.
    pub fn whereabouts(&self) -> impl Iterator<Item = (StaffNo, Whereabouts, Timestamp)> {
        self.state.posts.whereabouts()
    }

    /// 去向 of one person today.
    #[must_use]
    pub fn whereabouts_of(&self, staff: StaffNo) -> Option<(Whereabouts, Timestamp)> {
        self.state.posts.of(staff)
    }

    /// 排班: since when windows should be staffed, as it was told last.
    #[must_use]
    pub fn scheduled_from(&self) -> Option<Timestamp> {
        self.state.alerts.schedule().map(|schedule| schedule.from)
    }

    /// 顶岗 of today, oldest first.
    pub fn stand_ins(&self) -> impl Iterator<Item = &StandIn> {
        self.state.posts.stand_ins()
    }

    /// Windows whose stand-in was asked to come and has not come yet, with since when.
    pub fn stand_ins_asked(&self) -> impl Iterator<Item = (WindowId, Timestamp)> {
        self.state.windows.iter().filter_map(|(id, now)| Some((*id, now.stand_in_asked?)))
    }
}
