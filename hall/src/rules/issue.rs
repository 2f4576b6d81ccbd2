//! 取号: a number is made, told how long it will wait, and never made again this day.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    command::{Input, Issue},
    event::{Fact, Issued},
    forecast,
    hall::Hall,
    ids::Token,
    number::TicketNo,
    refusal::Refusal,
    state::{State, ticket::Ticket},
    time::Timestamp,
    words::{Channel, Printing, PriorityClass},
};

pub(super) fn decide(hall: &Hall, input: &Input, issue: &Issue) -> Result<Facts, Refusal> {
    hall.open_day()?;
    if !hall.is_issuing(input.at) {
        return Err(Refusal::IssueClosed);
    }
    let setup = hall.setup();
    let queue = setup.queue(issue.queue).filter(|queue| queue.issued);
    let queue = queue.ok_or(Refusal::NoSuchQueue)?;
    if let Some(item) = issue.item {
        setup.item(item).filter(|item| item.queue == queue.id).ok_or(Refusal::NoSuchItem)?;
    }
    granted(issue)?;
    let last = hall.state.last_number(queue.letter);
    if last >= setup.rules().numbers_per_day {
        return Err(Refusal::SoldOut);
    }
    Ok(Vec::from([Fact::Issued(Issued {
        ticket: hall.state.next_ticket,
        no: TicketNo { letter: queue.letter, number: last + 1 },
        token: fresh_token(hall, input.luck),
        queue: queue.id,
        item: issue.item,
        channel: issue.channel,
        class: issue.class,
        printing: if issue.paper { Printing::Pending } else { Printing::Without },
        ahead: forecast::ahead_of_newcomer(hall, queue.id, issue.class, input.at),
        wait: forecast::wait_of_newcomer(hall, queue.id, issue.class, input.at),
    })]))
}

/// 特事特办 is the guide desk's to give; 转办 and 预约 follow from what happened before.
fn granted(issue: &Issue) -> Result<(), Refusal> {
    let granted = match issue.class {
        PriorityClass::Special => issue.channel == Channel::GuideDesk,
        PriorityClass::Transferred | PriorityClass::Booked => false,
        PriorityClass::Military | PriorityClass::Vulnerable | PriorityClass::Ordinary => true,
    };
    if granted { Ok(()) } else { Err(Refusal::ClassNotGranted) }
}

/// The luck itself, or the next one that is nobody's secret yet.
fn fresh_token(hall: &Hall, luck: u64) -> Token {
    let mut token = Token(luck);
    while hall.ticket_by_token(token).is_some() || hall.state.evaluations.knows(token) {
        token = Token(token.0.wrapping_add(1));
    }
    token
}

pub(super) fn apply(state: &mut State, at: Timestamp, issued: &Issued) {
    state.add(Ticket::new(at, issued));
    state.queue_mut(issued.queue).issued += 1;
    if issued.printing == Printing::Pending {
        state.pending.insert((at, issued.ticket));
    } else {
        state.join(issued.ticket);
    }
}
