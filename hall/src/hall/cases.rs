//! What is known of a case, as the desk asks.

use super::Hall;
use crate::{
    event::known_case::KnownCase,
    ids::{CaseNo, LegId, WindowId},
    limits::PROMISED_KEPT,
    refusal::Refusal,
    state::ticket::Ticket,
    time::{Day, Timestamp},
    words::TicketState,
};

impl Hall {
    /// A case by its number, if it was at a desk lately.
    #[must_use]
    pub fn case(&self, no: CaseNo, now: Timestamp) -> Option<&KnownCase> {
        self.state.cases.get(no).filter(|case| self.is_known(case, now))
    }

    /// A case by its number, as long as anything is remembered of it.
    #[must_use]
    pub fn case_known(&self, no: CaseNo) -> Option<&KnownCase> {
        self.state.cases.get(no)
    }

    pub(crate) fn is_known(&self, case: &KnownCase, now: Timestamp) -> bool {
        let promised = case.promised().is_some() && now <= case.touched + PROMISED_KEPT;
        promised || now <= case.touched + self.setup.rules().cases.known()
    }

    /// 工作日: the how-manieth after the day opened last; none if it was not told so far.
    #[must_use]
    pub fn working_day_after(&self, days: u32) -> Option<Day> {
        let place = usize::try_from(days).ok()?.checked_sub(1)?;
        self.state.working_days.get(place).copied()
    }

    /// 承诺件到期: the day up to which cases that are due are told, today if no calendar said more; none
    /// if nothing is told of them.
    pub(crate) fn cases_told_up_to(&self) -> Option<Day> {
        let ahead = self.setup.rules().alerts.case_due_working_days;
        (ahead > 0).then(|| self.working_day_after(ahead).or(self.state.day)).flatten()
    }

    /// 承诺件 in hand that are due soon or overdue, the soonest first, by number.
    pub fn cases_due(&self) -> impl Iterator<Item = CaseNo> {
        let until = self.cases_told_up_to();
        until.into_iter().flat_map(|until| self.state.cases.due_by(until))
    }

    /// How many these are.
    #[must_use]
    pub fn cases_due_count(&self) -> usize {
        self.cases_told_up_to().map_or(0, |until| self.state.cases.count_due_by(until))
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
