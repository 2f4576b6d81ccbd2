//! Who is where, as the whereabouts board asks.

use super::Hall;
use crate::{
    event::staffing::PostChange,
    ids::{StaffNo, WindowId},
    state::posts::{StandIn, Verdict},
    time::Timestamp,
    words::{PauseReason, post::Whereabouts},
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

    /// 批准顶岗 and 不同意顶岗 in force, by window.
    pub fn stand_in_verdicts(&self) -> impl Iterator<Item = (WindowId, &Verdict)> {
        self.state.posts.verdicts()
    }

    /// Since when nobody serves at a window that should be served, and why if it pauses.
    #[must_use]
    pub fn away_since(
        &self,
        window: WindowId,
        now: Timestamp,
    ) -> Option<(Option<PauseReason>, Timestamp)> {
        let at = self.window(window)?;
        if at.signed_on.is_some() {
            return at.paused.map(|(reason, since)| (Some(reason), since));
        }
        let schedule = self.state.alerts.schedule()?;
        let is_due = schedule.windows.contains(&window);
        if !is_due || now < schedule.from || schedule.until <= now {
            return None;
        }
        Some((None, at.left.map_or(schedule.from, |left| left.max(schedule.from))))
    }

    /// 换岗申请 that are kept, the oldest first.
    #[must_use]
    pub fn post_changes(&self) -> &[PostChange] {
        self.state.changes.all()
    }

    /// 换岗 that counts today for somebody at a window.
    #[must_use]
    pub fn change_in_force(&self, window: WindowId, staff: StaffNo) -> Option<&PostChange> {
        let day = self.day()?;
        let here = |each: &&PostChange| (each.staff, each.window) == (staff, window);
        self.post_changes().iter().filter(here).find(|each| each.counts_on(day))
    }

    /// True if somebody was approved to stand in at a window, or to work there these days.
    #[must_use]
    pub fn is_approved(&self, window: WindowId, staff: StaffNo, now: Timestamp) -> bool {
        let verdict = self.state.posts.verdict(window).filter(|it| it.staff == Some(staff));
        verdict.is_some_and(|verdict| verdict.until.is_none_or(|until| now < until))
            || self.change_in_force(window, staff).is_some()
    }

    /// Windows whose stand-in was asked to come and has not come yet, with since when.
    pub fn stand_ins_asked(&self) -> impl Iterator<Item = (WindowId, Timestamp)> {
        self.state.windows.iter().filter_map(|(id, now)| Some((*id, now.stand_in_asked?)))
    }
}
