//! 窗口: how a window stands now, and what it did today.

use alloc::{collections::VecDeque, sync::Arc};

use crate::{
    ids::{LegId, QueueId, StaffNo},
    limits::RECENT_CALLS_KEPT,
    order::Turns,
    state::{lists::Extra, press::LastPress},
    time::{Millis, Timestamp},
    words::{PauseReason, Why},
};

/// 窗口: how a window stands now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WindowNow {
    /// Who has signed on, since when.
    pub signed_on: Option<(StaffNo, Timestamp)>,
    /// Why it pauses, since when.
    pub paused: Option<(PauseReason, Timestamp)>,
    /// The leg called or served here.
    pub current: Option<LegId>,
    /// The last call, recalls not counted.
    pub last_call: Option<LastCall>,
    /// The leg that the evaluation device asks about, since when.
    pub asked: Option<(LegId, Timestamp)>,
    /// The leg finished here last.
    pub finished_last: Option<LegId>,
    /// How its calls have gone since the clerk came.
    pub turns: Turns,
    /// Since when it is as it is: the last change of any kind.
    pub since: Option<Timestamp>,
    /// 撤回: the last press, as long as nothing else happened here.
    pub last_press: Option<Arc<LastPress>>,
    /// Queues of the last calls, newest last.
    pub(crate) recent: VecDeque<QueueId>,
    /// Services of the day.
    pub served: u32,
    /// Time with a clerk, up to the last sign-off.
    pub signed: Millis,
    /// Time served, of finished legs.
    pub serving: Millis,
    /// Pauses by reason: how often, and how long up to the last resume.
    pub pauses: [(u32, Millis); PauseReason::ALL.len()],
    /// What it serves beside its profile's lists.
    pub extra: Option<Arc<Extra>>,
    /// When the last clerk signed off.
    pub left: Option<Timestamp>,
    /// When B角 was asked to come, in this pause.
    pub stand_in_asked: Option<Timestamp>,
}

/// A window's last call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastCall {
    /// When.
    pub at: Timestamp,
    /// Whom.
    pub leg: LegId,
    /// Why.
    pub why: Why,
}

impl WindowNow {
    /// Nothing has happened here today.
    pub(crate) const UNTOUCHED: Self = Self {
        signed_on: None,
        paused: None,
        current: None,
        last_call: None,
        asked: None,
        finished_last: None,
        turns: Turns { priority: 0, ratio: 0 },
        since: None,
        last_press: None,
        recent: VecDeque::new(),
        served: 0,
        signed: Millis(0),
        serving: Millis(0),
        pauses: [(0, Millis(0)); PauseReason::ALL.len()],
        extra: None,
        left: None,
        stand_in_asked: None,
    };

    /// A clerk is there and does not pause.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.signed_on.is_some() && self.paused.is_none()
    }

    /// Who has signed on.
    #[must_use]
    pub fn staff(&self) -> Option<StaffNo> {
        self.signed_on.map(|(staff, _)| staff)
    }

    /// Time with a clerk, up to now.
    #[must_use]
    pub fn signed_until(&self, now: Timestamp) -> Millis {
        let open = self.signed_on.map_or(Millis(0), |(_, since)| now.since(since));
        Millis(self.signed.0 + open.0)
    }

    /// Pauses, how often and how long up to now.
    #[must_use]
    pub fn paused_until(&self, now: Timestamp) -> (u32, Millis) {
        let open = self.paused.map_or(Millis(0), |(_, since)| now.since(since));
        let count = self.pauses.iter().map(|(count, _)| count).sum();
        let closed: u64 = self.pauses.iter().map(|(_, span)| span.0).sum();
        (count, Millis(closed + open.0))
    }

    /// Pauses by reason, how often and how long up to now.
    #[must_use]
    pub fn pauses_until(&self, now: Timestamp) -> [(u32, Millis); PauseReason::ALL.len()] {
        let mut pauses = self.pauses;
        if let Some((reason, since)) = self.paused {
            pauses[reason as usize].1.0 += now.since(since).0;
        }
        pauses
    }

    /// How many of the recent calls went to a queue, and how many there were.
    #[must_use]
    pub fn recent_calls(&self, queue: QueueId) -> (u32, u32) {
        let to_queue = self.recent.iter().filter(|each| **each == queue).count();
        (to_queue as u32, self.recent.len() as u32)
    }

    pub(crate) fn note_call(&mut self, queue: QueueId) {
        if self.recent.len() == RECENT_CALLS_KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back(queue);
    }

    /// Ends a pause, if there is one.
    pub(crate) fn unpause(&mut self, at: Timestamp) {
        self.stand_in_asked = None;
        if let Some((reason, since)) = self.paused.take() {
            let span = &mut self.pauses[reason as usize].1;
            span.0 += at.since(since).0;
        }
    }
}
