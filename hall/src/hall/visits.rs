//! 上门服务, as the office, the phones and the figures ask.

use super::Hall;
use crate::{
    event::visit::Visit,
    ids::{QueueId, Token, VisitId},
    time::Day,
    words::{alert::AlertLevel, visit::VisitMark},
};

impl Hall {
    /// Visits that are not over, and those of the last days that may still be evaluated; the oldest first.
    pub fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.state.visits.all()
    }

    /// A visit that is not over, or was lately.
    #[must_use]
    pub fn visit(&self, id: VisitId) -> Option<&Visit> {
        self.state.visits.get(id)
    }

    /// The visit with the secret of its slip.
    #[must_use]
    pub fn visit_by_token(&self, token: Token) -> Option<&Visit> {
        self.state.visits.by_token(token)
    }

    /// Visits of which the day counts this; what happened since the last closing is of the day that opens.
    pub fn visits_of_day(&self, mark: VisitMark) -> impl Iterator<Item = &Visit> {
        self.state.visits.of_day(mark)
    }

    /// The queue of a visit's item, where it counts beside the hall.
    #[must_use]
    pub fn queue_of_visit(&self, visit: &Visit) -> Option<QueueId> {
        visit.item.and_then(|item| self.item_ever(item)).map(|item| item.queue)
    }

    /// 办理期限 of what is asked for now: by rule, and not before the day that is wished.
    #[must_use]
    pub(crate) fn visit_by(&self, wished: Option<Day>) -> Option<Day> {
        let by_rule = self.working_day_after(self.setup.rules().people.visit_working_days);
        by_rule.max(wished)
    }

    /// Yellow when a visit's limit is near, red past it; none once it is over.
    #[must_use]
    pub fn visit_level(&self, visit: &Visit) -> Option<AlertLevel> {
        let due = visit.due.filter(|_| visit.over.is_none())?;
        let today = self.last_day()?;
        if due < today {
            return Some(AlertLevel::Red);
        }
        let ahead = self.setup.rules().alerts.matter_due_working_days;
        (due <= self.working_day_after(ahead)?).then_some(AlertLevel::Yellow)
    }

    /// Somebody holds this secret: of a ticket, a leg or a visit.
    pub(crate) fn is_secret(&self, token: Token) -> bool {
        self.ticket_by_token(token).is_some()
            || self.state.evaluations.knows(token)
            || self.visit_by_token(token).is_some()
    }
}
