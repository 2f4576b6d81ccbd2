//! What must hold of persons, bookings, segments and the catalogue.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::String,
};

use crate::{
    hall::Hall,
    ids::{QueueId, TicketId, person::PersonMark},
    state::{bookings::Places, ticket::Ticket},
    words::{TicketState, people::BookingState},
};

pub(super) fn check(hall: &Hall) -> Result<(), String> {
    a_person_is_found_by_the_mark(hall)?;
    a_person_holds_one_ticket_of_a_queue(hall)?;
    bookings_and_their_indexes_agree(hall)?;
    a_kept_booking_has_its_ticket(hall)?;
    segments_keep_their_caps(hall)?;
    help_is_noted_of_who_has_come(hall)?;
    the_catalogue_is_of_today(hall)
}

fn help_is_noted_of_who_has_come(hall: &Hall) -> Result<(), String> {
    let early = |ticket: &&Ticket| ticket.helped.is_some_and(|now| now.since < ticket.issued);
    let early = hall.tickets().find(early);
    early.map_or(Ok(()), |ticket| Err(format!("{} was helped before it was taken", ticket.no)))
}

fn a_person_is_found_by_the_mark(hall: &Hall) -> Result<(), String> {
    let marked = hall.tickets().filter_map(|ticket| Some((ticket.person?, ticket.id)));
    let marked: BTreeSet<(PersonMark, TicketId)> = marked.collect();
    let found = hall.state.by_person.iter();
    let found: BTreeSet<_> =
        found.flat_map(|(mark, ids)| ids.iter().map(|id| (*mark, *id))).collect();
    if marked == found {
        Ok(())
    } else {
        Err(format!("{} tickets bear a mark, {} are found by one", marked.len(), found.len()))
    }
}

/// Who was sent on from another queue may hold two.
fn a_person_holds_one_ticket_of_a_queue(hall: &Hall) -> Result<(), String> {
    if !hall.setup().rules().people.one_live_ticket {
        return Ok(());
    }
    let own = |ticket: &&Ticket| ticket.is_live() && ticket.agent.is_none();
    let mut held: BTreeMap<(PersonMark, QueueId), &Ticket> = BTreeMap::new();
    for ticket in hall.tickets().filter(own).filter(|ticket| ticket.legs.len() == 1) {
        let Some(person) = ticket.person else { continue };
        if let Some(other) = held.insert((person, ticket.queue()), ticket) {
            return Err(format!("one person holds {} and {}", other.no, ticket.no));
        }
    }
    Ok(())
}

fn bookings_and_their_indexes_agree(hall: &Hall) -> Result<(), String> {
    let bookings = &hall.state.bookings;
    let to_come = hall.bookings().filter(|booking| booking.state == BookingState::Booked);
    let to_come: BTreeSet<_> =
        to_come.map(|booking| (booking.booked.slot.until, booking.booked.no)).collect();
    if !bookings.due().eq(to_come.iter().copied()) {
        return Err(format!("{} bookings are to come, others are due", to_come.len()));
    }
    let mut taken: BTreeMap<Places, u16> = BTreeMap::new();
    for booking in hall.bookings().filter(|booking| booking.state != BookingState::Cancelled) {
        *taken.entry(Places::of(&booking.booked)).or_default() += 1;
    }
    if !bookings.places().eq(taken.iter().map(|(places, count)| (places, *count))) {
        return Err(String::from("the places taken are not those of the bookings"));
    }
    for booking in hall.bookings() {
        let Some(mark) = booking.booked.mark else { continue };
        if !bookings.of_mark(mark).any(|each| each.booked.no == booking.booked.no) {
            return Err(format!("booking {} is not found by its mark", booking.booked.no));
        }
    }
    Ok(())
}

fn a_kept_booking_has_its_ticket(hall: &Hall) -> Result<(), String> {
    for booking in hall.bookings() {
        let no = booking.booked.no;
        if (booking.state == BookingState::Kept) != booking.check_in.is_some() {
            return Err(format!("booking {no} is {} and {:?}", booking.state, booking.check_in));
        }
        let Some(ticket) = booking.ticket.and_then(|ticket| hall.ticket(ticket)) else { continue };
        if ticket.booking != Some(no) || ticket.state == TicketState::NotPrinted {
            return Err(format!("booking {no} was not kept by {}", ticket.no));
        }
    }
    Ok(())
}

fn segments_keep_their_caps(hall: &Hall) -> Result<(), String> {
    for (queue, segments) in &hall.session_plan().segments {
        for segment in segments {
            let walked_in = hall.tickets().filter(|ticket| {
                hall.state.hours.is_of_session(ticket.id)
                    && ticket.legs[0].queue == *queue
                    && ticket.check_in.is_none()
                    && ticket.offline.is_none()
                    && ticket.state != TicketState::NotPrinted
                    && segment.from <= ticket.issued
                    && ticket.issued < segment.until
            });
            let count = walked_in.count() as u64;
            if segment.cap.is_some_and(|cap| count > u64::from(cap)) {
                return Err(format!("queue {queue} gave {count} numbers in a segment of fewer"));
            }
        }
    }
    Ok(())
}

fn the_catalogue_is_of_today(hall: &Hall) -> Result<(), String> {
    let changes = hall.catalogue_changes();
    if !changes.windows(2).all(|pair| pair[0].number < pair[1].number) {
        return Err(String::from("changes of the catalogue are out of order"));
    }
    let newest = hall.tickets().map(|ticket| ticket.catalogue).max().unwrap_or(0);
    if newest > hall.catalogue_version() {
        return Err(format!("a ticket was taken under version {newest}, which is not yet"));
    }
    Ok(())
}
