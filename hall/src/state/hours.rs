//! 时段: the sessions of the day, what is special about the present one, and the numbers taken.

use alloc::{collections::BTreeMap, string::String, sync::Arc, vec::Vec};

use crate::{
    command::{
        SessionTimes,
        plan::{Segment, SessionPlan},
    },
    ids::{QueueId, TicketId},
    time::{Millis, Timestamp},
    words::Actor,
};

/// 限号: how a queue's limit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitNow {
    /// Since when.
    pub since: Timestamp,
    /// Numbers that may be taken in all of it.
    pub more: u32,
    /// Taken of them.
    pub taken: u32,
    /// Until when.
    pub until: Timestamp,
    /// By whose word.
    pub by: Actor,
    /// Why.
    pub reason: String,
}

impl LimitNow {
    /// Numbers that may still be taken.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.more.saturating_sub(self.taken)
    }
}

/// The hours of the day so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hours {
    /// Every session of the day, by time; the last is the present one, or was.
    sessions: Vec<SessionTimes>,
    plan: Arc<SessionPlan>,
    /// The session's tickets begin with this one.
    first_ticket: TicketId,
    /// Numbers taken in the newest segment of a queue, and when that began.
    taken: BTreeMap<QueueId, (Timestamp, u32)>,
    /// 限号 of the session, by hand.
    limits: BTreeMap<QueueId, LimitNow>,
    /// No session opens any more today.
    pub closed_for_day: bool,
}

impl Hours {
    pub fn sessions(&self) -> &[SessionTimes] {
        &self.sessions
    }

    pub fn plan(&self) -> &SessionPlan {
        &self.plan
    }

    pub fn open(&mut self, session: SessionTimes, plan: SessionPlan, first_ticket: TicketId) {
        self.sessions.push(session);
        self.first_ticket = first_ticket;
        self.plan = Arc::new(plan);
        self.taken.clear();
        self.limits.clear();
    }

    /// 限号 by hand, of every queue that has one.
    pub fn limits(&self) -> impl Iterator<Item = (QueueId, &LimitNow)> {
        self.limits.iter().map(|(queue, limit)| (*queue, limit))
    }

    /// The limit of a queue that holds at a moment.
    pub fn limit_at(&self, queue: QueueId, at: Timestamp) -> Option<&LimitNow> {
        self.limits.get(&queue).filter(|limit| at < limit.until)
    }

    pub fn limit(&mut self, queue: QueueId, limit: Option<LimitNow>) {
        match limit {
            Some(limit) => drop(self.limits.insert(queue, limit)),
            None => drop(self.limits.remove(&queue)),
        }
    }

    /// The present session ends at that moment at the latest.
    pub fn end(&mut self, at: Timestamp) {
        if let Some(session) = self.sessions.last_mut() {
            session.closes = session.closes.min(at);
            session.issue_until = session.issue_until.min(at);
        }
    }

    pub fn close_early(&mut self, issue_until: Timestamp, closes: Timestamp, for_the_day: bool) {
        if let Some(session) = self.sessions.last_mut() {
            session.issue_until = session.issue_until.min(issue_until);
            session.closes = session.closes.min(closes);
        }
        self.closed_for_day |= for_the_day;
    }

    /// The segments of a queue, if it does not simply follow the session.
    pub fn segments(&self, queue: QueueId) -> Option<&[Segment]> {
        self.plan.segments.get(&queue).map(Vec::as_slice)
    }

    pub fn segment(&self, queue: QueueId, at: Timestamp) -> Option<&Segment> {
        self.segments(queue)?.iter().find(|segment| segment.from <= at && at < segment.until)
    }

    /// Numbers taken in a segment, those of bookings not counted.
    pub fn taken(&self, queue: QueueId, segment: &Segment) -> u32 {
        let taken = self.taken.get(&queue).filter(|(from, _)| *from == segment.from);
        taken.map_or(0, |(_, count)| *count)
    }

    pub fn take(&mut self, queue: QueueId, at: Timestamp) {
        if let Some(limit) = self.limits.get_mut(&queue) {
            limit.taken = limit.taken.saturating_add(1);
        }
        let Some(from) = self.segment(queue, at).map(|segment| segment.from) else { return };
        let taken = self.taken.entry(queue).or_insert((from, 0));
        if taken.0 != from {
            *taken = (from, 0);
        }
        taken.1 += 1;
    }

    /// Of two sessions that touch, a moment does not tell which a ticket is of.
    pub fn is_of_session(&self, ticket: TicketId) -> bool {
        ticket >= self.first_ticket
    }

    /// A number of the session, taken at that moment, did not come out of the printer.
    pub fn give_back(&mut self, queue: QueueId, taken_at: Timestamp) {
        if let Some(limit) = self.limits.get_mut(&queue).filter(|limit| limit.since <= taken_at) {
            limit.taken = limit.taken.saturating_sub(1);
        }
        let from = self.segment(queue, taken_at).map(|segment| segment.from);
        if let Some(taken) = self.taken.get_mut(&queue).filter(|taken| Some(taken.0) == from) {
            taken.1 = taken.1.saturating_sub(1);
        }
    }

    /// 延时: how much of a service lies behind the end of the session in which it began, and before
    /// windows opened again.
    pub fn overtime(&self, started: Timestamp, finished: Timestamp) -> Millis {
        let of = self.sessions.iter().rposition(|session| session.issue_from <= started);
        let Some(at) = of else { return Millis(0) };
        let closes = self.sessions[at].closes;
        let again = self.sessions.get(at + 1).map_or(finished, |next| next.opens.min(finished));
        again.since(closes.max(started))
    }
}
