//! What must hold after each event; checked in tests and by the simulation, never in service.

mod alerts;
mod at_work;
mod legs;
mod matters;
mod people;
mod visits;

use alloc::{collections::BTreeMap, format, string::String};

use crate::{
    hall::Hall,
    ids::TicketId,
    words::{Printing, TicketState},
};

/// Checks the whole hall.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn check(hall: &Hall) -> Result<(), String> {
    each_ticket_is_in_one_place(hall)?;
    each_number_is_given_once(hall)?;
    windows_and_staff_agree(hall)?;
    at_work::check(hall)?;
    legs::check(hall)?;
    people::check(hall)?;
    alerts::check(hall)?;
    matters::check(hall)?;
    visits::check(hall)?;
    let (tickets, tokens) = hall.state.remembered();
    if tickets != tokens {
        return Err(format!("{tickets} tickets have {tokens} secrets"));
    }
    Ok(())
}

fn each_ticket_is_in_one_place(hall: &Hall) -> Result<(), String> {
    let mut places: BTreeMap<TicketId, u32> = BTreeMap::new();
    for queue in hall.state.queues.values() {
        for ticket in queue.everybody() {
            *places.entry(ticket).or_default() += 1;
            expect_state(hall, ticket, &[TicketState::Waiting], "stands in a queue")?;
        }
    }
    for window in hall.state.windows.values() {
        if let Some(leg) = window.current {
            *places.entry(leg.ticket).or_default() += 1;
            let there = [TicketState::Called, TicketState::Serving];
            expect_state(hall, leg.ticket, &there, "stands at a window")?;
        }
    }
    for (_, ticket) in &hall.state.pending {
        *places.entry(*ticket).or_default() += 1;
        expect_state(hall, *ticket, &[TicketState::Reserved], "waits for its slip")?;
    }
    for (ticket, _) in hall.held() {
        *places.entry(ticket).or_default() += 1;
        expect_state(hall, ticket, &[TicketState::Held], "is away for a moment")?;
    }
    for ticket in hall.tickets() {
        let live = matches!(
            ticket.state,
            TicketState::Reserved
                | TicketState::Waiting
                | TicketState::Called
                | TicketState::Serving
                | TicketState::Held
        );
        let found = places.get(&ticket.id).copied().unwrap_or(0);
        if found != u32::from(live) {
            return Err(format!("{} is {} and stands in {found} places", ticket.no, ticket.state));
        }
        if (ticket.state == TicketState::NotPrinted) != (ticket.printing == Printing::Failed) {
            return Err(format!(
                "{} is {} but its slip {}",
                ticket.no, ticket.state, ticket.printing
            ));
        }
    }
    Ok(())
}

fn expect_state(
    hall: &Hall,
    id: TicketId,
    states: &[TicketState],
    why: &str,
) -> Result<(), String> {
    match hall.ticket(id) {
        Some(ticket) if states.contains(&ticket.state) => Ok(()),
        Some(ticket) => Err(format!("{} {why} and is {}", ticket.no, ticket.state)),
        None => Err(format!("ticket {} {why} and does not exist", id.0)),
    }
}

fn each_number_is_given_once(hall: &Hall) -> Result<(), String> {
    let mut last: BTreeMap<char, u16> = BTreeMap::new();
    let reserved = hall.state.numbers.reserved();
    for ticket in hall.tickets() {
        let no = ticket.no;
        if hall.ticket_by_no(no).map(|found| found.id) != Some(ticket.id) {
            return Err(format!("{no} is not found by its number"));
        }
        let holder = reserved.iter().find(|each| {
            let block = &each.block;
            block.letter == no.letter && block.first <= no.number && no.number <= block.last
        });
        if holder.map(|each| each.kiosk) != ticket.offline.map(|offline| offline.kiosk) {
            return Err(format!("{no} was not given by whoever holds it"));
        }
        if ticket.offline.is_some() {
            continue;
        }
        let last = last.entry(no.letter).or_default();
        let is_aside = |number: u16| {
            let mut blocks = reserved.iter().map(|each| &each.block);
            hall.setup().rules().offline.sets_aside(number)
                || blocks.any(|block| (block.first..=block.last).contains(&number))
        };
        if no.number <= *last || !(*last + 1..no.number).all(is_aside) {
            return Err(format!("{no} follows number {last}"));
        }
        *last = no.number;
    }
    Ok(())
}

fn windows_and_staff_agree(hall: &Hall) -> Result<(), String> {
    let signed_on = hall.state.windows.iter().filter_map(|(id, now)| Some((now.staff()?, *id)));
    let signed_on: BTreeMap<_, _> = signed_on.collect();
    if signed_on != hall.state.staff {
        return Err(format!("{signed_on:?} work, {:?} signed on", hall.state.staff));
    }
    for (id, window) in &hall.state.windows {
        if window.paused.is_some() && window.signed_on.is_none() {
            return Err(format!("window {id} pauses without a clerk"));
        }
        if window.current.is_some() && !window.is_open() {
            return Err(format!("somebody stands at window {id}, which is not open"));
        }
    }
    Ok(())
}
