//! 取号: a number is made, told how long it will wait, and never made again this day.

use alloc::vec::Vec;

use super::{Facts, grant, purpose};
use crate::{
    command::{Input, Issue},
    event::{
        Fact,
        issued::Issued,
        people::{CheckedIn, Grounds},
        stop::Stop,
        wait_range::Estimate,
    },
    forecast,
    hall::Hall,
    ids::{CaseNo, ItemId, PipelineId, QueueId, StaffNo, Token, person::PersonMark},
    number::TicketNo,
    refusal::Refusal,
    setup::Queue,
    state::{State, ticket::Ticket},
    time::Timestamp,
    words::{Actor, Channel, Printing, PriorityClass},
};

/// A ticket that may be made.
pub(super) struct Wanted<'h> {
    pub queue: &'h Queue,
    pub item: Option<ItemId>,
    pub channel: Channel,
    pub class: PriorityClass,
    pub grounds: Grounds,
    pub paper: bool,
    pub person: Option<PersonMark>,
    pub agent: Option<StaffNo>,
    pub booking: Option<CheckedIn>,
    /// Waiting counts from here, if not from now.
    pub waits_from: Option<Timestamp>,
    pub more: More,
    /// 无声叫号.
    pub silent: bool,
    /// 预计等候 as the shell reckoned it.
    pub estimate: Option<Estimate>,
}

/// What comes after the first leg, and what is fetched.
#[derive(Debug, Default)]
pub(super) struct More {
    pub stops: Vec<Stop>,
    pub pipeline: Option<PipelineId>,
    pub picks_up: Option<CaseNo>,
}

pub(super) fn decide(hall: &Hall, input: &Input, issue: &Issue) -> Result<Facts, Refusal> {
    hall.open_day()?;
    if hall.session().is_none_or(|session| input.at >= session.closes) {
        return Err(Refusal::IssueClosed);
    }
    let queue = hall.setup().queue(issue.queue).filter(|queue| queue.issued);
    let queue = queue.ok_or(Refusal::NoSuchQueue)?;
    let (item, more) = purpose::of(hall, input.at, issue)?;
    done_today(hall, queue.id, item)?;
    hall.may_issue(queue, input.at)?;
    let grounds = grant::decide(issue.class, issue.channel, &issue.grounds)?;
    hall.is_agent(issue.agent)?;
    hall.one_ticket(issue.person, issue.agent, queue.id, None)?;
    let wanted = Wanted {
        queue,
        item,
        channel: issue.channel,
        class: issue.class,
        grounds,
        paper: issue.paper,
        person: issue.person,
        agent: issue.agent,
        booking: None,
        waits_from: None,
        more,
        silent: issue.silent,
        estimate: issue.estimate,
    };
    Ok(Vec::from([fact(hall, input, wanted)]))
}

/// The item is in the catalogue, of this queue, and in the session's list.
pub(super) fn done_today(hall: &Hall, queue: QueueId, item: Option<ItemId>) -> Result<(), Refusal> {
    let listed = match item {
        Some(item) => {
            if hall.item_now(item)?.queue != queue {
                return Err(Refusal::NoSuchItem);
            }
            hall.is_of_today(item)
        }
        None => hall.has_item_today(queue),
    };
    if listed { Ok(()) } else { Err(Refusal::ItemNotToday) }
}

/// The next number of the queue, for somebody who may have it.
pub(super) fn fact(hall: &Hall, input: &Input, wanted: Wanted) -> Fact {
    let (queue, class) = (wanted.queue, wanted.class);
    let since = wanted.waits_from.unwrap_or(input.at);
    let ahead = forecast::ahead_of_comer(hall, queue.id, class, since, input.at);
    let estimate = wanted.estimate.filter(Estimate::is_sound);
    Fact::Issued(Issued {
        ticket: hall.state.next_ticket,
        no: TicketNo { letter: queue.letter, number: hall.next_number(queue.letter) },
        token: fresh_token(hall, input.luck),
        queue: queue.id,
        item: wanted.item,
        channel: wanted.channel,
        class,
        printing: if wanted.paper { Printing::Pending } else { Printing::Without },
        ahead,
        wait: match estimate {
            Some(estimate) => (!estimate.untold).then(|| estimate.range(ahead > 0)),
            None => forecast::wait_of_comer(hall, queue.id, class, since, input.at),
        },
        estimate,
        person: wanted.person,
        agent: wanted.agent,
        booking: wanted.booking,
        waits_from: wanted.waits_from,
        catalogue: hall.catalogue_version(),
        stops: wanted.more.stops,
        pipeline: wanted.more.pipeline,
        picks_up: wanted.more.picks_up,
        grounds: wanted.grounds,
        offline: None,
        silent: wanted.silent,
    })
}

/// The luck itself, or the next one that is nobody's secret yet.
pub(super) fn fresh_token(hall: &Hall, luck: u64) -> Token {
    let mut token = Token(luck);
    while hall.is_secret(token) {
        token = Token(token.0.wrapping_add(1));
    }
    token
}

pub(super) fn apply(state: &mut State, at: Timestamp, by: &Actor, issued: &Issued) {
    let granted = grant::of(issued, by);
    let taken_at = match by {
        Actor::Device(device) => Some(*device),
        Actor::Hall | Actor::Staff(_) | Actor::Citizen | Actor::System(_) => None,
    };
    state.add(Ticket { granted, taken_at, ..Ticket::new(at, issued, state.hours.plan().kind) });
    state.queue_mut(issued.queue).issued += 1;
    match issued.booking {
        Some(check_in) => state.bookings.keep(check_in.booking, issued.ticket, check_in.time),
        // Numbers set aside are no part of a segment.
        None if issued.offline.is_some() => {}
        None => state.hours.take(issued.queue, at),
    }
    if issued.printing == Printing::Pending {
        state.pending.insert((at, issued.ticket));
    } else {
        state.join(issued.ticket);
    }
}
