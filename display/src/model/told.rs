//! What a hall screen tells beside the calls: the broadcast being said, notices and 去向栏.

use wire::{
    device::{Face, HallScreenFace},
    spoken::Broadcast,
};

use super::{Model, Moment, Trust};

impl Model {
    /// 广播: what is being said to these people; nothing while the screen is cut off, for it may be
    /// over by then.
    #[must_use]
    pub fn broadcast(&self, now: Moment) -> Option<&Broadcast> {
        self.live_face(now)?.broadcast.as_ref()
    }

    /// Notices or people who are away take a place beside the calls.
    #[must_use]
    pub fn has_notes(&self, now: Moment) -> bool {
        self.live_face(now).is_some_and(|face| !face.notices.is_empty() || !face.away.is_empty())
    }

    /// Which page of the broadcast is shown, of so many.
    #[must_use]
    pub fn broadcast_page(&self, pages: usize, now: Moment) -> usize {
        let passed = now.since_start.saturating_sub(self.broadcast_from);
        let page = passed / (self.show.running_page_secs.get() * 1_000);
        usize::try_from(page).unwrap_or(0) % pages.max(1)
    }

    /// A face came: another broadcast begins with its first page.
    pub(super) fn note_broadcast(&mut self, face: &Face, now: u64) {
        let said = |face: &Face| match face {
            Face::HallScreen(face) => face.broadcast.clone(),
            Face::WindowScreen(_)
            | Face::Tablet(_)
            | Face::Strip { .. }
            | Face::Pad { .. }
            | Face::Evaluator { .. } => None,
        };
        let before = self.face.as_ref().and_then(|old| said(&old.face));
        if before != said(face) {
            self.broadcast_from = now;
        }
    }

    fn live_face(&self, now: Moment) -> Option<&HallScreenFace> {
        self.hall_face().filter(|_| self.trust(now) == Trust::Live)
    }
}
