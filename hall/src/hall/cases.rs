//! What is known of a case, as the desk asks.

use super::Hall;
use crate::{
    event::known_case::KnownCase,
    ids::{CaseNo, LegId, WindowId},
    refusal::Refusal,
    state::ticket::Ticket,
    time::Timestamp,
    words::TicketState,
};

impl Hall {
    /// A case by its number, if it was at a desk lately.
    #[must_use]
    pub fn case(&self, no: CaseNo, now: Timestamp) -> Option<&KnownCase> {
        self.state.cases.get(no).filter(|case| self.is_known(case, now))
    }

    pub(crate) fn is_known(&self, case: &KnownCase, now: Timestamp) -> bool {
        now <= case.touched + self.setup.rules().cases.known()
    }

    /// The ticket that is served at an open window.
    pub(crate) fn served_at(&self, window: WindowId) -> Result<&Ticket, Refusal> {
        self.open_window(window)?;
        let ticket = self.ticket_at(window);
        ticket.filter(|ticket| ticket.state == TicketState::Serving).ok_or(Refusal::NothingServed)
    }

    /// The leg that is served at a window, or else the one that ended there last under this clerk.
    pub(crate) fn served_or_last(&self, window: WindowId) -> Result<LegId, Refusal> {
        if let Ok(ticket) = self.served_at(window) {
            return Ok(ticket.leg_id());
        }
        let now = self.open_window(window)?;
        let last = now.finished_last.filter(|last| {
            self.leg(*last).is_some_and(|leg| leg.staff.is_some() && leg.staff == now.staff())
        });
        last.filter(|_| now.current.is_none()).ok_or(Refusal::NothingServed)
    }
}
