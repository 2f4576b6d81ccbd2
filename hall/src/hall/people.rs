//! 办事群众: the live tickets of one person.

use crate::{
    hall::Hall,
    ids::{QueueId, StaffNo, TicketId, person::PersonMark},
    refusal::Refusal,
    rules::help,
    state::ticket::Ticket,
    time::Timestamp,
};

impl Hall {
    /// The live ticket that a person holds in a queue.
    #[must_use]
    pub fn live_ticket_of(&self, person: PersonMark, queue: QueueId) -> Option<&Ticket> {
        let mut tickets = self.tickets_of(person);
        tickets.find(|ticket| ticket.is_live() && ticket.agent.is_none() && ticket.queue() == queue)
    }

    /// Every ticket of a person today.
    pub fn tickets_of(&self, person: PersonMark) -> impl Iterator<Item = &Ticket> {
        let tickets = self.state.by_person.get(&person).into_iter().flatten();
        tickets.filter_map(|id| self.ticket(*id))
    }

    /// 帮办: who goes along was noted so short a time ago that it may be taken back.
    #[must_use]
    pub fn may_take_back_helper(&self, ticket: &Ticket, at: Timestamp) -> bool {
        ticket.is_live() && ticket.helped.is_some_and(|now| help::may_go(self, at, now).is_ok())
    }

    /// 代办员: whoever takes something for others is one in the profile.
    pub(crate) fn is_agent(&self, agent: Option<StaffNo>) -> Result<(), Refusal> {
        let known = |no| self.setup().person(no).is_some_and(|person| person.agent);
        if agent.is_none_or(known) { Ok(()) } else { Err(Refusal::NotAnAgent) }
    }

    /// One live ticket of a person in a queue; a 代办员 holds several for others, up to a bound.
    pub(crate) fn one_ticket(
        &self,
        person: Option<PersonMark>,
        agent: Option<StaffNo>,
        queue: QueueId,
        but: Option<TicketId>,
    ) -> Result<(), Refusal> {
        let rules = &self.setup().rules().people;
        if agent.is_some() {
            let of_agent = |ticket: &&Ticket| ticket.agent == agent && ticket.is_live();
            let most = rules.agent_live_tickets_max;
            let held = self.tickets().filter(of_agent).count();
            let full = held >= usize::from(most);
            return if full { Err(Refusal::AgentLimit { most }) } else { Ok(()) };
        }
        let person = person.filter(|_| rules.one_live_ticket);
        let held = person.and_then(|person| self.live_ticket_of(person, queue));
        match held.filter(|ticket| Some(ticket.id) != but) {
            Some(ticket) => Err(Refusal::HasTicket { ticket: ticket.id, no: ticket.no }),
            None => Ok(()),
        }
    }
}
